"""PDF: the text of each page."""

from io import BytesIO

from core import KnowledgeError
from knowledge.documents.section import Parsed, Section
from knowledge.documents.split import pieces

PAGES = 2000


def parse_pdf(content: bytes, name: str) -> Parsed:
    """Sections with their page.

    Raises:
        KnowledgeError: it cannot be read, is locked, is too long, or holds pictures only.
    """
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise _problem(
                "locked_pdf",
                "パスワードで保護されたPDFは取り込めません。保護を外してください。",
                "The PDF is locked with a password. Remove the protection.",
            )
        if len(reader.pages) > PAGES:
            raise _problem(
                "long_pdf",
                f"{PAGES}ページを超えるPDFは分けて取り込んでください。",
                f"Split a PDF of more than {PAGES} pages before importing it.",
            )
        pages = [(page.extract_text() or "") for page in reader.pages]
        stated = reader.metadata.title if reader.metadata else None
    except KnowledgeError:
        raise
    except Exception as error:  # a hostile file may fail in any way inside the reader
        raise _problem(
            "bad_pdf",
            "PDFとして読めません。ファイルが壊れている可能性があります。",
            "Not readable as PDF; the file may be damaged.",
        ) from error
    sections = tuple(
        Section(text=piece.strip(), locator=f"{number}ページ")
        for number, text in enumerate(pages, start=1)
        for piece in pieces(text)
        if piece.strip()
    )
    if not sections:
        raise _problem(
            "no_text_pdf",
            "文字情報のないPDF（画像だけ）です。文字認識（OCR）をしたPDFを使ってください。",
            "The PDF holds pictures only. Use one with recognised text (OCR).",
        )
    return Parsed(title=stated or name, kind="document", sections=sections)


def _problem(code: str, ja: str, en: str) -> KnowledgeError:
    return KnowledgeError.of(code, ja=ja, en=en)
