"""From a document to bytes, in the format asked for; the writer of a format is loaded with it."""

from typing import Literal, get_args

from papers.document import Document

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
            from papers.word_writer import to_docx

            return to_docx(document)
        case "xlsx":
            from papers.excel_writer import to_xlsx

            return to_xlsx(document)
        case "html":
            from papers.html_writer import to_html

            return to_html(document)
        case "json":
            return document.model_dump_json().encode()
