"""Which parser reads a file."""

from pathlib import PurePath

from core import KnowledgeError, Problem
from knowledge.documents.docx import parse_docx
from knowledge.documents.glyphs import ordinary
from knowledge.documents.html import parse_html
from knowledge.documents.law_xml import parse_law
from knowledge.documents.pdf import parse_pdf
from knowledge.documents.section import Parsed, Section
from knowledge.documents.text import parse_text

LARGEST = 50 * 2**20
PARSERS = {
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
        return _parse(name, content)
    except KnowledgeError as error:
        raise KnowledgeError(
            Problem(code=p.code, message=p.message, source=name) for p in error.problems
        ) from error


def _parse(name: str, content: bytes) -> Parsed:
    parser = PARSERS.get(PurePath(name).suffix.lower())
    if parser is None:
        kinds = "PDF, DOCX, HTML, TXT, Markdown, XML"
        raise KnowledgeError.of(
            "unknown_document",
            ja=f"取り込めるのは {kinds}（e-Gov 法令）です。",
            en=f"Only {kinds} (e-Gov law) can be imported.",
        )
    if len(content) > LARGEST:
        raise KnowledgeError.of(
            "document_too_large",
            ja=f"{LARGEST // 2**20} MB を超える文書は分けて取り込んでください。",
            en=f"Split documents larger than {LARGEST // 2**20} MB.",
        )
    if not content.strip():
        raise KnowledgeError.of("empty_document", ja="ファイルが空です。", en="The file is empty.")
    parsed = parser(content, name)
    if not parsed.sections:
        raise KnowledgeError.of(
            "no_text", ja="本文が見つかりません。", en="There is no text in the document."
        )
    return Parsed(
        title=ordinary(parsed.title), kind=parsed.kind, sections=tuple(map(_typed, parsed.sections))
    )


def _typed(section: Section) -> Section:
    texts = {name: ordinary(getattr(section, name)) for name in ("text", "locator", "heading")}
    return section.model_copy(update=texts)
