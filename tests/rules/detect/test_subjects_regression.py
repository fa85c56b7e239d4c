"""Floors under what the tables of other hands are told to be (`benchmarks/subjects`)."""

import pytest

from benchmarks.subjects import OWN, score

FLOORS = {"subjects": (68, 70), "subjects2": (55, 55)}
"""Kinds right, and people told from other things."""


@pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)
def test_tables_are_told_as_well_as_before(folder) -> None:  # type: ignore[no-untyped-def]
    counts, _ = score(folder)
    kinds, people = FLOORS[folder.name]
    assert counts["kind"] >= kinds
    assert counts["people or not"] >= people
