"""Which suppressed cells can move, and what must be suppressed where one cannot.

A primary cell p is safe from a reader when some change d of the unknown cells fits every relation
(relations @ d = 0), leaves each cell within what the reader believes possible, and has d_p ≠ 0.
Near the true values only the sign of d_i matters: a cell at its lower bound can only go up, one at
its upper bound only down. If no such d exists, a combination c of the relations proves it (Farkas):
of the cells that could answer a move of p, at least one more must be suppressed.
"""

from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import lsmr

from anonymizer.tables import linear_programs as lp
from anonymizer.tables.disclosure_scenarios import Reader
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import Floats, Ints, Mask

UP, DOWN = 1, -1
TOLERANCE = 1e-7
"""A smaller move is none: the accuracy HiGHS promises."""
FIT, FIT_LIMIT, CLEARLY = 1e-13, 1e-8, 1e-4
"""How well a random direction is fitted, how well it must fit, and how far a cell moves in it."""
NUDGE, SIGNS_FIT = 0.05, 1e-8
"""Where only the signs of a direction matter: how much other cells move, and a rougher fit."""
ITERATIONS = 3000
"""Steps after which a fit is given up; it is then seen not to fit, and nothing is lost but time."""
LOOK, LINE, FITTING, STEP = 1.2e-3, 1.2e-6, 1.8e-8, 1_000
"""Work, counted as in `linear_programs`: a look at a pattern, each column of it, and each step of
a fit for each row, column and entry (and as much as a thousand of them for the step itself)."""


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
        budget: what is not shown to move within it counts as stuck.
    """

    def __init__(self, reader: Reader, values: Floats, universe: Ints, budget: Budget) -> None:
        value = values[universe]
        unsure = ~reader.knows[universe]
        blind = np.isnan(value)
        self.up = unsure & (blind | (value < reader.upper[universe] - TOLERANCE))
        self.down = unsure & (blind | (value > reader.lower[universe] + TOLERANCE))
        self.both = self.up & self.down
        self.symmetric = bool((self.up == self.down).all())
        matrix = sp.csr_array(reader.relations[:, universe])
        self.matrix = sp.csc_array(matrix[np.flatnonzero(abs(matrix).sum(axis=1))])
        self.budget = budget
        self._all = Moves(self.matrix)

    @property
    def directions(self) -> tuple[int, ...]:
        """The directions worth asking for: one is enough where every move can be reversed."""
        return (UP,) if self.symmetric else (UP, DOWN)

    def can(self, cell: int, direction: int) -> bool:
        """Whether the reader holds it possible that a cell is larger (or smaller)."""
        return bool((self.up if direction == UP else self.down)[cell])

    def stuck(self, suppressed: Mask, cells: Ints) -> Ints:
        """Those of `cells` that no direction over the suppressed cells moves."""
        shown = np.flatnonzero(suppressed)
        self.budget.charge(LOOK + LINE * len(shown))
        up, down = peel(self.matrix[:, shown], self.up[shown], self.down[shown])
        left = up | down
        columns, up, down = shown[left], up[left], down[left]
        matrix = self.matrix[:, columns]
        moves = Moves(matrix[np.unique(matrix.indices)])
        moving = np.zeros(len(up), dtype=bool)
        if (up != down).any():
            moving = moves.support(up, down, self.budget)
        # Add enough of that direction to any other, and one-sided cells bind no more: what is
        # left to ask is whether a two-sided cell moves in a linear space.
        free = (up & down) | moving
        wanted = np.zeros(len(self.up), dtype=bool)
        wanted[cells] = True
        moving |= moves.span(free, up & down & ~moving & wanted[columns], self.budget)
        moved = np.zeros(len(self.up), dtype=bool)
        moved[columns] = moving
        return cells[~moved[cells]]

    def cuts(
        self, weights: Floats, cell: int, direction: int, suppressed: Mask, others: Ints
    ) -> list[Cut]:
        """The cheapest proof, at `weights` (u,) a cell, that a cell cannot move in a direction.

        With those of `others` that rest on the same combination; none if the cell can move. A cut
        without cells says that it never can, whatever is suppressed.
        """
        if not self.can(cell, direction):
            return [Cut(cell, direction, ())]
        reach = np.where(suppressed, np.inf, weights)
        self._all.bound(np.where(self.down, -reach, 0.0), np.where(self.up, reach, 0.0))
        proof = self._all.proof(cell, direction, self.budget)
        if proof is None:
            return []
        found = [self.cut_from(proof, cell, direction)]
        for other in others[np.abs(proof[others]) > TOLERANCE].tolist():
            if other != cell:
                found += [self.cut_from(proof, other, way) for way in self.directions]
        return [cut for cut in found if not suppressed[list(cut.cells)].any()]

    def cut_from(self, c: Floats, cell: int, direction: int) -> Cut:
        """What a combination c (u,) of the relations, c[cell] ≠ 0, says about a cell's moves.

        A cell that cannot move that way gets an empty cut. Others get the cells that could answer
        its move: those that can make c·d smaller.
        """
        if not self.can(cell, direction):
            return Cut(cell, direction, ())
        c = c * (direction / c[cell])
        answer = (self.up & (c < -TOLERANCE)) | (self.down & (c > TOLERANCE))
        answer[cell] = False
        return Cut(cell, direction, tuple(np.flatnonzero(answer).tolist()))

    def cheapest(self, price: Floats, cell: int, suppressed: Mask) -> Ints | None:
        """Cells that let a cell move at the least sum of price × change (a good guess, not more).

        None: there are none, or the budget is spent.
        """
        cost = np.where(suppressed, 0.0, price + 1e-3)
        ways = []
        for direction in self.directions:
            if self.can(cell, direction):
                signs = np.zeros(len(price))
                signs[cell] = direction
                ways.append(self._answer(cost, signs, must=True))
        found = [d for d in ways if d is not None]
        if not found:
            return None
        d = min(found, key=lambda d: float(cost @ np.abs(d)))
        return np.flatnonzero(np.abs(d) > TOLERANCE)

    def together(
        self, price: Floats, cells: Ints, suppressed: Mask, chance: np.random.Generator
    ) -> Ints:
        """Cells that let as many of `cells` as possible move at once, cheaply.

        One-sided cells move their own way, the others as in a random direction that fits.
        """
        cost = np.where(suppressed, 0.0, price + 1e-3)
        wish = NUDGE * chance.normal(size=len(price))
        wish[cells] += chance.normal(size=len(cells))
        direction = nearest(self.matrix, wish, SIGNS_FIT, self.budget)
        way = np.where(direction[cells] >= 0, 1.0, -1.0)
        signs = np.zeros(len(price))
        signs[cells] = np.where(
            self.both[cells], way, self.up[cells].astype(float) - self.down[cells]
        )
        d = self._answer(cost, signs, must=False)
        return np.flatnonzero(np.abs(d) > TOLERANCE) if d is not None else np.zeros(0, np.int64)

    def _answer(self, cost: Floats, signs: Floats, *, must: bool) -> Floats | None:
        """The direction (u,) of least cost·|d| that moves cells by their signs, 0: any or none.

        They `must` move by 1, or they may: then the first unit of each earns more than any move
        costs. None where nothing fits, or the budget is spent.
        """
        wanted = np.flatnonzero(signs)
        rising = np.flatnonzero(self.up & (signs >= 0))
        falling = np.flatnonzero(self.down & (signs <= 0))
        first = sp.csc_array(self.matrix[:, wanted] * signs[wanted])
        moves = sp.csc_array(sp.hstack([self.matrix[:, rising], -self.matrix[:, falling], first]))
        sides, ones = len(rising) + len(falling), np.ones(len(wanted))
        reward = 0.0 if must else float(cost.sum()) + 1.0
        solver = lp.new_solver()
        solver.passModel(
            lp.build(
                moves,
                np.zeros(moves.shape[0]),
                np.r_[np.zeros(sides), ones * must],
                np.r_[np.full(sides, np.inf), ones],
                np.r_[cost[rising], cost[falling], cost[wanted] - reward],
            )
        )
        if lp.run(solver, self.budget) != "optimal":
            return None
        x = lp.solution(solver)
        d = np.zeros(len(cost))
        d[rising] += x[: len(rising)]
        d[falling] -= x[len(rising) : sides]
        d[wanted] += signs[wanted] * x[sides:]
        return d


class Moves:
    """Linear programs over the directions d that keep every relation: matrix @ d = 0."""

    def __init__(self, matrix: sp.csc_array) -> None:
        self.matrix = sp.csc_array(matrix)
        self.height, self.width = matrix.shape
        self.lower = self.upper = np.zeros(self.width)
        # Costs and bounds change between runs, the relations never: d = 0 stays feasible, so the
        # primal simplex starts from the last basis.
        self.solver = lp.new_solver(presolve="off", simplex_strategy=lp.PRIMAL_SIMPLEX)
        none = np.zeros(self.width)
        self.solver.passModel(lp.build(self.matrix, np.zeros(self.height), none, none, none))

    def bound(self, lower: Floats, upper: Floats) -> None:
        """Keep every cell's move within these bounds (u,)."""
        self.lower, self.upper = lower, upper
        self.solver.changeColsBounds(
            self.width, np.arange(self.width, dtype=np.int32), lower, upper
        )

    def span(self, free: Mask, wanted: Mask, budget: Budget) -> Mask:
        """Which of the `wanted` cells (u,) move when the `free` ones may move either way."""
        moved: Mask = wanted & self._drift(free, budget)
        reach = np.where(free, np.inf, 0.0)
        self.bound(-reach, reach)
        for cell in np.flatnonzero(wanted & ~moved).tolist():
            if moved[cell]:
                continue
            found = self._drive(cell, UP, -1.0, 1.0, budget)
            if found is not None:
                moved |= wanted & (np.abs(np.asarray(found.col_value)) > TOLERANCE)
        return moved

    def _drift(self, free: Mask, budget: Budget) -> Mask:
        """Nearly all cells that move, from one random direction: its nearest one that fits."""
        lines, moved = self.matrix[:, free], np.zeros(self.width, dtype=bool)
        wish = np.random.default_rng(0).normal(size=lines.shape[1])
        direction = nearest(lines, wish, FIT, budget)
        if np.abs(lines @ direction).max(initial=0.0) < FIT_LIMIT:
            moved[free] = np.abs(direction) > CLEARLY
        return moved

    def proof(self, cell: int, direction: int, budget: Budget) -> Floats | None:
        """The combination c of relations, c_cell = 1, that bounds d_cell; None if nothing does."""
        low, high = (0.0, np.inf) if direction == UP else (-np.inf, 0.0)
        found = self._drive(cell, direction, low, high, budget)
        if found is None:
            return None
        c: Floats = self.matrix.T @ np.asarray(found.row_dual)
        return c / c[cell] if abs(c[cell]) > TOLERANCE else None

    def _drive(
        self, cell: int, direction: int, low: float, high: float, budget: Budget
    ) -> highspy.HighsSolution | None:
        """Move a cell as far as it goes within its limits; None where no optimum was found."""
        self.solver.changeColBounds(cell, low, high)
        self.solver.changeColCost(cell, -float(direction))
        found = self.solver.getSolution() if lp.run(self.solver, budget) == "optimal" else None
        self.solver.changeColCost(cell, 0.0)
        self.solver.changeColBounds(cell, float(self.lower[cell]), float(self.upper[cell]))
        return found

    def support(self, up: Mask, down: Mask, budget: Budget) -> Mask:
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
        solver = lp.new_solver()
        solver.passModel(lp.build(matrix, np.zeros(self.height), lower, upper, -reward))
        if lp.run(solver, budget) != "optimal":
            return np.zeros(self.width, dtype=bool)
        x = lp.solution(solver)
        d = x[: self.width].copy()
        d[sided] += sign * x[self.width :]
        moved: Mask = np.abs(d) > 1e-5
        return moved


