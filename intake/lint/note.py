"""Making notes from what matched among the distinct values of a column."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, LintNote, Message

Mask = npt.NDArray[np.bool_]
MOST_ROWS = 20
"""Rows listed with a note."""


def matches(values: pa.StringArray, pattern: str) -> Mask:
    """Which texts a pattern is found in. RE2: linear in the text, whatever the pattern."""
    found = pc.match_substring_regex(values, pattern)
    mask: Mask = found.to_numpy(zero_copy_only=False).astype(bool)
    return mask


def note_values(column: Column, code: str, hits: Mask, ja: str, en: str) -> list[LintNote]:
    """A note on the rows that hold the values hit; none where nothing was hit."""
    if not hits.any():
        return []
    rows = np.flatnonzero(hits[column.codes]) + 1
    return note_rows(code, rows, ja, en, column.key)


def note_rows(
    code: str, rows: npt.NDArray[np.int64], ja: str, en: str, column: str | None = None
) -> list[LintNote]:
    """A note on rows (1-based); none where there are no rows."""
    if not len(rows):
        return []
    count = len(rows)
    return [
        LintNote(
            code=code,
            row=int(rows[0]),
            column=column,
            count=count,
            rows=tuple(int(r) for r in rows[:MOST_ROWS]),
            message=Message(ja=ja, en=en),
        )
    ]
