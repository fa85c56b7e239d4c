"""From any pattern to one that holds, and from one that holds to one without idle cells."""

import time
from collections.abc import Sequence

import numpy as np

from anonymizer.tables.cone import Cone
from anonymizer.tables.system import Floats, Ints, Mask

Demand = tuple[Cone, Ints]
"""These cells must be able to move in this cone."""
WORTH = 0.7
"""A round that leaves more than this share of the stuck cells as they were is the last."""


def complete(
    pattern: Mask, demands: Sequence[Demand], price: Floats, deadline: float
) -> Mask | None:
    """Add cells to a pattern (u,) until every demand is met; None where time runs out first.

    All stuck cells are helped at once, in a few rounds, the last one by one.
    """
    pattern = pattern.copy()
    chance = np.random.default_rng(0)
    for cone, cells in demands:
        cone.until(deadline)
        stuck = cone.stuck(pattern, cells)
        before = np.inf
        while 0 < len(stuck) < WORTH * before:
            before = len(stuck)
            pattern[cone.together(price, stuck, pattern, chance)] = True
            stuck = cone.stuck(pattern, stuck)
        waiting = set(stuck.tolist())
        for cell in stuck.tolist():
            if cell not in waiting:
                continue
            moving = cone.cheapest(price, cell, pattern)
            if moving is None or time.monotonic() > deadline:
                return None
            pattern[moving] = True
            waiting -= set(moving.tolist())
    return pattern


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
