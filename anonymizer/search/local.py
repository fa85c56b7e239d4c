"""Local recoding: every class as fine as it can be, no record lost.

Top down. All records begin in one class at the top of every hierarchy. In each round every class
is split along the attribute that gains most for the anonymity it uses up: its children that satisfy
the constraint go down one level, what is left stays. Where too little is left to stay alone, a few
rows of the larger children stay with it. All classes are handled at once, on distinct
combinations, not rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.search.constraint import Constraint, Floats, Mask
from core import Counts, Progress, beat, inherited
from measure import Integers, group

Ints = npt.NDArray[np.int64]
HOPE = 0.65
"""How much of what is still coarse after a step down counts against it: the rest may go later."""
_RELUCTANCE = 4
"""The power to which rows that must stay behind count against a split: one that keeps back a tenth
of its class is worth two thirds. What becomes of granularity with either number,
`benchmarks/anonymizer.py` tells."""


@dataclass(frozen=True, eq=False)
class Recoding:
    """Classes of pieces. A piece is an item, or some of its rows: all arrays have one entry per
    piece, `levels` has shape (pieces, attributes)."""

    origin: Ints = field(repr=False)
    """Which item the piece belongs to."""
    weights: Counts = field(repr=False)
    levels: npt.NDArray[np.int8] = field(repr=False)
    index: Integers = field(repr=False)
    """The piece's class."""
    loss: float
    """Mean share (0-1) of a hierarchy that a cell stands for."""

    def piece_of_rows(self, item_of_rows: Integers, seed: int) -> Ints:
        """The piece each row falls to, given its item; among equal rows the seed decides."""
        rows = np.random.default_rng(seed).permutation(len(item_of_rows))
        rows = rows[np.argsort(item_of_rows[rows], kind="stable")]
        pieces = np.argsort(self.origin, kind="stable")
        found = np.empty(len(rows), np.int64)
        found[rows] = np.repeat(pieces, self.weights[pieces])
        return found


def recode_locally(
    items: Integers,
    weights: Counts,
    hierarchies: Sequence[Hierarchy],
    constraint: Constraint,
    seed: int = 0,
    progress: Progress = inherited,
) -> Recoding:
    """Split as long as every class satisfies the constraint.

    `items` has shape (items, attributes) and holds leaf numbers, `weights` (items,) rows. The whole
    must satisfy the constraint. `seed` decides ties and which of several rows stays behind.
    """
    return _Descent(items, weights, hierarchies, constraint, seed).run(progress)


@dataclass(eq=False)
class _Offer:
    """What splitting every class along one attribute would bring."""

    score: Floats
    """Per class; 0 where the attribute cannot be split."""
    moved: Mask
    """Per active piece: whether its part goes down."""
    part: Integers
    """Per active piece: its part."""
    owed: Ints
    """Per class: rows that must stay behind so that what is left is large enough."""


