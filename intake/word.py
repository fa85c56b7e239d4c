"""Tables of a Word document (DOCX): the form many registers and definitions are kept in."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from intake import problems
from intake.laid import LaidTable, Layer
from intake.packed import check_packed
from intake.schema import ANNEX, ANNEX_END, is_register
from intake.upload import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 64 << 20


def word_tables(name: str, content: bytes, limits: Limits) -> list[LaidTable]:
    """The tables of a document that hold something, in order; a table in a cell is passed over.

    The annex of an impact assessment comes with its headings, and where it has no table, alone.

    Raises InputError when the file is damaged, locked or too large.
    """
    check_packed(name, content, limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > _LARGEST:
                raise problems.too_large(name, _LARGEST)
            root = etree.fromstring(archive.read(info), parser)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        raise problems.damaged(name) from None
    tables = []
    for number, (title, node) in enumerate(_parts(root), 1):
        layer = Layer(name, limits)
        for line in title:
            layer.add([(line, 1, 1)])
        for row in node.iterfind(f"{_W}tr") if node is not None else ():
            layer.add(_cells(row))
        laid = layer.table(f"表{number}")
        if laid.size:
            tables.append(laid)
    return tables or _form(name, root, limits)


def _form(name: str, root: Any, limits: Limits) -> list[LaidTable]:
    """A document of nothing but lines, where they are those of a register."""
    layer = Layer(name, limits)
    for node in root.iterfind(f"{_W}body/{_W}p"):
        for line in _text(node).split("\n"):
            layer.add([(line, 1, 1)])
    laid = layer.table("本文")
    return [laid] if is_register(laid.grid) else []


def _parts(root: Any) -> Iterator[tuple[list[str], Any | None]]:
    """Each table, in the annex of an impact assessment with the lines above it.

    The items of the annex may stand in lines alone: then there are lines and no table.
    """
    lines: list[str] = []
    heading = ""
    for node in root.iterfind(f"{_W}body/*"):
        if node.tag == f"{_W}p":
            text = _text(node).strip()
            if heading and ANNEX_END.search(text):
                if len(lines) > 1:
                    yield [heading, *lines], None
                heading, lines = "", []
            if ANNEX.search(text):
                heading, lines = text, []
            elif heading and text:
                lines.append(text)
        elif node.tag == f"{_W}tbl":
            yield ([heading, *lines] if heading else []), node
            lines = []
    if heading and len(lines) > 1:
        yield [heading, *lines], None


def _cells(row: Any) -> Iterator[tuple[str, int, int]]:
    for cell in row.iterfind(f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        across = span.get(f"{_W}val", "1") if span is not None else "1"
        lines = (_text(paragraph) for paragraph in cell.iterfind(f"{_W}p"))
        text = "\n".join(line for line in lines if line.strip())
        yield text, int(across) if across.isascii() and across.isdigit() else 1, 1


def _text(paragraph: Any) -> str:
    nodes = paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    return "".join(node.text or "" if node.tag == f"{_W}t" else "\n" for node in nodes)
