"""Columns that say the same thing: equal in other words, or derived from another."""

from collections.abc import Sequence

import numpy as np

from core import Column
from measure import combine, group

_SAMPLE = 4_000


def redundant(columns: Sequence[Column]) -> dict[str, str]:
    """Columns whose value follows from an earlier or finer one: {column: the one it follows}.

    A column follows another when every value of the other always stands beside one and the same
    value of it, over enough repeated values to be no accident.

    >>> from core import Table
    >>> days = ["2020-01-05", "2020-01-06"] * 20
    >>> short = [day[5:] for day in days]
    >>> redundant(Table.of({"日": days, "短": short, "区": ["北"] * 39 + ["南"]}).columns)
    {'短': '日'}
    """
    follows: dict[str, str] = {}
    order = sorted(columns, key=lambda c: (-len(c.values), c.position))
    for i, coarse in enumerate(order):
        for fine in order[:i]:
            if fine.key in follows or not _determines(fine, coarse):
                continue
            follows[coarse.key] = fine.key
            break
    return follows


def _determines(fine: Column, coarse: Column) -> bool:
    rows = len(fine.codes)
    used = int((fine.counts > 0).sum())
    if len(coarse.values) < 2 or rows < 20 or used > 0.5 * rows:
        return False
    return all(
        _pairs(fine.codes[part], coarse.codes[part], len(fine.values), len(coarse.values))
        == len(np.unique(fine.codes[part]))
        for part in (slice(0, _SAMPLE), slice(None))
    )


def _pairs(left: "np.ndarray", right: "np.ndarray", left_size: int, right_size: int) -> int:
    return len(group(combine([left, right], [left_size, right_size])))
