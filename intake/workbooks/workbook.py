"""An opened workbook of any format. Values are read; formulas and macros never run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from core import InputError, Message, say
from intake.table.grid import Header, Loaded, Span, below
from intake.upload import Limits
from intake.workbooks.isolated import IsolatedBook
from intake.workbooks.sheet_facts import SheetFacts
from intake.workbooks.sheet_notes import describe

T = TypeVar("T")
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_MERGED_CELLS = 5_000_000
"""Merged areas beyond this many cells together are left as they are."""

_LOOK_AT = 40
"""How many sheets are looked into before one is chosen."""


@dataclass(eq=False)
class Sheet:
    """One sheet that holds something."""

    name: str
    limits: Limits
    facts: SheetFacts | None
    """None for formats that do not tell."""
    book: IsolatedBook = field(repr=False)
    shape: dict[str, Any] = field(repr=False)

    @cached_property
    def merged(self) -> tuple[Span, ...]:
        """The merged areas, in the coordinates of `rows`."""
        left = self.shape["left"]
        spans = []
        area = 0
        told = self.facts.merged if self.facts else []
        for (top, first), (bottom, last) in self.shape["merged"] or told:
            area += (bottom - top + 1) * (last - first + 1)
            if last >= left and area <= _MERGED_CELLS:
                spans.append(Span(top, max(first - left, 0), bottom, last - left))
        return tuple(spans)

    @property
    def height(self) -> int:
        """How many rows the block of values has."""
        return int(self.shape["height"])

    @property
    def size(self) -> int:
        """How many cells the block of values has."""
        return self.height * int(self.shape["width"])

    def rows(self, limit: int | None) -> list[list[str]]:
        """The first rows as text, at most `limit`."""
        return list(self._texts(limit))

    def load(self, header: Header) -> Loaded:
        """The table below a header; a merged area holds its value in every cell."""
        table = below(header, self._texts(None), self.merged, self.limits)
        return Loaded(table, *describe(self.facts, self.merged, header, self.shape["left"]))

    def _texts(self, limit: int | None) -> Iterator[list[str]]:
        padding = self.facts.padding if self.facts else {}
        left = self.shape["left"]
        shown = {column - 1 - left: digits for column, digits in padding.items()}
        return self.book.rows(self.name, limit, shown)


class Workbook:
    """An opened workbook; to be closed."""

    encoding: str | None = None
    """A workbook states none."""

    def __init__(
        self,
        content: bytes,
        limits: Limits,
        facts_of: Callable[[str], SheetFacts | None] = lambda sheet: None,
    ) -> None:
        """`facts_of` gives what the format says of a sheet besides its values."""
        self._limits = limits
        self._facts_of = facts_of
        self._book = IsolatedBook(content)
        self.names = tuple(name for name, _ in self._book.sheets)
        self.hidden = frozenset(name for name, hidden in self._book.sheets if hidden)
        macro = any(mark in content for mark in _MACROS)
        self.notes: tuple[Message, ...] = (say("intake.workbook.macros"),) if macro else ()

    def close(self) -> None:
        """End the process that holds the file."""
        self._book.close()

    def table(self, name: str) -> Sheet | None:
        """A sheet by name; None when it is empty. Raises InputError when it cannot be held."""
        facts = guarded(lambda: self._facts_of(name))
        if facts:
            self._limits.allow(facts.extent.rows, facts.extent.columns)
        shape = self._book.shape(name)
        return None if shape is None else Sheet(name, self._limits, facts, self._book, shape)

    def tables(self) -> list[Sheet]:
        """The sheets that hold something, those that are seen first; at most 40 are looked into."""
        ordered = sorted(self.names, key=lambda name: name in self.hidden)
        loaded = map(self.table, ordered[:_LOOK_AT])
        return [sheet for sheet in loaded if sheet is not None]


def guarded(action: Callable[[], T]) -> T:
    """Run a reader of a part of a workbook; whatever it fails with becomes an InputError."""
    try:
        return action()
    except InputError:
        raise
    except Exception:  # what it says may quote the file
        raise InputError.of("intake.file.damaged") from None
