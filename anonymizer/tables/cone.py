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

from anonymizer.tables.moves import DOWN, TOLERANCE, UP, Moves, cheapest, cheapest_together, nearest
from anonymizer.tables.peel import peel
from anonymizer.tables.readers import Reader
from anonymizer.tables.system import Floats, Ints, Mask

NUDGE, SIGNS_FIT = 0.05, 1e-8


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
    """

    def __init__(self, reader: Reader, values: Floats, universe: Ints, given: Mask) -> None:
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
        self.deadline = np.inf
        self._all = Moves(self.matrix, self.deadline)

    def until(self, deadline: float) -> None:
        """Past the deadline (`time.monotonic`) nothing is shown to move any more."""
        self.deadline = self._all.deadline = deadline

    @property
    def directions(self) -> tuple[int, ...]:
        """The directions worth asking for: one is enough where every move can be reversed."""
        return (UP,) if self.symmetric else (UP, DOWN)

    def stuck(self, suppressed: Mask, cells: Ints) -> Ints:
        """Those of `cells` that no direction over the suppressed cells moves."""
        shown = np.flatnonzero(suppressed)
        up, down = peel(self.matrix[:, shown], self.up[shown], self.down[shown])
        left = up | down
        columns, up, down = shown[left], up[left], down[left]
        matrix = self.matrix[:, columns]
        moves = Moves(matrix[np.unique(matrix.indices)], self.deadline)
        moving = moves.support(up, down) if (up != down).any() else np.zeros(len(up), dtype=bool)
        # Add enough of that direction to any other, and one-sided cells bind no more: what is
        # left to ask is whether a two-sided cell moves in a linear space.
        free = (up & down) | moving
        wanted = np.zeros(len(self.up), dtype=bool)
        wanted[cells] = True
        moving |= moves.span(free, up & down & ~moving & wanted[columns])
        moved = np.zeros(len(self.up), dtype=bool)
        moved[columns] = moving
        return cells[~moved[cells]]

    def cut(self, weights: Floats, cell: int, direction: int, suppressed: Mask) -> Cut | None:
        """The cheapest proof, at `weights` (u,) a cell, that a cell cannot move in a direction.

        None if it can; a cut without cells says that it never can, whatever is suppressed.
        """
        found = self.cuts(weights, cell, direction, suppressed, np.zeros(0, dtype=np.int64))
        return found[0] if found else None

    def cuts(
        self, weights: Floats, cell: int, direction: int, suppressed: Mask, others: Ints
    ) -> list[Cut]:
        """The cut of a cell, and those of `others` that rest on the same proof."""
        if not (self.up if direction == UP else self.down)[cell]:
            return [Cut(cell, direction, ())]
        reach = np.where(suppressed, np.inf, weights)
        self._all.bound(np.where(self.down, -reach, 0.0), np.where(self.up, reach, 0.0))
        proof = self._all.proof(cell, direction)
        if proof is None:
            return []
        found = [self.cut_from(proof, cell, direction)]
        for other in others[np.abs(proof[others]) > TOLERANCE].tolist():
            if other != cell:
                found += [self.cut_from(proof, other, way) for way in self.directions]
        return [cut for cut in found if not suppressed[list(cut.cells)].any()]

    def cut_from(self, c: Floats, cell: int, direction: int) -> Cut:
        """What a combination c (u,) of the relations, c[cell] ≠ 0, says about a cell's moves.

        A cell that cannot move that way gets an empty cut.
        """
        if not (self.up if direction == UP else self.down)[cell]:
            return Cut(cell, direction, ())
        answer = self.answers(c * (direction / c[cell]))
        answer[cell] = False
        return Cut(cell, direction, tuple(np.flatnonzero(answer).tolist()))

    def answers(self, c: Floats) -> Mask:
        """Cells that can make c·d smaller: those that could answer a move upwards."""
        mask: Mask = (self.up & (c < -TOLERANCE)) | (self.down & (c > TOLERANCE))
        return mask

    def cheapest(self, price: Floats, cell: int, suppressed: Mask) -> Ints | None:
        """Cells that let a cell move at the least sum of price × change (a good guess, not more).

        Cells with price infinity cannot be suppressed. None: there are none, or time is up.
        """
        able = np.isfinite(price) | suppressed
        cost = np.where(suppressed, 0.0, np.where(able, price + 1e-3, 0.0))
        best: tuple[float, Ints | None] = (np.inf, None)
        for direction in self.directions:
            if not (self.up if direction == UP else self.down)[cell]:
                continue
            d = cheapest(
                self.matrix, self.up & able, self.down & able, cost, cell, direction, self.deadline
            )
            if d is not None and float(cost @ np.abs(d)) < best[0]:
                best = (float(cost @ np.abs(d)), np.flatnonzero(np.abs(d) > TOLERANCE))
        return best[1]

    def together(
        self, price: Floats, cells: Ints, suppressed: Mask, chance: np.random.Generator
    ) -> Ints:
        """Cells that let as many of `cells` as possible move at once. Price as in `cheapest`.

        One-sided cells move their own way, the others as in a random direction that fits.
        """
        able = np.isfinite(price) | suppressed
        cost = np.where(suppressed, 0.0, np.where(able, price + 1e-3, 0.0))
        wish = NUDGE * chance.normal(size=len(price))
        wish[cells] += chance.normal(size=len(cells))
        way = np.where(nearest(self.matrix, wish, SIGNS_FIT)[cells] >= 0, 1.0, -1.0)
        wanted = np.zeros(len(price))
        wanted[cells] = np.where(
            self.both[cells], way, self.up[cells].astype(float) - self.down[cells]
        )
        d = cheapest_together(
            self.matrix, self.up & able, self.down & able, cost, wanted, self.deadline
        )
        return np.flatnonzero(np.abs(d) > TOLERANCE) if d is not None else np.zeros(0, np.int64)
