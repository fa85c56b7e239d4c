"""From a column's name as it stands to the types it suggests."""

import re
import unicodedata

from core import ColumnType, column_types
from rules.detect.names.kanji import read_japanese
from rules.detect.names.latin import read_latin
from rules.detect.names.spelling import spelled_out
from rules.detect.names.words import EXACT, HEAD, OWNED, NameMatch, bare, only_owners, squeezed

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
    if (
        not noted
        and beside
        and beside[0].confidence >= HEAD
        and (beside[0].type in _SAID or only_owners(squeezed(text.replace(plain, ""))))
    ):
        return beside
    return whole if whole and whole[0].confidence >= HEAD else [*whole, *beside]


def _read(text: str) -> list[NameMatch]:
    if text.isascii():
        return read_latin(text)
    found = read_japanese(text)
    if not found or found[0].confidence < OWNED:
        for spelled in spelled_out(text):
            found = max(found, read_japanese(spelled), key=_surest)
    return found


def _surest(found: list[NameMatch]) -> float:
    return max((match.confidence for match in found), default=0.0)


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
