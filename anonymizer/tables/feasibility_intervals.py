"""What a reader can work out: the feasibility interval of every primary cell.

Independent of the search for the pattern: its own linear programs, over the printed cells only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse as sp

from anonymizer.tables import linear_programs as lp
from anonymizer.tables.disclosure_scenarios import Levels, Reader
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import Floats, Ints, Mask

TOLERANCE = 1e-6
"""Ends that are nearer to each other are one value: coarser than HiGHS, finer than any count."""
ROUNDS = 50
"""Rounds of drawing limits in; they mostly settle in a few, and need not have."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """For the audited cells (k,): bounds, and whether they are exact or only attained so far.

    `known`: the reader has worked the value out. `close`: it is not known, but the reader comes
    closer to it than the protection levels allow. What the budget did not show to be open is both.
    """

    cells: Ints
    low: Floats
    high: Floats
    exact: Mask
    known: Mask
    close: Mask

    def widened(self, cells: Mask, wider: "Intervals") -> "Intervals":
        """With the bounds of `wider` for some cells (k,), where the true ones lie between."""
        return Intervals(
            self.cells,
            np.where(cells, wider.low, self.low),
            np.where(cells, wider.high, self.high),
            self.exact & ~cells,
            self.known & ~cells,
            self.close & ~cells,
        )


def _are_apart(low: Floats, high: Floats) -> Mask:
    apart: Mask = high - low > TOLERANCE * np.maximum(1.0, np.abs(low))
    return apart


class Probe:
    """One reader at work on a pattern: first which cells stay open, then how far exactly."""

    def __init__(
        self, values: Floats, suppressed: Mask, reader: Reader, levels: Levels, cells: Ints
    ) -> None:
        unknown = (suppressed | np.isnan(values)) & ~reader.knows
        value = np.nan_to_num(values)
        self.cells, self.values, self.levels = cells, values, levels
        columns = np.flatnonzero(unknown)
        rows = np.flatnonzero(abs(reader.relations) @ unknown.astype(float) > 0)
        matrix = reader.relations[rows][:, columns]
        right = -(reader.relations[rows] @ np.where(unknown, 0.0, value))
        lower, upper = narrow(matrix, right, reader.lower[columns], reader.upper[columns])
        # A line by itself gives these away: they need no linear program, and bind the others.
        given = ~_are_apart(lower, upper)
        value[columns[given]] = lower[given]
        unknown[columns[given]] = False
        self.low = np.where(unknown, np.inf, value)
        self.high = np.where(unknown, -np.inf, value)
        self.exact = ~unknown
        self.known = ~unknown
        right -= matrix @ np.where(given, lower, 0.0)
        matrix, columns = matrix[:, ~given], columns[~given]
        wanted = np.zeros(len(values), dtype=bool)
        wanted[cells] = True
        reach = 2.0 * float(np.nanmax(np.abs(values), initial=1.0))
        self.programs: list[tuple[Ints, Program]] = []
        for part_rows, part in _components(matrix):
            at = columns[part]
            targets = np.flatnonzero(wanted[at])
            if len(targets):
                block = matrix[part_rows][:, part]
                limits = reader.lower[at], reader.upper[at]
                goals = (values - levels.below)[at], (values + levels.above)[at]
                program = Program(
                    block, right[part_rows], limits, targets, values[at], goals, reach
                )
                self.programs.append((at, program))

    def show(self, budget: Budget, whole: Budget) -> None:
        """Show for every cell, where it can be shown, a different value that is far enough.

        Whole numbers are looked for within a budget of their own.
        """
        for _, program in self.programs:
            program.scatter(budget)
            program.solve(budget, all_ends=False)
            if self.levels.whole:
                program.find_whole(whole)

    def finish(self, budget: Budget) -> None:
        """Find the ends of every interval."""
        for _, program in self.programs:
            program.solve(budget, all_ends=True)

    def intervals(self) -> Intervals:
        """What was found so far."""
        for at, program in self.programs:
            self.low[at], self.high[at] = program.low, program.high
            self.exact[at] = program.found.all(axis=0)
            self.known[at] = ~(program.moved if self.levels.whole else program.wide)
        low, high, true = self.low[self.cells], self.high[self.cells], self.values[self.cells]
        margin = TOLERANCE * np.maximum(1.0, np.abs(true))
        below, above = self.levels.below[self.cells], self.levels.above[self.cells]
        near = (true - below < low - margin) | (high < true + above - margin)
        near &= (below > 0) | (above > 0)
        known = self.known[self.cells]
        return Intervals(self.cells, low, high, self.exact[self.cells], known, near & ~known)


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


class Program:
    """max and min of single unknowns over one block: matrix @ x = right, lower ≤ x ≤ upper.

    `start` holds the true values, NaN where nobody told us: what is true is possible. `goals` are
    the values (u,) that must be possible, below and above. `reach` exceeds all values: where there
    is no upper limit, it is far enough to look.
    """

    def __init__(
        self,
        matrix: sp.csr_array,
        right: Floats,
        limits: tuple[Floats, Floats],
        targets: Ints,
        start: Floats,
        goals: tuple[Floats, Floats],
        reach: float,
    ) -> None:
        self.lower, self.upper = limits
        self.targets, self.start, self.goals, self.reach = targets, start, goals, reach
        size = len(start)
        untold = np.isnan(start)
        self.low, self.high = np.where(untold, np.inf, start), np.where(untold, -np.inf, start)
        self.found = np.zeros((2, size), dtype=bool)
        self.moved = np.zeros(size, dtype=bool)
        """Cells that are another whole number in a solution of whole numbers."""
        self.solver = lp.new_solver(simplex_strategy=lp.PRIMAL_SIMPLEX)
        self.matrix, self.right = sp.csc_array(matrix), right
        self.solver.passModel(lp.build(self.matrix, right, *limits, np.zeros(size)))

    @property
    def wide(self) -> Mask:
        """Cells that were seen to have two values."""
        return _are_apart(self.low, self.high)

    def _is_open(self, cell: int, end: int) -> bool:
        """Whether enough is shown of one end of a cell's interval."""
        near = TOLERANCE * max(1.0, abs(self.start[cell]))
        far = (
            self.low[cell] <= self.goals[0][cell] + near
            if end == 0
            else self.high[cell] >= self.goals[1][cell] - near
        )
        return bool(far and _are_apart(self.low[cell], self.high[cell]))

    def solve(self, budget: Budget, *, all_ends: bool) -> None:
        """Find both ends of every target, or (`all_ends` False) only where it seems too near."""
        for cell in self.targets.tolist():
            for end in (0, 1):
                if self.found[end, cell] or (not all_ends and self._is_open(cell, end)):
                    continue
                if not self._at_bound(cell, end) and not self._push(cell, end, budget):
                    return
                self.found[end, cell] = True

    def find_whole(self, budget: Budget) -> None:
        """Look for solutions in whole numbers until every target was seen to have another value.

        Solutions of the linear programs are mostly whole already, and each moves many cells.
        """
        solver = lp.new_solver()
        solver.passModel(
            lp.build(self.matrix, self.right, self.lower, self.upper, np.zeros(len(self.start)))
        )
        lp.require_whole(solver, len(self.start))
        for cell in self.targets.tolist():
            for low, high in ((self.start[cell] + 1, np.inf), (-np.inf, self.start[cell] - 1)):
                low, high = max(low, self.lower[cell]), min(high, self.upper[cell])
                if self.moved[cell] or low > high:
                    continue
                solver.changeColBounds(cell, float(low), float(high))
                lp.run_whole(solver, budget)
                self._note_whole(solver)
                solver.changeColBounds(cell, float(self.lower[cell]), float(self.upper[cell]))

    def _note_whole(self, solver: highspy.Highs) -> None:
        if lp.has_solution(solver):
            values = np.rint(lp.solution(solver))
            if not np.abs(self.matrix @ values - self.right).max(initial=0.0) > TOLERANCE:
                self.moved |= np.abs(values - self.start) > 0.5

    def scatter(self, budget: Budget) -> None:
        """Push all cells at once, this way and that, while it shows more cells to be open."""
        chance, none = np.random.default_rng(0), np.zeros(len(self.low))
        solver = lp.new_solver()
        far = np.fmin(self.upper, self.reach)
        before = len(self.targets) + 1
        while True:
            narrow = self.targets[~self.wide[self.targets]]
            if len(narrow) >= before:
                return
            before = len(narrow)
            cost = none.copy()
            cost[narrow] = chance.choice([-1.0, 1.0], before)
            for way in (1.0, -1.0):
                solver.passModel(lp.build(self.matrix, self.right, self.lower, far, way * cost))
                if lp.run(solver, budget) == "optimal":
                    self._widen(solver)

    def _widen(self, solver: highspy.Highs) -> None:
        values = lp.solution(solver)
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)
        near = np.rint(values)
        if not (np.abs(values - near) > TOLERANCE).any():
            self.moved |= np.abs(near - self.start) > 0.5

    def _at_bound(self, cell: int, end: int) -> bool:
        if end == 0:
            return bool(self.low[cell] <= self.lower[cell] + TOLERANCE)
        return bool(self.high[cell] >= self.upper[cell] - TOLERANCE)

    def _push(self, cell: int, end: int, budget: Budget) -> bool:
        """Solve for one end; every solution widens all cells. False when the budget is spent."""
        self.solver.changeColCost(cell, 1.0 if end == 0 else -1.0)
        ending = lp.run(self.solver, budget)
        self.solver.changeColCost(cell, 0.0)
        if ending == "optimal":
            self._widen(self.solver)
        elif ending == "unbounded":
            self.high[cell] = np.inf
        return ending != "stopped"


