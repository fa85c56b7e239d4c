"""Tables of a Word document (DOCX): the form many registers and definitions are kept in."""

from collections.abc import Iterator

from intake.documents.docx import Paragraph, WordTable, read_docx
from intake.documents.packed import holds_member
from intake.formats.registry import Rank, book_format, unsupported
from intake.schema import ANNEX, ANNEX_END, is_register
from intake.table.laid_tables import LaidBook, LaidTable, Layer
from intake.upload import Limits, ReadOptions


def _opened(content: bytes, options: ReadOptions, limits: Limits) -> LaidBook:
    """The tables of a document that hold something, in order.

    The annex of an impact assessment comes with its headings, and where it has no table, alone.

    Raises InputError when the file is damaged, locked or too large, or holds no table.
    """
    blocks = [
        Paragraph(block.text.replace("\t", "\n"), block.style)
        if isinstance(block, Paragraph)
        else block
        for block in read_docx(content, limits)
    ]
    tables = []
    for number, (title, table) in enumerate(_parts(blocks), 1):
        layer = Layer(limits)
        for line in title:
            layer.add([(line, 1, 1)])
        for row in table.rows if table else ():
            layer.add((text.replace("\t", "\n"), across, 1) for text, across in row)
        laid = layer.table(f"表{number}")
        if laid.size:
            tables.append(laid)
    tables = tables or _form(blocks, limits)
    if not tables:
        raise unsupported("docx_without_table", "from_source")
    return LaidBook(tables)


def _form(blocks: list[Paragraph | WordTable], limits: Limits) -> list[LaidTable]:
    """A document of nothing but lines, where they are those of a register."""
    layer = Layer(limits)
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in block.text.split("\n"):
                layer.add([(line, 1, 1)])
    laid = layer.table("本文")
    return [laid] if is_register(laid.grid) else []


def _parts(
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
    book_format(
        "docx",
        Rank.PACKED_TEXT,
        lambda upload: holds_member(upload.content, "word/document.xml"),
        _opened,
        endings=("docx",),
    ),
)
