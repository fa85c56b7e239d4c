"""The cheapest set of cells to suppress: a covering problem with cuts from the cones.

Exact when it ends by itself. A larger problem is cut down first: a good pattern is found on the
cells that the fractional optimum uses, and cells whose reduced cost exceeds what is left to gain
are dropped (none of them is in a cheaper pattern). When the budget is spent, the best pattern so
far counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizer.tables import linear_programs as lp
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import Floats, Ints, Mask
from anonymizer.tables.movement_cone import DOWN, UP, Cone, Cut
from anonymizer.tables.protection_levels import Capacity, Reach

Demand = tuple[Cone, Ints]
"""These cells must be able to move in this cone."""
NOBODY = np.zeros(0, dtype=np.int64)
FRACTION = 0.01
"""A smaller part of a cell, or of a breach of a cut, is nothing but rounding."""
GRACE = 15.0
"""What the first pattern may cost although the budget is spent, before every cell is taken."""
CORE_FROM = 300
"""Cells to choose among from which on a core is solved first."""
RELAX_SHARE, PRUNE_SHARE = 0.5, 0.15
"""The parts of the budget that the relaxation may take, and that are kept for idle cells."""
SAMPLE, STALE = 150, 6
"""Further cells that a core is tried with at a time; samples in vain after which it is proved."""
WORTH = 0.7
"""A round that leaves more than this share of the stuck cells as they were is the last."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A pattern (u,) with all primaries, and whether it is proved cheapest.

    `hopeless` cells stay known to some reader whatever is suppressed.
    """

    suppressed: Mask
    optimal: bool
    hopeless: frozenset[int]


class Search:
    """One search over cells and prices; demands can be added, cuts are kept.

    Args:
        given: (u,) cells that are suppressed anyway; all others may be.
        price: (u,) not negative.
    """

    def __init__(self, given: Mask, price: Floats) -> None:
        self.given, self.price, self.width = given, price, len(given)
        self.demands: list[Demand] = []
        self.far: list[tuple[Reach, Ints]] = []
        self.hopeless: set[int] = set()
        self.best: Mask | None = None
        self.bound = 0.0
        self.covering = Covering(given, price)

    def demand(self, cone: Cone, cells: Ints) -> None:
        """Ask that cells move in a cone."""
        cells = cone.stuck(self.given, cells)
        hopeless = cone.stuck(np.ones(self.width, dtype=bool), cells)
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
                    self.covering.add(number, cone, cone.cut_from(c, cell, direction))

    def demand_far(self, reach: Reach, cells: Ints) -> None:
        """Ask that cells move as far as they must; those that can move at all, by `demand`."""
        if reach.is_needless:
            return
        cells = np.setdiff1d(cells, np.array(sorted(self.hopeless), dtype=np.int64))
        hopeless = reach.lacking(np.ones(self.width, dtype=bool), cells)
        self.hopeless.update(hopeless.tolist())
        self.far.append((reach, np.setdiff1d(cells, hopeless)))

    def run(self, budget: Budget) -> Outcome:
        """Search until proved, or until the budget is spent."""
        if not self.demands and not self.far:
            return Outcome(self.given.copy(), True, frozenset(self.hopeless))
        searching = budget.share(1 - PRUNE_SHARE)
        if self._is_large:
            self._keep(self._complete(self.given, budget))
        self._let_cones_take(searching)
        relaxed = self._relax(searching.share(RELAX_SHARE))
        lp.require_whole(self.covering.solver, self.width)
        optimal = False
        for cells in self._cores(relaxed, searching):
            optimal = self._exact(cells, searching)
            if searching.is_spent:
                break
        best = self._complete(self.given, budget) if self.best is None else self.best
        if not optimal:
            best = self._prune(best, budget)
        return Outcome(best, optimal, frozenset(self.hopeless))

    @property
    def _is_large(self) -> bool:
        return int((~self.given).sum()) > CORE_FROM

    def _let_cones_take(self, budget: Budget) -> None:
        for cone, _ in self.demands:
            cone.budget = budget
        for reach, _ in self.far:
            reach.budget = budget

    def _relax(self, budget: Budget) -> tuple[Floats, Floats] | None:
        """Cuts at the fractional optimum: they lift the bound before any branching."""
        stale, last = 0, None
        while stale < 3 and (relaxed := self.covering.relax(budget)) is not None:
            z, value, reduced = relaxed
            stale = 0 if value > self.bound + 1e-6 else stale + 1
            self.bound, last = max(self.bound, value), (z[: self.width], reduced)
            added, stuck = self._separate(z[: self.width] > FRACTION, budget)
            if not stuck:
                added = self._separate_fraction(z, budget)
            if not added:
                break
        return last

    def _cores(self, relaxed: tuple[Floats, Floats] | None, budget: Budget) -> Iterator[Mask]:
        """Cells to choose among: ever more of them, the last time all that a better pattern uses.

        A cell of reduced cost r makes any pattern cost at least the bound + r.
        """
        if relaxed is None or not self._is_large:
            yield np.ones(self.width, dtype=bool)
            return
        z, reduced = relaxed
        bound, chance = self.bound, np.random.default_rng(0)
        core = self._complete(z > FRACTION, budget)
        yield core
        stale = 0
        while stale < STALE:
            before = self._cost(core if self.best is None else self.best)
            useful = reduced <= before - bound + 1e-6
            left = np.flatnonzero(useful & ~core)
            if len(left) <= CORE_FROM:
                break
            some = core.copy()
            some[chance.choice(left, SAMPLE, replace=False)] = True
            yield some
            core = self.best if self.best is not None else core
            stale = 0 if self._cost(core) < before else stale + 1
        yield useful

    def _exact(self, cells: Mask, budget: Budget) -> bool:
        """Look for the cheapest pattern within `cells`; whether it was found and proved."""
        self.covering.limit(cells)
        weights = np.where(cells, 1.0, 1e-3)
        while True:
            pattern, optimal = self.covering.pattern(budget)
            if pattern is None:
                return False
            added, stuck = self._separate(pattern, budget, weights)
            if not stuck:
                return optimal
            if not added or not optimal:
                self._keep(self._complete(pattern, budget))
                return False

    def _separate(
        self, pattern: Mask, budget: Budget, weights: Floats | None = None
    ) -> tuple[int, int]:
        """Add the cuts a pattern breaks: how many were new, how many cells are stuck."""
        added = stuck = 0
        pattern = pattern | self.given
        weights = np.ones(self.width) if weights is None else weights
        for number, (cone, cells) in enumerate(self.demands):
            waiting = cone.stuck(pattern, cells)
            stuck += len(waiting)
            done: set[tuple[int, int]] = set()
            for cell in waiting.tolist():
                for direction in cone.directions:
                    if (cell, direction) in done:
                        continue
                    if budget.is_spent:
                        return added, stuck
                    for cut in cone.cuts(weights, cell, direction, pattern, waiting):
                        done.add((cut.cell, cut.direction))
                        added += self.covering.add(number, cone, cut)
        if not stuck:
            more, stuck = self._separate_far(pattern, budget)
            added += more
        if not stuck:
            self._keep(pattern)
        return added, stuck

    def _separate_far(self, pattern: Mask, budget: Budget) -> tuple[int, int]:
        """The same where cells can move, but not far enough."""
        added = stuck = 0
        for reach, cells in self.far:
            waiting = reach.lacking(pattern, cells)
            stuck += len(waiting)
            for cell in waiting.tolist():
                if budget.is_spent:
                    return added, stuck
                for capacity in reach.cuts(cell, pattern, self.price):
                    added += self.covering.require(capacity)
        return added, stuck

    def _separate_fraction(self, z: Floats, budget: Budget) -> int:
        added = 0
        weights = z[: self.width] + 1e-4
        for number, (cone, cells) in enumerate(self.demands):
            for cell in cells.tolist():
                for direction in cone.directions:
                    wish = self.covering.wish(number, cone, cell, direction, z)
                    if wish <= FRACTION or budget.is_spent:
                        continue
                    for cut in cone.cuts(weights, cell, direction, self.given, NOBODY):
                        if z[list(cut.cells)].sum() < wish - FRACTION:
                            added += self.covering.add(number, cone, cut)
        return added

    def _complete(self, pattern: Mask, budget: Budget) -> Mask:
        """A pattern that holds: this one with what it lacks, or the best so far if work is short.

        The first pattern gets a grace; failing that, it is every cell.
        """
        self._let_cones_take(budget if self.best is not None else budget.at_least(GRACE))
        found = self._completed(pattern | self.given)
        if found is not None:
            return found
        return np.ones(self.width, dtype=bool) if self.best is None else self.best

    def _completed(self, pattern: Mask) -> Mask | None:
        """Add cells to a pattern (u,) until every demand is met; None where the budget ends first.

        All stuck cells are helped at once, in a few rounds, the last one by one.
        """
        chance = np.random.default_rng(0)
        for cone, cells in self.demands:
            stuck = cone.stuck(pattern, cells)
            before = np.inf
            while 0 < len(stuck) < WORTH * before:
                before = len(stuck)
                pattern[cone.together(self.price, stuck, pattern, chance)] = True
                stuck = cone.stuck(pattern, stuck)
            waiting = set(stuck.tolist())
            for cell in stuck.tolist():
                if cell not in waiting:
                    continue
                moving = cone.cheapest(self.price, cell, pattern)
                if moving is None or cone.budget.is_spent:
                    return None
                pattern[moving] = True
                waiting -= set(moving.tolist())
        for reach, cells in self.far:
            for cell in reach.lacking(pattern, cells).tolist():
                moving = reach.cheapest(self.price, cell, pattern)
                if moving is None or reach.budget.is_spent:
                    return None
                pattern[moving] = True
        return pattern

    def _prune(self, pattern: Mask, budget: Budget) -> Mask:
        """Leave out, dearest first, what is not needed."""
        self._let_cones_take(budget)
        pattern = pattern.copy()
        extra = np.flatnonzero(pattern & ~self.given)
        for cell in extra[np.argsort(-self.price[extra], kind="stable")].tolist():
            pattern[cell] = False
            met = all(not len(cone.stuck(pattern, cells)) for cone, cells in self.demands) and all(
                not len(reach.lacking(pattern, cells)) for reach, cells in self.far
            )
            if not met or budget.is_spent:
                pattern[cell] = True
            if budget.is_spent:
                break
        return pattern

    def _keep(self, pattern: Mask) -> None:
        """Remember the cheapest pattern that holds."""
        if self.best is None or self._cost(pattern) < self._cost(self.best):
            self.best = pattern

    def _cost(self, pattern: Mask) -> float:
        return float(self.price[pattern & ~self.given].sum())


class Covering:
    """min price·z over patterns z (u,) that satisfy every cut so far.

    Columns are the cells (0 … u − 1), then for every cell that can move one way only in some cone a
    pair of wishes, "to move up" and "to move down".

    Args:
        given: (u,) cells that are suppressed anyway.
        price: (u,) not negative.
    """

    def __init__(self, given: Mask, price: Floats) -> None:
        self.given = given
        self.width = self.columns = len(given)
        self.wishes: dict[tuple[int, int, int], int] = {}
        self.rows: set[tuple[float, ...]] = set()
        self.solver = lp.new_solver(mip_rel_gap=0.0, mip_abs_gap=1e-6)
        self.solver.addVars(self.width, given.astype(np.float64), np.ones(self.width))
        index = np.arange(self.width, dtype=np.int32)
        self.solver.changeColsCost(self.width, index, np.where(given, 0.0, price))

    def add(self, number: int, cone: Cone, cut: Cut) -> bool:
        """Put a cut of demand `number` into the problem; False if it says nothing new."""
        cells = list(cut.cells)
        if self.given[cells].any():
            return False
        if cone.symmetric:
            columns, values, lower = cells, [1.0] * len(cells), 1.0
        else:
            columns = [*cells, self._wish_column(number, cone, cut.cell, cut.direction)]
            values, lower = [*[1.0] * len(cells), -1.0], 0.0
        if tuple(columns) in self.rows:
            return False
        self.rows.add(tuple(columns))
        self._row(lower, columns, values)
        return True

    def require(self, capacity: Capacity) -> bool:
        """Put into the problem what suppressed cells must amount to; False if it is there."""
        key = (-1, *capacity.cells.tolist(), *np.round(capacity.weights, 9).tolist())
        if key in self.rows:
            return False
        self.rows.add(key)
        self._row(capacity.need, capacity.cells.tolist(), capacity.weights.tolist())
        return True

    def _wish_column(self, number: int, cone: Cone, cell: int, direction: int) -> int:
        """The column that says: this cell is to move up (or down). One of the two must be 1.

        They need not be whole: where both cuts ask for a part of a cell, both get all of it.
        """
        key = (number, cell, direction)
        if key not in self.wishes:
            pair = []
            for way, possible in ((UP, cone.up[cell]), (DOWN, cone.down[cell])):
                self.solver.addVar(0.0, float(possible))
                self.wishes[number, cell, way] = self.columns
                pair.append(self.columns)
                self.columns += 1
            self._row(1.0, pair, [1.0, 1.0])
        return self.wishes[key]

    def _row(self, lower: float, columns: Sequence[int], values: Sequence[float]) -> None:
        self.solver.addRow(
            lower, np.inf, len(columns), np.array(columns, dtype=np.int32), np.array(values)
        )

    def wish(self, number: int, cone: Cone, cell: int, direction: int, z: Floats) -> float:
        """How much of a move the solution z asks for: 0–1."""
        if cone.symmetric:
            return 1.0
        column = self.wishes.get((number, cell, direction))
        return 0.0 if column is None else float(z[column])

    def relax(self, budget: Budget) -> tuple[Floats, float, Floats] | None:
        """Solve with fractions: the solution, its value, the reduced costs (u,); None if late."""
        if lp.run(self.solver, budget) != "optimal":
            return None
        value = float(self.solver.getInfo().objective_function_value)
        dual = np.asarray(self.solver.getSolution().col_dual, dtype=np.float64)[: self.width]
        return lp.solution(self.solver), value, dual

    def limit(self, cells: Mask) -> None:
        """Allow these cells (u,) alone, besides the given ones."""
        index = np.arange(self.width, dtype=np.int32)
        upper = (cells | self.given).astype(np.float64)
        self.solver.changeColsBounds(self.width, index, self.given.astype(np.float64), upper)

    def pattern(self, budget: Budget) -> tuple[Mask | None, bool]:
        """The cheapest pattern found, and whether it is proved so."""
        ending = lp.run_whole(self.solver, budget)
        if not lp.has_solution(self.solver):
            return None, False
        pattern = (lp.solution(self.solver)[: self.width] > 0.5) | self.given
        return pattern, ending == "optimal"
