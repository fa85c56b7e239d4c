"""Names in kanji and kana: whose it is stands around it, what it is stands at the end."""

import re
from dataclasses import replace

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
    of_a_person,
    only_owners,
    squeezed,
    things,
)

_T = ColumnType
_NUMBER = "番号"
_PLAIN = column_types.having("plain")
_FACTS = column_types.having("fact")
_NUMBERS = column_types.having("number")
_WIDE = column_types.having("wide")
_PEOPLE = frozenset({_T.PERSON_NAME, _T.HOUSEHOLD_RELATION})


def read_japanese(text: str) -> list[NameMatch]:
    """The types a name suggests, in kanji or kana; marks part it into pieces.

    >>> [read_japanese(n)[0].type.value for n in ("生年月日_児童", "法人番号_支払者")]
    ['birth_date', 'corporate_number']
    """
    whole = squeezed(text)
    stem = _stem(whole) or whole
    found = _exact(whole) or _exact(stem)
    if found:
        return [found]
    pieces = [p for p in map(_stem, MARKS.split(hiragana(text.lower()))) if p]
    return (
        _reading_of(stem, pieces)
        or _of_pieces(pieces)
        or _of_word(stem, MARKS.sub("", text).lower()[: len(stem)])
        or next((told for piece in pieces[:-1] if (told := _of_word(piece))), [])
    )


def _exact(stem: str) -> NameMatch | None:
    """A name that is known, の and 名称 as they may be."""
    words = things().names
    for form in (stem, stem.replace("の", ""), re.sub("(?<=.)名称$", "名", stem)):
        if form in words:
            return NameMatch(words[form], UNSURE if form in things().unsure else EXACT, form)
    return None


def _stem(piece: str) -> str:
    return ORDINAL.sub("", piece)


def _reading_of(stem: str, pieces: list[str]) -> list[NameMatch]:
    """What is spelled in kana here: the reading of a person's name, or of an address."""
    kana, part = re.compile("|".join(around().kana)), around().parts_of_name
    stem = re.sub("|".join(around().widths), "", stem)
    found = kana.search(stem)
    if not found:
        return []
    at_an_end = found.start() == 0 or found.end() == len(stem)
    if not at_an_end and not any(kana.fullmatch(piece) for piece in pieces):
        return []
    base = (stem[: found.start()] + stem[found.end() :]).removesuffix("の")
    matches = [] if only_owners(base) or base in part else read_japanese(base)
    if matches and matches[0].type != _T.PERSON_NAME:
        return matches if matches[0].confidence >= HEAD else []
    named = bool(matches) or only_owners(base) or base in part
    return [NameMatch(_T.PERSON_NAME_KANA, EXACT, found[0])] if named else []


def _of_pieces(pieces: list[str]) -> list[NameMatch]:
    """A name in pieces, of which some say whose it is and one says what it is."""
    if len(pieces) < 2:
        return []
    kept = [p for p in pieces if not only_owners(p)] or [
        p for p in pieces if (known := _exact(p)) and known.type not in _PEOPLE
    ]
    if len(kept) == 1:
        return _of_word("".join(pieces) if kept[0] in around().numbers else kept[0])
    turned = "".join(reversed(kept))
    read = [told[0] if (told := _of_word(piece)) else None for piece in kept]
    if turned in things().names:
        return [NameMatch(things().names[turned], OWNED, turned)]
    if not kept or (read[-1] is not None and read[-1].type in _PLAIN):
        return []
    whole = [match for match in read if match and match.word not in things().of_people]
    telling = [match for match in whole if match.type in _NUMBERS | _FACTS and match.itself]
    if read[-1] is None:
        return _of_word(turned)
    telling.sort(key=lambda match: (match.type in _WIDE, match.type not in _NUMBERS))
    return [replace(match, confidence=min(match.confidence, OWNED)) for match in telling[:1]]


def _of_word(stem: str, script: str = "") -> list[NameMatch]:
    found = _exact(stem) or _number_of_person(stem)
    return [found] if found else read_compound(stem, script)


def _number_of_person(stem: str) -> NameMatch | None:
    """A qualifier with any word for number: 学籍コード is a 学籍番号, 身障手帳No a 手帳番号.

    What the number is about (障害, 介護) does not count beside the number itself.
    """
    number = next((word for word in around().numbers if stem.endswith(word)), "")
    if not number:
        return None
    base = stem.removesuffix(number)
    for form in (stem, base.removesuffix("の") + _NUMBER):
        for start in range(max(0, len(form) - things().longest), len(form) - 2):
            front, word = form[:start], form[start:]
            type_ = things().names.get(word)
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
