"""Names in Latin letters: English, or romanised Japanese in any spelling."""

import re

from core import ColumnType, column_types
from rules.detect.names.japanese import read_japanese
from rules.detect.names.spelling import CAMEL, MARKS, respell, spelled_out
from rules.detect.names.words import (
    EXACT,
    HEAD,
    INSIDE,
    ORDINAL,
    OWNED,
    TOPIC,
    UNSURE,
    NameMatch,
    around,
    same,
    things,
)

_TAILS = frozenset({"cd", "dt", "kbn", "nm", "txt", "val", "ymd", "str", "kj", "kanji"})
_NAME_WORDS = frozenset({"name", "nm", "mei"})
_NUMBER_WORDS = frozenset({"no", "num", "number", "id", "cd", "code", "key"})
_TOPICS = column_types.having("topic")
_FACTS = column_types.having("fact")
_NUMBERS = column_types.having("number")
_NAMED = column_types.having("named")
_GENERIC = frozenset({ColumnType.CATEGORY, ColumnType.FLAG, ColumnType.SEQUENCE_NUMBER})
_WHEN = frozenset({"on", "at"})
_RUN = re.compile(r"[A-Za-z][A-Za-z _]+")


def read_latin(text: str) -> list[NameMatch]:
    """The types a name in Latin letters suggests.

    >>> [read_latin(n)[0].type.value for n in ("childBirthDate", "SEINEN_YMD", "SHUBYOMEI")]
    ['birth_date', 'birth_date', 'disease']
    """
    words = tuple(w.lower() for w in MARKS.split(CAMEL.sub(" ", text)) if w)
    words = tuple(w for w in words if not w.isdecimal()) or words
    sure = _known(words)
    if sure:
        return [sure]
    spelled = map(read_japanese, spelled_out(" ".join(words)))
    told = next((found for found in spelled if _surest(found) >= HEAD), [])
    trimmed = None if _surest(told) >= OWNED else _trimmed(words)
    if trimmed:
        return [trimmed]
    part = _in_part(words)
    if told or (part and part[0].confidence >= HEAD and " " in part[0].word):
        return told or part
    return _behind_unknown(words) or part


def _surest(found: list[NameMatch]) -> float:
    return max((match.confidence for match in found), default=0.0)


def _behind_unknown(words: tuple[str, ...]) -> list[NameMatch]:
    """What stands in romanised Japanese behind words that are not known: TOKUISAKI_JUSHO."""
    for start in range(1, len(words)):
        for way in spelled_out(" ".join(words[start:])):
            found = read_japanese(way)
            if found and found[0].confidence >= OWNED and found[0].type not in _GENERIC:
                return [NameMatch(found[0].type, HEAD, found[0].word)]
    return []


def read_latin_inside(text: str) -> list[NameMatch]:
    """What Latin words within another name say."""
    return [m for run in _RUN.findall(text) for m in read_latin(run) if m.confidence >= HEAD]


def _known(words: tuple[str, ...]) -> NameMatch | None:
    """The whole name is known, in any spelling."""
    known = things()
    joined = ORDINAL.sub("", "".join(words))
    if words in known.latin:
        sure = UNSURE if " ".join(words) in known.unsure else EXACT
        return NameMatch(known.latin[words], sure, " ".join(words))
    if joined in known.joined:
        return NameMatch(known.joined[joined], EXACT, joined)
    alike = same(words)
    if alike in known.latin:
        return NameMatch(known.latin[alike], OWNED, " ".join(words))
    for spelled in (respell(*alike), respell(joined)):
        if len(spelled) > 3 and spelled in known.romaji:
            return NameMatch(known.romaji[spelled], OWNED, joined)
    return None


def _trimmed(words: tuple[str, ...]) -> NameMatch | None:
    """A known name with an owner's word in front or behind, or a word for its kind behind."""
    owners = around().latin_owners
    kept = tuple(w for w in words if w not in owners)
    if len(kept) == 1 and kept[0] in _NUMBER_WORDS and set(words) & around().latin_people:
        return NameMatch(ColumnType.RESIDENT_ID, HEAD, " ".join(words))
    named = _known(words[:-1]) if len(words) > 1 and words[-1] in _NAME_WORDS else None
    if named and named.type in _NAMED:
        return NameMatch(named.type, OWNED, named.word)
    numbered = _known(words[:-1]) if len(words) > 1 and words[-1] in _NUMBER_WORDS else None
    if numbered and numbered.type in _NUMBERS:
        return NameMatch(numbered.type, OWNED, numbered.word)
    forms = [f[:-1] for f in (words, kept) if len(f) > 1 and f[-1] in _TAILS]
    for form in (*forms[:1], kept, *forms[1:]):
        found = _known(form) if form and form != words else None
        if found:
            return NameMatch(found.type, min(found.confidence, OWNED), found.word)
    return None


def _in_part(words: tuple[str, ...]) -> list[NameMatch]:
    """The words at the end, and a topic wherever it stands."""
    known = things()
    matches = []
    for start in range(1, len(words)):
        tail = words[start:]
        type_ = known.latin.get(tail) or known.latin.get(same(tail))
        if type_:
            matches.append(NameMatch(type_, HEAD, " ".join(tail)))
            break
    if not matches and len(words) > 1 and words[-1] in _WHEN:
        return [NameMatch(ColumnType.DATE, HEAD, " ".join(words))]
    if matches and matches[0].type in _FACTS | _NUMBERS:
        return matches
    return _with_topic(words, matches)


def _with_topic(words: tuple[str, ...], matches: list[NameMatch]) -> list[NameMatch]:
    known = things()
    for size in range(min(3, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            type_ = known.latin.get(run)
            if type_ in _TOPICS and len("".join(run)) > 2:
                return [NameMatch(type_, 0.9 if matches else TOPIC, " ".join(run)), *matches]
            if type_ and not matches and len("".join(run)) > 2:
                matches = [NameMatch(type_, INSIDE, " ".join(run))]
    return matches
