"""Names spelled in kana, as on forms and passbooks, and names as they are written abroad."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rules.detect.text import cues
from rules.detect.text.reading import FAMOUS, Word, material, readings
from rules.detect.text.seeker import compiled, patterns

_PATTERNS = patterns("transcribed_names", **cues.CUES)
_KATAKANA, _HIRAGANA, _KANA_TOLD, _KANA_LABELS = compiled(
    _PATTERNS, "KATAKANA", "HIRAGANA", "KANA_TOLD", "KANA_LABELS"
)
_KATAKANA_PARTS, _LATIN_PARTS, _HAN_PAIR, _HAN_AND_KANA = compiled(
    _PATTERNS, "KATAKANA_PARTS", "LATIN_PARTS", "HAN_PAIR", "HAN_AND_KANA"
)
_ADDRESSED, _THREE_PARTS, _ABROAD = compiled(_PATTERNS, "ADDRESSED", "THREE_PARTS", "ABROAD")
_TAILS: tuple[str, ...] = tuple(material("transcribed_names")["tails"])
_TO_KATAKANA = {ord(c): ord(c) + 0x60 for c in map(chr, range(ord("ぁ"), ord("ん") + 1))}


def kana_names(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """A surname and a given name by their readings, with or without a space."""
    by_start = {w.start: w for w in found}
    for match in _KATAKANA.finditer(text):
        yield from _in_katakana(text, match, by_start)
    if " " in text:
        for match in _HIRAGANA.finditer(text):
            yield from _in_hiragana(text, match)


def _in_katakana(
    text: str, match: re.Match[str], by_start: Mapping[int, Word]
) -> Iterator[tuple[int, int]]:
    first, second = match["first"], match["second"]
    word = by_start.get(match.start("first"))
    if not second:
        if word is None or word.text != first or not word.known or word.of_person:
            yield from _joined(match)
        return
    surname = first in readings("surnames") or (word is not None and word.name == "姓")
    unknown = word is not None and (word.text != first or not word.known)
    given = second in readings("given_names")
    if (given and (surname or unknown)) or (
        surname and (_told(text, *match.span()) or _is_name(by_start, match))
    ):
        yield match.start("first"), match.end()


def _joined(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A surname and a given name without a space between them."""
    first = match["first"]
    for cut in range(2, len(first) - 1):
        if first[:cut] in readings("surnames") and first[cut:] in readings("given_names"):
            yield match.start("first"), match.end()
            return


def _is_name(by_start: Mapping[int, Word], match: re.Match[str]) -> bool:
    word = by_start.get(match.start("second"))
    return word is not None and (word.of_person or not word.known)


def _in_hiragana(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Both parts apart, the first perhaps behind a particle, the second before one."""
    second, end = _without_tail(match["second"].translate(_TO_KATAKANA), match.end())
    known = second in readings("given_names")
    told = bool(cues.AFTER.match(text, end))
    for skip in range(3):
        first = match["first"][skip:].translate(_TO_KATAKANA)
        start = match.start() + skip
        named = told or cues.NAMED.search(text, max(0, start - 16), start)
        if len(first) > 1 and (
            (first in readings("surnames") and (known or named)) or (known and named)
        ):
            yield start, end
            return


def _without_tail(reading: str, end: int) -> tuple[str, int]:
    """The reading without the particle or form of address that follows it."""
    for tail in _TAILS:
        bare = reading.removesuffix(tail)
        if bare != reading and len(bare) > 1:
            return bare, end - len(tail)
    return reading, end


def _told(text: str, start: int, end: int) -> bool:
    """Whether a cue stands on either side."""
    before = cues.NAMED.search(text, max(0, start - 16), start)
    return bool(before or cues.AFTER.match(text, end) or _KANA_TOLD.match(text, end))


def foreign_names(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Names of several parts with a cue, or of unknown words beside a word of living abroad."""
    abroad = bool(_ABROAD.search(text))
    for pattern in (_KATAKANA_PARTS, _LATIN_PARTS, _HAN_PAIR, _HAN_AND_KANA):
        for match in pattern.finditer(text):
            labelled = _KANA_LABELS.search(text[max(0, match.start() - 2) : match.end()])
            if labelled or cues.BEHIND.match(text, match.end()):
                continue
            if _cued(text, match) or (abroad and _likely(pattern, match, found)):
                yield match.span()
    if cues.MASCOT.search(text):
        return
    for match in (*_ADDRESSED.finditer(text), *_THREE_PARTS.finditer(text)):
        named = len(match[0]) >= 3 and match[0] not in FAMOUS
        if named and not cues.BEHIND.match(text, match.end()):
            yield match.span()


def _likely(pattern: re.Pattern[str], match: re.Match[str], found: Sequence[Word]) -> bool:
    """Whether it can hardly be anything but a name: its words are unknown, or known as names."""
    if pattern is _KATAKANA_PARTS:
        parts = [w for w in found if match.start() <= w.start < match.end() and len(w.text) > 1]
        ordinary = any(w.known and not w.of_person and w.kind != "地名" for w in parts)
        return any(w.of_person for w in parts) or (bool(parts) and not ordinary)
    if pattern is _HAN_PAIR:
        return False  # only with a cue
    return all(len(part) > 1 for part in re.split(r"[ ,・]+", match[0]))


def _cued(text: str, match: re.Match[str]) -> bool:
    """Whether a form of address follows, or a role or label stands before and the name ends."""
    if re.match(rf"\s?{cues.CUES['HONORIFIC']}", text[match.end() : match.end() + 6]):
        return True
    before = cues.BEFORE.search(text, max(0, match.start() - 24), match.start())
    named = cues.NAMED.search(text, max(0, match.start() - 16), match.start())
    return bool((before or named) and cues.WHOLE_END.match(text, match.end()))
