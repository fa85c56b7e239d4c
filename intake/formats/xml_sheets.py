"""The sheets of XML spreadsheets (Excel 2003)."""

import re
from collections.abc import Iterator
from typing import Any

from intake.documents.markup import read_xml
from intake.formats.registry import Rank, book_format, unsupported
from intake.table.laid_tables import LaidBook, LaidTable, Layer, whole
from intake.upload import Limits, ReadOptions
from language import decode

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_XML = re.compile(rb"\s*<\?xml")


def _opened(content: bytes, options: ReadOptions, limits: Limits) -> LaidBook:
    text = decode(content, options.encoding)
    sheets = _sheets(str(text), limits)
    if not sheets:
        raise unsupported("other_xml", "to_table")
    return LaidBook(sheets, text)


def _sheets(text: str, limits: Limits) -> list[LaidTable]:
    """The sheets that hold something; [] where it is another kind of XML."""
    root = read_xml(_DECLARATION.sub("", text).encode())
    if root.tag != f"{_SHEET}Workbook":
        return []
    sheets = []
    for number, node in enumerate(root.iter(f"{_SHEET}Worksheet"), 1):
        layer = Layer(limits)
        for row in node.iter(f"{_SHEET}Row"):
            index = _number(row, "Index")
            limits.allow(rows=index)
            while len(layer.grid) < index - 1:
                layer.add(())
            layer.add(_cells(row, limits))
        laid = layer.table(node.get(f"{_SHEET}Name") or f"Sheet{number}")
        if laid.size:
            sheets.append(laid)
    return sheets


def _cells(row: Any, limits: Limits) -> Iterator[tuple[str, int, int]]:
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


FORMATS = (book_format("xml", Rank.MARKUP, lambda upload: bool(_XML.match(upload.head)), _opened),)
