"""Mondrian: halve the table again and again, at the median of its widest column.

Numbers, ages and dates are cut near the median of the part at hand, other columns go one level down
their hierarchy (LeFevre, DeWitt and Ramakrishnan 2006). A cut is made only where all sides satisfy
the constraint, so no row is lost. Local recoding keeps more where every column has a good hierarchy
(on Adult with k = 5, 0.940 against 0.920); this mode is for numbers whose bands nobody laid down.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ordered_axis import OrderedAxis
from anonymizer.search.constraint import Constraint
from core import Counts, Progress, beat, inherited
from measure import Integers

Ints = npt.NDArray[np.int64]
Axis = OrderedAxis | Hierarchy
Side = tuple[int, int]
"""Of a line: its first place and the one after its last. Of a hierarchy: level, and whether it may
still go down."""
_TRIED = 5
"""Cuts tried, nearest the median first, where more than class sizes decides."""


@dataclass(frozen=True, eq=False)
class Partition:
    """Parts of the table: `index` (items,) numbers each item's part, `boxes[part][axis]` is its
    extent."""

    index: Ints = field(repr=False)
    boxes: tuple[tuple[Side, ...], ...] = field(repr=False)


def partition(
    items: Integers,
    weights: Counts,
    axes: Sequence[Axis],
    constraint: Constraint,
    seed: int = 0,
    progress: Progress = inherited,
) -> Partition:
    """Cut until no part can be cut further.

    `items` has shape (items, axes): places on a line, leaves of a hierarchy. The whole must satisfy
    the constraint. `seed` decides which of two equally wide columns is cut, and on which side of
    the median where both are as near.
    """
    random = np.random.default_rng(seed)
    search = _Search(items, weights, axes, constraint, bool(random.integers(2)))
    lean = random.permutation(len(axes)).tolist()
    index = np.zeros(len(items), np.int64)
    boxes: list[tuple[Side, ...]] = []
    whole = tuple((0, a.size) if isinstance(a, OrderedAxis) else (a.height, 1) for a in axes)
    stack: list[tuple[Ints, tuple[Side, ...]]] = [(np.arange(len(items)), whole)]
    settled = 0
    while stack:
        rows, box = stack.pop()
        beat()
        widths = [search.width(j, rows, side) for j, side in enumerate(box)]
        for j in sorted(range(len(axes)), key=lambda j: (-widths[j], lean[j])):
            sides = search.split(j, rows, box[j]) if widths[j] > 0 else []
            if sides:
                stack += [(part, (*box[:j], side, *box[j + 1 :])) for part, side in sides]
                break
        else:
            index[rows] = len(boxes)
            boxes.append(box)
            settled += len(rows)
            progress(settled / len(items))
    return Partition(index, tuple(boxes))


class _Search:
    def __init__(
        self,
        items: Integers,
        weights: Counts,
        axes: Sequence[Axis],
        constraint: Constraint,
        upper: bool,
    ) -> None:
        self.items, self.weights, self.axes = items, weights, axes
        self.constraint, self.upper = constraint, upper
        self.cuts = [
            np.flatnonzero(~np.isnan(np.array(a.bounds))) if isinstance(a, OrderedAxis) else None
            for a in axes
        ]

    def width(self, j: int, rows: Ints, side: Side) -> float:
        """Share (0-1) of the axis that a part spans; 0 where it cannot be cut."""
        axis = self.axes[j]
        if isinstance(axis, OrderedAxis):
            return (side[1] - side[0]) / axis.size if side[1] - side[0] > 1 else 0.0
        level, may = side
        return float(axis.share[level][self.items[rows[0], j]]) if level and may else 0.0

    def split(self, j: int, rows: Ints, side: Side) -> list[tuple[Ints, Side]]:
        """The parts with their extents on the axis; none where no cut is allowed."""
        axis = self.axes[j]
        values = self.items[rows, j]
        if isinstance(axis, OrderedAxis):
            return self._halve(j, rows, values, side)
        return self._descend(axis, rows, values, side[0])

    def _halve(self, j: int, rows: Ints, values: Integers, side: Side) -> list[tuple[Ints, Side]]:
        low, high = side
        cuts = self.cuts[j]
        if cuts is None:
            return []
        cuts = cuts[np.searchsorted(cuts, low + 1) : np.searchsorted(cuts, high)]
        held = np.bincount(values - low, self.weights[rows], minlength=high - low)
        below = np.cumsum(held)[cuts - low - 1]
        total = held.sum()
        fit = (below >= self.constraint.k) & (total - below >= self.constraint.k)
        cuts, below = cuts[fit], below[fit]
        nearest = np.lexsort((-below if self.upper else below, np.abs(below - total / 2)))
        for cut in cuts[nearest[: 1 if self.constraint.only_sizes else _TRIED]].tolist():
            over = values >= cut
            if self._hold(rows, over.astype(np.int64), 2).all():
                return [(rows[~over], (low, cut)), (rows[over], (cut, high))]
        return []

    def _descend(
        self, axis: Hierarchy, rows: Ints, values: Integers, level: int
    ) -> list[tuple[Ints, Side]]:
        seen, part = np.unique(axis.nodes[level - 1][values], return_inverse=True)
        part = part.reshape(-1)
        good = self._hold(rows, part, len(seen))
        sizes = np.bincount(part, self.weights[rows], minlength=len(seen))
        order = [i for i in np.argsort(sizes, kind="stable").tolist() if good[i]]
        while order and not good.all():
            rest = rows[~good[part]]
            if self._hold(rest, np.zeros(len(rest), np.int64), 1).all():
                break
            good[order.pop(0)] = False
        if not good.any():
            return []
        sides = [(rows[part == i], (level - 1, 1)) for i in np.flatnonzero(good).tolist()]
        rest = rows[~good[part]]
        return [*sides, (rest, (level, 0))] if len(rest) else sides

    def _hold(self, rows: Ints, part: Ints, parts: int) -> npt.NDArray[np.bool_]:
        return self.constraint.holds(part, self.weights[rows], parts, rows)


def used_cuts(found: Partition, axis: int, line: OrderedAxis) -> tuple[float, ...]:
    """The numbers at which a line was cut."""
    ends = {end for box in found.boxes for end in box[axis]}
    cuts = {line.bounds[end] for end in ends if end < line.size}
    return tuple(sorted(cut for cut in cuts if math.isfinite(cut)))
