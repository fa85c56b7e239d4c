"""What a sentence says of somebody's life (by the files of the types), and of ties to others."""

import re
from collections.abc import Callable

from core import ColumnType, column_types, say
from language import FOREIGN_COUNTRIES
from rules.detect.patterns import alternation, filled, words
from rules.detect.text.cues import CUES
from rules.detect.text.judge import of_somebody
from rules.detect.text.reading import Reading
from rules.detect.text.seeker import Found, Seeker, compiled, patterns, place, seekers
from rules.detect.text.terms import Mention, mentions

_TIES = patterns(
    "ties",
    FAMILY=CUES["FAMILY"],
    FOREIGN_COUNTRIES=FOREIGN_COUNTRIES,
    # 父島 and 母校 are no people: a surname behind a family word has two characters or more.
    LONGER_SURNAMES=alternation(name for name in words("surnames") if len(name) > 1),
)
(_KIN_OF,) = compiled(_TIES, "KIN_OF", flags=re.IGNORECASE)
_TIE, _CHILD, _NO_TIE = compiled(_TIES, "TIE", "CHILD", "NO_TIE")
_SHORT = re.compile(r"[^、。\n]{1,12}(?:\([^()]{0,12}\))?。?$")
"""A cell of one word, perhaps with a remark in brackets."""
_IN_WORD = re.compile("[ァ-ヺー]{2}")
_SOUGHT: list[Callable[[Reading], list[Mention]]] = []
"""What the patterns of each type find, before it is judged."""
_NEVER = "(?!)"


def _statement(type_: ColumnType, told: column_types.Statement) -> Seeker:
    either = "|".join(f"(?:{filled(p, type_)})" for p in told.patterns or [_NEVER])
    pattern = re.compile(either, re.IGNORECASE)
    alone = "|".join(told.alone or [_NEVER])
    whole = re.compile(rf"(?:{alone})(?=$|\(|。$)", re.IGNORECASE)
    public = re.compile("|".join(told.public or [_NEVER]))
    cheap = filled("|".join((*told.words, *told.alone)), type_)

    def sought(reading: Reading) -> list[Mention]:
        text = reading.text
        return [
            Mention(type_, *m.span(), "pattern")
            for m in pattern.finditer(text)
            if not public.match(text, m.end()) and not _cut_off(text, *m.span())
        ]

    def find(reading: Reading) -> list[Found]:
        if whole.match(reading.text) and _SHORT.match(reading.text):
            return [(type_, 0, len(reading.text))]
        return [(type_, m.start, m.end) for m in sought(reading) if of_somebody(reading, m)]

    _SOUGHT.append(sought)

    return Seeker(
        type_,
        f"hidden-{type_.replace('_', '-')}",
        (cheap,) if cheap else (),
        find,
        say("rules.text.stands_here", what=told.what),
        told.weight,
    )


def _cut_off(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends inside a word in katakana: プラスチック is no チック."""
    return any(_IN_WORD.match(text, at - 1) for at in (start, end) if at)


def candidates(reading: Reading) -> list[Mention]:
    """All that may be a statement, for the judge to learn from."""
    sought = [mention for find in (*_SOUGHT, _family) for mention in find(reading)]
    return [*sought, *reading.once("mentions", mentions)]


def spoken(reading: Reading) -> list[tuple[Seeker, Found]]:
    """What a text says of somebody in terms of the types' subjects."""
    return [
        (BY_TYPE[mention.type], (mention.type, mention.start, mention.end))
        for mention in reading.once("mentions", mentions)
        if of_somebody(reading, mention)
    ]


def _kin_of(reading: Reading) -> list[Found]:
    """Two finds: the other person's number, and what that person is to somebody."""
    found = list(_KIN_OF.finditer(reading.text))
    return [(ColumnType.SEQUENCE_NUMBER, *m.span("number")) for m in found] + [
        (ColumnType.HOUSEHOLD_RELATION, *m.span("tie")) for m in found
    ]


def _family(reading: Reading) -> list[Mention]:
    """Family words."""
    text = reading.text
    places = [place(m) for m in (*_TIE.finditer(text), *_CHILD.finditer(text))]
    return [
        Mention(ColumnType.HOUSEHOLD_RELATION, start, end, "pattern")
        for start, end in places
        if not _NO_TIE.match(text[start : end + 2])
    ]


def _ties(reading: Reading) -> list[Found]:
    """Family words that speak of somebody."""
    return [(m.type, m.start, m.end) for m in _family(reading) if of_somebody(reading, m)]


BY_TYPE = {
    type_: _statement(type_, told.statement)
    for type_, told in column_types.described().items()
    if told.statement
}
SEEKERS = (*BY_TYPE.values(), *seekers("ties", _TIES, {"kin_of": _kin_of, "ties": _ties}))
