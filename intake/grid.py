"""The first rows of a file as text, which every guess is made on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core import LintNote, Message, Table

Grid = Sequence[Sequence[str]]
HEAD_ROWS = 60
"""How many rows a guess may look at."""


@dataclass(frozen=True)
class Span:
    """A merged area of a sheet; all four ends 0-based and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Header:
    """Where the header is: `skip` rows above it, `rows` rows of its own, the names it gives."""

    skip: int
    rows: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """A table that was read, and what was noticed on the way."""

    table: Table
    notes: tuple[Message, ...] = ()
    lint: tuple[LintNote, ...] = ()


class RowSource(Protocol):
    """A place rows come from: a delimited text or a sheet of a workbook."""

    @property
    def merged(self) -> tuple[Span, ...]:
        """The merged areas."""

    def rows(self, limit: int) -> list[list[str]]:
        """The first rows as text, at most `limit`."""

    def load(self, header: Header) -> Loaded:
        """The table below a header."""


def filled(row: Sequence[str]) -> int:
    """How many cells of a row hold something."""
    return sum(1 for cell in row if cell.strip())


def spread(grid: Grid, merged: Sequence[Span]) -> list[list[str]]:
    """The grid with the value of each merged area in all of its cells.

    >>> spread([["住所", ""], ["県", "市"]], [Span(0, 0, 0, 1)])
    [['住所', '住所'], ['県', '市']]
    """
    rows = [list(row) for row in grid]
    for span in merged:
        if span.top >= len(rows) or span.left >= len(rows[span.top]):
            continue
        value = rows[span.top][span.left]
        for row in rows[span.top : span.bottom + 1]:
            row.extend([""] * (min(span.right, 4096) + 1 - len(row)))
            row[span.left : span.right + 1] = [value] * (min(span.right, 4096) + 1 - span.left)
    return rows


class MergeFill:
    """Gives every cell of a merged area its value, row by row from the top."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts: dict[int, list[Span]] = {}
        for span in spans:
            self._starts.setdefault(span.top, []).append(span)
        self._open: list[tuple[Span, str]] = []

    def apply(self, number: int, row: list[str]) -> None:
        """Fill one row in place; `number` is its 0-based position."""
        if not self._open and number not in self._starts:
            return
        self._open = [(span, value) for span, value in self._open if span.bottom >= number]
        for span in self._starts.get(number, []):
            if span.left < len(row):
                self._open.append((span, row[span.left]))
        for span, value in self._open:
            for column in range(span.left, min(span.right + 1, len(row))):
                row[column] = value
