"""Whether there is more than one table: below a blank row, or beside a blank column."""

from collections.abc import Sequence

import numpy as np

from core import Column, LintNote, Table
from intake.table.lint.notes import Mask, holding, note

_FEWEST = 2
"""A second table has at least this many rows and columns."""
_AS_LONG = 0.8
"""Columns of one table reach about equally far; a sparse column at the end ends a little sooner."""


def other_tables(table: Table, blank: Mask) -> tuple[LintNote, ...]:
    """A note where rows or columns seem to belong to another table.

    Below: after a blank row, two rows or more that fill at most half as many columns as those
    above. Beside: a blank unnamed column, and named columns on both sides of different length.
    """
    row = _below(table, blank) if blank.any() else None
    if row is not None:
        return (note("several_tables", row=row + 1),)
    columns = list(table)
    for place in range(1, len(columns) - 1):
        column = columns[place]
        if column.header.strip() or holding(column).any():
            continue
        left, right = _reach(columns[:place]), _reach(columns[place + 1 :])
        if min(left, right) >= _FEWEST and min(left, right) < _AS_LONG * max(left, right):
            return (note("several_tables", column=column.key),)
        return ()
    return ()


def _reach(columns: Sequence[Column]) -> int:
    """The last row (1-based) that any named column fills; 0 where none is named."""
    last = 0
    for column in columns:
        held = holding(column) if column.header.strip() else np.zeros(0, dtype=bool)
        if held.any():
            last = max(last, int(np.flatnonzero(held[column.codes])[-1]) + 1)
    return last


def _below(table: Table, blank: Mask) -> int | None:
    """The first row of a block that is filled otherwise than the rows above the blank row."""
    filled = np.zeros(table.rows, dtype=np.int32)
    for column in table:
        filled += holding(column)[column.codes]
    gaps = np.flatnonzero(blank)
    above = filled[: gaps[0]] if gaps[0] else filled[~blank]
    if not len(above):
        return None
    typical = float(np.median(above))
    for start, end in zip(gaps, [*gaps[1:], table.rows], strict=True):
        block = filled[start + 1 : end]
        if len(block) >= _FEWEST and _FEWEST <= float(np.median(block)) <= typical / 2:
            return int(start) + 1
    return None
