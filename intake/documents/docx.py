"""Word documents (DOCX): their paragraphs and tables, and the passages of those."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from core import InputError, KnowledgeError
from intake.documents.markup import read_xml
from intake.documents.packed import open_packed
from intake.documents.passages import Parsed, Section, pieces
from intake.upload import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADINGS = ("heading", "title", "見出し", "表題")
"""How the names of the styles of headings begin."""
_LIMITS = Limits(unpacked_bytes=200 << 20)
"""A document may unpack to so much; more is taken for a zip bomb."""
_TOO_LARGE = ("unpacks_too_large", "too_large")


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
        names = _styles(read_xml(archive.read("word/styles.xml"))) if styled else {}
    etree.strip_elements(root, _FALLBACK, with_tail=False)  # what is drawn twice is said once
    for node in root.iterfind(f"{_W}body/*"):
        if node.tag == f"{_W}p":
            style = node.find(f"{_W}pPr/{_W}pStyle")
            yield Paragraph(_text(node), names.get(_value(style), ""))
        elif node.tag == f"{_W}tbl":
            yield WordTable(tuple(tuple(_cells(row)) for row in node.iterfind(f"{_W}tr")))


def _styles(root: Any) -> dict[str, str]:
    """The names of the styles by their ids, in lower case."""
    return {
        style.get(f"{_W}styleId", ""): _value(style.find(f"{_W}name")).lower()
        for style in root.iterfind(f"{_W}style")
    }


def _cells(row: Any) -> Iterator[tuple[str, int]]:
    for cell in row.iterfind(f"{_W}tc"):
        across = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        lines = (_text(paragraph) for paragraph in cell.iterfind(f"{_W}p"))
        text = "\n".join(line for line in lines if line.strip())
        yield text, int(across) if across.isascii() and across.isdigit() else 1


def _text(paragraph: Any) -> str:
    nodes = (node for run in paragraph.iter(f"{_W}r") for node in run)
    return "".join(
        node.text or "" if node.tag == f"{_W}t" else _SIGNS.get(node.tag, "") for node in nodes
    )


def _value(node: Any) -> str:
    return str(node.get(f"{_W}val", "")) if node is not None else ""


def parse_docx(content: bytes, name: str) -> Parsed:
    """Sections with the heading above them and the number of their paragraph.

    Raises:
        KnowledgeError: it is no Word document, or unpacks to far too much.
    """
    try:
        blocks = list(read_docx(content, _LIMITS))
    except InputError as error:
        too_large = error.problems[0].code in _TOO_LARGE
        code = "docx_too_large" if too_large else "bad_docx"
        raise KnowledgeError.of(f"intake.documents.{code}") from error
    sections: list[Section] = []
    heading, title = "", ""
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, WordTable):
            text = "\n".join("｜".join(text.strip() for text, _ in row) for row in block.rows)
        else:
            text = block.text
            if block.style.startswith(_HEADINGS) and text.strip():
                heading = text.strip()
                title = title or heading
        where = f"{heading} 第{number}段落" if heading else f"第{number}段落"
        sections += [
            Section(text=piece.strip(), locator=where, heading=heading)
            for piece in pieces(text)
            if piece.strip()
        ]
    return Parsed(title=title or name, kind="document", sections=tuple(sections))
