"""Rules about a table as a whole: its names, and rows that are not data."""

import re
from collections import Counter
from collections.abc import Callable

import numpy as np

from core import Column, LintNote, Table, fold, listed, say
from intake.table.lint.notes import Mask, holding, matches, note, note_rows

_LAYOUT = re.compile(r"^[\s　]|[\s　]$|[\r\n\t]|[ 　]{2}|^\S([ 　]\S)+$")
_NAMED = 10
"""Columns numbered in a sentence."""
_TOTAL = r"(?i)^[\s　]*(?:[合小総][\s　]*計|総[\s　]*数|計|累計|平均|total|subtotal|sum)[\s　]*$"
_REMARK = (
    r"^[\s　]*(?:※|[＊*][\s　]*[^\s　＊*].|注[\s　0-9０-９）):：]|[（(［\[【]注|出典|"
    r"(?:資料|備考|注記|作成)[\s　]*[:：])"
)
TOTAL = re.compile(_TOTAL)
REMARK = re.compile(_REMARK)
_TOTALS_AT_MOST = 0.2
"""Where more rows than this are totals, the table is one of totals by design."""


def check_headers(table: Table) -> list[LintNote]:
    """Notes on names that are missing, repeated or laid out with spaces."""
    columns = list(table)
    if not any(column.header.strip() for column in columns):
        return _note("no_header", columns)
    counts = Counter(fold(column.header) for column in columns)
    breaches = {
        "blank_header": [c for c in columns if not c.header.strip()],
        "empty_column": [c for c in columns if not holding(c).any()],
        "repeated_name": [c for c in columns if c.header.strip() and counts[fold(c.header)] > 1],
        "header_layout": [c for c in columns if _LAYOUT.search(c.header)],
    }
    return [n for code, found in breaches.items() if found for n in _note(code, found)]


def _note(code: str, columns: list[Column]) -> list[LintNote]:
    """A note on columns, told by number: a name may be a value taken for one."""
    made = note(code, column=columns[0].key, count=len(columns))
    if len(columns) == 1:
        return [made]
    numbers = listed(str(column.position) for column in columns[:_NAMED])
    where = "at_columns" if len(columns) <= _NAMED else "at_columns_and_more"
    message = say(f"intake.lint.{where}", said=made.message, columns=numbers)
    return [made.model_copy(update={"message": message})]


def check_rows(table: Table) -> list[LintNote]:
    """Notes on rows that are not records."""
    if not table.rows:
        return []
    totals = _any(table, lambda values: matches(values, _TOTAL))
    notes: list[LintNote] = []
    if 0 < totals.sum() <= max(1, _TOTALS_AT_MOST * table.rows):
        notes += note_rows("totals_rows", np.flatnonzero(totals) + 1, _place(table, _TOTAL))
    remarks = np.flatnonzero(_remarks(table)) + 1
    if len(remarks):
        notes += note_rows("remark_rows", remarks, _place(table, _REMARK))
    return [*notes, *note_rows("repeated_header", np.flatnonzero(_headers(table)) + 1)]


def _any(table: Table, test: Callable[..., Mask]) -> Mask:
    hits: Mask = np.zeros(table.rows, dtype=bool)
    for column in table:
        found = test(column.values)
        if found.any():
            hits |= found[column.codes]
    return hits


def _place(table: Table, pattern: str) -> str | None:
    """The first column that holds what a pattern is found in."""
    return next((c.key for c in table if matches(c.values, pattern).any()), None)


def _remarks(table: Table) -> Mask:
    """Rows whose only filled cell begins like a remark."""
    if len(table.columns) < 2:
        return np.zeros(table.rows, dtype=bool)
    remarks = _any(table, lambda values: matches(values, _REMARK))
    if not remarks.any():
        return remarks
    rows = np.flatnonzero(remarks)
    filled = np.zeros(len(rows), dtype=np.int64)
    for column in table:
        filled += holding(column)[column.codes[rows]]
    alone: Mask = np.zeros(table.rows, dtype=bool)
    alone[rows[filled == 1]] = True
    return alone


def _headers(table: Table) -> Mask:
    """Rows that repeat the header in every named column."""
    same: Mask = np.ones(table.rows, dtype=bool)
    named = [column for column in table if column.header.strip()]
    for column in named:
        code = column.values.index(column.header).as_py()
        if code < 0:
            return np.zeros(table.rows, dtype=bool)
        same &= column.codes == code
    return same if named else np.zeros(table.rows, dtype=bool)
