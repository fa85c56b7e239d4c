"""Controlled rounding: every count to a multiple of a base, and the table still adds up."""

import time
from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse as sp

from anonymizer.records.keyed import round_counts
from anonymizer.tables import highs
from anonymizer.tables.system import Floats, Ints, System

LARGEST_WIDE = 4_000
"""Cells up to which a rounding further than to the neighbours is looked for."""


@dataclass(frozen=True, eq=False)
class Rounding:
    """Rounded values (n,), whether they add up, and how far from the true ones they may be."""

    values: Floats
    additive: bool
    reach: int
    """Every value is less than this from the true one."""


def round_system(system: System, base: int, key: bytes, deadline: float) -> Rounding:
    """Round all cells at once.

    Each cell goes to one of the two multiples beside it, multiples stay, and every total is the sum
    of its parts (zero-restricted controlled rounding, always possible in two dimensions). Of all
    such roundings the one nearest to an unbiased draw from `key` is taken. Where there is none, or
    none is found by the `deadline` (`time.monotonic`), cells may go one multiple further; failing
    that each cell is rounded by itself and sums need not agree.
    """
    true = np.rint(system.values[: system.cells]).astype(np.int64)
    refs = system.refs()
    names = [(refs[i].table, *refs[i].codes) for i in range(system.cells)]
    drawn = round_counts(dict(zip(names, true.tolist(), strict=True)), base, key)
    wish = np.array([drawn[name] for name in names], dtype=np.int64) // base
    matrix = sp.csr_array(system.relations[:, : system.cells])
    floor, rest = true // base, true % base
    found = _nearest(matrix, wish, floor, floor + (rest > 0), deadline)
    reach = base
    if found is None and system.cells <= LARGEST_WIDE:
        found = _nearest(matrix, wish, np.maximum(floor - 1, 0), floor + (rest > 0) + 1, deadline)
        reach = 2 * base
    additive = found is not None
    chosen = wish if found is None else found
    values = np.full(len(system.values), np.nan)
    values[: system.cells] = chosen * base
    return Rounding(values, additive, reach if additive else base)


def _nearest(
    matrix: sp.csr_array, wish: Ints, lowest: Ints, highest: Ints, deadline: float
) -> Ints | None:
    """Whole numbers between the limits with matrix @ x = 0, nearest to a wish; None if not found.

    x is written as wish + more − less, so that the distance is a sum.
    """
    width = len(wish)
    both = sp.csc_array(sp.hstack([matrix, -matrix]))
    upper = np.r_[highest - wish, wish - lowest].astype(np.float64)
    solver = highs.new_solver(mip_rel_gap=0.05)
    cost = np.ones(2 * width)
    solver.passModel(
        highs.build(both, -(matrix @ wish.astype(np.float64)), np.zeros(2 * width), upper, cost)
    )
    kind = np.full(2 * width, int(highspy.HighsVarType.kInteger.value), dtype=np.uint8)
    solver.changeColsIntegrality(2 * width, np.arange(2 * width, dtype=np.int32), kind)
    highs.run(solver, max(deadline, time.monotonic() + 1.0), whole=True)
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    change = np.rint(highs.solution(solver)).astype(np.int64)
    found: Ints = wish + change[:width] - change[width:]
    return found if not (matrix @ found).any() else None
