"""What an evaluator hands back: which rules matched, on which facts."""

from dataclasses import dataclass
from typing import NamedTuple

MOST_MATCHES = 1000
"""A rule that matches in more ways is not listed one by one; the findings say so."""


class Match(NamedTuple):
    """A rule, by its number in the layer, and the facts it matched, by their numbers."""

    rule: int
    facts: tuple[int, ...]


@dataclass(frozen=True)
class Matches:
    """All matches of a layer, and the rules that matched too often to list."""

    found: frozenset[Match]
    capped: frozenset[int]
