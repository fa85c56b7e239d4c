"""Tables of counts: each row is a cell of a published table, not a person."""

import re
from collections.abc import Sequence

import numpy as np

from core import ColumnReport, RiskReport, Role, Table, fold
from language import read_number
from measure import THRESHOLD_SOURCE, canonical, code, count_classes

_COUNT = re.compile(
    r"(人|件|度|世帯|戸|棟|者|利用|患者|児童|生徒)数$|^(人口|count|freq|frequency|n)$"
)
MOST_DIMENSIONS = 6


def count_column(table: Table, columns: Sequence[ColumnReport]) -> str | None:
    """The column of counts; None where the rows are people.

    A table of counts has one column named for what it counts, whole numbers in it, only categories
    beside it, and each combination of those once.

    >>> table = Table.of({"町": ["北", "南"], "世帯数": ["3", "12"]})
    >>> count_column(table, ())
    '世帯数'
    """
    named = [c for c in table if _COUNT.search(fold(c.header))]
    rest = [c for c in table if c not in named]
    people = {c.name for c in columns if c.role is Role.DIRECT_IDENTIFIER}
    if len(named) != 1 or not 1 <= len(rest) <= MOST_DIMENSIONS or people:
        return None
    held = [read_number(text) for text in named[0].texts if text.strip()]
    if not held or any(n is None or n < 0 or n != int(n) for n in held):
        return None
    classes = count_classes([code(c, canonical) for c in rest])
    return named[0].key if int(classes.sizes.max(initial=0)) == 1 else None


def risk_of_counts(table: Table, counts: str, threshold: int) -> RiskReport:
    """The risk of printing the counts as they are: small cells are small groups of people."""
    column = table[counts]
    values = np.array([read_number(text) or 0 for text in column.texts], dtype=np.int64)
    cells = values[column.codes]
    present = cells[cells > 0]
    people = int(present.sum())
    small = int(present[present < threshold].sum())
    return RiskReport(
        quasi=tuple(c.key for c in table if c.key != counts),
        k=int(present.min()) if len(present) else 0,
        classes=len(present),
        uniques=int((present == 1).sum()),
        share_at_risk=small / people if people else 0.0,
        threshold=threshold,
        threshold_source=THRESHOLD_SOURCE,
        rows=people,
    )
