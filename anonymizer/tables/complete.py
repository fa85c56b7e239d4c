"""From any pattern to one that holds, and from one that holds to one without idle cells."""

import time
from collections.abc import Sequence

import numpy as np

from anonymizer.tables.cone import Cone
from anonymizer.tables.system import Floats, Ints, Mask

Demand = tuple[Cone, Ints]
"""These cells must be able to move in this cone."""
ROUNDS = 12
GRACE = 15.0


def complete(
    pattern: Mask, demands: Sequence[Demand], price: Floats, able: Mask, deadline: float
) -> Mask:
    """Add cells of `able` (u,) to a pattern until every demand is met.

    All stuck cells are helped at once, in a few rounds with other signs, then one by one. That
    takes seconds, and has them even after the deadline; only where they are not enough does the
    pattern become everything that may be suppressed.
    """
    pattern = pattern.copy()
    deadline = max(deadline, time.monotonic() + GRACE)
    price = np.where(able, price, np.inf)
    chance = np.random.default_rng(0)
    for cone, cells in demands:
        cone.until(deadline)
        stuck = cone.stuck(pattern, cells)
        for _ in range(ROUNDS):
            if len(stuck):
                signs = chance.choice([-1.0, 1.0], len(stuck))
                pattern[cone.together(price, stuck, pattern, signs)] = True
                stuck = cone.stuck(pattern, stuck)
        for cell in stuck.tolist():
            if len(cone.stuck(pattern, np.array([cell]))):
                if time.monotonic() > deadline:
                    return pattern | able
                pattern[cone.cheapest(price, cell, pattern)] = True
    met = all(not len(cone.stuck(pattern, cells)) for cone, cells in demands)
    return pattern if met else pattern | able


def prune(
    pattern: Mask, given: Mask, demands: Sequence[Demand], price: Floats, deadline: float
) -> Mask:
    """Leave out, dearest first, what is not needed."""
    pattern = pattern.copy()
    extra = np.flatnonzero(pattern & ~given)
    for cell in extra[np.argsort(-price[extra], kind="stable")].tolist():
        pattern[cell] = False
        met = all(not len(cone.stuck(pattern, cells)) for cone, cells in demands)
        if not met or time.monotonic() > deadline:
            pattern[cell] = True
        if time.monotonic() > deadline:
            break
    return pattern
