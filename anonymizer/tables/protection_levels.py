"""How far suppressed cells can move, and what must be suppressed where that is not far enough.

`movement_cone` asks whether a cell can move at all. Two things need more: amounts must move as far
as the protection levels of their rule, and counts are whole numbers, which can bind where
fractions do not (in three dimensions and more; in two-way tables never).
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from anonymizer.tables import linear_programs as lp
from anonymizer.tables.disclosure_scenarios import Levels, Reader
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import Floats, Ints, Mask

TOLERANCE = 1e-6
"""A move that falls short by less has arrived."""
SMALL = 1e-3
"""A price so small that a suppressed cell is preferred to any other, and fewer of them to more."""


@dataclass(frozen=True)
class Capacity:
    """The weights of the suppressed `cells` must sum up to `need`."""

    cells: Ints
    weights: Floats
    need: float


class Reach:
    """Moves d of one reader's unknowns: relations @ d = 0, true value + d believed possible.

    Args:
        reader: what is known.
        values: (n,) the true values, NaN where unknown to us too.
        universe: (u,) cells that may be suppressed, and cells with unknown values.
        levels: how far cells must be able to move; by 1 where values are whole numbers.
        budget: what is not shown to move within it counts as stuck.
    """

    def __init__(
        self, reader: Reader, values: Floats, universe: Ints, levels: Levels, budget: Budget
    ) -> None:
        value, known = np.nan_to_num(values[universe]), reader.knows[universe]
        blind = np.isnan(values[universe])
        self.rise = np.where(known, 0.0, np.where(blind, np.inf, reader.upper[universe] - value))
        self.fall = np.where(known, 0.0, np.where(blind, np.inf, value - reader.lower[universe]))
        self.above, self.below = levels.above[universe], levels.below[universe]
        self.whole = levels.whole
        matrix = sp.csr_array(reader.relations[:, universe])
        self.matrix = sp.csc_array(matrix[np.flatnonzero(abs(matrix).sum(axis=1))])
        self.height, self.width = self.matrix.shape
        self.budget = budget
        self._witnesses: dict[int, Mask] = {}

    @property
    def is_needless(self) -> bool:
        """Whether every move that there is can be as long as need be."""
        if self.whole:
            return is_network(self.matrix)
        return not (self.above.any() or self.below.any())

    def needs(self, cell: int) -> list[tuple[int, float]]:
        """The ways a cell must be able to go, and how far; of a whole number one is enough."""
        if self.whole:
            room = ((1, self.rise[cell]), (-1, self.fall[cell]))
            return [(way, 1.0) for way, far in room if far >= 1.0 - TOLERANCE]
        far = ((1, float(self.above[cell])), (-1, float(self.below[cell])))
        return [(way, level) for way, level in far if level > 0]

    def lacking(self, pattern: Mask, cells: Ints) -> Ints:
        """Those of `cells` that cannot move far enough over the suppressed cells (u,)."""
        found = self._lacking_whole if self.whole else self._lacking_far
        return found(pattern, cells)

    def _lacking_whole(self, pattern: Mask, cells: Ints) -> Ints:
        waiting = {
            c
            for c in cells.tolist()
            if c not in self._witnesses or (self._witnesses[c] & ~pattern).any()
        }
        if not waiting:
            return cells[:0]
        shown = np.flatnonzero(pattern)
        solver = self._solver(self.matrix[:, shown], self.fall[shown], self.rise[shown])
        lp.require_whole(solver, len(shown))
        local = {int(c): i for i, c in enumerate(shown)}
        for cell in sorted(waiting):
            if cell not in waiting:
                continue
            at = local[cell]
            low, high = -float(self.fall[cell]), float(self.rise[cell])
            for way, _ in self.needs(cell):
                solver.changeColBounds(at, *((1.0, high) if way > 0 else (low, -1.0)))
                lp.run_whole(solver, self.budget)
                if lp.has_solution(solver):
                    moved = np.zeros(self.width, dtype=bool)
                    moved[shown] = np.abs(lp.solution(solver)) > 0.5
                    now = [c for c in waiting if moved[c]]
                    self._witnesses.update(dict.fromkeys(now, moved))
                    waiting -= set(now)
                    break
            solver.changeColBounds(at, low, high)
        return np.array(sorted(waiting), dtype=np.int64)

    def _lacking_far(self, pattern: Mask, cells: Ints) -> Ints:
        shown = np.flatnonzero(pattern)
        solver = self._solver(self.matrix[:, shown], self.fall[shown], self.rise[shown])
        local = {int(c): i for i, c in enumerate(shown)}
        far = {1: np.zeros(len(shown)), -1: np.zeros(len(shown))}
        lacking = []
        for cell in cells.tolist():
            at = local[cell]
            for way, need in self.needs(cell):
                if far[way][at] >= need - TOLERANCE * max(1.0, need):
                    continue
                solver.changeColCost(at, -float(way))
                ending, moves = lp.run(solver, self.budget), lp.solution(solver)
                solver.changeColCost(at, 0.0)
                if ending == "optimal":
                    far[1], far[-1] = np.maximum(far[1], moves), np.maximum(far[-1], -moves)
                elif ending == "unbounded":
                    far[way][at] = np.inf
                if far[way][at] < need - TOLERANCE * max(1.0, need):
                    lacking.append(cell)
                    break
        return np.array(lacking, dtype=np.int64)

    def cuts(self, cell: int, pattern: Mask, price: Floats) -> list[Capacity]:
        """What every pattern must hold for a cell to move far enough, and this pattern (u,) lacks.

        Of whole numbers only that one more cell is needed, of those that are left when as many
        as possible, cheap ones first, are found not to help.
        """
        if self.whole:
            return self._whole_cut(cell, pattern, price)
        found = []
        fall, rise = np.where(pattern, self.fall, 0.0), np.where(pattern, self.rise, 0.0)
        for way, need in self.needs(cell):
            low, high = fall.copy(), rise.copy()
            low[cell], high[cell] = (0.0, need) if way > 0 else (need, 0.0)
            solver = self._solver(self.matrix, low, high)
            solver.changeColCost(cell, -float(way))
            if lp.run(solver, self.budget) != "optimal":
                continue
            if way * lp.solution(solver)[cell] >= need - TOLERANCE * max(1.0, need):
                continue
            c = self.matrix.T @ np.asarray(solver.getSolution().row_dual)
            if abs(c[cell]) < TOLERANCE:
                continue
            # d_cell = −Σ c_j d_j: each cell answers with at most so much of its own room.
            c = c * (way / c[cell])
            with np.errstate(invalid="ignore"):
                answer = np.nan_to_num(np.where(c < 0, -c * self.rise, c * self.fall), posinf=need)
            answer[cell] = 0.0
            answer[np.abs(c) < TOLERANCE] = 0.0
            weights = np.minimum(answer, need)
            cells = np.flatnonzero(weights > TOLERANCE * need)
            found.append(Capacity(cells, weights[cells], need))
        return found

    def _whole_cut(self, cell: int, pattern: Mask, price: Floats) -> list[Capacity]:
        wide, only = pattern.copy(), np.array([cell])
        left = np.flatnonzero(~pattern)
        left = left[np.argsort(-price[left], kind="stable")]
        parts = [left] if len(left) else []
        helpful: list[int] = []
        while parts:
            part = parts.pop()
            trial = wide.copy()
            trial[part] = True
            if len(self.lacking(trial, only)):
                wide = trial
            elif len(part) > 1:
                half = len(part) // 2
                parts += [part[half:], part[:half]]
            else:
                helpful.append(int(part[0]))
            if self.budget.is_spent:
                return []
        cells = np.array(sorted(helpful), dtype=np.int64)
        return [Capacity(cells, np.ones(len(cells)), 1.0)]

    def cheapest(self, price: Floats, cell: int, pattern: Mask) -> Ints | None:
        """Cells that let a cell move far enough at the least sum of price × change (a good guess).

        None: there are none, or the budget is spent.
        """
        cost = np.where(pattern, 0.0, price) + SMALL
        ways = [self._move(cost, cell, way, need) for way, need in self.needs(cell)]
        moves = [d for d in ways if d is not None]
        if not moves or (not self.whole and len(moves) < len(ways)):
            return None
        if self.whole:
            moves = [min(moves, key=lambda d: float(cost @ np.abs(d)))]
        return np.flatnonzero(np.any(np.abs(moves) > TOLERANCE, axis=0))

    def _move(self, cost: Floats, cell: int, way: int, need: float) -> Floats | None:
        both = sp.csc_array(sp.hstack([self.matrix, -self.matrix]))
        lower, upper = np.zeros(2 * self.width), np.r_[self.rise, self.fall]
        at, back = (cell, cell + self.width) if way > 0 else (cell + self.width, cell)
        lower[at], upper[back] = need, 0.0
        solver = lp.new_solver()
        solver.passModel(lp.build(both, np.zeros(self.height), lower, upper, np.r_[cost, cost]))
        if self.whole:
            lp.require_whole(solver, 2 * self.width)
            lp.run_whole(solver, self.budget)
        else:
            lp.run(solver, self.budget)
        if not lp.has_solution(solver):
            return None
        found = lp.solution(solver)
        d: Floats = found[: self.width] - found[self.width :]
        if self.whole:
            self._witnesses[cell] = np.abs(d) > 0.5
        return d

    def _solver(self, matrix: sp.csc_array, fall: Floats, rise: Floats) -> lp.Solver:
        solver = lp.new_solver()
        solver.passModel(
            lp.build(
                sp.csc_array(matrix), np.zeros(matrix.shape[0]), -fall, rise, np.zeros(len(fall))
            )
        )
        return solver


def is_network(matrix: sp.csc_array) -> bool:
    """Whether relations form a network, so that whole numbers bind no more than fractions do.

    Every column has at most two entries ±1, and the rows fall into two kinds so that two entries of
    one column have one sign just where their rows are of different kinds (Heller and Tompkins).

    >>> two_way = sp.csc_array([[-1, 1, 1, 0, 0], [0, 0, 0, 1, 1], [0, 1, 0, 1, 0]])
    >>> is_network(two_way), is_network(sp.csc_array([[1, 1, 0], [1, 0, 1], [0, 1, 1]]))
    (True, False)
    """
    height = matrix.shape[0]
    many = np.diff(matrix.indptr)
    if (many > 2).any():
        return False
    first = matrix.indptr[:-1][many == 2]
    rows, others = matrix.indices[first], matrix.indices[first + 1]
    unlike = matrix.data[first] * matrix.data[first + 1] > 0
    # Every row twice, once for each kind: it is neither where its two selves are joined.
    left = np.r_[rows, rows + height]
    right = np.r_[others + height * unlike, others + height * ~unlike]
    graph = sp.coo_array((np.ones(len(left)), (left, right)), shape=(2 * height, 2 * height))
    _, label = sp.csgraph.connected_components(graph, directed=False)
    return bool((label[:height] != label[height:]).all())
