"""What stands below a table and is no record: remarks, sources, a row of totals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from core import LintNote, Message, Table
from intake.lint.rows import REMARK, TOTAL, remarks_below, totals_below

_LOOK_AT = 40
"""How many rows from the end may be a footer."""
_BODY = 200


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
        if not self.remarks and not self.totals:
            return ()
        ja = [f"注記 {len(self.remarks)} 行"] * bool(self.remarks)
        ja += [f"合計などの {len(self.totals)} 行"] * bool(self.totals)
        en = [f"{len(self.remarks)} rows of remarks"] * bool(self.remarks)
        en += [f"{len(self.totals)} rows of totals"] * bool(self.totals)
        return (
            Message(
                ja=f"表の下にある{'と'.join(ja)}は、データに含めずに読みました。",
                en=f"{' and '.join(en)} below the table were left out of the data.",
            ),
        )

    @property
    def lint(self) -> tuple[LintNote, ...]:
        """The breaches of the rules for machine-readable tables."""
        return (
            *totals_below(self.totals, self.totalled),
            *remarks_below(self.remarks, self.remarked),
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
    kept = pa.array(np.arange(start + first))
    arrays = [column.values.take(pa.array(column.codes).take(kept)) for column in table]
    return Table.from_arrow([column.header for column in table], arrays), footer


def _footer(table: Table, start: int, totals: Sequence[bool]) -> Footer:
    """What is said of the rows from `start` on, of which some are totals."""
    begins: dict[int, str] = {}
    for column in reversed(list(table)):
        cells = column.values.take(pa.array(column.codes[start:])).to_pylist()
        begins |= {row: column.key for row, cell in enumerate(cells) if cell.strip()}
    kinds = [[row for row in sorted(begins) if totals[row] == kind] for kind in (False, True)]
    remarks, summed = kinds
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
