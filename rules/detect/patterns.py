"""The pieces that patterns are made of: word lists, and the parts of the types' files."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from core import ColumnType, column_types
from language import COUNTRIES

_LEXICON = Path(__file__).with_name("lexicon")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_LISTS = ("surnames", "diseases", "countries")


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of the lexicon folder, or the names of countries."""
    if name == "countries":
        return tuple(COUNTRIES)
    return tuple((_LEXICON / f"{name}.txt").read_text(encoding="utf-8").split())


def alternation(listed: Iterable[str]) -> str:
    """Words as one pattern, the longest first."""
    return "|".join(sorted(listed, key=len, reverse=True))


def surnames() -> str:
    """The surnames as one pattern."""
    return alternation(words("surnames"))


def vocabulary(type_: ColumnType) -> str:
    """The words that a type's values are made of, as one pattern."""
    return alternation(map(re.escape, column_types.described()[type_].vocabulary))


@cache
def part(type_: ColumnType, name: str) -> str:
    """A piece of a type's patterns.

    >>> part(ColumnType.DATE, "month")
    '(?:0[1-9]|1[0-2])'
    """
    return filled(column_types.described()[type_].parts[name], type_)


def filled(pattern: str, type_: ColumnType) -> str:
    """A pattern of a type with what its `{names}` stand for: parts, words, a list of words."""

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name in _LISTS:
            return alternation(words(name)).lower()
        return vocabulary(type_) if name == "vocabulary" else part(type_, name)

    return _PLACE.sub(put, pattern)


EMAIL_PATTERN = part(ColumnType.EMAIL, "address")
PREFECTURES = vocabulary(ColumnType.ADDRESS)
