"""Memos of hands that never saw the readers: the figures do not fall."""

from pathlib import Path

import pytest

from benchmarks.office_memos import SETS, score

FLOORS = {"school_office": (106, 116), "welfare_counter": (79, 92)}
"""Fragments of the right type, and seen at all."""


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_figures_do_not_fall(path: Path) -> None:
    found = score(path)
    right, seen = FLOORS[path.stem]
    assert found.right >= right and found.seen >= seen, found
    assert found.alarmed <= 2, found
