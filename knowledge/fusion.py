"""Reciprocal rank fusion."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

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
