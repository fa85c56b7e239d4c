"""What is volatile on purpose, held still: the day, secrets, drawn noise, timings.

Nothing else is touched: what differs beyond these is a difference.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

DAY = date(2026, 11, 2)
"""The day of every kept result: one day after that of the training cases."""
TIMES = {"seconds", "added"}
"""Keys that hold how long something took, or the moment it happened."""


@contextmanager
def still() -> Iterator[None]:
    """Today is `DAY`, a fresh secret is always the same one, and unseeded noise is seeded.

    Searches that stop at a deadline count processor time.
    """
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC).timestamp()
    draw = np.random.default_rng
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: noon)  # `date.today` asks it
        patch.setattr(time, "monotonic", time.process_time)  # deadlines of searches
        patch.setattr(secrets, "token_bytes", lambda size=32: b"\x07" * (size or 32))
        patch.setattr(np.random, "default_rng", lambda seed=None: draw(0 if seed is None else seed))
        if date.today() != DAY:  # noqa: DTZ011
            raise RuntimeError("the day cannot be held still")
        yield


def settled(value: Any) -> Any:
    """A result without its timings, and with floats to nine figures: the last are the machine's.

    >>> settled({"seconds": 0.123, "risk": [0.1 + 0.2, 1.0, 3]})
    {'seconds': '(time)', 'risk': [0.3, 1.0, 3]}
    """
    if isinstance(value, dict):
        return {name: "(time)" if name in TIMES else settled(part) for name, part in value.items()}
    if isinstance(value, list):
        return [settled(part) for part in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value