def narrow(
    matrix: sp.csr_array, right: Floats, lower: Floats, upper: Floats
) -> tuple[Floats, Floats]:
    """Limits (u,) of the unknowns in matrix @ x = right, lower ≤ x ≤ upper, drawn in.

    They hold for every solution, but need not be the narrowest. Entries of the matrix are ±1.

    >>> lines = sp.csr_array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    >>> found = narrow(lines, np.array([2.0, 9.0]), np.ones(3), np.array([9.0, 9.0, np.inf]))
    >>> [limit.tolist() for limit in found]
    [[1.0, 1.0, 8.0], [1.0, 1.0, 8.0]]
    """
    entries = sp.coo_array(matrix)
    row, column, positive = entries.row.astype(np.int64), entries.col, entries.data > 0
    for _ in range(ROUNDS):
        low, high = lower.copy(), upper.copy()
        least = np.where(positive, low[column], -high[column])
        most = np.where(positive, high[column], -low[column])
        top = right[row] - _sum_of_others(row, least)
        bottom = right[row] - _sum_of_others(row, most)
        np.maximum.at(low, column, np.where(positive, bottom, -top))
        np.minimum.at(high, column, np.where(positive, top, -bottom))
        if (low == lower).all() and (high == upper).all():
            break
        lower, upper = low, high
    return lower, upper


def _sum_of_others(row: Ints, values: Floats) -> Floats:
    """For each entry, the sum over the other entries of its row, where one may be infinite."""
    endless = np.isinf(values)
    height = int(row.max(initial=-1)) + 1
    finite = np.where(endless, 0.0, values)
    total = np.bincount(row, weights=finite, minlength=height)[row] - finite
    others = np.bincount(row, weights=endless, minlength=height)[row] - endless
    sign = np.bincount(row, weights=np.where(endless, np.sign(values), 0.0), minlength=height)
    found: Floats = np.where(others > 0, np.copysign(np.inf, sign[row]), total)
    return found
