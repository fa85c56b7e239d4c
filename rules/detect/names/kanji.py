"""Names in kanji and kana: whose it is stands around it, what it is stands at the end."""

import re

from core import ColumnType, column_types
from rules.detect.names.compound import ends_in_thing, read_compound
from rules.detect.names.spelling import MARKS, hiragana
from rules.detect.names.words import (
    EXACT,
    HEAD,
    ORDINAL,
    OWNED,
    UNSURE,
    NameMatch,
    around,
    bare,
    of_a_person,
    only_owners,
    squeezed,
    things,
)

_T = ColumnType
_NUMBER, _CODE = "番号", "こーど"
_NUMBERED = re.compile(r"(?:no|なんばー|ばんごう|番)$")
_CODED = re.compile(r"(?:cd|code)$")
_ANY_NUMBER = re.compile(rf"(?:{_NUMBER}|{_CODE}|id)$")
_OF = re.compile(rf"の(?=番号|記号|{_CODE}|no$|id$)")
_PART = re.compile(r"(?<=氏名)(?:姓|名|氏)$")
_PLAIN = column_types.having("plain")
_FACTS = column_types.having("fact")
_NUMBERS = column_types.having("number")
_WIDE = column_types.having("wide")
_COUNTED = frozenset({_T.QUANTITY, _T.FLAG})
_PEOPLE = frozenset({_T.PERSON_NAME, _T.HOUSEHOLD_RELATION})


def read_japanese(text: str) -> list[NameMatch]:
    """The types a name suggests, in kanji or kana; marks part it into pieces.

    >>> [read_japanese(n)[0].type.value for n in ("生年月日_児童", "法人番号_支払者")]
    ['birth_date', 'corporate_number']
    """
    words = things().japanese
    whole = squeezed(text)
    stem = _stem(whole) or whole
    for form in (whole, stem, stem.replace("の", ""), re.sub("(?<=.)名称$", "名", stem)):
        if form in words:
            sure = UNSURE if form in things().unsure else EXACT
            return [NameMatch(words[form], sure, form)]
    pieces = [p for p in map(_stem, MARKS.split(hiragana(text.lower()))) if p]
    return (
        _reading_of(stem, pieces)
        or _of_pieces(pieces)
        or _of_word(stem, _script(text, stem))
        or _of_topic_piece(pieces)
    )


def _stem(piece: str) -> str:
    return ORDINAL.sub("", piece)


def _reading_of(stem: str, pieces: list[str]) -> list[NameMatch]:
    """What is spelled in kana here: the reading of a person's name, or of an address."""
    kana = re.compile("|".join(around().kana))
    found = kana.search(stem)
    if not found:
        return []
    at_an_end = found.start() == 0 or found.end() == len(stem)
    if not at_an_end and not any(kana.fullmatch(piece) for piece in pieces):
        return []
    base = (stem[: found.start()] + stem[found.end() :]).removesuffix("の")
    if only_owners(base) or base in around().parts_of_name or set(base) <= set("姓名氏"):
        return [NameMatch(_T.PERSON_NAME_KANA, EXACT, found[0])]
    matches = read_japanese(_PART.sub("", base))
    if not matches or matches[0].confidence < HEAD:
        return []
    if matches[0].type != _T.PERSON_NAME:
        return matches
    return [NameMatch(_T.PERSON_NAME_KANA, EXACT, found[0])]


def _of_pieces(pieces: list[str]) -> list[NameMatch]:
    """A name in pieces, of which some say whose it is and one says what it is."""
    if len(pieces) < 2:
        return []
    whole = _strict("".join(pieces))
    if whole and whole.type not in _PLAIN and _itself(whole):
        return [whole]
    kept = [p for p in pieces if not only_owners(p)] or _owning_things(pieces) or pieces
    if len(kept) == 1 and _ANY_NUMBER.fullmatch(spelled_number(kept[0])):
        return _of_word("".join(pieces))
    for form in ("".join(kept), "".join(reversed(kept))):
        sure = _strict(form)
        if sure:
            return [sure]
    if len(kept) == 1:
        return _of_word(kept[0])
    turned = _number_of_person("".join(reversed(kept)))
    if turned and len(turned.word) > len(kept[0]):
        return [turned]
    return _telling_piece([_strict(p) for p in kept])


