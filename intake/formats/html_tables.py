"""Tables of web pages, and of pages saved as .xls. No script runs: only texts are taken."""

import re
from collections.abc import Iterator
from typing import Any

from intake.documents.markup import read_html
from intake.formats.registry import Rank, book_format, unsupported
from intake.table.laid_tables import LaidBook, LaidTable, Layer, whole
from intake.upload import Limits, ReadOptions, Upload
from language import decode

_MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|meta|table|script|svg|!--)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml")
_SILENT = {"script", "style", "noscript", "template", "head"}
_BREAKS = {"br", "p", "div", "li"}
_BLANKS = re.compile(r"[ \t\r\n]+")


def _recognises(upload: Upload) -> bool:
    head = upload.head
    return bool(_MARKUP.match(head) or (_XML.match(head) and b"<html" in head.lower()))


def _opened(content: bytes, options: ReadOptions, limits: Limits) -> LaidBook:
    text = decode(content, options.encoding)
    tables = _tables(str(text), limits)
    if not tables:
        raise unsupported("web_page", "page")
    return LaidBook(tables, text)


def _tables(text: str, limits: Limits) -> list[LaidTable]:
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
        layer = Layer(limits)
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
            yield _text(cell), whole(cell.get("colspan")), whole(cell.get("rowspan"))


def _text(node: Any) -> str:
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


FORMATS = (book_format("html", Rank.MARKUP, _recognises, _opened, endings=("htm", "html")),)
