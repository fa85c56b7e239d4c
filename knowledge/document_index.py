"""The passages of imported documents: how they are stored and found again."""

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict

from core import Citation, Status
from intake.documents import Section
from knowledge.passage import Passage
from knowledge.question import Question
from knowledge.ranking import Lexical, fuse
from knowledge.words import expand
from law import sources

if TYPE_CHECKING:
    from knowledge.vectors import Vectors


SCHEMA = """
create table if not exists document (
    id text primary key, name text not null, title text not null, kind text not null,
    sha256 text not null unique, revision text, dated text, added text not null
);
create table if not exists passage (
    document text not null references document(id) on delete cascade, number integer not null,
    text text not null, locator text not null, heading text not null,
    article text, paragraph text, item text, words text not null,
    primary key (document, number)
);
"""
_SECTION = "text, locator, heading, article, paragraph, item"


class Document(BaseModel):
    """An imported document, as it is listed."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    title: str
    kind: str
    sha256: str
    revision: str | None = None
    """Which text it is, as the user stated it."""
    dated: str | None = None
    """ISO date found in the text (a day, or the first of the month or year)."""
    added: str
    passages: int = 0


class Stored(BaseModel):
    """A passage as it is kept, with its words ready for the index."""

    model_config = ConfigDict(frozen=True)

    document: str
    number: int
    section: Section
    words: tuple[str, ...]


class Store:
    """All writes are transactions; readers see a whole document or none of it."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._file = path / "documents.sqlite3"
        with self._connect() as db:
            db.executescript(SCHEMA)

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._file, timeout=30)
        try:
            db.execute("pragma foreign_keys = on")
            db.execute("pragma secure_delete = on")
            with db:
                yield db
        finally:
            db.close()

    def documents(self) -> tuple[Document, ...]:
        """What is held, oldest first."""
        query = (
            "select id, name, title, kind, sha256, revision, dated, added,"
            " (select count(*) from passage where document = id) as passages"
            " from document order by added, name"
        )
        with self._connect() as db:
            db.row_factory = sqlite3.Row
            return tuple(Document(**dict(row)) for row in db.execute(query))

    def passages(self) -> tuple[Stored, ...]:
        """Every passage, in the order of documents and within them."""
        query = (
            f"select document, number, words, {_SECTION} from passage"  # noqa: S608
            " order by document, number"
        )
        with self._connect() as db:
            db.row_factory = sqlite3.Row
            return tuple(
                Stored(
                    document=row["document"],
                    number=row["number"],
                    words=tuple(row["words"].split("\t")) if row["words"] else (),
                    section=Section(**{name: row[name] for name in _SECTION.split(", ")}),
                )
                for row in db.execute(query)
            )

    def state(self) -> tuple[str, ...]:
        """Ids of the documents held: changes when the index must."""
        with self._connect() as db:
            return tuple(row[0] for row in db.execute("select id from document order by id"))

    def add(self, new: Iterable[tuple[Document, Sequence[Stored]]]) -> None:
        """Add documents with their passages: all of them, or none."""
        with self._connect() as db:
            for document, passages in new:
                values = document.model_dump(exclude={"passages"})
                db.execute(
                    "insert into document values"
                    " (:id, :name, :title, :kind, :sha256, :revision, :dated, :added)",
                    values,
                )
                db.executemany(
                    "insert into passage values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [_row(passage) for passage in passages],
                )

    def restate(self, document_id: str, revision: str) -> None:
        """Note another revision for a document that is held already."""
        with self._connect() as db:
            db.execute("update document set revision = ? where id = ?", (revision, document_id))

    def remove(self, document_id: str) -> bool:
        """Remove a document and its passages; False if there is none."""
        with self._connect() as db:
            return db.execute("delete from document where id = ?", (document_id,)).rowcount > 0


def _row(passage: Stored) -> tuple[str | int | None, ...]:
    s = passage.section
    return (
        passage.document, passage.number, s.text, s.locator, s.heading,
        s.article, s.paragraph, s.item, "\t".join(passage.words),
    )  # fmt: skip


NEAREST = 50
WIDER = 0.2
"""What another word for the same concept counts beside a word of the question's own."""
WEIGHTS = (4.0, 2.0, 1.0, 0.7)
"""Paragraphs and items named in the question, articles named, passages by BM25, and by LSA."""

_OKURIGANA = re.compile(r"(?<=[一-龥])[ぁ-ん]{1,2}$")


