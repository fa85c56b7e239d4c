"""Word documents: paragraphs and table rows under their headings."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from core import KnowledgeError
from knowledge.documents.section import Parsed, Section
from knowledge.documents.split import pieces

UNPACKED = 200 * 2**20
"""Bytes a document may unpack to; more is taken for a zip bomb."""


def parse_docx(content: bytes, name: str) -> Parsed:
    """Sections with the heading above them and the number of their paragraph.

    Raises:
        KnowledgeError: it is no Word document, or unpacks to far too much.
    """
    import docx
    from docx.table import Table

    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise KnowledgeError.of(
                    "docx_too_large",
                    ja="展開すると大きすぎるため取り込めません。文書を分けてください。",
                    en="The document unpacks to too much. Split it.",
                )
        document = docx.Document(BytesIO(content))
        blocks = list(document.iter_inner_content())
    except KnowledgeError:
        raise
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise KnowledgeError.of(
            "bad_docx",
            ja="Word文書（.docx）として読めません。Wordで開いて保存し直してください。",
            en="Not readable as a Word document (.docx). Open it in Word and save it again.",
        ) from error
    sections: list[Section] = []
    heading, title = "", ""
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Table):
            lines = ["｜".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            text = "\n".join(lines)
        else:
            text = block.text
            style = (block.style.name or "") if block.style is not None else ""
            if style.startswith(("Heading", "Title", "見出し", "表題")) and text.strip():
                heading = text.strip()
                title = title or heading
        where = f"{heading} 第{number}段落" if heading else f"第{number}段落"
        sections += [
            Section(text=piece.strip(), locator=where, heading=heading)
            for piece in pieces(text)
            if piece.strip()
        ]
    return Parsed(title=title or name, kind="document", sections=tuple(sections))
