"""What a sentence says of somebody's life (by the files of the types), and of ties to others."""

import re

from core import ColumnType, column_types, say
from language import FOREIGN_COUNTRIES
from rules.detect.patterns import alternation, filled, words
from rules.detect.text.cues import CUES, titles
from rules.detect.text.person_names import person_names
from rules.detect.text.seeker import (
    Found,
    Seeker,
    compiled,
    patterns,
    place,
    seekers,
)

_OFFICE = patterns("office")
_TIES = patterns(
    "ties",
    FAMILY=CUES["FAMILY"],
    FOREIGN_COUNTRIES=FOREIGN_COUNTRIES,
    # 父島 and 母校 are no people: a surname behind a family word has two characters or more.
    LONGER_SURNAMES=alternation(name for name in words("surnames") if len(name) > 1),
)
(_BEHIND,) = compiled(_OFFICE, "BEHIND", flags=re.IGNORECASE)
_CAUSE, _SAID, _WORK, _OFFICE_WORD, _PERSON, _PERSON_OR_KIN = compiled(
    _OFFICE, "CAUSE", "SAID", "WORK", "OFFICE", "PERSON", "PERSON_OR_KIN"
)
(_KIN_OF,) = compiled(_TIES, "KIN_OF", flags=re.IGNORECASE)
_TIE, _CHILD, _NO_TIE = compiled(_TIES, "TIE", "CHILD", "NO_TIE")
_SHORT = re.compile(r"[^、。\n]{1,12}(?:\([^()]{0,12}\))?。?$")
"""A cell of one word, perhaps with a remark in brackets."""
_CLAUSE = re.compile(r"[。\n]")
_NEVER = "(?!)"


def _about_the_office(text: str, start: int, end: int, kin: bool = True) -> bool:
    """Whether a statement speaks of a service, a rule or an event and of nobody.

    Args:
        text: the whole text.
        start: where the statement begins.
        end: where it ends.
        kin: whether a family word beside it speaks of somebody.
    """
    if not _CAUSE.search(text, start, end) and _BEHIND.match(text, end):
        return True
    if any(a <= start and end <= b for a, b in titles(text)) or _is_quoted(text, start, end):
        return True
    before = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    close = after.start() if after else len(text)
    around = f"{text[before:start]}、{text[end:close]}"
    if not _WORK.search(around) and not _OFFICE_WORD.search(around):
        return False
    person = _PERSON_OR_KIN if kin else _PERSON
    return not (person.search(around) or person_names(text))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """A word in quotes is spoken about, unless somebody said it."""
    marks = text[max(0, start - 1) : start] + text[end : end + 1]
    return marks in ("「」", "『』") and not _SAID.match(text, end + 1)


def _statement(type_: ColumnType, told: column_types.Statement) -> Seeker:
    sought = "|".join(f"(?:{filled(p, type_)})" for p in told.patterns)
    pattern = re.compile(sought, re.IGNORECASE)
    alone = "|".join(told.alone or [_NEVER])
    whole = re.compile(rf"(?:{alone})(?=$|\(|。$)", re.IGNORECASE)
    public = re.compile("|".join(told.public or [_NEVER]))
    cheap = filled("|".join((*told.words, *told.alone)), type_)

    def find(text: str) -> list[Found]:
        if whole.match(text) and _SHORT.match(text):
            return [(type_, 0, len(text))]
        return [
            (type_, *m.span())
            for m in pattern.finditer(text)
            if not public.match(text, m.end()) and not _about_the_office(text, *m.span())
        ]

    return Seeker(
        type_,
        f"hidden-{type_.replace('_', '-')}",
        (cheap,),
        find,
        say("rules.text.stands_here", what=told.what),
        told.weight,
    )


def _kin_of(text: str) -> list[Found]:
    """Two finds: the other person's number, and what that person is to somebody."""
    found = list(_KIN_OF.finditer(text))
    return [(ColumnType.SEQUENCE_NUMBER, *m.span("number")) for m in found] + [
        (ColumnType.HOUSEHOLD_RELATION, *m.span("tie")) for m in found
    ]


def _ties(text: str) -> list[Found]:
    """Family words that speak of somebody."""
    found = []
    for m in (*_TIE.finditer(text), *_CHILD.finditer(text)):
        start, end = place(m)
        if not _NO_TIE.match(text[start : end + 2]) and not _about_the_office(
            text, start, end, kin=False
        ):
            found.append((ColumnType.HOUSEHOLD_RELATION, start, end))
    return found


SEEKERS = (
    *(
        _statement(type_, told.statement)
        for type_, told in column_types.described().items()
        if told.statement
    ),
    *seekers("ties", _TIES, {"kin_of": _kin_of, "ties": _ties}),
)
