"""ODS: what a sheet says besides its values (reach, merged areas, hidden parts)."""

import zipfile
from dataclasses import replace
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from intake.formats import Rank, book_format
from intake.safe_open import SAFE, is_packed, open_packed
from intake.upload import File
from intake.workbook import SheetFacts, Workbook, guarded

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
"""What a sheet can have; repetitions beyond tell of an attack, not of padding."""
_UNSEEN = ("collapse", "filter")


def _opened(file: File) -> Workbook:
    archive = open_packed(file.content, file.limits)
    facts = guarded(lambda: _facts(archive))
    for one in facts.values():
        file.limits.allow(one.extent.rows, one.extent.columns)
    return Workbook(file.content, file.limits, facts.get)


def _facts(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    """The facts of each sheet by its name, repetitions counted."""
    tags = ("table", "table-row", "table-cell", "covered-table-cell", "table-column")
    found: dict[str, SheetFacts] = {}
    with archive.open("content.xml") as stream:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=(f"{_DRAW}frame", *(f"{_TABLE}{tag}" for tag in tags)),
            **SAFE,
        )
        sheet = _Sheet()
        for event, element in events:
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "table":
                    sheet = _Sheet()
                elif tag == "table-row":
                    sheet.column = 0
            elif tag == "table":
                found[element.get(f"{_TABLE}name", "")] = sheet.facts
                element.clear()
            else:
                sheet.end(tag, element)
    return found


class _Sheet:
    """One sheet while it is read; `row` and `column` are how many were passed."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.row = self.column = self._heads = 0

    def end(self, tag: str, element: Any) -> None:
        """An element that is complete."""
        if tag == "frame":
            self.facts.drawings = True
        elif tag == "table-column":
            self._column(element)
        elif tag == "table-row":
            self._row(element)
        else:
            self._cell(element)

    def _cell(self, element: Any) -> None:
        self._merged(element)
        if element.get(f"{_TABLE}formula") is not None and self.column < _MOST_COLUMNS:
            self.facts.take_formula(min(self.row, _MOST_ROWS) + 1, self.column + 1)
        self.column += _repeated(element, "columns")
        if len(element) or element.text:
            self.facts.extent.take(self.row, self.column - 1)
        elif self.column > _MOST_COLUMNS:
            self.facts.extent.take(0, self.column - 1)

    def _merged(self, element: Any) -> None:
        wide = min(_number(element, "columns-spanned"), _MOST_COLUMNS)
        high = min(_number(element, "rows-spanned"), _MOST_ROWS)
        if (wide > 1 or high > 1) and self.column < _MOST_COLUMNS and self.row < _MOST_ROWS:
            last = (self.row + high - 1, self.column + wide - 1)
            self.facts.merged.append(((self.row, self.column), last))

    def _row(self, element: Any) -> None:
        times = _repeated(element, "rows")
        held = any(len(cell) for cell in element)
        if held and element.get(f"{_TABLE}visibility") in _UNSEEN:
            self.facts.hidden_rows += range(self.row + 1, self.row + min(times, 1000) + 1)
        self.row += times
        if held or times > _MOST_ROWS:
            self.facts.extent.take(self.row - 1, 0)
        element.clear()

    def _column(self, element: Any) -> None:
        times = min(_repeated(element, "columns"), _MOST_COLUMNS)
        if element.get(f"{_TABLE}visibility") in _UNSEEN:
            self.facts.hidden_columns += range(self._heads + 1, self._heads + times + 1)
        self._heads = min(self._heads + times, _MOST_COLUMNS)


def _repeated(element: Any, what: str) -> int:
    return _number(element, f"{what}-repeated")


def _number(element: Any, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1


_ODS = book_format(
    "ods",
    Rank.PACKED_TABLES,
    lambda upload: (
        is_packed(upload.content) and b"opendocument.spreadsheet" in upload.content[:200]
    ),
    _opened,
    endings=("ods",),
)
FORMATS = (
    _ODS,
    replace(
        _ODS,
        rank=Rank.PACKED_BY_NAME,
        recognises=lambda upload: is_packed(upload.content) and upload.ending == "ods",
    ),
)
