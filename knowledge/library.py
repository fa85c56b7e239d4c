"""A council's own documents: imported, found and quoted beside the cards."""

import hashlib
import math
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from core import Citation, KnowledgeError, Message, Problem, Status
from knowledge import sayings
from knowledge.articles import cited
from knowledge.catalog import sources
from knowledge.fusion import fuse
from knowledge.importing import File, content_of, prepare
from knowledge.lexical import Lexical
from knowledge.passage import Passage
from knowledge.store import Document, Store, Stored
from knowledge.thesaurus import expand
from knowledge.tokens import tokens
from knowledge.vectors import Gone, Vectors

NEAREST = 50
WIDER = 0.2
"""What another word for the same concept counts beside a word of the question's own."""
Progress = Callable[[int, int, str], None]
"""Called with (steps done, steps in all, file name)."""


@dataclass(frozen=True)
class _Index:
    state: tuple[str, ...]
    documents: dict[str, Document]
    passages: tuple[Stored, ...]
    rarity: dict[str, float]
    lexical: Lexical
    vectors: Vectors

    def kind(self, i: int) -> str:
        """Law or document."""
        return self.documents[self.passages[i].document].kind

    def share(self, words: Sequence[str], text: Set[str]) -> float:
        """How much of the words a text holds, 0–1, rare words weighing more."""
        unknown = math.log(1 + len(self.passages))
        weight = {word: self.rarity.get(word, unknown) for word in words}
        held = weight.keys() & text
        return sum(weight[word] for word in held) / (sum(weight.values()) or 1)


class Library:
    """Imported documents in a directory of their own.

    Readers go on with the old index while a new one is built, then move over to it. What is
    kept is one SQLite file; the index beside it can always be built again from that.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._store = Store(self._path)
        self._index: _Index | None = None
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
            revision: Which text it is (a law file does not say so itself).
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
                "unknown_document_id",
                ja=f"文書 {document_id} はありません。一覧で番号を確認してください。",
                en=f"There is no document {document_id}. Check the list.",
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
        index = self._refresh()
        words = tokens(query)
        if not index.passages or not words:
            return ()
        wider = expand(words)
        scores = index.lexical.scores(words) + WIDER * index.lexical.scores(wider)
        best = [int(i) for i in np.argsort(-scores, kind="stable")[:NEAREST] if scores[i] > 0]
        try:
            nearest = index.vectors.nearest(words + wider, NEAREST)
        except Gone:  # two changes went by since this index was taken
            return self.search(query, limit, kinds, least)
        near = [i for i, cosine in nearest if cosine > 0]
        fused = fuse([_named(index, query), best, near], (2.0, 1.0, 0.7))
        kept = (
            (i, score)
            for i, score in fused
            if index.kind(i) in kinds and index.share(words, set(index.passages[i].words)) >= least
        )
        return tuple(_passage(index, i, score) for i, score in islice(kept, limit))

    def article(self, place: Citation) -> Passage | None:
        """The paragraph of an imported law that a citation names, if that law is held."""
        index = self._refresh()
        for i, stored in enumerate(index.passages):
            section = stored.section
            if (
                _short(index.documents[stored.document].title) == place.law
                and index.kind(i) == "law"
                and section.article == place.article
                and place.paragraph in (None, section.paragraph)
                and place.item in (None, section.item)
            ):
                return _passage(index, i, 1.0)
        return None

    def holds(self, query: str, text: str) -> float:
        """How much of a question's words a text holds, 0–1, words rare in the library more."""
        words = tokens(query)
        return self._refresh().share(words, set(tokens(text)))

    def caveats(self, passages: Sequence[Passage]) -> tuple[Message, ...]:
        """What to say beside quotes from old documents, once for each document."""
        held = {document.id: document for document in self._store.documents()}
        found = dict.fromkeys(passage.id.partition(":")[0] for passage in passages)
        return tuple(sayings.age(held[name]) for name in found if name in held and held[name].dated)

    def _refresh(self, force: bool = False) -> _Index:
        current, state = self._index, self._store.state()
        if current is not None and current.state == state and not force:
            return current
        with self._building:
            current = self._index
            if current is None or current.state != state or force:
                built = self._build()
                built.vectors.prune(keep=current.vectors.name if current else None)
                self._index = current = built
            return current

    def _build(self) -> _Index:
        documents = {document.id: document for document in self._store.documents()}
        passages = self._store.passages()
        words = [passage.words for passage in passages]
        return _Index(
            state=tuple(sorted(documents)),
            documents=documents,
            passages=passages,
            rarity=_rarity(words),
            lexical=Lexical(words),
            vectors=Vectors(
                [f"{p.document}:{p.number}" for p in passages],
                words,
                "library",
                self._path / "chroma",
            ),
        )


def _rarity(documents: Sequence[Sequence[str]]) -> dict[str, float]:
    spread = Counter(word for document in documents for word in set(document))
    return {word: math.log((1 + len(documents)) / n) for word, n in spread.items()}


def _named(index: _Index, query: str) -> list[int]:
    """Passages of the articles a question names, in laws that were imported."""
    titles = {key: source.title or source.name for key, source in sources().items()}
    places = {(titles[key], article) for key, article in cited(query)}
    return [
        i
        for i, passage in enumerate(index.passages)
        if (index.documents[passage.document].title, passage.section.article) in places
    ][:NEAREST]


def _short(title: str) -> str:
    return next((s.name for s in sources().values() if s.title == title), title)


def _passage(index: _Index, i: int, score: float) -> Passage:
    stored = index.passages[i]
    document, section = index.documents[stored.document], stored.section
    name = f"{document.id}:{stored.number}"
    law = document.kind == "law"
    return Passage(
        id=name,
        source=document.title if law else document.name,
        locator=section.locator,
        quote=section.text,
        citation=Citation(
            id=name,
            kind="law" if law else "document",
            law=_short(document.title) if law else document.name,
            article=section.article,
            paragraph=section.paragraph,
            item=section.item,
            title=document.title,
            revision=document.revision or document.dated,
            status=Status.SEED_ONLY,
        ),
        score=round(score, 4),
    )
