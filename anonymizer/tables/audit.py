"""What a reader can work out: the feasibility interval of every primary cell.

Independent of the search for the pattern: its own linear programs, over the printed cells only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from anonymizer.tables import highs
from anonymizer.tables.readers import Reader
from anonymizer.tables.system import Floats, Ints, Mask

TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Intervals:
    """For the audited cells (k,): bounds, and whether they are exact or only attained so far."""

    cells: Ints
    low: Floats
    high: Floats
    exact: Mask

    @property
    def point(self) -> Mask:
        """Cells whose value the reader has worked out (or nothing showed otherwise in time)."""
        scale = np.maximum(1.0, np.abs(self.low))
        return ~(self.high - self.low > TOLERANCE * scale)


def audit(
    values: Floats,
    suppressed: Mask,
    reader: Reader,
    cells: Ints,
    *,
    exact: bool = True,
    deadline: float = np.inf,
) -> Intervals:
    """The interval of each of `cells` (k,) as `reader` can compute it.

    With `exact` False, or past the `deadline` (`time.monotonic`), the intervals are what was
    attained: true bounds are at least as wide.
    """
    unknown = (suppressed | np.isnan(values)) & ~reader.knows
    low = np.where(unknown, np.inf, np.nan_to_num(values))
    high = np.where(unknown, -np.inf, np.nan_to_num(values))
    done = ~unknown
    rows, columns = _touched(reader.relations, unknown)
    matrix = reader.relations[rows][:, columns]
    known = np.where(unknown, 0.0, np.nan_to_num(values))
    right = -(reader.relations[rows] @ known)
    wanted = np.zeros(len(values), dtype=bool)
    wanted[cells] = True
    for part_rows, part in _components(matrix):
        targets = np.flatnonzero(wanted[columns[part]])
        if not len(targets):
            continue
        program = _Program(
            matrix[part_rows][:, part],
            right[part_rows],
            reader.lower[columns[part]],
            reader.upper[columns[part]],
        )
        at = columns[part]
        low[at], high[at], done[at] = program.intervals(targets, exact, deadline)
    return Intervals(cells, low[cells], high[cells], done[cells])


def _touched(relations: sp.csr_array, unknown: Mask) -> tuple[Ints, Ints]:
    rows = np.flatnonzero(abs(relations) @ unknown.astype(float) > 0)
    return rows, np.flatnonzero(unknown)


def _components(matrix: sp.csr_array) -> Sequence[tuple[Ints, Ints]]:
    """Blocks of rows and columns that share nothing."""
    height, width = matrix.shape
    entries = sp.coo_array(matrix)
    graph = sp.coo_array(
        (np.ones(len(entries.data)), (entries.row, entries.col + height)),
        shape=(height + width, height + width),
    )
    _, label = sp.csgraph.connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    blocks = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return [(b[b < height], b[b >= height] - height) for b in blocks]


class _Program:
    """max and min of single unknowns over one block: matrix @ x = right, lower ≤ x ≤ upper."""

    def __init__(self, matrix: sp.csr_array, right: Floats, lower: Floats, upper: Floats) -> None:
        self.lower, self.upper = lower, upper
        self.size = len(lower)
        self.solver = highs.new_solver(simplex_strategy=highs.PRIMAL_SIMPLEX)
        cost = np.zeros(self.size)
        self.solver.passModel(highs.build(sp.csc_array(matrix), right, lower, upper, cost))

    def intervals(self, targets: Ints, exact: bool, deadline: float) -> tuple[Floats, Floats, Mask]:
        low, high = np.full(self.size, np.inf), np.full(self.size, -np.inf)
        found = np.zeros((2, self.size), dtype=bool)
        # First show two different values for as many cells as possible, then find the ends.
        for all_ends in (False, True) if exact else (False,):
            for cell in targets:
                for end, sense in enumerate((1.0, -1.0)):
                    wide = high[cell] - low[cell] > TOLERANCE * max(1.0, abs(low[cell]))
                    if found[end, cell] or (wide and not all_ends):
                        continue
                    if end == 0 and low[cell] <= self.lower[cell] + TOLERANCE:
                        found[0, cell] = True
                        continue
                    if end == 1 and high[cell] >= self.upper[cell] - TOLERANCE:
                        found[1, cell] = True
                        continue
                    self.solver.changeColCost(int(cell), sense)
                    ending = highs.run(self.solver, deadline)
                    self.solver.changeColCost(int(cell), 0.0)
                    if ending == "stopped":
                        return low, high, found[0] & found[1]
                    if ending == "unbounded":
                        high[cell] = np.inf
                    else:
                        values = highs.solution(self.solver)
                        np.minimum(low, values, out=low)
                        np.maximum(high, values, out=high)
                    found[end, cell] = True
        return low, high, found[0] & found[1]
