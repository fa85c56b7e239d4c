"""Cells that plainly cannot move, found line by line before any linear program."""

import numpy as np
import scipy.sparse as sp

from anonymizer.tables.system import Ints, Mask


def peel(matrix: sp.csc_array, up: Mask, down: Mask) -> tuple[Mask, Mask]:
    """Which of the columns (u,) may still rise or fall, once every line was looked at by itself.

    The sum of a line must stay, so that a cell moves only where another of the line can answer.
    What is taken away here never moves; what is left may or may not.

    >>> lines = sp.csc_array([[-1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    >>> found = peel(lines, np.array([True] * 3), np.array([True, True, False]))
    >>> [mask.tolist() for mask in found]
    [[False, False, True], [True, True, False]]
    """
    entries = sp.coo_array(matrix)
    row, column = entries.row.astype(np.int64), entries.col.astype(np.int64)
    positive = entries.data > 0
    while True:
        rising, falling = up[column], down[column]
        raises = np.where(positive, rising, falling)
        lowers = np.where(positive, falling, rising)
        may_raise = raises & (_others(row, lowers) > 0)
        may_lower = lowers & (_others(row, raises) > 0)
        keeps_up = up & ~_any(column, rising & ~np.where(positive, may_raise, may_lower), len(up))
        keeps_down = down & ~_any(
            column, falling & ~np.where(positive, may_lower, may_raise), len(up)
        )
        if (keeps_up == up).all() and (keeps_down == down).all():
            return up, down
        up, down = keeps_up, keeps_down


def _others(row: Ints, flags: Mask) -> Ints:
    """For each entry, how many other entries of its row are flagged."""
    found: Ints = np.bincount(row, weights=flags).astype(np.int64)[row] - flags
    return found


def _any(column: Ints, flags: Mask, width: int) -> Mask:
    found: Mask = np.bincount(column[flags], minlength=width) > 0
    return found
