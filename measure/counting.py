"""Counting the distinct combinations of coded columns: the step everything else rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from core import Codes, Counts
from measure.coding import Coded

Integers = npt.NDArray[np.int32] | npt.NDArray[np.int64]
_LIMIT = 2**62


@dataclass(frozen=True, eq=False)
class Classes:
    """Equivalence classes: rows that agree in every counted column.

    `index` has shape (rows,) and numbers each row's class in order of first appearance;
    `sizes` has shape (classes,).
    """

    index: Codes = field(repr=False)
    sizes: Counts = field(repr=False)

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return len(self.index)

    def first_rows(self) -> Counts:
        """One row (0-based) of each class, the first; shape (classes,)."""
        first = np.empty(len(self), np.int64)
        first[self.index[::-1]] = np.arange(self.rows - 1, -1, -1)
        return first


def combine(codes: Sequence[Integers], sizes: Sequence[int]) -> npt.NDArray[np.int64]:
    """One number per row, equal where all codes are equal; shape (rows,)."""
    key = np.zeros(len(codes[0]) if codes else 0, np.int64)
    span = 1
    for column, size in zip(codes, sizes, strict=True):
        if span * max(size, 1) >= _LIMIT:
            key, seen = pd.factorize(key)
            key, span = key.astype(np.int64), len(seen)
        key *= size
        key += column
        span *= max(size, 1)
    return key


def group(key: npt.NDArray[np.int64]) -> Classes:
    """Number equal keys alike and count them."""
    index, seen = pd.factorize(key)
    return Classes(index.astype(np.int32), np.bincount(index, minlength=len(seen)).astype(np.int64))


def count_classes(coded: Sequence[Coded]) -> Classes:
    """Count the combinations of values that occur.

    With no column at all every row is alike only if there is something to compare, so an empty
    sequence gives no class.

    >>> from core import Table
    >>> from measure.coding import code
    >>> table = Table.of({"区": ["北", "南", "北"], "性": ["男", "女", "男"]})
    >>> count_classes([code(c) for c in table]).sizes.tolist()
    [2, 1]
    """
    return group(combine([c.codes for c in coded], [c.size for c in coded]))
