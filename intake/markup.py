"""Tables in files that only look like workbooks: HTML saved as .xls, and XML spreadsheets (2003).

Nothing outside the file is loaded and no script runs: only the cells' texts are taken.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from intake import problems
from intake.laid import LaidTable, Layer
from intake.upload import Limits

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SILENT = {"script", "style", "noscript", "template", "head"}
_LARGEST = 64 << 20


def html_tables(name: str, text: str, limits: Limits) -> list[LaidTable]:
    """The tables of a web page with at least two rows and columns, in order.

    A table inside a cell is a table of its own. Where there is no table, lists of terms and what
    is said of them (`<dl>`) are taken for one each.
    """
    root = _parsed(name, text, etree.HTMLParser(encoding="utf-8", no_network=True))
    if root is None:
        return []
    tables = []
    nodes = list(root.iter("table")) or list(root.iter("dl"))
    for number, node in enumerate(nodes, 1):
        layer = Layer(name, limits)
        for cells in _terms(node) if node.tag == "dl" else map(_html_cells, _own(node, "tr")):
            layer.add(cells)
        laid = layer.table(f"表{number}")
        if laid.height > 1 and max(map(len, laid.grid)) > 1:
            tables.append(laid)
    return tables


def _terms(node: Any) -> Iterator[list[tuple[str, int, int]]]:
    """Each term of a list with what is said of it, as a row."""
    cells: list[tuple[str, int, int]] = []
    for child in node.iter("dt", "dd"):
        if child.tag == "dt" and cells:
            yield cells
            cells = []
        cells.append((_text(child), 1, 1))
    if cells:
        yield cells


def xml_sheets(name: str, text: str, limits: Limits) -> list[LaidTable]:
    """The sheets of an XML spreadsheet that hold something; [] where it is another kind of XML."""
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False
    )
    root = _parsed(name, _DECLARATION.sub("", text), parser)
    if root is None or root.tag != f"{_SHEET}Workbook":
        return []
    sheets = []
    for number, node in enumerate(root.iter(f"{_SHEET}Worksheet"), 1):
        layer = Layer(name, limits)
        for row in node.iter(f"{_SHEET}Row"):
            _skip_rows(layer, _number(row, "Index"), limits)
            layer.add(_xml_cells(row, limits))
        laid = layer.table(node.get(f"{_SHEET}Name") or f"Sheet{number}")
        if laid.size:
            sheets.append(laid)
    return sheets


def _parsed(name: str, text: str, parser: Any) -> Any:
    data = text.encode("utf-8")
    if len(data) > _LARGEST:
        raise problems.too_large(name, _LARGEST)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise problems.damaged(name) from None


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
            yield _text(cell), _count(cell.get("colspan")), _count(cell.get("rowspan"))


def _text(node: Any) -> str:
    """The visible text of a cell; a line break or a block is a line break."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _SILENT or element.tag == "table":
            return
        if element.tag in ("br", "p", "div", "li") and parts:
            parts.append("\n")
        parts.append(re.sub(r"[ \t\r\n]+", " ", element.text or ""))
        for child in element:
            walk(child)
            parts.append(re.sub(r"[ \t\r\n]+", " ", child.tail or ""))

    walk(node)
    lines = (line.strip(" \xa0") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line).replace("\xa0", " ")


def _skip_rows(layer: Layer, index: int, limits: Limits) -> None:
    if index > limits.rows:
        raise problems.too_many(layer.file, "rows", limits.rows)
    while len(layer.grid) < index - 1:
        layer.add(())


def _xml_cells(row: Any, limits: Limits) -> Iterator[tuple[str, int, int]]:
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
    return _count(node.get(f"{_SHEET}{attribute}"))


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
