"""A table without what is no record: formulas around values, blank rows, what stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, LintNote, Message, Table, listed, say
from intake.table.lint import REMARK, TOTAL, Mask, holding, note, note_rows

_WRAPPED = r'^="([^"]*)"$'
_LOOK_AT = 40
"""How many rows from the end may be a footer."""
_BODY = 200
"""How many rows from the beginning tell how full a row is."""


def unwrap(table: Table) -> tuple[Table, int]:
    """Values written as `="001"`, to keep their zeros in Excel, freed; and in how many columns.

    >>> freed, columns = unwrap(Table.of({"番号": ['="001"', '="002"'], "式": ["=A1", "x"]}))
    >>> freed["番号"].texts, freed["式"].texts, columns
    (['001', '002'], ['=A1', 'x'], 1)
    """
    wrapped = [pc.any(pc.match_substring_regex(c.values, _WRAPPED)).as_py() for c in table]
    if not any(wrapped):
        return table, 0
    arrays = []
    for column, is_wrapped in zip(table, wrapped, strict=True):
        values = column.values
        if is_wrapped:
            values = pc.replace_substring_regex(values, _WRAPPED, r"\1")
        arrays.append(values.take(column.codes))
    return Table.from_arrow([c.header for c in table], arrays), sum(map(bool, wrapped))


def blank_rows(table: Table) -> Mask:
    """Which rows are blank in every column: shape (rows,)."""
    blank: Mask = np.ones(table.rows, dtype=bool)
    for column in table:
        blank &= ~holding(column)[column.codes]
        if not blank.any():
            break
    return blank


def drop_rows(table: Table, blank: Mask) -> tuple[Table, list[LintNote]]:
    """The table without its blank rows, with a note on those among the data, not at its end."""
    if not blank.any():
        return table, []
    kept = np.flatnonzero(~blank)
    inside = np.flatnonzero(blank[: kept[-1] + 1]) if len(kept) else kept
    notes = []
    if len(inside):
        message = say("intake.lint.blank_rows", count=len(inside))
        row = int(inside[0]) + 1
        notes = [LintNote(code="blank_rows", row=row, count=len(inside), message=message)]
    return _taken(table, kept), notes


def _taken(table: Table, rows: np.ndarray) -> Table:
    arrays = [column.values.take(pa.array(column.codes[rows])) for column in table]
    return Table.from_arrow([column.header for column in table], arrays)


@dataclass(frozen=True)
class Footer:
    """The rows (1-based) that were left out below a table, and the columns they begin in."""

    remarks: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    remarked: str | None = None
    totalled: str | None = None

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is said about how the file was read."""
        kinds = (("remarks", self.remarks), ("totals", self.totals))
        said = [say(f"intake.cleaning.{kind}", count=len(rows)) for kind, rows in kinds if rows]
        left_out = listed(said, ja="と", en=" and ")
        return (say("intake.cleaning.left_out", rows=left_out),) if said else ()

    @property
    def lint(self) -> tuple[LintNote, ...]:
        """The breaches of the rules for machine-readable tables; their rows go on counting."""
        return (
            *note_rows("totals_rows", self.totals, self.totalled, below=True),
            *note_rows("remark_rows", self.remarks, self.remarked, below=True),
        )


def cut_footer(table: Table) -> tuple[Table, Footer]:
    """The table without its footer.

    The footer begins at the topmost row, in the block of nearly empty rows at the end, that is
    marked as a remark (※, 注, 出典 …) or a total. A total with most of its cells filled stays:
    it belongs to a table of counts.
    """
    start = max(0, table.rows - _LOOK_AT)
    rows = _texts(table, start)
    typical = float(np.median([n for row in _texts(table, 0, _BODY) if (n := len(row))] or [0]))
    if typical < 2:
        return table, Footer()
    first = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        is_total = _is_total(row, typical)
        if len(row) > 1 and not is_total:
            break
        if is_total or (row and REMARK.search(row[0])):
            first = index
    left = rows[first:]
    if not left or start + first == 0:
        return table, Footer()
    footer = _footer(table, start + first, [_is_total(row, typical) for row in left])
    return _taken(table, np.arange(start + first)), footer


def _footer(table: Table, start: int, totals: Sequence[bool]) -> Footer:
    """What is said of the rows from `start` on, of which some are totals."""
    begins: dict[int, str] = {}
    for column in reversed(list(table)):
        cells = column.values.take(pa.array(column.codes[start:])).to_pylist()
        begins |= {row: column.key for row, cell in enumerate(cells) if cell.strip()}
    remarks, summed = ([row for row in sorted(begins) if totals[row] == k] for k in (False, True))
    return Footer(
        tuple(start + row + 1 for row in remarks),
        tuple(start + row + 1 for row in summed),
        begins[remarks[0]] if remarks else None,
        begins[summed[0]] if summed else None,
    )


def _texts(table: Table, start: int, stop: int | None = None) -> list[list[str]]:
    """The filled cells of each row."""
    columns = [
        column.values.take(pa.array(column.codes[start:stop])).to_pylist() for column in table
    ]
    return [[c for cell in row if (c := cell.strip())] for row in zip(*columns, strict=True)]


def _is_total(row: list[str], typical: float) -> bool:
    sparse = 0 < len(row) <= max(typical / 2, 2 if typical > 3 else 1)
    return sparse and any(TOTAL.fullmatch(cell) for cell in row)


_FEWEST = 2
"""A second table has at least this many rows and columns."""
_AS_LONG = 0.8
"""Columns of one table reach about equally far; a sparse column at the end ends a little sooner."""


def other_tables(table: Table, blank: Mask) -> tuple[LintNote, ...]:
    """A note where rows or columns seem to belong to another table.

    Below: after a blank row, two rows or more that fill at most half as many columns as those
    above. Beside: a blank unnamed column, and named columns on both sides of different length.
    """
    row = _block_below(table, blank) if blank.any() else None
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


def _block_below(table: Table, blank: Mask) -> int | None:
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
