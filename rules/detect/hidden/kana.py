"""Names spelled in katakana or hiragana, as on forms and passbooks."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rules.detect.hidden import cues
from rules.detect.hidden.morphology import Word, readings

LABELS = r"(?:(?<=名義)カナ|(?<=氏名)カナ|フリガナ|メイギ(?:ニン)?|ホンニン|シメイ)"
_KATAKANA = re.compile(
    rf"(?<![ァ-ヶー・])(?:{LABELS} ?)?"
    r"(?P<first>[ァ-ヶー]{2,12})(?:[ ・](?P<second>[ァ-ヶー]{2,6}))?(?![ァ-ヶー・])"
)
_HIRAGANA = re.compile(r"(?<![ぁ-ん])(?P<first>[ぁ-ん]{2,7}) (?P<second>[ぁ-ん]{2,8})(?![ぁ-ん])")
_TAILS = (
    "サマ",
    "サン",
    "クン",
    "チャン",
    "デス",
    "ヨリ",
    "カラ",
    "ハ",
    "ガ",
    "ニ",
    "ヲ",
    "ト",
    "ノ",
)
_AFTER = re.compile(r"\s?(?:ヨリ|カラ|名義|が正|で(?:特定|登録|届出)|と(?:読|名乗))")
_TO_KATAKANA = {ord(c): ord(c) + 0x60 for c in map(chr, range(ord("ぁ"), ord("ん") + 1))}


def kana_names(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """A surname and a given name by their readings, with or without a space."""
    by_start = {w.start: w for w in found}
    for match in _KATAKANA.finditer(text):
        first, second = match["first"], match["second"]
        if not second:
            whole = by_start.get(match.start("first"))
            if whole is None or whole.text != first or not whole.known or whole.of_person:
                yield from _joined(match)
            continue
        word = by_start.get(match.start("first"))
        surname = first in readings("surnames") or (word is not None and word.name == "姓")
        unknown = word is not None and (word.text != first or not word.known)
        given = second in readings("given_names")
        told = _told(text, match)
        if (
            (surname and (given or told))
            or (unknown and given)
            or (surname and _is_name(by_start, match))
        ):
            yield match.start("first"), match.end()
    for match in _HIRAGANA.finditer(text):
        yield from _in_hiragana(text, match)


def _joined(match: re.Match[str]) -> Iterator[tuple[int, int]]:
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


def _told(text: str, match: re.Match[str]) -> bool:
    """Whether a cue stands on either side."""
    before = cues.NAMED.search(text, max(0, match.start() - 16), match.start())
    return bool(before or cues.AFTER.match(text, match.end()) or _AFTER.match(text, match.end()))
