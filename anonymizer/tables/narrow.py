"""What a reader works out line by line: each unknown from the limits of the others in its line."""

import numpy as np
import scipy.sparse as sp

from anonymizer.tables.system import Floats, Ints

ROUNDS = 50


def narrow(
    matrix: sp.csr_array, right: Floats, lower: Floats, upper: Floats
) -> tuple[Floats, Floats]:
    """Limits (u,) of the unknowns in matrix @ x = right, lower ≤ x ≤ upper, drawn in.

    They hold for every solution, but need not be the narrowest. Entries of the matrix are ±1.

    >>> lines = sp.csr_array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    >>> found = narrow(lines, np.array([2.0, 9.0]), np.ones(3), np.array([9.0, 9.0, np.inf]))
    >>> [limit.tolist() for limit in found]
    [[1.0, 1.0, 8.0], [1.0, 1.0, 8.0]]
    """
    entries = sp.coo_array(matrix)
    row, column, positive = entries.row.astype(np.int64), entries.col, entries.data > 0
    for _ in range(ROUNDS):
        low, high = lower.copy(), upper.copy()
        least = np.where(positive, low[column], -high[column])
        most = np.where(positive, high[column], -low[column])
        top = right[row] - _sum_of_others(row, least)
        bottom = right[row] - _sum_of_others(row, most)
        np.maximum.at(low, column, np.where(positive, bottom, -top))
        np.minimum.at(high, column, np.where(positive, top, -bottom))
        if (low == lower).all() and (high == upper).all():
            break
        lower, upper = low, high
    return lower, upper


def _sum_of_others(row: Ints, values: Floats) -> Floats:
    """For each entry, the sum over the other entries of its row, where one may be infinite."""
    endless = np.isinf(values)
    height = int(row.max(initial=-1)) + 1
    finite = np.where(endless, 0.0, values)
    total = np.bincount(row, weights=finite, minlength=height)[row] - finite
    others = np.bincount(row, weights=endless, minlength=height)[row] - endless
    sign = np.bincount(row, weights=np.where(endless, np.sign(values), 0.0), minlength=height)
    found: Floats = np.where(others > 0, np.copysign(np.inf, sign[row]), total)
    return found
