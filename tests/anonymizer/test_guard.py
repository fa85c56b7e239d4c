"""Suppressed cells say nothing by themselves."""

import numpy as np

from anonymizer.search.cell_suppression import Guard
from core import Table


def test_a_column_in_which_one_value_is_left_goes_altogether() -> None:
    """Were only 無 printed, `*` would say that somebody is in care."""
    table = Table.of(
        {"区": ["北"] * 6 + ["南"] * 6, "介護": ["無"] * 5 + ["要1"] + ["無"] * 5 + ["要2"]}
    )
    guard = Guard(5, None, frozenset({"区"}))
    for column in table.columns:
        guard.put(column)
    guard.suppress([("介護",), ("区", "介護")])
    assert guard.starred("介護").all()
    assert not guard.starred("区").any()


def test_a_column_with_several_values_left_keeps_them() -> None:
    table = Table.of({"区": ["北"] * 20, "職": ["農業"] * 9 + ["漁業"] * 9 + ["力士", "能楽師"]})
    guard = Guard(2, None, frozenset({"区"}))
    for column in table.columns:
        guard.put(column)
    guard.suppress([("職",)])
    assert np.flatnonzero(guard.starred("職")).tolist() == [18, 19]
