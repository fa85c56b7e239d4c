"""Counting the distinct combinations of coded columns, suppressed cells among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from core import Codes, Counts, Table
from measure.coding import Coded, canonical, code

Integers = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Matrix = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
STAR = "*"
"""What a suppressed cell holds."""
_LIMIT = 2**62
"""Keys stay below it, so that the next column does not overflow 64 bits."""


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

    >>> table = Table.of({"区": ["北", "南", "北"], "性": ["男", "女", "男"]})
    >>> count_classes([code(c) for c in table]).sizes.tolist()
    [2, 1]
    """
    return group(combine([c.codes for c in coded], [c.size for c in coded]))


def owners_of(table: Table, unit: Sequence[str]) -> Codes | None:
    """Whose row each is: one number a unit, shape (rows,), by the columns that tell units apart.

    None where no column does, or where no unit has a second row: then each row is a unit of its
    own. Rows without a key are taken as one unit, so that they never make a class look large. Keys
    count by their letters and digits alone: 12-34 is 1234.
    """
    if not unit:
        return None
    owners = count_classes([code(table[name], _key) for name in unit])
    return owners.index if len(owners) < table.rows else None


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, canonical(text)))


def distinct(index: Integers, classes: int, owners: Integers) -> Counts:
    """How many different owners each class has, shape (classes,).

    >>> distinct(np.array([0, 0, 1]), 2, np.array([7, 7, 7])).tolist()
    [1, 1]
    """
    first = group(combine([index, owners], [classes, int(owners.max(initial=0)) + 1])).first_rows()
    return np.bincount(index[first], minlength=classes).astype(np.int64)


def in_units(classes: Classes, owners: Codes | None) -> Classes:
    """The same classes, their sizes in units instead of rows."""
    if owners is None:
        return classes
    return Classes(classes.index, distinct(classes.index, len(classes), owners))


def wildcard_sizes(combos: Matrix, starred: Mask, sizes: Counts) -> Counts:
    """For each combination, how many rows agree with it when `*` agrees with anything.

    `combos` and `starred` have shape (classes, columns), `sizes` shape (classes,).

    >>> import numpy as np
    >>> combos = np.array([[0, 0], [0, 1], [2, 1]])
    >>> starred = np.array([[False, False], [False, False], [True, False]])
    >>> wildcard_sizes(combos, starred, np.array([3, 2, 1])).tolist()
    [3, 3, 3]
    """
    if not starred.any():
        return sizes
    patterns, which = np.unique(starred, axis=0, return_inverse=True)
    which = which.reshape(-1)
    by_pairs = len(patterns) ** 2 * 1e-4 + len(patterns) * len(combos) * 1e-7
    by_rows = float(len(combos)) ** 2 * combos.shape[1] * 1.2e-9
    if by_rows < by_pairs:
        return _row_by_row(combos, starred, sizes)
    members = [np.flatnonzero(which == p) for p in range(len(patterns))]
    total = np.zeros(len(combos), np.int64)
    spans = (combos.max(axis=0) + 1).tolist()
    for mine, pattern in zip(members, patterns, strict=True):
        for theirs, other in zip(members, patterns, strict=True):
            common = np.flatnonzero(~(pattern | other))
            both = combos[np.concatenate([mine, theirs])][:, common]
            key = combine(list(both.T), [spans[c] for c in common])
            if not len(common):
                total[mine] += sizes[theirs].sum()
                continue
            index = group(key).index
            held = np.bincount(index[len(mine) :], weights=sizes[theirs], minlength=len(index))
            total[mine] += held[index[: len(mine)]].astype(np.int64)
    return total


def _row_by_row(combos: Matrix, starred: Mask, sizes: Counts) -> Counts:
    total = np.empty(len(combos), np.int64)
    step = max(1, 4_000_000 // len(combos))
    for start in range(0, len(combos), step):
        part = slice(start, start + step)
        agree = np.ones((len(combos[part]), len(combos)), bool)
        for column in range(combos.shape[1]):
            values, stars = combos[:, column], starred[:, column]
            agree &= (values[part, None] == values) | stars[part, None] | stars
        total[part] = agree @ sizes
    return total
