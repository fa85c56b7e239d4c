"""The rules for machine-readable tables, checked on distinct values.

After 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」:
one value a cell, no merged cells, no spaces or line breaks for layout, numbers without text,
no platform-dependent characters, western years, no rows that are not data.
What a workbook alone shows (merged cells, formulas, drawings) is noted while it is read.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, LintNote, Table, fold, listed, say, yaml12

Mask = npt.NDArray[np.bool_]
MOST_ROWS = 20
"""Rows listed with a note."""
_MOST_NOTES = 300
"""A table that breaks more rules than this is told often enough."""
_SAMPLE = 20_000
"""How many distinct values decide whether a costly check is made."""
_MOST = 0.8
"""The share of filled rows that makes a column one of numbers or of dates."""
_WIDE = r"[０-９Ａ-Ｚａ-ｚ]"
_NARROW = r"[0-9A-Za-z]"
_NARROW_KANA = r"[ｦ-ﾟ]"
_WIDE_KANA = r"[ァ-ヺ]"
_MARKS = "、，,;；／/|｜\n"
_SEPARATOR = f"[{_MARKS}]"
_JOINED = 5_000
"""How many distinct joined values are looked into."""
_LAID_OUT = re.compile(r"^[\s　]|[\s　]$|[\r\n\t]|[ 　]{2}|^\S([ 　]\S)+$")
_NAMED = 10
"""Columns numbered in a sentence."""
_TOTALS_AT_MOST = 0.2
"""Where more rows than this are totals, the table is one of totals by design."""
_EXTENSIONS = (0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC)
"""The lead bytes of the NEC and IBM extensions in CP932."""


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


def _platform() -> str:
    """The characters of the extensions that JIS X 0208 does not have."""
    pairs = (bytes((a, b)) for a in _EXTENSIONS for b in (*range(0x40, 0x7F), *range(0x80, 0xFD)))
    found = {pair.decode("cp932", "replace") for pair in pairs} - {"\ufffd"}
    return "".join(sorted(c for c in found if len(c) == 1 and not c.encode("shift_jis", "ignore")))


_PATTERNS = yaml12.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_CELLS: dict[str, str] = {
    code: pattern.replace("PLATFORM", re.escape(_platform()))
    for code, pattern in _PATTERNS["cells"].items()
}
_COLUMNS = _PATTERNS["columns"]
_PLAIN, _DRESSED, _SYMBOL, _REMARKED = (
    "|".join(
        p.replace("NUMERAL", _COLUMNS["numeral"]).replace("UNIT", f"(?:{_COLUMNS['unit']})")
        for p in _COLUMNS[name]
    )
    for name in ("plain", "dressed", "symbol", "remarked")
)
_DATES: list[str] = _COLUMNS["dates"]
"""Ways to write a date, each of which may stand alone in a column."""
_SHORT_ERA, _YEARS = _COLUMNS["short_era"], re.compile(_COLUMNS["years"])
_WESTERN = r"(?:19|20|１９|２０)[0-9０-９]{2}"
_TOTAL, _REMARK = _PATTERNS["rows"]["total"], _PATTERNS["rows"]["remark"]
TOTAL, REMARK = re.compile(_TOTAL), re.compile(_REMARK)
_ANY = "|".join(f"(?:{pattern})" for pattern in (*_CELLS.values(), _SHORT_ERA))


def check_cells(column: Column) -> list[LintNote]:
    """A note for each rule that some cell of a column breaks.

    One pass finds the values that break any rule at all: they are few.
    """
    suspects = np.flatnonzero(matches(column.values, _ANY))
    if not len(suspects):
        return []
    values = column.values.take(suspects)
    notes: list[LintNote] = []
    for code, pattern in _CELLS.items():
        found = matches(values, pattern)
        if code == "era_years":
            found &= ~matches(values, _WESTERN)
            short = matches(values, _SHORT_ERA)
            if short.any() and _holds_years(column):
                found |= short
        hits: Mask = np.zeros(len(column.values), dtype=bool)
        hits[suspects[found]] = True
        notes += note_values(column, code, hits)
    return notes


def _holds_years(column: Column) -> bool:
    """Whether a column is one of years: by its name, or because half of its values are."""
    if _YEARS.search(column.header.strip()):
        return True
    years = int(column.counts[matches(column.values, f"^{_WESTERN}(?:年度?)?$")].sum())
    return 2 * years >= int(column.counts[holding(column)].sum())


def check_column(column: Column) -> list[LintNote]:
    """Notes on a column; the costly checks run only where a sample asks for them."""
    filled = holding(column)
    if not filled.any():
        return []
    step = max(1, len(column.values) // _SAMPLE)
    sample = column.values.take(pa.array(np.arange(0, len(column.values), step)))
    notes: list[LintNote] = []
    numeric = matches(sample, _PLAIN) | matches(sample, _DRESSED)
    if numeric.mean() >= _MOST / 2:
        notes += _numbers(column, filled)
    if sum(matches(sample, p).mean() for p in _DATES) >= _MOST / 2:
        notes += _dates(column, filled)
    return [*notes, *_widths(column), *_spaced(column), *_several(column)]


def _count(column: Column, hits: Mask) -> int:
    return int(column.counts[hits].sum())


def _numbers(column: Column, filled: Mask) -> list[LintNote]:
    plain, dressed = matches(column.values, _PLAIN), matches(column.values, _DRESSED)
    of = _count(column, filled)
    if _count(column, plain | dressed) < _MOST * of:
        return []
    notes = note_values(column, "dressed_numbers", dressed)
    if _count(column, plain) >= _MOST * of:
        remarked = matches(column.values, _REMARKED) & ~plain & ~dressed
        notes += note_values(column, "symbols_among_numbers", matches(column.values, _SYMBOL))
        notes += note_values(column, "remarks_in_numbers", remarked)
    return notes


def _dates(column: Column, filled: Mask) -> list[LintNote]:
    shapes = [matches(column.values, pattern) for pattern in _DATES]
    counts = [_count(column, hits) for hits in shapes]
    present = sorted((n for n, count in enumerate(counts) if count), key=lambda n: -counts[n])
    if len(present) < 2 or sum(counts) < _MOST * _count(column, filled):
        return []
    others: Mask = np.logical_or.reduce([shapes[n] for n in present[1:]])
    return note_values(column, "mixed_dates", others)


def _widths(column: Column) -> list[LintNote]:
    notes: list[LintNote] = []
    for code, left, right in (
        ("mixed_width", _WIDE, _NARROW),
        ("mixed_kana", _NARROW_KANA, _WIDE_KANA),
    ):
        one = matches(column.values, left)
        if not one.any():
            continue
        other = matches(column.values, right)
        if not (other & ~one).any() and not (one & other).any():
            continue
        rarer = one if _count(column, one) <= _count(column, other) else other
        notes += note_values(column, code, rarer)
    return notes


def _spaced(column: Column) -> list[LintNote]:
    """Cells with spaces inside where others say the same without, numbers aside."""
    spaced = matches(column.values, r"\S[ 　]\S") & ~matches(column.values, _CELLS["layout_spaces"])
    if not spaced.any() or 2 * spaced.sum() > len(spaced):
        return []
    tight = pc.replace_substring_regex(column.values, r"[ 　]+", "")
    shapes = pc.replace_substring_regex(tight, r"[0-9０-９]+", "0")
    others = shapes.filter(pa.array(~spaced)).unique()
    hits = pc.is_in(shapes, value_set=others).to_numpy(zero_copy_only=False) & spaced
    return note_values(column, "uneven_spaces", hits)


def _several(column: Column) -> list[LintNote]:
    """Cells whose parts are, each by itself, values of the same column."""
    joined = np.flatnonzero(matches(column.values, _SEPARATOR))
    if not len(joined) or len(joined) == len(column.values):
        return []
    joined = joined[:_JOINED]
    texts = column.values.take(pa.array(joined)).to_pylist()
    split = [[[p.strip() for p in text.split(mark)] for mark in _MARKS] for text in texts]
    parts = sorted({part for ways in split for way in ways for part in way if part})
    found = pc.is_in(pa.array(parts, pa.string()), value_set=column.values).to_pylist()
    known = {part for part, is_known in zip(parts, found, strict=True) if is_known}
    hits: Mask = np.zeros(len(column.values), dtype=bool)
    hits[joined] = [any(len(w) > 1 and known.issuperset(w) for w in ways) for ways in split]
    return note_values(column, "several_values", hits)


def check_headers(table: Table) -> list[LintNote]:
    """Notes on names that are missing, repeated or laid out with spaces."""
    columns = list(table)
    if not any(column.header.strip() for column in columns):
        return _on_columns("no_header", columns)
    counts = Counter(fold(column.header) for column in columns)
    breaches = {
        "blank_header": [c for c in columns if not c.header.strip()],
        "empty_column": [c for c in columns if not holding(c).any()],
        "repeated_name": [c for c in columns if c.header.strip() and counts[fold(c.header)] > 1],
        "header_layout": [c for c in columns if _LAID_OUT.search(c.header)],
    }
    return [n for code, found in breaches.items() if found for n in _on_columns(code, found)]


def _on_columns(code: str, columns: list[Column]) -> list[LintNote]:
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


def lint(table: Table) -> tuple[LintNote, ...]:
    """Every breach found, one note for each rule and column; at most 300 notes."""
    notes = [*check_headers(table), *check_rows(table)]
    for column in table:
        notes += check_cells(column)
        notes += check_column(column)
        if len(notes) >= _MOST_NOTES:
            break
    return tuple(notes[:_MOST_NOTES])
