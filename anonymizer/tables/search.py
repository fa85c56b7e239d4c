"""The cheapest set of cells to suppress: a covering problem with cuts from the cones.

Exact when it ends by itself. A larger problem is cut down first: a good pattern is found on the
cells that the fractional optimum uses, and cells whose reduced cost exceeds what is left to gain
are dropped (none of them is in a cheaper pattern). When time is up, the best pattern so far counts.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from anonymizer.tables.complete import Demand, complete, prune
from anonymizer.tables.cone import Cone
from anonymizer.tables.master import Master
from anonymizer.tables.system import Floats, Ints, Mask

FRACTION = 0.01
GRACE = 15.0
CORE_FROM = 300
"""Cells to choose among from which on a core is solved first."""
RELAX_SHARE = 0.5
"""The part of the time that the relaxation may take."""
SAMPLE = 150
"""Further cells that a core is tried with at a time."""
STALE = 6
"""Samples in vain after which a proof is tried."""


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
    """One search over cells and prices; demands can be added, cuts are kept.

    Args:
        given: (u,) cells that are suppressed anyway; all others may be.
        price: (u,) not negative.
    """

    def __init__(self, given: Mask, price: Floats) -> None:
        self.given, self.price, self.width = given, price, len(given)
        self.demands: list[Demand] = []
        self.hopeless: set[int] = set()
        self.best: Mask | None = None
        self.bound = 0.0
        self.master = Master(given, price)

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
                    self.master.add(number, cone, cone.cut_from(c, cell, direction))

    def run(self, deadline: float, reserve: float = 0.0) -> Outcome:
        """Search until proved, or until `deadline` (`time.monotonic`) less `reserve` seconds."""
        if not self.demands:
            return Outcome(self.given.copy(), True, 0.0, frozenset(self.hopeless))
        if self._is_large:
            self._keep(self._complete(self.given, deadline))
        now, end = time.monotonic(), deadline - reserve
        for cone, _ in self.demands:
            cone.until(end)
        relaxed = self._relax(now + (end - now) * RELAX_SHARE)
        self.master.make_whole()
        optimal = False
        for cells in self._cores(relaxed, end):
            optimal = self._exact(cells, end)
            if time.monotonic() > end:
                break
        best = self._complete(self.given, deadline) if self.best is None else self.best
        if not optimal:
            best = prune(best, self.given, self.demands, self.price, deadline)
        return Outcome(best, optimal, self.bound, frozenset(self.hopeless))

    @property
    def _is_large(self) -> bool:
        return int((~self.given).sum()) > CORE_FROM

    def _relax(self, deadline: float) -> tuple[Floats, Floats] | None:
        """Cuts at the fractional optimum: they lift the bound before any branching."""
        stale, last = 0, None
        while stale < 3 and (relaxed := self.master.relax(deadline)) is not None:
            z, value, reduced = relaxed
            stale = 0 if value > self.bound + 1e-6 else stale + 1
            self.bound, last = max(self.bound, value), (z[: self.width], reduced)
            added, stuck = self._separate(z[: self.width] > FRACTION, deadline)
            if not stuck:
                added = self._separate_fraction(z, deadline)
            if not added:
                break
        return last

    def _cores(self, relaxed: tuple[Floats, Floats] | None, deadline: float) -> Iterator[Mask]:
        """Cells to choose among: ever more of them, the last time all that a better pattern uses.

        A cell of reduced cost r makes any pattern cost at least the bound + r.
        """
        everything = np.ones(self.width, dtype=bool)
        if relaxed is None or not self._is_large:
            yield everything
            return
        z, reduced = relaxed
        bound, chance = self.bound, np.random.default_rng(0)
        core = self._complete(z > FRACTION, deadline)
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

    def _exact(self, cells: Mask, deadline: float) -> bool:
        """Look for the cheapest pattern within `cells`; whether it was found and proved."""
        self.master.limit(cells)
        weights = np.where(cells, 1.0, 1e-3)
        while True:
            pattern, optimal = self.master.pattern(deadline)
            if pattern is None:
                return False
            added, stuck = self._separate(pattern, deadline, weights)
            if not stuck:
                return optimal
            if not added or not optimal:
                self._keep(self._complete(pattern, deadline))
                return False

    def _separate(
        self, pattern: Mask, deadline: float, weights: Floats | None = None
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
                    if time.monotonic() > deadline:
                        return added, stuck
                    for cut in cone.cuts(weights, cell, direction, pattern, waiting):
                        done.add((cut.cell, cut.direction))
                        added += self.master.add(number, cone, cut)
        if not stuck:
            self._keep(pattern)
        return added, stuck

    def _separate_fraction(self, z: Floats, deadline: float) -> int:
        added = 0
        weights = z[: self.width] + 1e-4
        for number, (cone, cells) in enumerate(self.demands):
            for cell in cells.tolist():
                for direction in cone.directions:
                    wish = self.master.wish(number, cone, cell, direction, z)
                    if wish <= FRACTION or time.monotonic() > deadline:
                        continue
                    cut = cone.cut(weights, cell, direction, self.given)
                    if cut and z[list(cut.cells)].sum() < wish - FRACTION:
                        added += self.master.add(number, cone, cut)
        return added

    def _complete(self, pattern: Mask, deadline: float) -> Mask:
        """A pattern that holds: this one with what it lacks, or the best so far if time is short.

        The first pattern gets a grace of some seconds; failing that, it is every cell.
        """
        if self.best is None:
            deadline = max(deadline, time.monotonic() + GRACE)
        found = complete(pattern | self.given, self.demands, self.price, deadline)
        if found is not None:
            return found
        return np.ones(self.width, dtype=bool) if self.best is None else self.best

    def _keep(self, pattern: Mask) -> None:
        """Remember the cheapest pattern that holds."""
        if self.best is None or self._cost(pattern) < self._cost(self.best):
            self.best = pattern

    def _cost(self, pattern: Mask) -> float:
        return float(self.price[pattern & ~self.given].sum())
