"""Exact nearest texts for a corpus small enough to hold in memory.

The cards are a few thousand lines: comparing all of them takes well under a millisecond, and the
first answer need not wait for the vector store to load.
"""

from collections.abc import Sequence

import numpy as np

from knowledge.lsa import Lsa


class Nearest:
    """Nearest texts by cosine."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._lsa = Lsa(documents)
        self._vectors = self._lsa.embed(documents)

    def nearest(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """(index, cosine) of the nearest texts, nearest first.

        >>> Nearest([["開示", "請求"], ["統計", "公開"]]).nearest(["公開"], 1)[0][0]
        1
        """
        if not words or not len(self._vectors):
            return []
        cosines = self._vectors @ self._lsa.embed([words])[0]
        order = np.argsort(-cosines, kind="stable")[:limit]
        return [(int(i), float(cosines[i])) for i in order]
