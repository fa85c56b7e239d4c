"""A cross table in a file, as offices keep them: one column per category, one of them the total."""

from anonymizer.tables.tabulate import TOTALS
from core import Column, Table, fold
from language import read_number
from measure import canonical

WITHHELD = {"x", "χ", "***", "…", "...", "秘匿"}
ZERO = {"-", "－", "—", "‐", "−", "ー"}
ACROSS = "区分"
COUNT = "件数"


def lengthened(table: Table) -> Table:
    """One row per cell, for a cross table; any other table as it is.

    A cross table ends in columns of numbers, at least two, and one of them is headed as a total.

    >>> made = lengthened(Table.of({"町": ["北", "南"], "男": ["3", "8"], "女": ["4", "-"],
    ...     "計": ["7", "8"]}))
    >>> [c.key for c in made], made.rows, made["区分"].texts
    (['町', '区分', '件数'], 6, ['男', '女', '計'])
    """
    columns = list(table)
    first = len(columns)
    while first > 1 and _is_numeric(columns[first - 1]):
        first -= 1
    across, labels = columns[first:], columns[:first]
    if len(across) < 2 or not any(fold(c.header) in TOTALS for c in across):
        return table
    made = [
        (c.header, [c.texts[code] for _ in across for code in c.codes.tolist()]) for c in labels
    ]
    name = next(n for n in (ACROSS, ACROSS + "2") if all(n != c.header for c in labels))
    made.append((name, [c.header for c in across for _ in range(table.rows)]))
    made.append((COUNT, [c.texts[code] for c in across for code in c.codes.tolist()]))
    return Table.of(made)


def _is_numeric(column: Column) -> bool:
    marks = WITHHELD | ZERO | {""}
    return all(
        canonical(text).strip().lower() in marks or read_number(text) is not None
        for text in column.texts
    )
