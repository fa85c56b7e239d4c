"""Tables in documents: web pages (some saved as .xls), XML spreadsheets (Excel 2003) and Word.

Only texts are taken: no script runs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import Message
from intake.formats import Rank, book_format, unsupported
from intake.safe_open import Paragraph, WordTable, holds_member, read_docx, read_html, read_xml
from intake.schema.impact_assessment import ANNEX, ANNEX_END
from intake.schema.register_form import is_register
from intake.table.grid import Header, Loaded, Span, below, filled
from intake.upload import File, Limits, Upload
from language import Text

_MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|meta|table|script|svg|!--)", re.IGNORECASE)
_XML_HEAD = re.compile(rb"\s*<\?xml")
_SILENT = {"script", "style", "noscript", "template", "head"}
_BREAKS = {"br", "p", "div", "li"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class DocumentTable:
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


class DocumentBook:
    """The tables of one document, to be chosen from as the sheets of a workbook are."""

    hidden: frozenset[str] = frozenset()

    def __init__(self, tables: Sequence[DocumentTable], text: Text | None = None) -> None:
        self._tables = tables
        self.names = tuple(table.name for table in tables)
        self.encoding = text.encoding if text else None
        self.notes: tuple[Message, ...] = text.notes if text else ()

    def close(self) -> None:
        """Nothing is held open."""

    def table(self, name: str) -> DocumentTable | None:
        """A table by name; all of them hold something."""
        return next((table for table in self._tables if table.name == name), None)

    def tables(self) -> Sequence[DocumentTable]:
        """All of them."""
        return self._tables


class CellLayout:
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

    def table(self, name: str) -> DocumentTable:
        """What was laid out."""
        bottom = len(self.grid) - 1
        merged = tuple(Span(s.top, s.left, min(s.bottom, bottom), s.right) for s in self.merged)
        return DocumentTable(name, self._limits, self.grid, merged)


def whole(text: str | None) -> int:
    """The whole number that an attribute gives; 0 where it gives none, or one beyond any table."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _is_page(upload: Upload) -> bool:
    head = upload.head
    return bool(_MARKUP.match(head) or (_XML_HEAD.match(head) and b"<html" in head.lower()))


def _open_page(file: File) -> DocumentBook:
    tables = _page_tables(str(file.text), file.limits)
    if not tables:
        raise unsupported("web_page", "page")
    return DocumentBook(tables, file.text)


def _page_tables(text: str, limits: Limits) -> list[DocumentTable]:
    """The tables of a web page with at least two rows and columns, in order.

    A table inside a cell is a table of its own. Where there is no table, lists of terms and what
    is said of them (`<dl>`) are taken for one each.
    """
    root = read_html(text)
    if root is None:
        return []
    tables = []
    nodes = list(root.iter("table")) or list(root.iter("dl"))
    for number, node in enumerate(nodes, 1):
        layout = CellLayout(limits)
        for cells in _terms(node) if node.tag == "dl" else map(_html_cells, _own(node, "tr")):
            layout.add(cells)
        table = layout.table(f"表{number}")
        if table.height > 1 and max(map(len, table.grid)) > 1:
            tables.append(table)
    return tables


def _terms(node: Any) -> Iterator[list[tuple[str, int, int]]]:
    """Each term of a list with what is said of it, as a row."""
    cells: list[tuple[str, int, int]] = []
    for child in node.iter("dt", "dd"):
        if child.tag == "dt" and cells:
            yield cells
            cells = []
        cells.append((_page_text(child), 1, 1))
    if cells:
        yield cells


def _own(table: Any, tag: str) -> Iterator[Any]:
    """The rows of a table without those of tables inside it."""
    for node in table:
        if node.tag == tag:
            yield node
        elif node.tag in ("thead", "tbody", "tfoot"):
            yield from _own(node, tag)


def _html_cells(row: Any) -> Iterator[tuple[str, int, int]]:
    for cell in row:
        if cell.tag in ("td", "th"):
            yield _page_text(cell), whole(cell.get("colspan")), whole(cell.get("rowspan"))


