"""Packed files, markup and Word documents opened safely.

They are measured before they are unpacked; nothing outside the file is loaded, no entity expanded.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from core import InputError
from intake.upload import Limits, allow_bytes

_CHUNK = 1 << 20
"""Bytes that are unpacked at a time."""
_SMALL = 10 << 20
"""Members below this are never refused for their ratio: a blank sheet packs very well."""
_MEMBERS = 10_000
"""A workbook has a member for each sheet, drawing or picture; none has so many."""


def open_packed(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """A packed file that is not damaged, locked, or larger inside than allowed.

    The sizes a file states about itself are compared first; then every member is unpacked in
    pieces and thrown away, because a hostile file can state what it likes.

    Raises:
        InputError: it is one of these.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _measure(archive, limits)
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise InputError.of("intake.file.damaged") from None


def _measure(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise InputError.of("intake.file.encrypted")
    if len(members) > _MEMBERS or sum(m.file_size for m in members) > limits.unpacked_bytes:
        raise InputError.of("intake.file.unpacks_too_large")
    for member in members:
        packed, stated = max(member.compress_size, 1), member.file_size
        if stated > _SMALL and stated / packed > limits.packing_ratio:
            raise InputError.of("intake.file.unpacks_too_large")
        member.file_size = stated + 1  # one byte more than stated would be a lie
        size = 0
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
        if size != stated:
            raise InputError.of("intake.file.damaged")


def is_packed(content: bytes) -> bool:
    """Whether a file begins as packed ones do."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def holds_member(content: bytes, name: str) -> bool:
    """Whether a packed file names a member, be it damaged or cut off."""
    return is_packed(content) and name.encode() in content


SAFE = {"resolve_entities": False, "no_network": True}
"""What every parser of XML that came from outside is told."""
_LARGEST_MARKUP = 64 << 20
"""Bytes of markup; the tree takes about ten times as many."""


def read_xml(content: bytes) -> Any:
    """The root element. Raises InputError where the XML is damaged or too large."""
    return _root(content, etree.XMLParser(load_dtd=False, **SAFE))


def read_html(text: str) -> Any:
    """The root element of a page, comments left out; None for an empty one.

    Raises InputError where the page is damaged or too large.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    return _root(text.encode(), parser)


def _root(content: bytes, parser: Any) -> Any:
    allow_bytes(len(content), _LARGEST_MARKUP)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise InputError.of("intake.file.damaged") from None


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True)
class Paragraph:
    """Text with the name of its style; a tab is a tab, a line break a line break."""

    text: str
    style: str


@dataclass(frozen=True)
class WordTable:
    """Rows of cells; a table in a cell is passed over."""

    rows: tuple[tuple[tuple[str, int], ...], ...]
    """Each cell as its text, a line for each paragraph that is not blank, and how many columns it
    takes."""


def read_docx(content: bytes, limits: Limits) -> Iterator[Paragraph | WordTable]:
    """The blocks of a document in their order.

    Raises:
        InputError: it is damaged, locked or too large.
    """
    with open_packed(content, limits) as archive:
        members = set(archive.namelist())
        if "word/document.xml" not in members:
            raise InputError.of("intake.file.damaged")
        root = read_xml(archive.read("word/document.xml"))
        styled = "word/styles.xml" in members
        names = _word_styles(read_xml(archive.read("word/styles.xml"))) if styled else {}
    etree.strip_elements(root, _FALLBACK, with_tail=False)  # what is drawn twice is said once
    for node in root.iterfind(f"{_W}body/*"):
        if node.tag == f"{_W}p":
            style = node.find(f"{_W}pPr/{_W}pStyle")
            yield Paragraph(_word_text(node), names.get(_word_value(style), ""))
        elif node.tag == f"{_W}tbl":
            yield WordTable(tuple(tuple(_word_cells(row)) for row in node.iterfind(f"{_W}tr")))


def _word_styles(root: Any) -> dict[str, str]:
    """The names of the styles by their ids, in lower case."""
    return {
        style.get(f"{_W}styleId", ""): _word_value(style.find(f"{_W}name")).lower()
        for style in root.iterfind(f"{_W}style")
    }


def _word_cells(row: Any) -> Iterator[tuple[str, int]]:
    for cell in row.iterfind(f"{_W}tc"):
        across = _word_value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        lines = (_word_text(paragraph) for paragraph in cell.iterfind(f"{_W}p"))
        text = "\n".join(line for line in lines if line.strip())
        yield text, int(across) if across.isascii() and across.isdigit() else 1


def _word_text(paragraph: Any) -> str:
    nodes = (node for run in paragraph.iter(f"{_W}r") for node in run)
    return "".join(
        node.text or "" if node.tag == f"{_W}t" else _SIGNS.get(node.tag, "") for node in nodes
    )


def _word_value(node: Any) -> str:
    return str(node.get(f"{_W}val", "")) if node is not None else ""
