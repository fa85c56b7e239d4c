"""The rules for machine-readable tables, checked on distinct values.

After 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」:
one value a cell, no merged cells, no spaces or line breaks for layout, numbers without text,
no platform-dependent characters, western years, no rows that are not data.
What a workbook alone shows (merged cells, formulas, drawings) is noted while it is read.
"""

from core import LintNote, Table
from intake.table.lint.cell_rules import check_cells
from intake.table.lint.column_rules import check_column
from intake.table.lint.table_rules import check_headers, check_rows

__all__ = ["lint"]

_MOST_NOTES = 300
"""A table that breaks more rules than this is told often enough."""


def lint(table: Table) -> tuple[LintNote, ...]:
    """Every breach found, one note for each rule and column; at most 300 notes."""
    notes = [*check_headers(table), *check_rows(table)]
    for column in table:
        notes += check_cells(column)
        notes += check_column(column)
        if len(notes) >= _MOST_NOTES:
            break
    return tuple(notes[:_MOST_NOTES])
