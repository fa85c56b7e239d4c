"""Nearest texts by sense: LSA embeddings kept in a Chroma collection."""

import hashlib
import threading
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any, cast

import chromadb
from chromadb import Collection, Documents, EmbeddingFunction, Embeddings
from chromadb.api import ClientAPI
from chromadb.config import Settings
from chromadb.errors import NotFoundError

from knowledge.ranking import NAME, Lsa
from knowledge.words import tokens

BATCH = 4000


_clients: dict[str, ClientAPI] = {}


_opening = threading.Lock()


_filling = threading.Lock()


def client(path: Path | None) -> ClientAPI:
    """The one client of a path (None: in memory). Opening twice at once fails in Chroma."""
    key = str(path.resolve()) if path else ""
    with _opening:
        if key not in _clients:
            quiet = Settings(anonymized_telemetry=False)
            _clients[key] = (
                chromadb.PersistentClient(key, settings=quiet)
                if path
                else chromadb.EphemeralClient(quiet)
            )
        return _clients[key]


class LsaEmbedding(EmbeddingFunction[Documents]):
    """Chroma's view of an embedding fitted on the collection's own texts."""

    def __init__(self, lsa: Lsa) -> None:
        self._lsa = lsa

    def __call__(self, input: Documents) -> Embeddings:
        """Unit vectors of the texts."""
        return cast(Embeddings, list(self._lsa.embed([tokens(text) for text in input])))

    @staticmethod
    def name() -> str:
        """The embedding's id."""
        return NAME

    def get_config(self) -> dict[str, Any]:
        """Nothing is kept: it is fitted again from the texts."""
        return {}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> "LsaEmbedding":
        """An embedding that knows no word: it is of use only once fitted on the texts."""
        return LsaEmbedding(Lsa([]))


def fingerprint(texts: Sequence[str]) -> str:
    """A short hash of the texts in order."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:16]


class Vectors:
    """Nearest texts by cosine."""

    def __init__(
        self, texts: Sequence[str], documents: Sequence[Sequence[str]], kind: str,
        path: Path | None = None,
    ) -> None:  # fmt: skip
        self._size = len(texts)
        self.name = f"{kind}-{NAME}-{fingerprint(texts)}"
        self._path = path
        self._client = client(path)
        self._lsa = self._fitted(documents)
        self._collection = self._open(self._client, texts, documents)

    def _fitted(self, documents: Sequence[Sequence[str]]) -> Lsa:
        """The embedding of these texts: as it was kept beside them, or fitted now and kept."""
        if self._path is None:
            return Lsa(documents)
        kept = self._path / f"{self.name}.npz"
        lsa = Lsa.load(kept)
        if lsa is None:
            lsa = Lsa(documents)
            lsa.save(kept)
        return lsa

    def _open(
        self, at: ClientAPI, texts: Sequence[str], documents: Sequence[Sequence[str]]
    ) -> Collection:
        with _filling:
            collection = at.get_or_create_collection(
                self.name,
                embedding_function=cast(Any, LsaEmbedding(self._lsa)),
                metadata={"hnsw:space": "cosine"},
            )
            if collection.count() != len(texts):  # new, or left unfinished by a crash
                embedded = self._lsa.embed(documents)
                for start in range(0, len(texts), BATCH):
                    end = min(start + BATCH, len(texts))
                    collection.upsert(
                        ids=[str(i) for i in range(start, end)], embeddings=embedded[start:end]
                    )
            return collection

    def nearest(self, words: Sequence[str], limit: int) -> list[tuple[int, float]] | None:
        """(index, cosine) of the nearest texts, nearest first; None once it was pruned."""
        if not words or not self._size:
            return []
        try:
            found = self._collection.query(
                query_embeddings=self._lsa.embed([words]),
                n_results=min(limit, self._size),
                include=["distances"],
            )
        except NotFoundError:
            return None
        distances = (found["distances"] or [[]])[0]
        return [(int(i), 1 - d) for i, d in zip(found["ids"][0], distances, strict=True)]


def prune(path: Path, keep: Set[str]) -> None:
    """Delete the collections of a path that are not to be kept."""
    with _filling:
        at = client(path)
        for held in at.list_collections():
            if held.name not in keep:
                at.delete_collection(held.name)
                (path / f"{held.name}.npz").unlink(missing_ok=True)
