"""Tables that stand in a document (web page, XML workbook, Word), as rows of cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core import Message
from intake.table.grid import Header, Loaded, Span, below, filled
from intake.upload import Limits
from language import Text


@dataclass(frozen=True)
class LaidTable:
    """One table of a document, held in memory; cells that reach further are merged areas."""

    name: str
    limits: Limits
    grid: list[list[str]] = field(repr=False)
    merged: tuple[Span, ...] = ()

    @property
    def height(self) -> int:
        """How many rows hold something."""
        return sum(1 for row in self.grid if filled(row))

    @property
    def size(self) -> int:
        """How many cells hold something."""
        return sum(map(filled, self.grid))

    def rows(self, limit: int) -> list[list[str]]:
        """The first rows as text, at most `limit`."""
        return [list(row) for row in self.grid[:limit]]

    def load(self, header: Header) -> Loaded:
        """The table below a header; a merged area holds its value in every cell."""
        return Loaded(below(header, map(list, self.grid), self.merged, self.limits))


class LaidBook:
    """The tables of one document, to be chosen from as the sheets of a workbook are."""

    hidden: frozenset[str] = frozenset()

    def __init__(self, tables: Sequence[LaidTable], text: Text | None = None) -> None:
        self._tables = tables
        self.names = tuple(table.name for table in tables)
        self.encoding = text.encoding if text else None
        self.notes: tuple[Message, ...] = text.notes if text else ()

    def close(self) -> None:
        """Nothing is held open."""

    def table(self, name: str) -> LaidTable | None:
        """A table by name; all of them hold something."""
        return next((table for table in self._tables if table.name == name), None)

    def tables(self) -> Sequence[LaidTable]:
        """All of them."""
        return self._tables


class Layer:
    """Lays cells out row by row, leaving room for those that reach down from above."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._taken: dict[int, int] = {}
        """The rows still to be left free, by column."""
        self._cells = 0
        self.grid: list[list[str]] = []
        self.merged: list[Span] = []

    def add(self, cells: Iterable[tuple[str, int, int]]) -> None:
        """A row of (text, columns, rows). Raises InputError above the limits."""
        row: list[str] = []
        top = len(self.grid)
        down: dict[int, int] = {}
        for text, across, deep in cells:
            while self._taken.get(len(row), 0):
                row.append("")
            left = len(row)
            across, deep = max(across, 1), max(deep, 1)
            self._cells += across
            self._limits.allow(columns=across, cells=self._cells)
            row += [text, *[""] * (across - 1)]
            if across > 1 or deep > 1:
                self.merged.append(Span(top, left, top + deep - 1, left + across - 1))
            if deep > 1:
                down |= dict.fromkeys(range(left, left + across), deep - 1)
        reach = max((column for column, rows in self._taken.items() if rows), default=-1)
        row += [""] * (reach + 1 - len(row))
        self._taken = {c: n - 1 for c, n in self._taken.items() if n > 1} | down
        self.grid.append(row)

    def table(self, name: str) -> LaidTable:
        """What was laid out."""
        bottom = len(self.grid) - 1
        merged = tuple(Span(s.top, s.left, min(s.bottom, bottom), s.right) for s in self.merged)
        return LaidTable(name, self._limits, self.grid, merged)


def whole(text: str | None) -> int:
    """The whole number that an attribute gives; 0 where it gives none, or one beyond any table."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
