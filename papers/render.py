"""From a document to bytes, in the format asked for."""

from typing import Literal, get_args

from papers.document import Document
from papers.excel_writer import to_xlsx
from papers.html_writer import to_html
from papers.word_writer import to_docx

Format = Literal["docx", "xlsx", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(document: Document, format: Format) -> bytes:
    """The bytes of a file in one of `FORMATS`.

    >>> from papers import Paragraph
    >>> paper = Document(title="点検結果", blocks=(Paragraph(text="指摘はありません。"),))
    >>> render(paper, "json").decode()[:15]
    '{"title":"点検結果"'
    """
    match format:
        case "docx":
            return to_docx(document)
        case "xlsx":
            return to_xlsx(document)
        case "html":
            return to_html(document)
        case "json":
            return document.model_dump_json().encode()
