"""From a file to a document and its passages, ready to be kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from core import KnowledgeError
from intake.documents import Parsed, dated, parse
from knowledge.store import Document, Stored
from knowledge.tokens import tokens


class File(Protocol):
    """A file by name and content."""

    @property
    def name(self) -> str:
        """With its extension, which says what kind of file it is."""

    @property
    def content(self) -> bytes:
        """All of it."""


def content_of(file: Path | File) -> bytes:
    """The bytes of a file.

    Raises:
        KnowledgeError: it cannot be opened.
    """
    if not isinstance(file, Path):
        return file.content
    try:
        return file.read_bytes()
    except OSError as error:
        raise KnowledgeError.of(
            "no_file",
            ja="ファイルを開けません。場所と名前を確認してください。",
            en="The file cannot be opened. Check its place and name.",
            source=file.name,
        ) from error


def prepare(
    name: str, content: bytes, digest: str, revision: str | None
) -> tuple[Document, list[Stored]]:
    """A document with its passages.

    Raises:
        KnowledgeError: it cannot be read.
    """
    parsed = parse(name, content)
    document = Document(
        id=digest[:12],
        name=name,
        title=parsed.title,
        kind=parsed.kind,
        sha256=digest,
        revision=revision,
        dated=_date(parsed),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    passages = [
        Stored(
            document=document.id,
            number=number,
            section=section,
            words=tuple(tokens(f"{section.heading} {section.text}")),
        )
        for number, section in enumerate(parsed.sections, start=1)
    ]
    return document, passages


def _date(parsed: Parsed) -> str | None:
    if parsed.kind == "law":
        return None
    found = dated("\n".join(section.text for section in parsed.sections[:40]))
    return found.isoformat() if found else None
