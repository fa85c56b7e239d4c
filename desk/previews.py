"""Previews that were worked out already, so that going back to a plan costs nothing."""

import threading
from collections.abc import Hashable

from anonymizer import Preview

MOST = 12
CELLS = 20_000_000
"""Cells of processed tables held in all."""


class Previews:
    """The last previews of one review; two threads may use it."""

    def __init__(self) -> None:
        self._held: dict[Hashable, Preview] = {}
        self._keeping = threading.Lock()

    def get(self, key: Hashable) -> Preview | None:
        """What was held under a key."""
        return self._held.get(key)

    def keep(self, key: Hashable, seen: Preview, cells: int) -> None:
        """Hold a preview of a table of so many cells; the oldest go when there is no room."""
        most = min(MOST, max(2, CELLS // max(1, cells)))
        with self._keeping:
            while len(self._held) >= most:
                del self._held[next(iter(self._held))]
            self._held[key] = seen

    def clear(self) -> None:
        """Forget all of them."""
        self._held.clear()
