"""Counting with suppressed cells: a `*` may stand for any value."""

import numpy as np
import numpy.typing as npt

from core import Counts
from measure.counting import combine, group

STAR = "*"
"""What a suppressed cell holds."""

Matrix = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


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
