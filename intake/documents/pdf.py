"""PDF: the text of each page."""

import logging
from io import BytesIO

from core import KnowledgeError
from intake.documents.passages import Parsed, Section, pieces

_PAGES = 2000
"""A longer document is to be split."""
_LOG = logging.getLogger("pypdf")
_LOG.addHandler(logging.NullHandler())  # it quotes what it cannot read, on stderr
_LOG.propagate = False


def parse_pdf(content: bytes, name: str) -> Parsed:
    """Sections with their page.

    Raises:
        KnowledgeError: it cannot be read, is locked, is too long, or holds pictures only.
    """
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise KnowledgeError.of("intake.documents.locked_pdf")
        if len(reader.pages) > _PAGES:
            raise KnowledgeError.of("intake.documents.long_pdf", pages=_PAGES)
        pages = [(page.extract_text() or "") for page in reader.pages]
        stated = reader.metadata.title if reader.metadata else None
    except KnowledgeError:
        raise
    except Exception as error:  # a hostile file may fail in any way inside the reader
        raise KnowledgeError.of("intake.documents.bad_pdf") from error
    sections = tuple(
        Section(text=piece.strip(), locator=f"{number}ページ")
        for number, text in enumerate(pages, start=1)
        for piece in pieces(text)
        if piece.strip()
    )
    if not sections:
        raise KnowledgeError.of("intake.documents.no_text_pdf")
    return Parsed(title=stated or name, kind="document", sections=sections)
