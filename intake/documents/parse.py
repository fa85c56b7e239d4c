"""Which parser reads a document."""

from collections.abc import Callable
from pathlib import PurePath

from core import KnowledgeError
from intake.documents.docx import parse_docx
from intake.documents.law_xml import parse_law
from intake.documents.passages import Parsed, Section, ordinary
from intake.documents.pdf import parse_pdf
from intake.documents.plain_text import parse_text
from intake.documents.web_page import parse_html

_LARGEST = 50 << 20
"""Bytes of a document at most."""
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


def parse(name: str, content: bytes) -> Parsed:
    """A document as sections that can be quoted.

    Raises:
        KnowledgeError: an unknown kind of file, empty, too large, or unreadable.
    """
    try:
        parsed = _parse(name, content)
    except KnowledgeError as error:
        raise error.about(name) from error
    sections = tuple(map(_typed, parsed.sections))
    return parsed.model_copy(update={"title": ordinary(parsed.title), "sections": sections})


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