class _Descent:
    def __init__(
        self,
        items: Integers,
        weights: Counts,
        hierarchies: Sequence[Hierarchy],
        constraint: Constraint,
        seed: int,
    ) -> None:
        self.items, self.constraint = items, constraint
        self.nodes = [np.stack(h.nodes).astype(np.int64) for h in hierarchies]
        self.shares = [np.stack(h.share) for h in hierarchies]
        self.spans = [int(nodes.max(initial=0)) + 1 for nodes in self.nodes]
        self.random = np.random.default_rng(seed)
        self.origin = np.arange(len(items))
        self.weights = weights.astype(np.int64)
        self.levels = np.tile(np.array([h.height for h in hierarchies], np.int8), (len(items), 1))
        self.index = np.zeros(len(items), np.int64)

    def run(self, progress: Progress) -> Recoding:
        active = np.arange(len(self.origin))
        while len(active):
            progress(1 - len(active) / len(self.origin))
            active = self._round(active)
        shares = [
            share[self.levels[:, j], self.items[self.origin, j]]
            for j, share in enumerate(self.shares)
        ]
        loss = float((np.mean(shares, axis=0) * self.weights).sum() / self.weights.sum())
        return Recoding(self.origin, self.weights, self.levels, group(self.index).index, loss)

    def _round(self, active: Ints) -> Ints:
        """Split every active class once; the pieces of classes that were split."""
        grouped = group(self.index[active])
        here, classes = grouped.index.astype(np.int64), len(grouped)
        best = np.zeros(classes)
        choice = np.full(classes, -1)
        offers: dict[int, _Offer] = {}
        for j in self.random.permutation(len(self.nodes)).tolist():
            beat()
            offer = offers[j] = self._offer(j, active, here, classes)
            better = offer.score > best
            best[better], choice[better] = offer.score[better], j
        go = choice[here] >= 0
        part = np.zeros(len(active), np.int64)
        added = [active]
        place = [here]
        parts = [part]
        for j, offer in offers.items():
            mine = offer.moved & (choice[here] == j)
            stay = self._stay_behind(active, here, np.flatnonzero(mine), offer)
            part[mine] = offer.part[mine] + 1
            split = np.flatnonzero((stay > 0) & (stay < self.weights[active]))
            part[(stay > 0) & (stay == self.weights[active])] = 0
            if len(split):
                added.append(self._cut(active[split], stay[split]))
                place.append(here[split])
                parts.append(np.zeros(len(split), np.int64))
            down = active[part > 0][choice[here[part > 0]] == j]
            self.levels[down, j] -= 1
        go = choice[np.concatenate(place)] >= 0
        active, where = np.concatenate(added)[go], np.concatenate(place)[go]
        below = np.concatenate(parts)[go]
        fresh = group(where * (below.max(initial=0) + 1) + below)
        self.index[active] = fresh.index + (self.index.max(initial=0) + 1)
        return active

    def _offer(self, j: int, active: Ints, here: Ints, classes: int) -> _Offer:
        nodes, share = self.nodes[j], self.shares[j]
        leaf = self.items[self.origin[active], j]
        level = self.levels[active, j].astype(np.int64)
        lower = np.maximum(level - 1, 0)
        parts = group(here * self.spans[j] + nodes[lower, leaf])
        mine = self.weights[active]
        sizes = np.bincount(parts.index, mine, len(parts)).astype(np.int64)
        of = here[parts.first_rows()]
        good, owed = self._good(parts.index, sizes, of, here, classes, active)
        moved: Mask = good[parts.index] & (level > 0)
        gain = mine * (share[level, leaf] - HOPE * share[lower, leaf]) * moved
        whole = np.bincount(here, mine, classes)
        left = np.bincount(of, sizes * ~good, classes)
        bits = np.bincount(of, good * sizes * np.log(whole[of] / sizes), classes)
        bits += left * np.log(whole / np.maximum(left, 1))
        score = (
            np.bincount(here, gain, classes) * (1 - owed / whole) ** _RELUCTANCE / (bits + whole)
        )
        return _Offer(score, moved, parts.index, owed)

    def _good(
        self, part: Integers, sizes: Counts, of: Ints, here: Ints, classes: int, active: Ints
    ) -> tuple[Mask, Ints]:
        """Which parts go down, and how many of their rows each class must keep back."""
        mine = self.weights[active]
        origin = self.origin[active]
        good = self.constraint.holds(part, mine, len(sizes), origin)
        owed = np.zeros(classes, np.int64)
        left = np.bincount(of, sizes * ~good, classes).astype(np.int64)
        if self.constraint.only_sizes:
            short = np.where(left > 0, np.maximum(self.constraint.k - left, 0), 0)
            spare = np.bincount(of, (sizes - self.constraint.k) * good, classes)
            can = (short > 0) & (spare >= short)
            owed[can] = short[can]
            unsettled = (short > 0) & ~can
        else:
            unsettled = (left > 0) & ~self._rest_holds(good, part, here, classes, mine, origin)
        if unsettled.any():
            order = np.lexsort((sizes, of))
            order = order[good[order] & unsettled[of[order]]]
            good[order[np.r_[True, of[order][1:] != of[order][:-1]][: len(order)]]] = False
            left = np.bincount(of, sizes * ~good, classes).astype(np.int64)
            fine = self._rest_holds(good, part, here, classes, mine, origin)
            fine |= (left == 0) | (owed > 0)
            good &= fine[of]
        return good, owed

    def _rest_holds(
        self, good: Mask, part: Integers, here: Ints, classes: int, mine: Counts, origin: Ints
    ) -> Mask:
        rest = ~good[part]
        return self.constraint.holds(here[rest], mine[rest], classes, origin[rest])

    def _stay_behind(self, active: Ints, here: Ints, mine: Ints, offer: _Offer) -> Ints:
        """Rows of each active piece that stay, so that what is left of its class is k rows."""
        stay = np.zeros(len(active), np.int64)
        mine = self.random.permutation(mine[offer.owed[here[mine]] > 0])
        if not len(mine):
            return stay
        mine = mine[np.lexsort((-self.weights[active[mine]], offer.part[mine], here[mine]))]
        rows = self.weights[active[mine]]
        sizes = np.bincount(offer.part[mine], rows)
        spare = sizes[offer.part[mine]].astype(np.int64) - self.constraint.k
        offered = np.clip(spare - _before(rows, offer.part[mine]), 0, rows)
        stay[mine] = np.clip(offer.owed[here[mine]] - _before(offered, here[mine]), 0, offered)
        return stay

    def _cut(self, pieces: Ints, rows: Ints) -> Ints:
        """Split `rows` off each piece; the new pieces."""
        new = np.arange(len(self.origin), len(self.origin) + len(pieces))
        self.weights[pieces] -= rows
        self.origin = np.concatenate([self.origin, self.origin[pieces]])
        self.weights = np.concatenate([self.weights, rows])
        self.levels = np.concatenate([self.levels, self.levels[pieces]])
        self.index = np.concatenate([self.index, self.index[pieces]])
        return new


def _before(values: Ints, groups: Integers) -> Ints:
    """Running total within each run of equal groups, the value itself not included."""
    if not len(values):
        return values
    total = np.cumsum(values) - values
    first = np.r_[True, groups[1:] != groups[:-1]]
    starts: Ints = total[first][np.cumsum(first) - 1]
    return total - starts
