"""An opened workbook of any format: its values, and what its sheets say besides them.

Values are read in a process of its own (`intake.workbook_worker`); formulas and macros never run.
"""

import json
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from core import InputError, LintNote, Message, listed, say
from intake.table.grid import Header, Loaded, Span, below
from intake.table.lint import note
from intake.upload import Limits

_WORKER = Path(__file__).with_name("workbook_worker.py")
_SECONDS = 120.0
"""Longer than the largest allowed workbook takes."""


class IsolatedBook:
    """A workbook held by a worker process. Raises InputError when the worker cannot read it."""

    def __init__(self, content: bytes) -> None:
        self._process = subprocess.Popen(  # noqa: S603 our own file, no shell
            [sys.executable, "-I", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader chokes on may be a cell
            env={"RUST_BACKTRACE": "0"},
        )
        self._clock = threading.Timer(_SECONDS, self._process.kill)
        self._clock.daemon = True
        self._clock.start()
        try:
            self._send(f"{len(content)}\n".encode() + content)
            self.sheets: list[tuple[str, bool]] = [(str(n), bool(h)) for n, h in self._receive()]
        except BaseException:
            self.close()
            raise

    def shape(self, sheet: str) -> dict[str, Any] | None:
        """`left`, `height`, `width` and `merged` of a sheet; None when it is empty."""
        self._send(json.dumps({"sheet": sheet}).encode() + b"\n")
        shape: dict[str, Any] | None = self._receive()
        return shape

    def rows(self, sheet: str, limit: int | None, padding: dict[int, int]) -> Iterator[list[str]]:
        """The rows of a sheet as text; to be read to the end."""
        request = {"sheet": sheet, "limit": limit, "padding": padding}
        self._send(json.dumps(request).encode() + b"\n")
        while (block := self._receive()) is not None:
            yield from block

    def close(self) -> None:
        """End the process."""
        self._clock.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:  # what was still to be written has nobody to read it
                continue
        self._process.wait()

    def _send(self, data: bytes) -> None:
        stream = self._process.stdin
        try:
            if stream:
                stream.write(data)
                stream.flush()
        except OSError:
            raise InputError.of("intake.file.damaged") from None

    def _receive(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line.endswith(b"\n"):
            raise InputError.of("intake.file.damaged")
        return json.loads(line)


@dataclass
class Extent:
    """The reach of the cells seen so far: counts of rows and columns."""

    rows: int = 0
    columns: int = 0

    def take(self, row: int, column: int) -> None:
        """Take in a cell at a 0-based position."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    @property
    def cells(self) -> int:
        """How many cells a dense block would have."""
        return self.rows * self.columns


@dataclass
class SheetFacts:
    """What a sheet says besides its values. Rows and columns are 1-based, as Excel shows them."""

    extent: Extent = field(default_factory=Extent)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formulas: dict[int, "array[int]"] = field(default_factory=dict)
    """The rows of the formulas in each column."""
    unsaved: dict[int, int] = field(default_factory=dict)
    """How many formulas of each column have no saved result."""
    errors: int = 0
    drawings: bool = False
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """First and last cell (row, column; 0-based) of merged areas, where the reader is silent."""
    padding: dict[int, int] = field(default_factory=dict)
    """Digits shown by a number format like 0000000, by column."""

    def take_formula(self, row: int, column: int, saved: bool = True) -> None:
        """Take in a formula at a 1-based position."""
        self.formulas.setdefault(column, array("I")).append(row)
        if not saved:
            self.unsaved[column] = self.unsaved.get(column, 0) + 1


def column_letters(number: int) -> str:
    """The letters of a 1-based column number.

    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_NAMED = 5
"""Places named in a sentence."""
_COLUMNS_NAMED = 10
"""A letter or two each, more fit in a sentence than places."""
_COLUMNS = 50
"""Columns with a note of their own, for each rule."""


def describe(
    facts: SheetFacts | None, merged: Sequence[Span], header: Header, left: int = 0
) -> tuple[tuple[Message, ...], tuple[LintNote, ...]]:
    """Notes on what was assumed, and breaches of the rules for machine-readable tables.

    The rows of a breach are counted from the first row below the header, with all of them listed.
    `left` is how many columns of the sheet stand before the first.
    """
    lint = _merged_notes(merged, header, left)
    if facts is None:
        return (), tuple(lint)
    lint += _formula_notes(facts, header, left)
    if facts.drawings:
        lint.append(note("drawings"))
    return tuple(_assumed(facts)), tuple(lint)


def _assumed(facts: SheetFacts) -> Iterable[Message]:
    if facts.hidden_rows:
        count, first = len(facts.hidden_rows), facts.hidden_rows[0]
        yield say("intake.sheet_notes.hidden_rows", count=count, first=first)
    reach = [c for c in facts.hidden_columns if c <= facts.extent.columns]
    if reach:
        columns = listed(map(column_letters, reach[:_COLUMNS_NAMED]))
        yield say("intake.sheet_notes.hidden_columns", count=len(reach), columns=columns)
    if unsaved := sum(facts.unsaved.values()):
        yield say("intake.sheet_notes.unsaved_formulas", count=unsaved)
    if facts.errors:
        yield say("intake.sheet_notes.error_cells", count=facts.errors)


def _merged_notes(merged: Sequence[Span], header: Header, left: int) -> list[LintNote]:
    body = header.skip + header.rows
    inside: dict[int, list[int]] = {}
    in_header: list[Span] = []
    for span in sorted(merged, key=lambda span: (span.top, span.left)):
        if span.bottom >= body:
            inside.setdefault(span.left, []).append(max(span.top - body + 1, 1))
        if header.skip <= span.top < body:
            in_header.append(span)
    lint = [
        _on_rows("merged_cells", rows, _name(header, column), len(rows))
        for column, rows in sorted(inside.items())[:_COLUMNS]
    ]
    if in_header:
        column = _name(header, in_header[0].left)
        places = _places([_area(span, left) for span in in_header])
        lint.append(note("merged_header", column=column, count=len(in_header), places=places))
    return lint


def _formula_notes(facts: SheetFacts, header: Header, left: int) -> list[LintNote]:
    body = header.skip + header.rows
    lint = []
    for column, rows in sorted(facts.formulas.items())[:_COLUMNS]:
        places = _places([f"{column_letters(column)}{row}" for row in rows[: _NAMED + 1]])
        unsaved = facts.unsaved.get(column, 0)
        state = "unsaved" if unsaved >= len(rows) else "partly_saved" if unsaved else "saved"
        read = say(f"intake.sheet_notes.formulas_{state}", count=unsaved)
        inside = [row - body for row in rows if row > body]
        name = _name(header, max(column - left - 1, 0))
        lint.append(_on_rows("formulas", inside, name, len(rows), places=places, read=read))
    return lint


def _on_rows(
    code: str, rows: Sequence[int], column: str, count: int, **values: Message
) -> LintNote:
    made = note(code, rows[0] if rows else None, column, count, **values)
    return made.model_copy(update={"rows": tuple(rows)})


def _name(header: Header, column: int) -> str:
    """What a column (0-based) is called."""
    known = column < len(header.names) and header.names[column]
    return known or f"#{column + 1}"


def _area(span: Span, left: int) -> str:
    """A merged area as spreadsheet programs write it."""
    first = f"{column_letters(span.left + left + 1)}{span.top + 1}"
    return f"{first}:{column_letters(span.right + left + 1)}{span.bottom + 1}"


def _places(places: Sequence[str]) -> Message:
    """The first places in words."""
    named = listed(places[:_NAMED])
    return say("intake.sheet_notes.and_more", places=named) if len(places) > _NAMED else named


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
