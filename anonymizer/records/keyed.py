"""What a secret key decides: pseudonyms, noise, ties of a run, and rounding without a bias."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from itertools import pairwise
from typing import TypeVar

import numpy as np

from anonymizer.records.plan import Plan
from core import Message, Operation, PlanError, say
from measure import canonical

Cell = TypeVar("Cell", bound=tuple[str, ...] | str)
_SHORTEST_KEY = 16
"""Bytes of a key: 128 bits, beyond guessing."""
LOOKING = b"nothing of this leaves"
"""What decides ties where a plan is only looked at, so that looking twice shows the same."""
_FEWEST_BYTES = 8
_FEWEST_STEPS = 5
"""Different bytes, and differences between neighbours, in any 16 random digits or letters."""


def seed_number(seed_id: str, secret: bytes) -> int:
    """The seed that an id names under a secret.

    >>> seed_number("a", b"s") == seed_number("a", b"s")
    True
    """
    made = hmac.new(secret, seed_id.encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big")


def pseudonym_keys(
    plan: Plan, keys: Mapping[str, bytes]
) -> tuple[Mapping[str, bytes], list[Message]]:
    """A key for each recipient of the plan, made up where none is given; and that it was.

    Raises PlanError for a key that could be guessed.
    """
    wanted = {str(s.parameter or "") for s in plan.steps if s.operation is Operation.PSEUDONYMIZE}
    for name in wanted & keys.keys():
        check_key(keys[name])
    made_up = [say("anonymizer.keyed.key_made_up")] if wanted - keys.keys() else []
    return {name: keys.get(name) or secrets.token_bytes(32) for name in wanted}, made_up


def check_key(key: bytes) -> None:
    """Raise PlanError for a key that could be guessed, and say why.

    >>> check_key(bytes.fromhex("9f1c27d05be84a63b2f0917c3ed8a544"))
    """
    if len(key) < _SHORTEST_KEY:
        raise PlanError.of("anonymizer.keyed.key_too_short")
    steps = {(b - a) % 256 for a, b in pairwise(key)}
    if len(steps) < _FEWEST_STEPS or len({*key}) < _FEWEST_BYTES:
        raise PlanError.of("anonymizer.keyed.key_repeats")
    if any(key == (key[:n] * len(key))[: len(key)] for n in range(1, len(key) // 2 + 1)):
        raise PlanError.of("anonymizer.keyed.key_repeats")


def pseudonym(text: str, key: bytes, column: str, recipient: str = "") -> str:
    """A keyed one-way code (HMAC-SHA256, 80 bits shown) that cannot be redone without the key.

    Spellings of one value have one code. Another recipient's differs even under the same key.

    >>> made = pseudonym("A-1", b"k" * 32, "id", "県")
    >>> made == pseudonym("Ａ-１", b"k" * 32, "id", "県")
    True
    >>> made == pseudonym("A-1", b"k" * 32, "id", "大学")
    False
    """
    name = "\0".join((recipient, column, canonical(text)))
    made = hmac.new(key, name.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
    return made[:20]


def noise_source(column: str, seed: int, secret: bytes) -> np.random.Generator:
    """What the noise of a column is drawn from.

    Whoever could draw it again could take it off again: the same noise comes only from the same
    secret, and without one it is drawn afresh each time.
    """
    made = hmac.new(secret, f"{seed}\0{column}".encode(), hashlib.sha256)
    return np.random.default_rng(int.from_bytes(made.digest()[:16], "big") if secret else None)


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
    if base < 2 or len(key) < _SHORTEST_KEY or any(n < 0 for n in counts.values()):
        raise PlanError.of("anonymizer.keyed.cannot_round")
    return {
        cell: n - n % base + (base if _draw(cell, key) * base < n % base else 0)
        for cell, n in counts.items()
    }


def _draw(cell: tuple[str, ...] | str, key: bytes) -> float:
    """A number in [0, 1) that a cell has under a key."""
    name = cell if isinstance(cell, str) else "\0".join(cell)
    made = hmac.new(key, name.encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:6], "big") / 2**48
