"""Rounding published counts without a bias."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import TypeVar

from core import PlanError

Cell = TypeVar("Cell", bound=tuple[str, ...] | str)


def round_counts(counts: Mapping[Cell, int], base: int, key: bytes) -> dict[Cell, int]:
    """Each count as a multiple of `base` beside it, up or down by chance so that no sum is biased.

    A count n goes up with probability (n mod base) / base, so its expectation is n; multiples stay.
    The chance is drawn from `key` (16 bytes or more, kept secret) and the cell, so the same cell
    is rounded alike in every table. Rounded cells need not add up to a rounded total. Raises
    PlanError for negative counts, a base below 2 or a short key.

    >>> found = round_counts({"北区": 7, "南区": 10, "東区": 1}, 5, b"k" * 16)
    >>> found["南区"], found["北区"] in (5, 10), found["東区"] in (0, 5)
    (10, True, True)
    """
    if base < 2 or len(key) < 16 or any(n < 0 for n in counts.values()):
        raise PlanError.of(
            "cannot_round",
            ja="件数を丸められません。件数は0以上、丸めの単位は2以上、"
            "鍵は16バイト以上にしてください。",
            en="The counts cannot be rounded. Counts must be 0 or more, the base 2 or more, "
            "and the key 16 bytes or more.",
        )
    return {
        cell: n - n % base + (base if _draw(cell, key) * base < n % base else 0)
        for cell, n in counts.items()
    }


def _draw(cell: tuple[str, ...] | str, key: bytes) -> float:
    """A number in [0, 1) that a cell has under a key."""
    name = cell if isinstance(cell, str) else "\0".join(cell)
    made = hmac.new(key, name.encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:6], "big") / 2**48
