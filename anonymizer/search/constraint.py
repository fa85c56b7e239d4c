"""What every published class must satisfy."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core import Codes, Counts
from measure.counting import Integers, combine, group

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sensitive:
    """A sensitive column of the items: `codes` (items,), and the file's `shares` per value."""

    codes: Codes = field(repr=False)
    shares: npt.NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Constraint:
    """k rows, l different sensitive values, and a distance of at most t (all values equally far
    apart), in every class."""

    k: int
    l: int | None = None  # noqa: E741
    t: float | None = None
    sensitive: Sequence[Sensitive] = ()

    @property
    def only_sizes(self) -> bool:
        """Whether class sizes alone decide."""
        return not self.sensitive or (self.l is None and self.t is None)

    @property
    def monotone(self) -> bool:
        """Whether joining a good class to any class gives a good class: true for k and distinct l,
        not for t."""
        return self.only_sizes or self.t is None

    def holds(
        self, index: Integers, weights: Counts, classes: int, items: Integers | None = None
    ) -> Mask:
        """For each class, whether it satisfies the constraint: shape (classes,).

        `index` gives each item's class and `weights` its rows; `items` says which items they are
        where they are not all of them in order.
        """
        sizes = np.bincount(index, weights, minlength=classes)
        good: Mask = sizes >= self.k
        if self.only_sizes:
            return good
        for column in self.sensitive:
            codes = column.codes if items is None else column.codes[items]
            values = len(column.shares)
            pairs = group(combine([index, codes], [classes, values]))
            first = pairs.first_rows()
            of, value = index[first], codes[first]
            if self.l is not None:
                good &= np.bincount(of, minlength=classes) >= self.l
            if self.t is not None:
                count = np.bincount(pairs.index, weights, minlength=len(pairs))
                excess = np.maximum(count / sizes[of] - column.shares[value], 0.0)
                good &= np.bincount(of, excess, minlength=classes) <= self.t + 1e-12
        return good


def choose_suppressed(bad: Mask, sizes: Counts, k: int) -> Mask:
    """The classes to suppress: the bad ones, and so many more that `k` rows or none are suppressed.

    Fewer than k suppressed rows would themselves be a small class.

    >>> import numpy as np
    >>> choose_suppressed(np.array([True, False, False]), np.array([2, 5, 9]), 5).tolist()
    [True, True, False]
    """
    drop = bad.copy()
    count = int(sizes[drop].sum())
    if 0 < count < k:
        for i in np.argsort(sizes, kind="stable"):
            if count >= k:
                break
            if not drop[i]:
                drop[i] = True
                count += int(sizes[i])
    return drop
