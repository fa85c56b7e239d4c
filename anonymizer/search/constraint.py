"""What every published class must satisfy."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from anonymizer.records.plan import LKind
from core import Codes, Counts
from measure import Integers, combine, distinct, group

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Rows = Integers | Floats


@dataclass(frozen=True, eq=False)
class Sensitive:
    """A sensitive column of the items: `codes` (items,), and the file's `shares` per value.

    `ranks` gives each value's place where the values have an order; t is then the distance in
    steps of that order, else all values are equally far apart.
    """

    codes: Codes = field(repr=False)
    shares: npt.NDArray[np.float64] = field(repr=False)
    ranks: npt.NDArray[np.int64] | None = field(default=None, repr=False)

    def at(self, items: Integers) -> "Sensitive":
        """The column at some of its items, against the same file."""
        return Sensitive(self.codes[items], self.shares, self.ranks)


@dataclass(frozen=True, eq=False)
class Constraint:
    """k units, l different sensitive values, and a distance of at most t from the file, in every
    class. What l counts is told by `l_kind`, with `c` for the recursive kind."""

    k: int
    l: int | None = None  # noqa: E741
    t: float | None = None
    sensitive: Sequence[Sensitive] = ()
    l_kind: LKind = "distinct"
    c: float | None = None
    owners: Codes | None = field(default=None, repr=False)
    """Which unit each item belongs to; None where each row is a unit of its own."""

    @property
    def only_sizes(self) -> bool:
        """Whether the rows of a class alone decide."""
        return self.owners is None and (not self.sensitive or (self.l is None and self.t is None))

    def at(self, items: Integers) -> "Constraint":
        """The same for some of the items."""
        owners = None if self.owners is None else self.owners[items]
        return replace(self, sensitive=[c.at(items) for c in self.sensitive], owners=owners)

    def units(self, index: Integers, weights: Rows, classes: int, items: Integers | None) -> Rows:
        """How many units each class has, shape (classes,)."""
        if self.owners is None:
            return np.bincount(index, weights, minlength=classes)
        return distinct(index, classes, self.owners if items is None else self.owners[items])

    @property
    def monotone(self) -> bool:
        """Whether joining good classes gives a good class, and a class once bad has a bad part:
        true for k and every kind of l, not for t."""
        return self.only_sizes or self.t is None

    def holds(
        self, index: Integers, weights: Counts, classes: int, items: Integers | None = None
    ) -> Mask:
        """For each class, whether it satisfies the constraint: shape (classes,).

        `index` gives each item's class and `weights` its rows; `items` says which items they are
        where they are not all of them in order.
        """
        good: Mask = self.units(index, weights, classes, items) >= self.k
        if not self.sensitive or (self.l is None and self.t is None):
            return good
        for column in self.sensitive:
            codes = column.codes if items is None else column.codes[items]
            values = len(column.shares)
            pairs = group(combine([index, codes], [classes, values]))
            first = pairs.first_rows()
            of, value = index[first], codes[first]
            count = self.units(pairs.index, weights, len(pairs), items)
            sizes = np.bincount(of, count, minlength=classes)
            if self.l is not None:
                good &= self._diverse(self.l, of, count, sizes)
            if self.t is not None:
                far = distances(of, value, count / sizes[of], column, classes)
                good &= far <= self.t + 1e-12
        return good

    def _diverse(self, wanted: int, of: Integers, count: Rows, sizes: Rows) -> Mask:
        """Per class, whether its values are as many and as even as wanted."""
        classes = len(sizes)
        if self.l_kind == "distinct":
            return np.asarray(np.bincount(of, minlength=classes) >= wanted)
        if self.l_kind == "entropy":
            q = count / sizes[of]
            even = np.bincount(of, -q * np.log(q), minlength=classes)
            return np.asarray(even >= math.log(wanted) - 1e-12)
        order = np.lexsort((-count, of))
        mine, falling = of[order], count[order]
        starts = np.flatnonzero(np.r_[True, mine[1:] != mine[:-1]][: len(mine)])
        rank = np.arange(len(mine)) - np.repeat(starts, np.diff(np.r_[starts, len(mine)]))
        most = np.zeros(classes)
        most[mine[starts]] = falling[starts]
        tail = np.bincount(mine, falling * (rank >= wanted - 1), minlength=classes)
        return np.asarray(most < (self.c or 0.0) * tail)


def distances(of: Integers, value: Integers, q: Floats, column: Sensitive, classes: int) -> Floats:
    """Each class's distance (0-1) from the file: shape (classes,), 0 for an empty class.

    `of`, `value` and `q` give the (class, value) pairs that occur and the value's share in its
    class. Ordered values: between two that a class holds its cumulative share is constant and the
    file's rises, so a stretch is a difference of prefix sums and no dense matrix is needed.
    """
    if column.ranks is None:
        excess = np.maximum(q - column.shares[value], 0.0)
        return np.bincount(of, excess, minlength=classes).astype(np.float64)
    levels = int(column.ranks.max()) + 1
    if levels < 2:
        return np.zeros(classes)
    whole = np.cumsum(np.bincount(column.ranks, column.shares, minlength=levels))
    prefix = np.r_[0.0, np.cumsum(whole)]
    order = np.lexsort((column.ranks[value], of))
    mine, rank, held = of[order], column.ranks[value][order], q[order]
    if not len(mine):
        return np.zeros(classes)
    first = np.r_[True, mine[1:] != mine[:-1]]
    total = np.cumsum(held)
    total -= (total - held)[first][np.cumsum(first) - 1]
    stop = np.where(np.r_[first[1:], True], levels, np.r_[rank[1:], levels])
    cross = np.clip(np.searchsorted(whole, total), rank, stop)
    steps = total * (2 * cross - rank - stop) - 2 * prefix[cross] + prefix[rank] + prefix[stop]
    steps += np.where(first, prefix[rank], 0.0)
    far: Floats = np.bincount(mine, steps, minlength=classes) / (levels - 1)
    return far


def choose_suppressed(
    bad: Mask, index: Integers, weights: Counts, sizes: Counts, constraint: Constraint
) -> Mask:
    """The classes to suppress: the bad ones, and so many more that they hold `k` units, or none.

    Fewer than k suppressed units would themselves be a small class. `sizes` are the rows of each.

    >>> items = np.repeat([0, 1, 2], [2, 5, 9])
    >>> bad, ones = np.array([True, False, False]), np.ones(16, np.int64)
    >>> choose_suppressed(bad, items, ones, np.array([2, 5, 9]), Constraint(5)).tolist()
    [True, True, False]
    """
    drop = bad.copy()
    rest = np.argsort(sizes, kind="stable")
    rest = rest[~drop[rest] & (sizes[rest] > 0)]
    for smallest in rest.tolist():
        items = np.flatnonzero(drop[index])
        gone = np.zeros(len(items), np.int64)
        if not len(items) or constraint.units(gone, weights[items], 1, items)[0] >= constraint.k:
            break
        drop[smallest] = True
    return drop