def _telling_piece(read: list[NameMatch | None]) -> list[NameMatch]:
    """Of several pieces that mean something, the one that is meant."""
    if read[-1] is not None and read[-1].type in _PLAIN:
        return []
    known = [match for match in read if match and match.word not in things().of_people]
    counted = [match for match in known if match.type in _COUNTED]
    personal = _NUMBERS | _FACTS
    telling = [match for match in known if match.type in personal and _itself(match)]
    return (
        counted[:1] or sorted(telling, key=lambda m: (m.type in _WIDE, m.type not in _NUMBERS))[:1]
    )


def _of_topic_piece(pieces: list[str]) -> list[NameMatch]:
    """Of pieces of which the last says nothing, the first that says something."""
    return next((found for piece in pieces[:-1] if (found := _of_word(piece))), [])


def _owning_things(pieces: list[str]) -> list[str]:
    """Of owners' words alone, the one that is a thing of its own: 勤務先_保護者."""
    known = things().japanese
    return [p for p in pieces if p in known and known[p] not in _PEOPLE]


def _strict(form: str) -> NameMatch | None:
    """A piece that is a word by itself, an owner's word and a tail aside."""
    known = things()
    if form.isascii() and form in known.joined:
        return NameMatch(known.joined[form], OWNED, form)
    for text in (form, bare(form)):
        if text in known.japanese and (text not in known.of_people or form.endswith(text)):
            return NameMatch(known.japanese[text], OWNED, text)
    return None


def _script(text: str, stem: str) -> str:
    """A squeezed name as it was written, katakana being katakana."""
    return MARKS.sub("", text).lower()[: len(stem)]


def _of_word(stem: str, script: str = "") -> list[NameMatch]:
    if _OF.search(stem):
        stem, script = _OF.sub("", stem), ""
    found = _number_of_person(stem)
    return [found] if found else read_compound(stem, script)


def _itself(match: NameMatch) -> bool:
    """Not 保護者 or 世帯区分 alone, which behind other words only say whose it is."""
    told = column_types.described()[match.type].itself
    return not told or match.word.endswith(told)


def spelled_number(stem: str) -> str:
    """A name with its word for number or code written out.

    >>> spelled_number("被保番"), spelled_number("病名cd")
    ('被保番号', '病名こーど')
    """
    return _CODED.sub(_CODE, _NUMBERED.sub(_NUMBER, stem))


def _numbered(stem: str) -> str:
    return _CODED.sub(_NUMBER, _NUMBERED.sub(_NUMBER, stem))


def _number_of_person(stem: str) -> NameMatch | None:
    """A qualifier with any word for number: 学籍コード is a 学籍番号, 身障手帳No a 手帳番号.

    What the number is about (障害, 介護) does not count beside the number itself.
    """
    numbered, known = _numbered(stem), things()
    if not _ANY_NUMBER.search(numbered):
        return None
    for form in (numbered, _ANY_NUMBER.sub(_NUMBER, numbered)):
        for start in range(max(0, len(form) - known.longest), len(form) - 2):
            front, word = form[:start], form[start:]
            type_ = known.japanese.get(word)
            if type_ in _NUMBERS and _of_a_thing(front, word):
                return NameMatch(_T.SEQUENCE_NUMBER, HEAD, word)
            if type_ in _NUMBERS:
                return _by_subject(front, word) or NameMatch(type_, HEAD if front else OWNED, word)
            if type_:
                break
    return None


def _of_a_thing(front: str, word: str) -> bool:
    """Whether any number's word (管理番号) stands behind something that is nobody."""
    known = things()
    if word not in around().general or "者" in word or not front or of_a_person(front):
        return word in known.of_people and bool(front)
    people = (owner for owner in around().owners if len(owner) > 1)
    return not any(word in front for word in (*known.subjects, *people)) and ends_in_thing(front)


def _by_subject(front: str, word: str) -> NameMatch | None:
    """端末管理番号 is a device's, 雇用保険被保険者証番号 no health insurance's."""
    if word not in around().general:
        return None
    subjects = things().subjects
    found = max((s for s in subjects if s in front), key=len, default="")
    return NameMatch(subjects[found], HEAD, found + word) if found else None
