"""Rules about rows that are not data: totals, notes, headers once more."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from core import LintNote, Message, Table
from intake.lint.note import Mask, matches, note_rows

_TOTAL = r"(?i)^[\s　]*(?:[合小総][\s　]*計|総[\s　]*数|計|累計|平均|total|subtotal|sum)[\s　]*$"
_REMARK = (
    r"^[\s　]*(?:※|[＊*][\s　]*[^\s　＊*].|注[\s　0-9０-９）):：]|[（(［\[【]注|出典|"
    r"(?:資料|備考|注記|作成)[\s　]*[:：])"
)
TOTAL = re.compile(_TOTAL)
REMARK = re.compile(_REMARK)
_TOTALS_AT_MOST = 0.2
"""Where more rows than this are totals, the table is one of totals by design."""


_TOTALS_SAID = Message(
    ja="データの中に合計・平均などの行があります。人や件を数えるときに混ざるため、除いてください。",
    en="Rows of totals or means stand among the data and would be counted. Remove them.",
)
_REMARKS_SAID = Message(
    ja="データの中に注記（※、注、出典など）の行があります。表の外に移してください。",
    en="Rows of remarks or sources stand among the data. Move them out of the table.",
)


_TOTALS_BELOW = Message(
    ja="表の下に合計・平均などの行があります（データには含めていません）。"
    "渡すデータや公開するデータからは除いてください。",
    en="Rows of totals or means stand below the table (they are not part of the data). Remove them "
    "from data that is handed over or published.",
)
_REMARKS_BELOW = Message(
    ja="表の下に注記（※、注、出典など）の行があります（データには含めていません）。"
    "表のファイルとは別の所に移してください。",
    en="Rows of remarks or sources stand below the table (they are not part of the data). Move "
    "them out of the file of the table.",
)


def totals_below(rows: Sequence[int], column: str | None) -> list[LintNote]:
    """A note on totals below a table, which were not read; their rows go on counting."""
    return _note("totals_rows", rows, _TOTALS_BELOW, column)


def remarks_below(rows: Sequence[int], column: str | None) -> list[LintNote]:
    """A note on remarks below a table, which were not read; their rows go on counting."""
    return _note("remark_rows", rows, _REMARKS_BELOW, column)


def _note(code: str, rows: Sequence[int], said: Message, column: str | None) -> list[LintNote]:
    return note_rows(code, np.asarray(rows, np.int64), said.ja, said.en, column)


def check_rows(table: Table) -> list[LintNote]:
    """Notes on rows that are not records."""
    if not table.rows:
        return []
    totals = _any(table, lambda values: matches(values, _TOTAL))
    notes: list[LintNote] = []
    if 0 < totals.sum() <= max(1, _TOTALS_AT_MOST * table.rows):
        rows = (np.flatnonzero(totals) + 1).tolist()
        notes += _note("totals_rows", rows, _TOTALS_SAID, _place(table, _TOTAL))
    remarks = (np.flatnonzero(_remarks(table)) + 1).tolist()
    place = _place(table, _REMARK) if remarks else None
    notes += _note("remark_rows", remarks, _REMARKS_SAID, place)
    notes += note_rows(
        "repeated_header",
        np.flatnonzero(_headers(table)) + 1,
        "データの途中に項目名の行がもう一度あります。除いてください。",
        "The header is repeated among the data. Remove it.",
    )
    return notes


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
        filled += matches(column.values, r"[^\s　]")[column.codes[rows]]
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
