"""Rows of cells as text, which every guess is made on, and the table built from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from core import LintNote, Message, Table
from intake.upload import Limits

Grid = Sequence[Sequence[str]]
HEAD_ROWS = 60
"""How many rows a guess may look at."""
_WIDEST = 4096
"""A merged area is spread over at most so many columns before any limit is checked."""
_BLOCK = 50_000
"""Rows held as Python texts before they become columns."""


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
    """A place rows come from: a delimited text, or a table with a name."""

    @property
    def merged(self) -> tuple[Span, ...]:
        """The merged areas."""

    def rows(self, limit: int) -> list[list[str]]:
        """The first rows as text, at most `limit`."""

    def load(self, header: Header) -> Loaded:
        """The table below a header."""


class NamedTable(RowSource, Protocol):
    """A sheet of a workbook, or a table of a document."""

    @property
    def name(self) -> str:
        """How people tell it from the others."""

    @property
    def height(self) -> int:
        """How many rows it has."""

    @property
    def size(self) -> int:
        """How many cells it has."""


class Book(Protocol):
    """What holds tables by name; to be closed."""

    names: tuple[str, ...]
    hidden: frozenset[str]
    encoding: str | None
    """None where the format fixes it."""
    notes: tuple[Message, ...]

    def table(self, name: str) -> NamedTable | None:
        """A table by name; None where it is empty."""

    def tables(self) -> Sequence[NamedTable]:
        """Those that hold something."""

    def close(self) -> None:
        """Give back what is held open."""


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
            row.extend([""] * (min(span.right, _WIDEST) + 1 - len(row)))
            row[span.left : span.right + 1] = [value] * (min(span.right, _WIDEST) + 1 - span.left)
    return rows


def below(
    header: Header, rows: Iterable[list[str]], merged: Sequence[Span], limits: Limits
) -> Table:
    """The table below a header, every cell of a merged area with its value.

    The rows, those of the header included, are changed on the way.
    """
    builder = ColumnBuilder(limits)
    starts: dict[int, list[Span]] = {}
    for span in merged:
        starts.setdefault(span.top, []).append(span)
    reaching: list[tuple[Span, str]] = []
    for number, row in enumerate(rows):
        reaching = [(span, value) for span, value in reaching if span.bottom >= number]
        reaching += [
            (span, row[span.left]) for span in starts.get(number, ()) if span.left < len(row)
        ]
        for span, value in reaching:
            for column in range(span.left, min(span.right + 1, len(row))):
                row[column] = value
        if number >= header.skip + header.rows:
            builder.add(row)
    return builder.table(header.names)


class ColumnBuilder:
    """Collects rows of texts of any length into equally long columns."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows: list[Sequence[str]] = []
        self._blocks: list[list[pa.Array]] = []
        self._width = 0
        self._done = 0

    def add(self, row: Sequence[str]) -> None:
        """One more row. Raises InputError above the limits."""
        if len(row) > self._width:
            self._width = len(row)
            self._limits.allow(0, self._width)
        self._rows.append(row)
        if len(self._rows) >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        self._done += len(self._rows)
        self._limits.allow(self._done, self._width)
        padded = [[*row, *[""] * (self._width - len(row))] for row in self._rows]
        self._blocks.append([pa.array(c, pa.string()) for c in zip(*padded, strict=True)])
        self._rows = []

    def table(self, names: Sequence[str]) -> Table:
        """The table; columns beyond the names are unnamed."""
        self._flush()
        width = max(self._width, len(names))
        arrays = [
            pa.chunked_array(
                [
                    block[i] if i < len(block) else pa.array([""] * len(block[0]), pa.string())
                    for block in self._blocks
                    if block
                ],
                pa.string(),
            )
            for i in range(width)
        ]
        if not any(self._blocks):
            arrays = [pa.chunked_array([], pa.string())] * width
        return Table.from_arrow([*names, *[""] * (width - len(names))], arrays)
