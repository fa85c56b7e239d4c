"""Rounding of counts: near, unbiased, the same under one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymizer import round_counts
from core import PlanError

KEY = b"k" * 16


@given(
    counts=st.dictionaries(st.text(max_size=5), st.integers(0, 10_000), max_size=20),
    base=st.integers(2, 20),
)
def test_a_count_goes_to_a_neighbouring_multiple(counts, base):
    found = round_counts(counts, base, KEY)
    assert found.keys() == counts.keys()
    for cell, n in counts.items():
        assert found[cell] % base == 0
        assert abs(found[cell] - n) < base
    assert round_counts(counts, base, KEY) == found


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_no_sum_is_biased(n):
    cells = {("町", str(i)): n for i in range(4000)}
    mean = sum(round_counts(cells, 5, KEY).values()) / 4000
    assert mean == pytest.approx(n, abs=0.12)


def test_another_key_rounds_otherwise():
    cells = {str(i): 2 for i in range(100)}
    assert round_counts(cells, 5, KEY) != round_counts(cells, 5, b"j" * 16)


@pytest.mark.parametrize(
    ("counts", "base", "key"),
    [({"a": -1}, 5, KEY), ({"a": 1}, 1, KEY), ({"a": 1}, 5, b"short")],
)
def test_what_cannot_be_rounded(counts, base, key):
    with pytest.raises(PlanError) as caught:
        round_counts(counts, base, key)
    assert caught.value.problems[0].code == "cannot_round"
