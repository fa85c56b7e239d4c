"""The rules for machine-readable tables, checked on distinct values.

After 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」:
one value a cell, no merged cells, no spaces or line breaks for layout, numbers without text,
no platform-dependent characters, western years, no rows that are not data.
What a workbook alone shows (merged cells, formulas,
drawings) is noted while it is read.
"""

from core import LintNote, Table
from intake.lint.cells import check_cells
from intake.lint.columns import check_column
from intake.lint.headers import check_headers
from intake.lint.rows import check_rows

MOST_NOTES = 300


def lint(table: Table) -> tuple[LintNote, ...]:
    """Every breach found, one note for each rule and column; at most 300 notes."""
    notes = [*check_headers(table), *check_rows(table)]
    for column in table:
        notes += check_cells(column)
        notes += check_column(column)
        if len(notes) >= MOST_NOTES:
            break
    return tuple(notes[:MOST_NOTES])


__all__ = ["lint"]