def nearest(matrix: sp.csc_array, wish: Floats, fit: float, budget: Budget) -> Floats:
    """The direction nearest to a wished one (u,) that keeps every relation."""
    answer, _, steps, *_ = lsmr(matrix.T, wish, atol=fit, btol=fit, conlim=0, maxiter=ITERATIONS)
    budget.charge(FITTING * steps * (STEP + sum(matrix.shape) + matrix.nnz))
    direction: Floats = wish - matrix.T @ answer
    return direction


def peel(matrix: sp.csc_array, up: Mask, down: Mask) -> tuple[Mask, Mask]:
    """Which of the columns (u,) may still rise or fall, once every line was looked at by itself.

    The sum of a line must stay, so that a cell moves only where another of the line can answer.
    What is taken away here never moves; what is left may or may not.

    >>> lines = sp.csc_array([[-1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    >>> found = peel(lines, np.array([True] * 3), np.array([True, True, False]))
    >>> [mask.tolist() for mask in found]
    [[False, False, True], [True, True, False]]
    """
    entries = sp.coo_array(matrix)
    row, column = entries.row.astype(np.int64), entries.col.astype(np.int64)
    positive = entries.data > 0
    while True:
        rising, falling = up[column], down[column]
        raises = np.where(positive, rising, falling)
        lowers = np.where(positive, falling, rising)
        may_raise = raises & (_others(row, lowers) > 0)
        may_lower = lowers & (_others(row, raises) > 0)
        keeps_up = up & ~_any(column, rising & ~np.where(positive, may_raise, may_lower), len(up))
        keeps_down = down & ~_any(
            column, falling & ~np.where(positive, may_lower, may_raise), len(up)
        )
        if (keeps_up == up).all() and (keeps_down == down).all():
            return up, down
        up, down = keeps_up, keeps_down


def _others(row: Ints, flags: Mask) -> Ints:
    """For each entry, how many other entries of its row are flagged."""
    found: Ints = np.bincount(row, weights=flags).astype(np.int64)[row] - flags
    return found


def _any(column: Ints, flags: Mask, width: int) -> Mask:
    found: Mask = np.bincount(column[flags], minlength=width) > 0
    return found