def _page_text(node: Any) -> str:
    """The visible text of a cell; a line break or a block is a line break."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _SILENT or element.tag == "table":
            return
        if element.tag in _BREAKS and parts:
            parts.append("\n")
        parts.append(_BLANKS.sub(" ", element.text or ""))
        for child in element:
            walk(child)
            parts.append(_BLANKS.sub(" ", child.tail or ""))

    walk(node)
    lines = (line.strip(" \xa0") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line).replace("\xa0", " ")


def _open_sheets(file: File) -> DocumentBook:
    sheets = _sheets(str(file.text), file.limits)
    if not sheets:
        raise unsupported("other_xml", "to_table")
    return DocumentBook(sheets, file.text)


def _sheets(text: str, limits: Limits) -> list[DocumentTable]:
    """The sheets that hold something; [] where it is another kind of XML."""
    root = read_xml(_DECLARATION.sub("", text).encode())
    if root.tag != f"{_SHEET}Workbook":
        return []
    sheets = []
    for number, node in enumerate(root.iter(f"{_SHEET}Worksheet"), 1):
        layout = CellLayout(limits)
        for row in node.iter(f"{_SHEET}Row"):
            index = _number(row, "Index")
            limits.allow(rows=index)
            while len(layout.grid) < index - 1:
                layout.add(())
            layout.add(_sheet_cells(row, limits))
        table = layout.table(node.get(f"{_SHEET}Name") or f"Sheet{number}")
        if table.size:
            sheets.append(table)
    return sheets


def _sheet_cells(row: Any, limits: Limits) -> Iterator[tuple[str, int, int]]:
    place = 1
    for cell in row.iter(f"{_SHEET}Cell"):
        index = _number(cell, "Index")
        while place < min(index, limits.columns + 2):
            place += 1
            yield "", 1, 1
        data = cell.find(f"{_SHEET}Data")
        text = "".join(data.itertext()) if data is not None else ""
        if data is not None and data.get(f"{_SHEET}Type") == "DateTime":
            text = re.sub(r"T00:00:00(\.0+)?$", "", text)
        across, deep = _number(cell, "MergeAcross") + 1, _number(cell, "MergeDown") + 1
        place += across
        yield text, across, deep


def _number(node: Any, attribute: str) -> int:
    return whole(node.get(f"{_SHEET}{attribute}"))


def _open_word(file: File) -> DocumentBook:
    """The tables of a document that hold something, in order.

    The annex of an impact assessment comes with its headings, and where it has no table, alone.

    Raises InputError when the file is damaged, locked or too large, or holds no table.
    """
    limits = file.limits
    blocks = [
        Paragraph(block.text.replace("\t", "\n"), block.style)
        if isinstance(block, Paragraph)
        else block
        for block in read_docx(file.content, limits)
    ]
    tables = []
    for number, (title, drawn) in enumerate(_word_parts(blocks), 1):
        layout = CellLayout(limits)
        for line in title:
            layout.add([(line, 1, 1)])
        for row in drawn.rows if drawn else ():
            layout.add((text.replace("\t", "\n"), across, 1) for text, across in row)
        table = layout.table(f"表{number}")
        if table.size:
            tables.append(table)
    tables = tables or _word_form(blocks, limits)
    if not tables:
        raise unsupported("docx_without_table", "from_source")
    return DocumentBook(tables)


def _word_form(blocks: list[Paragraph | WordTable], limits: Limits) -> list[DocumentTable]:
    """A document of nothing but lines, where they are those of a register."""
    layout = CellLayout(limits)
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in block.text.split("\n"):
                layout.add([(line, 1, 1)])
    table = layout.table("本文")
    return [table] if is_register(table.grid) else []


def _word_parts(
    blocks: list[Paragraph | WordTable],
) -> Iterator[tuple[list[str], WordTable | None]]:
    """Each table, in the annex of an impact assessment with the lines above it.

    The items of the annex may stand in lines alone: then there are lines and no table.
    """
    lines: list[str] = []
    heading = ""
    for block in blocks:
        if isinstance(block, WordTable):
            yield ([heading, *lines] if heading else []), block
            lines = []
            continue
        text = block.text.strip()
        if heading and ANNEX_END.search(text):
            if len(lines) > 1:
                yield [heading, *lines], None
            heading, lines = "", []
        if ANNEX.search(text):
            heading, lines = text, []
        elif heading and text:
            lines.append(text)
    if heading and len(lines) > 1:
        yield [heading, *lines], None


FORMATS = (
    book_format("html", Rank.MARKUP, _is_page, _open_page, endings=("htm", "html")),
    book_format(
        "xml", Rank.MARKUP, lambda upload: bool(_XML_HEAD.match(upload.head)), _open_sheets
    ),
    book_format(
        "docx",
        Rank.PACKED_TEXT,
        lambda upload: holds_member(upload.content, "word/document.xml"),
        _open_word,
        endings=("docx",),
    ),
)
