"""Names in Latin letters: English, or romanised Japanese in any spelling."""


from dataclasses import replace

from core import ColumnType, column_types
from rules.detect.names.compound import read_compound
from rules.detect.names.kanji import read_japanese
from rules.detect.names.spelling import CAMEL, MARKS, respell, spelled_out
from rules.detect.names.words import (
    EXACT,
    HEAD,
    ORDINAL,
    OWNED,
    TOPIC,
    UNSURE,
    NameMatch,
    around,
    same,
    things,
)

_TOPICS = column_types.having("topic")
_GENERIC = frozenset({ColumnType.CATEGORY, ColumnType.FLAG, ColumnType.SEQUENCE_NUMBER})


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
    words = _in_order(tuple(w.rstrip("0123456789") for w in words))
    if words[0] in around().asking and len(words) > 1:
        said = read_compound(words[1:])
        return said[:1] if said and said[0].type in _TOPICS else [_asked(words)]
    spelled = map(read_japanese, spelled_out(" ".join(words)))
    told = next((found for found in spelled if _surest(found) >= TOPIC), [])
    trimmed = None if _surest(told) >= OWNED else _trimmed(words)
    if trimmed:
        return [trimmed]
    part = read_compound(words)
    if told or (part and part[0].confidence >= HEAD and " " in part[0].word):
        return told or part
    return _behind_unknown(words) or part


def _in_order(words: tuple[str, ...]) -> tuple[str, ...]:
    """Age at visit as visit age, name of child as child name."""
    links = [
        place
        for place, word in enumerate(words)
        if word in around().linking and 0 < place < len(words) - 1
    ]
    return words[links[0] + 1 :] + words[: links[0]] if links else words


def _asked(words: tuple[str, ...]) -> NameMatch:
    return NameMatch(ColumnType.FLAG, HEAD, " ".join(words))


def _surest(found: list[NameMatch]) -> float:
    return max((match.confidence for match in found), default=0.0)


def _behind_unknown(words: tuple[str, ...]) -> list[NameMatch]:
    """What stands in romanised Japanese behind words that are not known: TOKUISAKI_JUSHO."""
    for start in range(1, len(words)):
        for way in spelled_out(" ".join(words[start:])):
            found = read_japanese(way)
            told = found and found[0].word not in things().of_people
            if told and found[0].confidence >= OWNED and found[0].type not in _GENERIC:
                return [NameMatch(found[0].type, HEAD, found[0].word)]
    return []


def _known(words: tuple[str, ...]) -> NameMatch | None:
    """The whole name is known, in any spelling."""
    known = things()
    joined = ORDINAL.sub("", "".join(words))
    if words in known.names:
        sure = UNSURE if " ".join(words) in known.unsure else EXACT
        return NameMatch(known.names[words], sure, " ".join(words))
    if joined in known.names:
        return NameMatch(known.names[joined], EXACT, joined)
    alike = same(words)
    if alike in known.names:
        return NameMatch(known.names[alike], OWNED, " ".join(words))
    for spelled in (respell(*alike), respell(joined)):
        if len(spelled) > 3 and spelled in known.romaji:
            return NameMatch(known.romaji[spelled], OWNED, joined)
    return None


def _trimmed(words: tuple[str, ...]) -> NameMatch | None:
    """A known name with an owner's word in front or behind, or a word for its kind behind."""
    owners = around().latin_owners
    kept = tuple(w for w in words if w not in owners)
    found = _known(kept) if kept and kept != words else None
    if found is None or found.type in _GENERIC:
        return None
    return replace(found, confidence=min(found.confidence, OWNED))
