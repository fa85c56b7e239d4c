"""The cheapest set of cells to suppress: a covering problem with cuts from the cones.

Exact when it ends by itself. When time is up, the best pattern so far is completed and returned.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from anonymizer.tables import highs
from anonymizer.tables.cone import DOWN, UP, Cone, Cut
from anonymizer.tables.system import Floats, Ints, Mask

FRACTION = 0.01


@dataclass(frozen=True, eq=False)
class Outcome:
    """A pattern (u,) with all primaries, and whether it is proved cheapest.

    `hopeless` cells stay known to some reader whatever is suppressed. `bound` is a lower bound of
    the cost of every pattern.
    """

    suppressed: Mask
    optimal: bool
    bound: float
    hopeless: frozenset[int]


class Search:
    """One search over given cells and prices; demands can be added, cuts are kept.

    Args:
        given: (u,) cells that are suppressed anyway.
        able: (u,) cells that may be suppressed.
        price: (u,) not negative.
    """

    def __init__(self, given: Mask, able: Mask, price: Floats) -> None:
        self.given, self.able, self.price = given, able | given, price
        self.width = self.columns = len(given)
        self.demands: list[tuple[Cone, Ints]] = []
        self.wishes: dict[tuple[int, int, int], int] = {}
        self.hopeless: set[int] = set()
        self.rows: set[tuple[int, ...]] = set()
        self.best: Mask | None = None
        self.master = highs.new_solver(mip_rel_gap=0.0, mip_abs_gap=1e-6)
        for fixed, may, cost in zip(given, self.able, price, strict=True):
            self.master.addVar(float(fixed), float(may))
            self.master.changeColCost(self.master.getNumCol() - 1, 0.0 if fixed else float(cost))

    def demand(self, cone: Cone, cells: Ints) -> None:
        """Ask that cells move in a cone."""
        cells = cone.stuck(self.given, cells)
        hopeless = cone.stuck(self.able, cells)
        if time.monotonic() > cone.deadline:
            hopeless = hopeless[:0]
        self.hopeless.update(hopeless.tolist())
        cells = np.setdiff1d(cells, hopeless)
        if not len(cells):
            return
        number = len(self.demands)
        self.demands.append((cone, cells))
        rows, columns = cone.matrix.tocsr(), cone.matrix
        for cell in cells.tolist():
            # Each relation by itself is a proof: if one cell of a line moves, another must answer.
            for row in columns.indices[columns.indptr[cell] : columns.indptr[cell + 1]]:
                line = slice(rows.indptr[row], rows.indptr[row + 1])
                c = np.zeros(self.width)
                c[rows.indices[line]] = rows.data[line]
                for direction in cone.directions:
                    answer = cone.answers(c * c[cell] * direction)
                    answer[cell] = False
                    self._add(number, Cut(cell, direction, tuple(np.flatnonzero(answer).tolist())))

    def run(self, deadline: float, reserve: float = 0.0) -> Outcome:
        """Search until proved, or until `deadline` (`time.monotonic`) less `reserve` seconds."""
        if not self.demands:
            return Outcome(self.given.copy(), True, 0.0, frozenset(self.hopeless))
        end = deadline - reserve
        self._relax(end)
        index = np.arange(self.width, dtype=np.int32)
        kind = np.full(self.width, int(highspy.HighsVarType.kInteger.value), dtype=np.uint8)
        self.master.changeColsIntegrality(self.width, index, kind)
        pattern, optimal, bound = self.given.copy(), False, 0.0
        while True:
            ending = highs.run(self.master, end, whole=True)
            solution = highs.solution(self.master)
            if len(solution) < self.width or self.master.getInfo().primal_solution_status != 2:
                break
            pattern = (solution[: self.width] > 0.5) | self.given
            bound = max(bound, float(self.master.getInfo().mip_dual_bound))
            added, stuck = self._separate(pattern, end)
            if not stuck:
                optimal = ending == "optimal"
                break
            if not added or ending != "optimal":
                break
        if not optimal:
            pattern = self._complete(pattern, deadline)
            if self.best is None or self._cost(pattern) < self._cost(self.best):
                self.best = pattern
            pattern = self._prune(self.best, deadline)
        return Outcome(pattern, optimal, bound, frozenset(self.hopeless))

    def _relax(self, deadline: float) -> None:
        """Cuts at the fractional optimum: they lift the bound before any branching."""
        bound, stale = -1.0, 0
        while stale < 3 and highs.run(self.master, deadline) == "optimal":
            z = highs.solution(self.master)
            value = self.master.getInfo().objective_function_value
            stale = 0 if value > bound + 1e-6 else stale + 1
            bound = max(bound, value)
            added, stuck = self._separate(z[: self.width] > FRACTION, deadline)
            if not stuck:
                added = self._separate_fraction(z, deadline)
            if not added:
                return

    def _separate(self, pattern: Mask, deadline: float) -> tuple[int, int]:
        """Add the cuts a pattern breaks: how many were new, how many cells are stuck."""
        added = stuck = 0
        pattern = pattern | self.given
        weights = np.ones(self.width)
        for number, (cone, cells) in enumerate(self.demands):
            for cell in cone.stuck(pattern, cells).tolist():
                stuck += 1
                if time.monotonic() > deadline:
                    return added, stuck
                for direction in cone.directions:
                    cut = cone.cut(weights, cell, direction, pattern)
                    added += cut is not None and self._add(number, cut)
        if not stuck and (self.best is None or self._cost(pattern) < self._cost(self.best)):
            self.best = pattern
        return added, stuck

    def _cost(self, pattern: Mask) -> float:
        return float(self.price[pattern & ~self.given].sum())

    def _separate_fraction(self, z: Floats, deadline: float) -> int:
        added = 0
        weights = z[: self.width] + 1e-4
        for number, (cone, cells) in enumerate(self.demands):
            for cell in cells.tolist():
                for direction in cone.directions:
                    wish = self._wish(number, cell, direction, z)
                    if wish <= FRACTION or time.monotonic() > deadline:
                        continue
                    cut = cone.cut(weights, cell, direction, self.given)
                    if cut and z[list(cut.cells)].sum() < wish - FRACTION:
                        added += self._add(number, cut)
        return added

    def _wish(self, number: int, cell: int, direction: int, z: Floats) -> float:
        if self.demands[number][0].symmetric:
            return 1.0
        column = self.wishes.get((number, cell, direction))
        return 0.0 if column is None else float(z[column])

    def _add(self, number: int, cut: Cut) -> bool:
        """Put a cut into the master; False if it says nothing new."""
        cone, _ = self.demands[number]
        if self.given[list(cut.cells)].any():
            return False
        cells = [c for c in cut.cells if self.able[c]]
        if cone.symmetric:
            columns, values, lower = cells, [1.0] * len(cells), 1.0
        else:
            columns = [*cells, self._wish_column(number, cut.cell, cut.direction)]
            values, lower = [*[1.0] * len(cells), -1.0], 0.0
        if tuple(columns) in self.rows:
            return False
        self.rows.add(tuple(columns))
        self._row(lower, columns, values)
        return True

    def _wish_column(self, number: int, cell: int, direction: int) -> int:
        """The column that says: this cell is to move up (or down). One of the two must be 1.

        They need not be whole: where both cuts ask for a part of a cell, both get all of it.
        """
        key = (number, cell, direction)
        if key not in self.wishes:
            cone, _ = self.demands[number]
            pair = []
            for way, possible in ((UP, cone.up[cell]), (DOWN, cone.down[cell])):
                self.master.addVar(0.0, float(possible))
                self.wishes[number, cell, way] = self.columns
                pair.append(self.columns)
                self.columns += 1
            self._row(1.0, pair, [1.0, 1.0])
        return self.wishes[key]

    def _row(self, lower: float, columns: Sequence[int], values: Sequence[float]) -> None:
        self.master.addRow(
            lower, np.inf, len(columns), np.array(columns, dtype=np.int32), np.array(values)
        )

    def _complete(self, pattern: Mask, deadline: float) -> Mask:
        """Add to a pattern until every demand is met; everything, where there is no time."""
        pattern = pattern | self.given
        price = np.where(self.able, self.price, np.inf)
        for cone, cells in self.demands:
            cone.deadline = deadline
            while len(stuck := cone.stuck(pattern, cells)):
                before = int(pattern.sum())
                for cell in stuck.tolist():
                    if time.monotonic() > deadline:
                        return self.able.copy()
                    pattern[cone.cheapest(price, cell, pattern)] = True
                if int(pattern.sum()) == before:
                    return self.able.copy()
        return pattern

    def _prune(self, pattern: Mask, deadline: float) -> Mask:
        """Leave out, dearest first, what is not needed."""
        pattern = pattern.copy()
        extra = np.flatnonzero(pattern & ~self.given)
        for cell in extra[np.argsort(-self.price[extra], kind="stable")].tolist():
            pattern[cell] = False
            met = all(not len(cone.stuck(pattern, cells)) for cone, cells in self.demands)
            if time.monotonic() > deadline:
                pattern[cell] = True
                break
            pattern[cell] = not met
        return pattern
