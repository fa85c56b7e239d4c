"""Imported documents: added, listed, searched, removed; with the cards, a LangChain retriever."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as Retrieved
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from core import KnowledgeError, Language, Message, Problem
from intake.documents import Parsed, dated, parse
from knowledge.document_index import Document, Held, Store, Stored, build
from knowledge.passage import Passage
from knowledge.search import search
from knowledge.sentences import age
from knowledge.words import tokens


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
        raise KnowledgeError.of("knowledge.library.no_file", source=file.name) from error


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
        revision=revision or parsed.revision,
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
        return parsed.effective_from
    found = dated("\n".join(section.text for section in parsed.sections[:40]))
    return found.isoformat() if found else None


Progress = Callable[[int, int, str], None]
"""Called with (steps done, steps in all, file name)."""


class Library:
    """Imported documents in a directory of their own.

    Readers go on with the old index while a new one is built, then move over to it. What is
    kept is one SQLite file; the index beside it can always be built again from that.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._store = Store(self._path)
        self._held: Held | None = None
        self._building = threading.Lock()

    def add(
        self,
        files: Iterable[Path | File],
        revision: str | None = None,
        progress: Progress | None = None,
    ) -> tuple[Document, ...]:
        """Import files; one that is held already is not imported twice.

        Args:
            files: Paths, or objects with a name and content.
            revision: Which text it is, where the file does not say so itself.
            progress: Called after each step.

        Returns:
            The documents as they are held now, in the order of the files.

        Raises:
            KnowledgeError: with every file that could not be read; then nothing is imported.
        """
        read = [(file.name, content_of(file)) for file in files]
        held = {document.sha256: document for document in self._store.documents()}
        steps = 2 * len(read) + 1
        new: dict[str, tuple[Document, list[Stored]]] = {}
        problems: list[Problem] = []
        for done, (name, content) in enumerate(read):
            digest = hashlib.sha256(content).hexdigest()
            if digest not in held and digest not in new:
                try:
                    new[digest] = prepare(name, content, digest, revision)
                except KnowledgeError as error:
                    problems += error.problems
            if progress:
                progress(done + 1, steps, name)
        if problems:
            raise KnowledgeError(problems)
        self._store.add(new.values())
        if revision:
            for digest in {hashlib.sha256(content).hexdigest() for _, content in read} - {*new}:
                self._store.restate(held[digest].id, revision)
        if progress:
            progress(steps - 1, steps, "")
        self._refresh(force=True)
        if progress:
            progress(steps, steps, "")
        now = {document.sha256: document for document in self._store.documents()}
        return tuple(now[hashlib.sha256(content).hexdigest()] for _, content in read)

    def list(self) -> tuple[Document, ...]:
        """The documents held, oldest first."""
        return self._store.documents()

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            KnowledgeError: there is no document with this id.
        """
        if not self._store.remove(document_id):
            raise KnowledgeError.of(
                "knowledge.library.unknown_document_id", document_id=document_id
            )
        self._refresh(force=True)

    def search(
        self,
        query: str,
        limit: int = 5,
        kinds: Sequence[str] = ("law", "document"),
        least: float = 0.0,
    ) -> tuple[Passage, ...]:
        """The passages nearest to a question, best first, quoted verbatim.

        `least` (0–1) is the share of the question's words, weighed by rarity, that a passage
        must hold.
        """
        found = self._refresh().search(query, limit, kinds, least)
        if found is None:  # two changes went by since this index was taken
            return self.search(query, limit, kinds, least)
        return found

    def article(
        self, law: str, article: str | None, paragraph: str | None = None, item: str | None = None
    ) -> Passage | None:
        """The first passage of a place in a law, by its short name, if that law is held."""
        return self._refresh().article(law, (article, paragraph, item))

    def holds(self, query: str, text: str) -> float:
        """How much of a question's words a text holds, 0–1, words rare in the library more."""
        words = tokens(query)
        return self._refresh().share(words, set(tokens(text)))

    def caveats(self, passages: Sequence[Passage]) -> tuple[Message, ...]:
        """What to say beside quotes from old documents, once for each document."""
        held = {document.id: document for document in self._store.documents()}
        found = dict.fromkeys(passage.id.partition(":")[0] for passage in passages)
        return tuple(
            age(held[name])
            for name in found
            if name in held and held[name].dated and held[name].kind != "law"
        )

    def _refresh(self, force: bool = False) -> Held:
        """The index of what is stored; while a new one is being built, the one before it."""
        held, state = self._held, self._store.state()
        if held is not None and held.state == state and not force:
            return held
        wait = force or held is None
        if not self._building.acquire(blocking=wait):
            assert held is not None  # noqa: S101  # else it would have waited
            return held
        try:
            held = self._held
            if held is None or held.state != state or force:
                built = build(self._store, self._path / "chroma")
                built.prune(keep=held)
                self._held = held = built
            return held
        finally:
            self._building.release()


class GroundRetriever(BaseRetriever):
    """Passages as documents: the quote as content, the passage itself as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any = None
    """A `knowledge.Library`, or None for the cards alone."""
    limit: int = 5
    lang: Language = "ja"

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Retrieved]:
        found = list(search(query, self.limit, self.lang))
        if self.library is not None:
            found += self.library.search(query, self.limit)
        return [_retrieved(passage) for passage in found]


def _retrieved(passage: Passage) -> Retrieved:
    return Retrieved(
        id=passage.id, page_content=passage.quote, metadata=passage.model_dump(mode="json")
    )
