"""From a column's name as it stands to the types it suggests."""

import re
import unicodedata
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
    bare,
    only_owners,
    same,
    squeezed,
    things,
)

_T = ColumnType
_NOTE = re.compile(r"[(\[【〔<「『].*?[)\]】〕>」』]")
_SAID = (
    {_T.DATE, _T.FREE_TEXT, _T.QUANTITY, _T.FLAG}
    | column_types.having("fact")
    | column_types.having("number")
)
"""What a note in brackets behind it does not change."""
_NOTED = {_T.PERSON_NAME_KANA} | column_types.having("strong")
"""What a note in brackets may make of a name: 氏名（カナ）, 続柄（嫡出）."""
_PLAIN = column_types.having("plain")
_TOPICS = column_types.having("topic")
_GENERIC = frozenset({_T.CATEGORY, _T.FLAG, _T.SEQUENCE_NUMBER})
_NUMBERING = re.compile(r"^(?:[A-Za-zＱ]?[0-9]{1,3}[._\-:)\s]+|[①-⑳]\s*)(?=\S)")
_PARTS = re.compile(r"[・/、,&+]|及び|および|兼|と(?=[^な])")


def read_name(name: str) -> tuple[NameMatch, ...]:
    """The types a column name suggests, the surest first.

    >>> [m.type.value for m in read_name("患者_居住地")], read_name("TEL")[0].type.value
    (['address'], 'phone')
    >>> read_name("dateOfBirth")[0].type.value, read_name("生活保護受給フラグ")[0].type.value
    ('birth_date', 'welfare')
    >>> read_name("列1")
    ()
    """
    text = unicodedata.normalize("NFKC", _NUMBERING.sub("", name)).strip()
    if not text:
        return ()
    found: dict[ColumnType, NameMatch] = {}
    for match in _matches(text):
        if match.type not in found or found[match.type].confidence < match.confidence:
            found[match.type] = match
    return tuple(sorted(found.values(), key=lambda m: -m.confidence))


def _matches(text: str) -> list[NameMatch]:
    """The whole name first; a note in brackets is left out where it says nothing."""
    whole = _read(text)
    plain = _NOTE.sub("", text).strip()
    if plain in ("", text):
        return whole
    beside = _read(plain)
    noted = bool(whole) and whole[0].type in _NOTED
    plainly = bool(whole) and whole[0].type in _PLAIN and _surest(beside) >= HEAD
    said = beside and (beside[0].type in _SAID or only_owners(squeezed(text.replace(plain, ""))))
    if not noted and _surest(beside) >= HEAD and (plainly or said):
        return beside
    return whole if whole and whole[0].confidence >= HEAD else [*whole, *beside]


def _read(text: str) -> list[NameMatch]:
    if text.isascii():
        return _read_latin(text)
    found = read_japanese(text)
    if not found or found[0].confidence < OWNED:
        for spelled in spelled_out(text):
            found = max(found, read_japanese(spelled), key=_surest)
    return found


def _surest(found: list[NameMatch]) -> float:
    return max((match.confidence for match in found), default=0.0)


def _read_latin(text: str) -> list[NameMatch]:
    """The types a name in Latin letters suggests.

    >>> [_read_latin(n)[0].type.value for n in ("childBirthDate", "SEINEN_YMD", "SHUBYOMEI")]
    ['birth_date', 'birth_date', 'disease']
    """
    words = tuple(w.lower() for w in MARKS.split(CAMEL.sub(" ", text)) if w)
    words = tuple(w for w in words if not w.isdecimal()) or words
    sure = _known(words)
    if sure:
        return [sure]
    words = tuple(w.rstrip("0123456789") for w in words)
    if words[:2] == ("number", "of"):
        return [NameMatch(_T.QUANTITY, HEAD, "number of")]
    words = _in_order(words)
    if words[0] in around().asking and len(words) > 1:
        said = read_compound(words[1:])
        flag = NameMatch(_T.FLAG, HEAD, " ".join(words))
        return said[:1] if said and said[0].type in _TOPICS else [flag]
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


def name_parts(name: str) -> tuple[ColumnType, ...]:
    """The types of a name that joins several, as 年代・性別; empty for a plain name.

    >>> [t.value for t in name_parts("年代・性別")], name_parts("氏名")
    (['age_band', 'sex'], ())
    """
    text = unicodedata.normalize("NFKC", name)
    if read_name(text) and read_name(text)[0].confidence >= EXACT:
        return ()
    types = []
    for part in _PARTS.split(text):
        matches = read_name(part)
        if not matches or matches[0].confidence < HEAD:
            return ()
        types.append(matches[0].type)
    return tuple(dict.fromkeys(types)) if len(types) > 1 else ()


def bare_name(name: str) -> str:
    """A column name without marks, owner and empty tail words.

    >>> bare_name("患者_居住地"), bare_name("公表_年月日")
    ('居住地', '公表年月日')
    """
    text = unicodedata.normalize("NFKC", name)
    plain = squeezed(text)
    return plain if plain.isascii() else bare(plain)
