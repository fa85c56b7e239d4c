"""Workbooks: XLSX, XLSM, XLSB, XLS and ODS. Values are read; formulas and macros never run."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

import msoffcrypto
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core import InputError
from intake import problems
from intake.cells import cell_text, pad
from intake.columns import ColumnBuilder
from intake.extent import Extent, ods_extent, xls_extent, xlsb_extent
from intake.formats import Format
from intake.grid import Header, Loaded, MergeFill, Span
from intake.packed import check_packed
from intake.sheet_notes import describe
from intake.upload import Limits
from intake.xlsx import SheetFacts, scan_sheet, sheet_paths

T = TypeVar("T")
_MERGED_CELLS = 5_000_000
"""Merged areas beyond this many cells together are left as they are."""


@dataclass(frozen=True)
class SheetName:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool


@dataclass(eq=False)
class Sheet:
    """One sheet, loaded."""

    file: str
    name: str
    limits: Limits
    facts: SheetFacts | None
    """None for formats that do not tell."""
    source: Any = field(repr=False)
    """The calamine sheet."""

    @property
    def merged(self) -> tuple[Span, ...]:
        """The merged areas, in the coordinates of `rows`."""
        ranges = guarded(self.file, lambda: self.source.merged_cell_ranges) or []
        left = self._left
        spans = []
        area = 0
        for (top, first), (bottom, last) in ranges:
            area += (bottom - top + 1) * (last - first + 1)
            if last >= left and area <= _MERGED_CELLS:
                spans.append(Span(top, max(first - left, 0), bottom, last - left))
        return tuple(spans)

    @property
    def _left(self) -> int:
        start = self.source.start
        return int(start[1]) if start else 0

    @property
    def size(self) -> int:
        """How many cells the block of values has."""
        return int(self.source.height) * int(self.source.width)

    def rows(self, limit: int) -> list[list[str]]:
        """The first rows as text, at most `limit`."""
        return list(islice(self._texts(), limit))

    def _texts(self) -> Iterator[list[str]]:
        padding = self.facts.padding if self.facts else {}
        pads = {column - 1 - self._left: digits for column, digits in padding.items()}
        rows = guarded(self.file, lambda: iter(self.source.iter_rows()))
        while (row := guarded(self.file, lambda: next(rows, None))) is not None:
            texts = [v if isinstance(v, str) else cell_text(v) for v in row]
            for column, digits in pads.items():
                if 0 <= column < len(row) and not isinstance(row[column], str | bool):
                    texts[column] = pad(texts[column], digits)
            yield texts

    def load(self, header: Header) -> Loaded:
        """The table below a header; a merged area holds its value in every cell."""
        builder = ColumnBuilder(self.file, self.limits)
        body = header.skip + header.rows
        fill = MergeFill(self.merged)
        for number, row in enumerate(self._texts()):
            fill.apply(number, row)
            if number >= body:
                builder.add(row)
        notes, lint = describe(self.facts, self.merged, header)
        return Loaded(builder.table(header.names), notes, lint)


class Workbook:
    """An opened workbook."""

    def __init__(self, name: str, content: bytes, kind: Format, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._archive: zipfile.ZipFile | None = None
        self._paths: dict[str, str] = {}
        if kind is Format.XLS:
            self._check_binary(content)
        else:
            check_packed(name, content, limits)
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._measure(kind)
        self._book = guarded(name, lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
        self.sheets = tuple(
            SheetName(m.name, m.visible is not SheetVisibleEnum.Visible)
            for m in self._book.sheets_metadata
            if m.typ is SheetTypeEnum.WorkSheet
        )
        self.has_macro = b"vbaProject.bin" in content or b"_VBA_PROJECT" in content

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by name; None when it is empty. Raises InputError when it cannot be held."""
        facts = None
        if name in self._paths and self._archive is not None:
            archive, path = self._archive, self._paths[name]
            facts = guarded(self._name, lambda: scan_sheet(archive, path))
            self._allow(facts.extent)
        source = guarded(self._name, lambda: self._book.get_sheet_by_name(name))
        if source.start is None:
            return None
        return Sheet(self._name, name, self._limits, facts, source)

    def _check_binary(self, content: bytes) -> None:
        file = io.BytesIO(content)
        if guarded(self._name, lambda: msoffcrypto.OfficeFile(file).is_encrypted()):
            raise problems.locked(self._name)
        extent = guarded(self._name, lambda: xls_extent(content))
        if extent is None:
            raise problems.locked(self._name)
        self._allow(extent)

    def _measure(self, kind: Format) -> None:
        archive = self._archive
        if archive is None:
            return
        if kind is Format.XLSX:
            self._paths = guarded(self._name, lambda: sheet_paths(archive))
        elif kind is Format.XLSB:
            self._allow(guarded(self._name, lambda: xlsb_extent(archive)))
        else:
            self._allow(guarded(self._name, lambda: ods_extent(archive)))

    def _allow(self, extent: Extent) -> None:
        for what, value, limit in (
            ("columns", extent.columns, self._limits.columns),
            ("rows", extent.rows, self._limits.rows),
            ("cells", extent.cells, self._limits.cells),
        ):
            if value > limit:
                raise problems.too_many(self._name, what, limit)


def guarded(name: str, action: Callable[[], T]) -> T:
    """Run a reader of a workbook; whatever it fails with becomes an InputError.

    A panic of the compiled reader derives from BaseException only.
    """
    try:
        return action()
    except InputError:
        raise
    except Exception:  # what it says may quote the file
        raise problems.damaged(name) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise problems.damaged(name) from None
        raise
