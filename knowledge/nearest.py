"""How near texts are in meaning, for a corpus small enough to hold in memory.

The cards are a few thousand lines: comparing all of them takes well under a millisecond, and the
first answer need not wait for the vector store to load.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.lsa import Lsa

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
