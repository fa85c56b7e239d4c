"""What a seeker of personal data in free text is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core import ColumnType, Message

Found = tuple[ColumnType, int, int]
"""A type and its place in the normalised text."""


@dataclass(frozen=True)
class Seeker:
    """Finds one kind of statement in free text.

    `cheap` is a RE2 pattern over the normalised lower-case text that every hit must contain, or
    several, one of which it must; only texts that hold it reach `find`, which gives the exact
    places. Long lists of words go apart: together they outgrow RE2's tables and take a hundred
    times as long.
    """

    type: ColumnType
    rule: str
    cheap: str | tuple[str, ...]
    find: Callable[[str], Iterable[Found]]
    what: Message
    weight: float = 0.9


def spans(type_: ColumnType, pattern: str, group: int | str = 0) -> Callable[[str], list[Found]]:
    """A finder of everything a pattern matches (or one group of it)."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(text: str) -> list[Found]:
        return [(type_, *_place(m, group)) for m in compiled.finditer(text)]

    return find


def _place(found: re.Match[str], group: int | str) -> tuple[int, int]:
    """The wanted group, or the first named group that took part, or the whole match."""
    named = [name for name, text in found.groupdict().items() if text]
    wanted = group if group or not named else named[0]
    return found.span(wanted)
