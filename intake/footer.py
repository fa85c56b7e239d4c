"""What stands below a table and is no record: remarks, sources, a row of totals."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from core import LintNote, Message, Table
from intake.lint.rows import REMARK, TOTAL, below

_LOOK_AT = 40
"""How many rows from the end may be a footer."""
_BODY = 200


@dataclass(frozen=True)
class Footer:
    """Which rows were left out below a table: their places below it, the first being 1."""

    remark_rows: tuple[int, ...] = ()
    total_rows: tuple[int, ...] = ()

    @property
    def remarks(self) -> int:
        """How many are remarks."""
        return len(self.remark_rows)

    @property
    def totals(self) -> int:
        """How many are totals."""
        return len(self.total_rows)

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is said about how the file was read."""
        if not self.remarks and not self.totals:
            return ()
        ja = [f"注記 {self.remarks} 行"] * bool(self.remarks)
        ja += [f"合計などの {self.totals} 行"] * bool(self.totals)
        en = [f"{self.remarks} rows of remarks"] * bool(self.remarks)
        en += [f"{self.totals} rows of totals"] * bool(self.totals)
        return (
            Message(
                ja=f"表の下にある{'と'.join(ja)}は、データに含めずに読みました。",
                en=f"{' and '.join(en)} below the table were left out of the data.",
            ),
        )

    def lint(self, rows: int) -> tuple[LintNote, ...]:
        """The breaches of the rules for machine-readable tables, below a table of so many rows."""
        return below(
            [rows + place for place in self.total_rows],
            [rows + place for place in self.remark_rows],
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
    totals = tuple(place for place, row in enumerate(left, 1) if _is_total(row, typical))
    others = tuple(place for place, row in enumerate(left, 1) if row and place not in totals)
    footer = Footer(others, totals)
    if not left or start + first == 0:
        return table, Footer()
    kept = pa.array(np.arange(start + first))
    arrays = [column.values.take(pa.array(column.codes).take(kept)) for column in table]
    return Table.from_arrow([column.header for column in table], arrays), footer


def _texts(table: Table, start: int, stop: int | None = None) -> list[list[str]]:
    """The filled cells of each row."""
    columns = [
        column.values.take(pa.array(column.codes[start:stop])).to_pylist() for column in table
    ]
    return [[c for cell in row if (c := cell.strip())] for row in zip(*columns, strict=True)]


def _is_total(row: list[str], typical: float) -> bool:
    sparse = 0 < len(row) <= max(typical / 2, 2 if typical > 3 else 1)
    return sparse and any(TOTAL.fullmatch(cell) for cell in row)
