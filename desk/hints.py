"""Questions to begin with: only such as the data at hand can answer."""

from collections.abc import Sequence

from core import ColumnReport, ColumnType, Message

_WHAT_IF: tuple[tuple[ColumnType, Message], ...] = (
    (
        ColumnType.AGE,
        Message(ja="{name}を20歳ごとにしたら？", en="What if {name} were in bands of 20 years?"),
    ),
    (
        ColumnType.AGE_BAND,
        Message(ja="{name}を20歳ごとにしたら？", en="What if {name} were in bands of 20 years?"),
    ),
    (
        ColumnType.BIRTH_DATE,
        Message(ja="{name}を10年ごとにしたら？", en="What if {name} were in bands of 10 years?"),
    ),
)
"""What could be widened, the most telling first."""


def hints(columns: Sequence[ColumnReport], people: bool, quasi: bool) -> tuple[Message, ...]:
    """Questions that show what can be asked.

    Args:
        columns: those of the review.
        people: whether there are rows, one a person.
        quasi: whether columns of them are counted as a combination.
    """
    found = []
    if people and quasi:
        found += [
            Message(ja="一人しかいない人を見せて", en="Show the people who are alone"),
            Message(ja="k=5 で安全にして", en="Make it safe with k=5"),
        ]
    if people:
        found += _what_if(columns)
    return (*found, Message(ja="要配慮個人情報とは？", en="What is special-care information?"))


def _what_if(columns: Sequence[ColumnReport]) -> list[Message]:
    for kind, question in _WHAT_IF:
        for column in columns:
            if kind in (column.type, *column.parts):
                name = column.name
                return [Message(ja=question.ja.format(name=name), en=question.en.format(name=name))]
    return []
