"""Where imported documents are kept: one SQLite file, so that a crash leaves it as it was."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from intake.documents import Section

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
