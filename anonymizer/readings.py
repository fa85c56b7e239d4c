"""What was read of a table's values, kept by whoever holds the table and for no longer."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
_MOST = 96


class Readings:
    """Results by what they were made from; what was not asked for longest is forgotten first.

    One belongs to one review: it holds cell values, so it is never shared nor kept longer.

    >>> readings = Readings()
    >>> readings.once("a", lambda: 1), readings.once("a", lambda: 2)
    (1, 1)
    """

    def __init__(self) -> None:
        self._held: dict[Hashable, object] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result under a key, made where it is not there."""
        made = self._held.pop(key) if key in self._held else make()
        while len(self._held) >= _MOST:
            del self._held[next(iter(self._held))]
        self._held[key] = made
        return cast(T, made)
