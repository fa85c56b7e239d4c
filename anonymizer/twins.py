"""Columns that repeat a quasi-identifier in other words."""

from collections.abc import Sequence

from core import Table
from measure import canonical, code, count_classes


def twins_of(table: Table, quasi: Sequence[str]) -> dict[str, str]:
    """Columns that say the same as a quasi-identifier in other words, and which one.

    Kept as they are they would undo whatever is done to it. Two columns are twins when each value
    of one goes with exactly one of the other, and values repeat often enough for that to be no
    accident.

    >>> twins_of(Table.of({"日": ["1", "2", "3"] * 2, "曜": ["月", "火", "水"] * 2}), ["日"])
    {'曜': '日'}
    """
    found: dict[str, str] = {}
    for name in quasi:
        mine = code(table[name], canonical)
        if not 2 < mine.size <= table.rows / 2:
            continue
        for column in table:
            if column.key in quasi or column.key in found:
                continue
            if not mine.size <= len(column.values) <= table.rows / 2:
                continue
            theirs = code(column, canonical)
            if theirs.size == mine.size == len(count_classes([mine, theirs])):
                found[column.key] = name
    return found
