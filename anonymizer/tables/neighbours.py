"""Which areas touch, from a file that a person wrote."""

import csv
import io
from collections.abc import Mapping, Sequence

from core import InputError

Adjacency = Mapping[str, frozenset[str]]
"""For each area the areas it touches, whichever of the two was written first."""


def parse_adjacency(content: bytes, name: str = "") -> Adjacency:
    """Who touches whom: per row an area, then its neighbours; UTF-8 or Shift_JIS.

    >>> sorted(parse_adjacency("北,中\\n南,中,東\\n".encode())["中"])
    ['北', '南']

    Raises:
        InputError: there is no row with two areas.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932", errors="replace")
    rows = [[part.strip() for part in row if part.strip()] for row in csv.reader(io.StringIO(text))]
    found = adjacency([(row[0], other) for row in rows for other in row[1:]])
    if not found:
        raise InputError.of(
            "tables.neighbours",
            ja="隣接の一覧を読めません。1行に、地区と、それに接する地区をコンマで区切って書いてください。",
            en="The list of neighbours is not understood. Write per row an area and those that "
            "touch it, with commas between.",
            source=name or None,
        )
    return found


def adjacency(pairs: Sequence[tuple[str, str]]) -> Adjacency:
    """Who touches whom, from pairs of areas.

    >>> sorted(adjacency([("北", "中"), ("南", "中")])["中"])
    ['北', '南']
    """
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {area: frozenset(others - {area}) for area, others in found.items()}