@dataclass(frozen=True)
class Held:
    """What was stored at one moment."""

    path: Path
    state: tuple[str, ...]
    documents: dict[str, Document]
    passages: tuple[Stored, ...]
    rarity: dict[str, float]
    lexical: Lexical
    vectors: "Vectors | None"
    """None where nothing is held: Chroma is loaded only for passages."""

    def search(
        self, query: str, limit: int, kinds: Sequence[str], least: float
    ) -> tuple[Passage, ...] | None:
        """The passages nearest to a question; None where this index was pruned meanwhile."""
        question = Question.of(query)
        words = question.words
        if self.vectors is None or not words:
            return ()
        wider = expand(words)
        scores = self.lexical.scores(words) + WIDER * self.lexical.scores(wider)
        best = [int(i) for i in np.argsort(-scores, kind="stable")[:NEAREST] if scores[i] > 0]
        nearest = self.vectors.nearest([*words, *wider], NEAREST)
        if nearest is None:
            return None
        near = [i for i, cosine in nearest if cosine > 0]
        kept = (
            (i, score)
            for i, score in fuse([*self._named(question), best, near], WEIGHTS)
            if self._kind(i) in kinds and self.share(words, set(self.passages[i].words)) >= least
        )
        return tuple(self._passage(i, score) for i, score in islice(kept, limit))

    def article(self, law: str, wanted: Sequence[str | None]) -> Passage | None:
        """The first passage of a place in a law: (article, paragraph, item), None for any."""
        for i, stored in enumerate(self.passages):
            section = stored.section
            numbers = (section.article, section.paragraph, section.item)
            if all(map(_fits, wanted, numbers)) and self._kind(i) == "law" and self._law(i) == law:
                return self._passage(i, 1.0)
        return None

    def share(self, words: Sequence[str], text: Set[str]) -> float:
        """How much of the words a text holds, 0–1, rare words weighing more."""
        unknown = math.log(1 + len(self.passages))
        weight = {word: self.rarity.get(word, unknown) for word in words}
        stems = {_stem(word) for word in text}
        held = sum(weight[word] for word in weight if _stem(word) in stems)
        return held / (sum(weight.values()) or 1)

    def prune(self, keep: "Held | None") -> None:
        """Delete the vectors of earlier states, but for those that readers may still hold."""
        states = (self, keep) if self.vectors else ()  # nothing stays of what was removed last
        kept = {held.vectors.name for held in states if held is not None and held.vectors}
        if self.path.exists():
            from knowledge.vectors import prune

            prune(self.path, kept)

    def _kind(self, i: int) -> str:
        return self.documents[self.passages[i].document].kind

    def _law(self, i: int) -> str:
        title = self.documents[self.passages[i].document].title
        return next((s.name for s in sources().values() if s.title == title), title)

    def _named(self, question: Question) -> tuple[list[int], list[int]]:
        """Passages of the very paragraphs and items a question names, and of their articles."""
        titles = {key: source.title or source.name for key, source in sources().items()}
        exact: list[int] = []
        articles: list[int] = []
        for source, article, *numbers in question.places:
            for i, passage in enumerate(self.passages):
                section = passage.section
                law = self.documents[passage.document].title
                if (law, section.article) == (titles[source], article):
                    articles.append(i)
                    own = (section.paragraph, section.item)
                    if any(numbers) and all(map(_fits, numbers, own)):
                        exact.append(i)
        return exact, articles[:NEAREST]

    def _passage(self, i: int, score: float) -> Passage:
        stored = self.passages[i]
        document, section = self.documents[stored.document], stored.section
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
                law=self._law(i) if law else document.name,
                article=section.article,
                paragraph=section.paragraph,
                item=section.item,
                title=document.title,
                revision=document.revision or document.dated,
                effective_from=document.dated if law else None,
                status=Status.VERIFIED_TEXT if law else Status.SEED_ONLY,
            ),
            score=round(score, 4),
        )


def _stem(word: str) -> str:
    """A word without the kana that tell its noun from its verb: 写し and 写す are 写."""
    return _OKURIGANA.sub("", word)


def _fits(wanted: str | None, number: str | None) -> bool:
    return wanted in (None, number)


def build(store: Store, path: Path) -> Held:
    """The index of all that is stored now; its vectors are kept under `path`."""
    documents = {document.id: document for document in store.documents()}
    passages = store.passages()
    words = [passage.words for passage in passages]
    return Held(
        path=path,
        state=tuple(sorted(documents)),
        documents=documents,
        passages=passages,
        rarity=_rarity(words),
        lexical=Lexical(words),
        vectors=_vectors(passages, path) if passages else None,
    )


def _vectors(passages: Sequence[Stored], path: Path) -> "Vectors":
    from knowledge.vectors import Vectors

    names = [f"{passage.document}:{passage.number}" for passage in passages]
    return Vectors(names, [passage.words for passage in passages], "library", path)


def _rarity(documents: Sequence[Sequence[str]]) -> dict[str, float]:
    spread = Counter(word for document in documents for word in set(document))
    return {word: math.log((1 + len(documents)) / n) for word, n in spread.items()}
