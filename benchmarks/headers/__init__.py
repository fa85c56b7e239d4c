"""Column types read from headers alone, on a list that nobody mended the reader for.

`python -m benchmarks.headers FILE` prints counts only, so that the list stays unseen: how many
headers get their type, how many near misses are taken for what identifies somebody or needs special
care, and the types that are missed. FILE holds `headers` (header, type) and `near_misses` (header,
acceptable: the types that are no mistake).
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import LegalCategory, Role, column_types, yaml12
from rules.detect.columns import decide

REGRESSION = Path(__file__).with_name("regression.yaml")
STANDARD_SYSTEMS = Path(__file__).with_name("standard_systems.yaml")
GRAVE = frozenset(
    type_.value
    for type_, told in column_types.described().items()
    if told.role is Role.DIRECT_IDENTIFIER or LegalCategory.SPECIAL_CARE in told.categories
)
"""Types for which a near miss alarms without need."""


@dataclass
class HeaderScore:
    """Headers that get their type of all, near misses flagged of all."""

    right: int = 0
    of: int = 0
    flagged: int = 0
    near_misses: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    flagged_as: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Share of the headers that get their type, 0–1."""
        return self.right / self.of


def read(header: str) -> str:
    """The type that the product gives a column of this name without any value."""
    return decide(header, None, None).type.value


def score(told: dict[str, Any], read: Callable[[str], str] = read) -> HeaderScore:
    """How a reader of headers does on a list."""
    result = HeaderScore(of=len(told["headers"]), near_misses=len(told["near_misses"]))
    for entry in told["headers"]:
        if read(entry["header"]) in _types(entry["type"]):
            result.right += 1
        else:
            result.missed[" or ".join(_types(entry["type"]))] += 1
    for entry in told["near_misses"]:
        seen = read(entry["header"])
        if seen in GRAVE and seen not in _types(entry["acceptable"]):
            result.flagged += 1
            result.flagged_as[seen] += 1
    return result


def _types(told: str | list[str] | None) -> list[str]:
    return [told] if isinstance(told, str) else list(told or ())


def load(path: Path) -> dict[str, Any]:
    """A list of headers and near misses."""
    loaded: dict[str, Any] = yaml12.load(path.read_text(encoding="utf-8"))
    return loaded


def main() -> None:
    """Print the counts for a list (default: the regression set)."""
    found = score(load(Path(sys.argv[1]) if len(sys.argv) > 1 else REGRESSION))
    print(f"type right: {found.right} of {found.of} ({found.recall:.1%})")
    print(f"near misses flagged: {found.flagged} of {found.near_misses}")
    print("missed:", ", ".join(f"{t} {n}" for t, n in found.missed.most_common()) or "none")
    print("flagged as:", ", ".join(f"{t} {n}" for t, n in found.flagged_as.most_common()) or "none")
