"""Workbooks: XLSX, XLSM, XLSB, XLS and ODS. Values are read; formulas and macros never run."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self, TypeVar

import msoffcrypto

from core import InputError
from intake import problems
from intake.columns import ColumnBuilder
from intake.facts import Extent, SheetFacts
from intake.formats import Format
from intake.grid import Header, Loaded, MergeFill, Span
from intake.isolated import IsolatedBook
from intake.ods import ods_facts
from intake.packed import check_packed
from intake.sheet_notes import describe
from intake.upload import Limits
from intake.xls import ole_holds, xls_facts
from intake.xlsb import xlsb_extent
from intake.xlsx import scan_sheet, sheet_paths

T = TypeVar("T")
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_MERGED_CELLS = 5_000_000
"""Merged areas beyond this many cells together are left as they are."""


@dataclass(frozen=True)
class SheetName:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool


@dataclass(eq=False)
class Sheet:
    """One sheet that holds something."""

    file: str
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
        builder = ColumnBuilder(self.file, self.limits)
        body = header.skip + header.rows
        fill = MergeFill(self.merged)
        for number, row in enumerate(self._texts(None)):
            fill.apply(number, row)
            if number >= body:
                builder.add(row)
        notes, lint = describe(self.facts, self.merged, header, self.shape["left"])
        return Loaded(builder.table(header.names), notes, lint)

    def _texts(self, limit: int | None) -> Iterator[list[str]]:
        padding = self.facts.padding if self.facts else {}
        left = self.shape["left"]
        shown = {column - 1 - left: digits for column, digits in padding.items()}
        return self.book.rows(self.name, limit, shown)


class Workbook:
    """An opened workbook; to be closed, best by `with`."""

    def __init__(self, name: str, content: bytes, kind: Format, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._archive: zipfile.ZipFile | None = None
        self._paths: dict[str, str] = {}
        self._facts: dict[str, SheetFacts] = {}
        if kind is Format.XLS:
            self._check_binary(content)
        else:
            check_packed(name, content, limits)
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._measure(kind)
        self._open = ExitStack()
        self._book = self._open.enter_context(IsolatedBook(name, content))
        self.sheets = tuple(SheetName(*sheet) for sheet in self._book.sheets)
        self.has_macro = any(mark in content for mark in _MACROS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by name; None when it is empty. Raises InputError when it cannot be held."""
        facts = self._facts.get(name)
        if name in self._paths and self._archive is not None:
            archive, path = self._archive, self._paths[name]
            facts = guarded(self._name, lambda: scan_sheet(archive, path))
            self._allow(facts.extent)
        shape = self._book.shape(name)
        if shape is None:
            return None
        return Sheet(self._name, name, self._limits, facts, self._book, shape)

    def _check_binary(self, content: bytes) -> None:
        if guarded(self._name, lambda: ole_holds(content, "WordDocument", "DocumentText")):
            ja, en = "Word・一太郎の文書", "a Word or Ichitaro document"
            raise problems.unsupported(self._name, ja, en, "from_source")
        file = io.BytesIO(content)
        if guarded(self._name, lambda: msoffcrypto.OfficeFile(file).is_encrypted()):
            raise problems.locked(self._name)
        facts = guarded(self._name, lambda: xls_facts(content))
        if facts is None:
            raise problems.locked(self._name)
        self._keep(facts)

    def _keep(self, facts: dict[str, SheetFacts]) -> None:
        for one in facts.values():
            self._allow(one.extent)
        self._facts = facts

    def _measure(self, kind: Format) -> None:
        archive = self._archive
        if archive is None:
            return
        if kind is Format.XLSX:
            self._paths = guarded(self._name, lambda: sheet_paths(archive))
        elif kind is Format.XLSB:
            self._allow(guarded(self._name, lambda: xlsb_extent(archive)))
        else:
            self._keep(guarded(self._name, lambda: ods_facts(archive)))

    def _allow(self, extent: Extent) -> None:
        for what, value, limit in (
            ("columns", extent.columns, self._limits.columns),
            ("rows", extent.rows, self._limits.rows),
            ("cells", extent.cells, self._limits.cells),
        ):
            if value > limit:
                raise problems.too_many(self._name, what, limit)


def guarded(name: str, action: Callable[[], T]) -> T:
    """Run a reader of a part of a workbook; whatever it fails with becomes an InputError."""
    try:
        return action()
    except InputError:
        raise
    except Exception:  # what it says may quote the file
        raise problems.damaged(name) from None
