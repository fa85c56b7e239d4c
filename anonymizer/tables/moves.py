"""Linear programs over the directions d that keep every relation: matrix @ d = 0."""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import lsmr

from anonymizer.tables import highs
from anonymizer.tables.system import Floats, Mask

TOLERANCE = 1e-7
UP, DOWN = 1, -1
FIT, FIT_LIMIT, CLEARLY, ITERATIONS = 1e-13, 1e-8, 1e-4, 3000


class Moves:
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
        """Keep every cell's move within these bounds (u,)."""
        self.lower, self.upper = lower, upper
        self.solver.changeColsBounds(
            self.width, np.arange(self.width, dtype=np.int32), lower, upper
        )

    def span(self, free: Mask, wanted: Mask) -> Mask:
        """Which of the `wanted` cells (u,) move when the `free` ones may move either way."""
        moved: Mask = wanted & self._drift(free)
        reach = np.where(free, np.inf, 0.0)
        self.bound(-reach, reach)
        for cell in np.flatnonzero(wanted & ~moved).tolist():
            if not moved[cell]:
                moved |= wanted & (np.abs(self.push(cell, UP)) > TOLERANCE)
        return moved

    def _drift(self, free: Mask) -> Mask:
        """Nearly all cells that move, from one random direction: its nearest one that fits."""
        lines, moved = self.matrix[:, free], np.zeros(self.width, dtype=bool)
        wish = np.random.default_rng(0).normal(size=lines.shape[1])
        direction = nearest(lines, wish, FIT)
        if np.abs(lines @ direction).max(initial=0.0) < FIT_LIMIT:
            moved[free] = np.abs(direction) > CLEARLY
        return moved

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


def nearest(matrix: sp.csc_array, wish: Floats, fit: float) -> Floats:
    """The direction nearest to a wished one (u,) that keeps every relation."""
    answer = lsmr(matrix.T, wish, atol=fit, btol=fit, conlim=0, maxiter=ITERATIONS)[0]
    direction: Floats = wish - matrix.T @ answer
    return direction


def cheapest(
    matrix: sp.csc_array,
    up: Mask,
    down: Mask,
    cost: Floats,
    cell: int,
    direction: int,
    deadline: float,
) -> Floats | None:
    """The direction of least cost·|d| that moves a cell by 1; None if there is none in time."""
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


def cheapest_together(
    matrix: sp.csc_array, up: Mask, down: Mask, cost: Floats, signs: Floats, deadline: float
) -> Floats | None:
    """The cheapest direction that moves as many cells as it can, each by its sign (u,), 0: any.

    A sign says which way a cell is wanted to move; its first unit earns more than any move costs.
    """
    wanted = np.flatnonzero(signs)
    rising, falling = np.flatnonzero(up & (signs >= 0)), np.flatnonzero(down & (signs <= 0))
    parts = [matrix[:, rising], -matrix[:, falling], matrix[:, wanted] * signs[wanted]]
    moves = sp.csc_array(sp.hstack(parts))
    sides = len(rising) + len(falling)
    upper = np.r_[np.full(sides, np.inf), np.ones(len(wanted))]
    reward = float(cost.sum()) + 1.0
    price = np.r_[cost[rising], cost[falling], cost[wanted] - reward]
    zero = np.zeros(moves.shape[1])
    solver = highs.new_solver()
    solver.passModel(highs.build(moves, np.zeros(moves.shape[0]), zero, upper, price))
    if highs.run(solver, deadline) != "optimal":
        return None
    x = highs.solution(solver)
    d = np.zeros(len(up))
    d[rising] += x[: len(rising)]
    d[falling] -= x[len(rising) : sides]
    d[wanted] += signs[wanted] * x[sides:]
    return d
