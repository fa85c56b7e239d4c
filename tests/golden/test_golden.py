"""Every terminal command says of fixed inputs what it said before.

Where a change is meant: `python -m tests.golden --renew`, then read the difference in git.
"""

import json

import pytest

from tests.golden.compare import differences, told
from tests.golden.inputs import GOLDEN, KEPT, at_hand, path, result


@pytest.mark.parametrize(("of", "door"), GOLDEN, ids=[f"{of}-{door}" for of, door in GOLDEN])
def test_a_door_says_what_it_said(of: str, door: str) -> None:
    if not at_hand(of):
        pytest.skip("needs the folder of real input files beside the checkout")
    kept = json.loads(path(of, door).read_text(encoding="utf-8"))
    found = list(differences(kept, result(of, door)))
    if found:
        pytest.fail(
            f"{of}/{door} says something else than before:\n{told(found)}\n"
            "Where this is meant: python -m tests.golden --renew",
            pytrace=False,
        )


def test_nothing_is_kept_that_no_door_says() -> None:
    assert set(KEPT.rglob("*.json")) == {path(of, door) for of, door in GOLDEN}


def test_the_kept_results_stay_small() -> None:
    assert sum(place.stat().st_size for place in KEPT.rglob("*.json")) < 2_000_000
