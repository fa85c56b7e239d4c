"""Which suppressed cells can move, and what must be suppressed where one cannot.

A primary cell p is safe from a reader when some change d of the unknown cells fits every relation
(relations @ d = 0), leaves each cell within what the reader believes possible, and has d_p ≠ 0.
Near the true values only the sign of d_i matters: a cell at its lower bound can only go up, one at
its upper bound only down. If no such d exists, a combination c of the relations proves it (Farkas):
of the cells that could answer a move of p, at least one more must be suppressed.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from anonymizer.tables import highs
from anonymizer.tables.readers import Reader
from anonymizer.tables.system import Floats, Ints, Mask

TOLERANCE = 1e-7
UP, DOWN = 1, -1


@dataclass(frozen=True)
class Cut:
    """At least one of `cells` must be suppressed for `cell` to move in `direction`."""

    cell: int
    direction: int
    cells: tuple[int, ...]


class Cone:
    """The directions one reader must hold possible; cells are numbered within `universe`.

    Args:
        reader: what is known.
        values: (n,) the true values, NaN where unknown to us too.
        universe: (u,) cells that may be suppressed, and cells with unknown values.
        given: (u,) the cells that are suppressed whatever is decided.
        deadline: past it (`time.monotonic`) nothing is shown to move any more.
    """

    def __init__(
        self, reader: Reader, values: Floats, universe: Ints, given: Mask, deadline: float
    ) -> None:
        value = values[universe]
        unsure = ~reader.knows[universe]
        blind = np.isnan(value)
        self.up = unsure & (blind | (value < reader.upper[universe] - TOLERANCE))
        self.down = unsure & (blind | (value > reader.lower[universe] + TOLERANCE))
        self.both = self.up & self.down
        self.symmetric = bool((self.up == self.down).all())
        self.given = given
        matrix = sp.csr_array(reader.relations[:, universe])
        self.matrix = sp.csc_array(matrix[np.flatnonzero(abs(matrix).sum(axis=1))])
        self.deadline = deadline
        self._all = _Moves(self.matrix, deadline)

    @property
    def directions(self) -> tuple[int, ...]:
        """The directions worth asking for: one is enough where every move can be reversed."""
        return (UP,) if self.symmetric else (UP, DOWN)

    def stuck(self, suppressed: Mask, cells: Ints) -> Ints:
        """Those of `cells` that no direction over the suppressed cells moves."""
        columns = np.flatnonzero(suppressed & (self.up | self.down))
        moves = _Moves(self.matrix[:, columns], self.deadline)
        support = moves.support(self.up[columns], self.down[columns])
        # Add enough of that direction to any other, and one-sided cells bind no more: what is
        # left to ask is whether a two-sided cell moves in a linear space.
        reach = np.where(self.both[columns] | support, np.inf, 0.0)
        moves.bound(-reach, reach)
        moved = np.zeros(len(suppressed), dtype=bool)
        moved[columns] = support
        local = np.full(len(suppressed), -1)
        local[columns] = np.arange(len(columns))
        candidates = cells[~moved[cells]]
        for cell in candidates[self.both[candidates] & suppressed[candidates]]:
            if not moved[cell]:
                moved[columns[np.abs(moves.push(int(local[cell]), UP)) > TOLERANCE]] = True
        return candidates[~moved[candidates]]

    def cut(self, weights: Floats, cell: int, direction: int, suppressed: Mask) -> Cut | None:
        """The cheapest proof, at `weights` (u,) a cell, that a cell cannot move in a direction.

        None if it can; a cut without cells says that it never can, whatever is suppressed.
        """
        if not (self.up if direction == UP else self.down)[cell]:
            return Cut(cell, direction, ())
        reach = np.where(suppressed, np.inf, weights)
        self._all.bound(np.where(self.down, -reach, 0.0), np.where(self.up, reach, 0.0))
        proof = self._all.proof(cell, direction)
        if proof is None:
            return None
        answer = self.answers(proof * direction)
        answer[cell] = False
        if (answer & self.given).any():
            return None
        return Cut(cell, direction, tuple(np.flatnonzero(answer).tolist()))

    def answers(self, c: Floats) -> Mask:
        """Cells that can make c·d smaller: those that could answer a move upwards."""
        mask: Mask = (self.up & (c < -TOLERANCE)) | (self.down & (c > TOLERANCE))
        return mask

    def cheapest(self, price: Floats, cell: int, suppressed: Mask) -> Ints:
        """Cells that let a cell move at the least sum of price × change (a good guess, not more).

        Cells with price infinity cannot be suppressed.
        """
        able = np.isfinite(price) | suppressed
        cost = np.where(suppressed, 0.0, np.where(able, price + 1e-3, 0.0))
        best: tuple[float, Ints] = (np.inf, np.array([cell]))
        for direction in self.directions:
            if not (self.up if direction == UP else self.down)[cell]:
                continue
            d = _cheapest(
                self.matrix, self.up & able, self.down & able, cost, cell, direction, self.deadline
            )
            if d is not None and float(cost @ np.abs(d)) < best[0]:
                best = (float(cost @ np.abs(d)), np.flatnonzero(np.abs(d) > TOLERANCE))
        return best[1]


class _Moves:
    """Linear programs over d with matrix @ d = 0."""

    def __init__(self, matrix: sp.csc_array, deadline: float) -> None:
        self.matrix, self.deadline = sp.csc_array(matrix), deadline
        self.height, self.width = matrix.shape
        self.lower = self.upper = np.zeros(self.width)
        # Costs and bounds change between runs, the relations never: d = 0 stays feasible, so the
        # primal simplex starts from the last basis.
        self.solver = highs.new_solver(presolve="off", simplex_strategy=highs.PRIMAL_SIMPLEX)
        none = np.zeros(self.width)
        self.solver.passModel(highs.build(self.matrix, np.zeros(self.height), none, none, none))

    def bound(self, lower: Floats, upper: Floats) -> None:
        self.lower, self.upper = lower, upper
        self.solver.changeColsBounds(
            self.width, np.arange(self.width, dtype=np.int32), lower, upper
        )

    def push(self, cell: int, direction: int) -> Floats:
        """A direction with d_cell as large as 1, or as it can be."""
        self.solver.changeColBounds(cell, -1.0, 1.0)
        self.solver.changeColCost(cell, -float(direction))
        ending = highs.run(self.solver, self.deadline)
        d = highs.solution(self.solver) if ending == "optimal" else np.zeros(self.width)
        self.solver.changeColCost(cell, 0.0)
        self.solver.changeColBounds(cell, float(self.lower[cell]), float(self.upper[cell]))
        return d

    def proof(self, cell: int, direction: int) -> Floats | None:
        """The combination c of relations, c_cell = 1, that bounds d_cell; None if nothing does."""
        low, high = (0.0, np.inf) if direction == UP else (-np.inf, 0.0)
        self.solver.changeColBounds(cell, low, high)
        self.solver.changeColCost(cell, -float(direction))
        ending = highs.run(self.solver, self.deadline)
        dual = np.asarray(self.solver.getSolution().row_dual) if ending == "optimal" else None
        self.solver.changeColCost(cell, 0.0)
        self.solver.changeColBounds(cell, float(self.lower[cell]), float(self.upper[cell]))
        if dual is None:
            return None
        c: Floats = self.matrix.T @ dual
        return c / c[cell] if abs(c[cell]) > TOLERANCE else None

    def support(self, up: Mask, down: Mask) -> Mask:
        """Cells that surely move: every one-sided cell that can, and most of the others."""
        sided, both = np.flatnonzero(up != down), up & down
        sign = np.where(up[sided], 1.0, -1.0)
        # Each one-sided cell gets a second column: its first unit of movement is rewarded.
        matrix = sp.csc_array(sp.hstack([self.matrix, sp.csc_array(self.matrix[:, sided] * sign)]))
        reward = np.r_[np.zeros(self.width), np.ones(len(sided))]
        reward[: self.width][both] = np.random.default_rng(0).uniform(-1e-4, 1e-4, int(both.sum()))
        reach = np.where(both, 1e3, np.inf)
        lower = np.r_[np.where(down, -reach, 0.0), np.zeros(len(sided))]
        upper = np.r_[np.where(up, reach, 0.0), np.ones(len(sided))]
        solver = highs.new_solver()
        solver.passModel(highs.build(matrix, np.zeros(self.height), lower, upper, -reward))
        if highs.run(solver, self.deadline) != "optimal":
            return np.zeros(self.width, dtype=bool)
        x = highs.solution(solver)
        d = x[: self.width].copy()
        d[sided] += sign * x[self.width :]
        moved: Mask = np.abs(d) > 1e-5
        return moved


def _cheapest(
    matrix: sp.csc_array,
    up: Mask,
    down: Mask,
    cost: Floats,
    cell: int,
    direction: int,
    deadline: float,
) -> Floats | None:
    rising, falling = np.flatnonzero(up), np.flatnonzero(down)
    both = sp.csc_array(sp.hstack([matrix[:, rising], -matrix[:, falling]]))
    upper = np.full(both.shape[1], np.inf)
    upper[: len(rising)][rising == cell] = 1.0 if direction == UP else 0.0
    upper[len(rising) :][falling == cell] = 1.0 if direction == DOWN else 0.0
    lower = np.zeros(both.shape[1])
    lower[: len(rising)][rising == cell] = upper[: len(rising)][rising == cell]
    lower[len(rising) :][falling == cell] = upper[len(rising) :][falling == cell]
    solver = highs.new_solver()
    solver.passModel(
        highs.build(both, np.zeros(both.shape[0]), lower, upper, np.r_[cost[rising], cost[falling]])
    )
    if highs.run(solver, deadline) != "optimal":
        return None
    x = highs.solution(solver)
    d = np.zeros(len(up))
    d[rising] += x[: len(rising)]
    d[falling] -= x[len(rising) :]
    return d
