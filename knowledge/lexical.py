"""BM25 over token lists."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


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
