"""Making notes from what matched among the distinct values of a column."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, LintNote, say

Mask = npt.NDArray[np.bool_]
MOST_ROWS = 20
"""Rows listed with a note."""


def matches(values: pa.StringArray, pattern: str) -> Mask:
    """Which texts a pattern is found in. RE2: linear in the text, whatever the pattern."""
    found = pc.match_substring_regex(values, pattern)
    mask: Mask = found.to_numpy(zero_copy_only=False).astype(bool)
    return mask


def holding(column: Column) -> Mask:
    """Which values of a column hold something: shape (values,)."""
    return matches(column.values, r"[^\s　]")


def note(
    code: str, row: int | None = None, column: str | None = None, count: int = 1, **values: Any
) -> LintNote:
    """A breach of the rule `code`; `values` fill its sentence."""
    message = say(f"intake.lint.{code}", **values)
    return LintNote(code=code, message=message, row=row, column=column, count=count)


def note_values(column: Column, code: str, hits: Mask) -> list[LintNote]:
    """A note on the rows that hold the values hit; none where nothing was hit."""
    if not hits.any():
        return []
    return note_rows(code, np.flatnonzero(hits[column.codes]) + 1, column.key)


def note_rows(
    code: str,
    rows: Sequence[int] | npt.NDArray[np.int64],
    column: str | None = None,
    below: bool = False,
) -> list[LintNote]:
    """A note on rows (1-based), or on what stands below the table; none where there are no rows."""
    count = len(rows)
    if not count:
        return []
    return [
        LintNote(
            code=code,
            row=int(rows[0]),
            column=column,
            count=count,
            rows=tuple(int(r) for r in rows[:MOST_ROWS]),
            message=say(f"intake.lint.{code}{'_below' if below else ''}", count=count),
        )
    ]
