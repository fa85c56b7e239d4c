"""Documents of prose as passages that can be quoted, for uploads and for the library alike."""

import logging
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath

from core import InputError, KnowledgeError
from intake.documents.markup import parse_html, parse_law
from intake.documents.passages import (
    REFORM,
    SIZE,
    Parsed,
    Section,
    dated,
    ordinary,
    pieces,
    sections,
)
from intake.documents.plain_text import parse_text
from intake.safe_open import WordTable, read_docx
from intake.upload import Limits

__all__ = ["REFORM", "SIZE", "Parsed", "Section", "dated", "parse", "pieces"]

_LARGEST = 50 << 20
"""Bytes of a document at most."""
_PAGES = 2000
"""A longer document is to be split."""
_LOG = logging.getLogger("pypdf")
_LOG.addHandler(logging.NullHandler())  # it quotes what it cannot read, on stderr
_LOG.propagate = False
_HEADINGS = ("heading", "title", "見出し", "表題")
"""How the names of the styles of headings begin."""
_DOCX_LIMITS = Limits(unpacked_bytes=200 << 20)
"""A document may unpack to so much; more is taken for a zip bomb."""
_TOO_LARGE = ("unpacks_too_large", "too_large")


def parse(name: str, content: bytes) -> Parsed:
    """A document as sections that can be quoted.

    Raises:
        KnowledgeError: an unknown kind of file, empty, too large, or unreadable.
    """
    try:
        parsed = _parse(name, content)
    except KnowledgeError as error:
        raise error.about(name) from error
    typed = tuple(map(_typed, parsed.sections))
    return parsed.model_copy(update={"title": ordinary(parsed.title), "sections": typed})


def _typed(section: Section) -> Section:
    texts = {name: ordinary(getattr(section, name)) for name in ("text", "locator", "heading")}
    return section.model_copy(update=texts)


def _parse(name: str, content: bytes) -> Parsed:
    parser = _PARSERS.get(PurePath(name).suffix.lower())
    if parser is None:
        raise KnowledgeError.of("intake.documents.unknown_document")
    if len(content) > _LARGEST:
        raise KnowledgeError.of("intake.documents.document_too_large", limit=_LARGEST >> 20)
    if not content.strip():
        raise KnowledgeError.of("intake.documents.empty_document")
    parsed = parser(content, name)
    if not parsed.sections:
        raise KnowledgeError.of("intake.documents.no_text")
    return parsed


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
    found = [s for n, text in enumerate(pages, 1) for s in sections(text, f"{n}ページ")]
    if not found:
        raise KnowledgeError.of("intake.documents.no_text_pdf")
    return Parsed(title=stated or name, kind="document", sections=tuple(found))


def parse_docx(content: bytes, name: str) -> Parsed:
    """Sections with the heading above them and the number of their paragraph.

    Raises:
        KnowledgeError: it is no Word document, or unpacks to far too much.
    """
    try:
        blocks = list(read_docx(content, _DOCX_LIMITS))
    except InputError as error:
        too_large = error.problems[0].code in _TOO_LARGE
        code = "docx_too_large" if too_large else "bad_docx"
        raise KnowledgeError.of(f"intake.documents.{code}") from error
    found: list[Section] = []
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
        found += sections(text, where, heading=heading)
    return Parsed(title=title or name, kind="document", sections=tuple(found))


_PARSERS: dict[str, Callable[[bytes, str], Parsed]] = {
    ".pdf": parse_pdf,
    ".docx": parse_docx,
    ".html": parse_html,
    ".htm": parse_html,
    ".txt": parse_text,
    ".md": parse_text,
    ".markdown": parse_text,
    ".xml": parse_law,
}
