"""How texts are ranked: by words (BM25), by sense (LSA), and both together."""

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array


class Lexical:
    """Scores every text against a query."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        import bm25s

        self._size = len(documents)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        if any(documents):
            self._bm25.index([list(d) or [""] for d in documents], show_progress=False)
        self._known = set(getattr(self._bm25, "vocab_dict", {}) or {})

    def scores(self, words: Sequence[str]) -> NDArray[np.float64]:
        """BM25 of each text, in the order they were given: (n,), 0 where no word is shared."""
        known = [word for word in words if word in self._known]
        if not known:
            return np.zeros(self._size)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float64)


Key = TypeVar("Key", bound=Hashable)


def fuse(
    rankings: Iterable[Sequence[Key]], weights: Sequence[float] | None = None, damping: float = 20
) -> list[tuple[Key, float]]:
    """One ranking from several: each gives weight / (damping + rank), best first.

    >>> [key for key, _ in fuse([["a", "b", "c"], ["b", "c"]])]
    ['b', 'c', 'a']
    """
    scores: dict[Key, float] = {}
    for index, ranking in enumerate(rankings):
        weight = weights[index] if weights else 1.0
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + weight / (damping + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


Rows = NDArray[np.float32]
NAME = "lsa-3"
SPARE = 16
"""Random directions beyond the dimensions kept; they sharpen the last ones."""
ROUNDS = 2


class Lsa:
    """Fitted on the texts it will search: (n texts) → unit vectors of `size` dimensions."""

    def __init__(self, documents: Sequence[Sequence[str]], size: int = 256) -> None:
        words = sorted({word for document in documents for word in document})
        self._column = {word: index for index, word in enumerate(words)}
        present = np.zeros(len(words))
        for document in documents:
            present[[self._column[word] for word in set(document)]] += 1
        self._idf = np.log((1 + len(documents)) / (1 + present)) + 1
        matrix = self._weigh(documents)
        rank = min(size, min(matrix.shape) - 1)
        self._axes = _axes(matrix, rank) if rank >= 1 else np.eye(len(words))

    def save(self, path: Path) -> None:
        """Write what was fitted; whole or not at all."""
        beside = path.with_suffix(".part")
        words = np.frombuffer("\n".join(self._column).encode(), dtype=np.uint8)
        with beside.open("wb") as file:
            np.savez(file, words=words, idf=self._idf, axes=self._axes.astype(np.float32))
        beside.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Lsa | None":
        """What was fitted before; None where it is not there or cannot be read."""
        found = cls.__new__(cls)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                words = held["words"].tobytes().decode().split("\n")
                found._idf, found._axes = held["idf"], held["axes"].astype(np.float64)
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
            return None
        found._column = {word: index for index, word in enumerate(words)}
        return found if len(words) == len(found._idf) == len(found._axes) else None

    def _weigh(self, documents: Sequence[Sequence[str]]) -> Any:
        rows, columns, values = [], [], []
        for row, document in enumerate(documents):
            for word in set(document):
                if (column := self._column.get(word)) is not None:
                    rows.append(row)
                    columns.append(column)
                    values.append((1 + np.log(document.count(word))) * self._idf[column])
        shape = (len(documents), len(self._column))
        matrix = csr_array((values, (rows, columns)), shape=shape, dtype=np.float64)
        length = np.sqrt(matrix.multiply(matrix).sum(axis=1))
        length[length == 0] = 1
        return csr_array(matrix.multiply(1 / length[:, None]))

    def embed(self, documents: Sequence[Sequence[str]]) -> Rows:
        """(n, dimensions) unit vectors; a text of unknown words is a tiny constant vector."""
        vectors = np.asarray(self._weigh(documents) @ self._axes)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        unknown = length[:, 0] < 1e-9
        vectors[unknown] = 1e-6
        length[unknown] = 1
        unit: Rows = (vectors / length).astype(np.float32)
        return unit


def _axes(matrix: Any, rank: int) -> NDArray[np.float64]:
    """The strongest right singular vectors, (n words, rank), by randomised subspace iteration.

    Nearly all the work is sparse products, and the dense decompositions are of a few hundred
    rows: a full sparse solver takes ten times as long, and more when the cores are shared.
    """
    width = min(rank + SPARE, min(matrix.shape))
    found = np.random.default_rng(0).standard_normal((matrix.shape[1], width))
    for _ in range(ROUNDS):
        found = _orthonormal(matrix.T @ (matrix @ found))
    projected = matrix @ found
    _, turn = np.linalg.eigh(projected.T @ projected)
    axes: NDArray[np.float64] = found @ turn[:, ::-1][:, :rank]
    return axes


def _orthonormal(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """An orthonormal basis of the columns' span; directions that are nil are left at zero."""
    strength, turn = np.linalg.eigh(vectors.T @ vectors)
    kept = strength > strength[-1] * 1e-12
    scale = np.where(kept, 1 / np.sqrt(np.where(kept, strength, 1)), 0)
    basis: NDArray[np.float64] = vectors @ (turn * scale)
    return basis


SIZE = 128
"""Dimensions; more find no more among the cards."""


class Nearest:
    """Texts and their cosine with a query."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._lsa = Lsa(documents, SIZE)
        self._vectors = self._lsa.embed(documents)

    def cosines(self, words: Sequence[str]) -> NDArray[np.float64]:
        """(n texts,), 0 where nothing is known of the words or the text points away.

        >>> Nearest([["開示", "請求"], ["統計", "公開"]]).cosines(["公開"]).argmax()
        np.int64(1)
        """
        if not words or not len(self._vectors):
            return np.zeros(len(self._vectors))
        found = self._vectors @ self._lsa.embed([words])[0]
        near: NDArray[np.float64] = np.maximum(found, 0.0).astype(np.float64)
        return near
