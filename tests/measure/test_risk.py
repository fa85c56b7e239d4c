"""Classes, risk and special uniques against brute force, and the reading of bad settings."""

import itertools
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import PlanError, Table
from measure import code, count_classes, measure_risk, suda2
from measure.counting import _row_by_row, combine, wildcard_sizes
from measure.risk import expected_risk

ROWS = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", "*"])] * 3), min_size=1, max_size=40)


def table_of(rows) -> Table:
    return Table.of({f"c{i}": [row[i] for row in rows] for i in range(len(rows[0]))})


@settings(max_examples=150)
@given(ROWS)
def test_both_readings_of_a_star(rows):
    found = measure_risk(table_of(rows), ["c0", "c1", "c2"], threshold=3)
    counts = Counter(rows)
    shown = {row: n for row, n in counts.items() if set(row) != {"*"}}
    assert found.suppressed == counts[("*",) * 3]
    assert found.k == min(shown.values(), default=0)
    assert found.k_all_rows == min(counts.values())
    assert found.uniques == sum(n == 1 for n in shown.values())
    assert found.units_at_risk == sum(n for n in shown.values() if n < 3)
    agree = {
        row: sum(all(a == b or "*" in (a, b) for a, b in zip(row, other, strict=True))
                 for other in rows)
        for row in shown
    }  # fmt: skip
    assert found.k_wildcard == min(agree.values(), default=0)
    assert found.k <= found.k_wildcard or not shown


@settings(max_examples=100)
@given(ROWS)
def test_both_ways_to_count_stars_agree(rows):
    codes = np.array([["abc*".index(x) for x in row] for row in dict.fromkeys(rows)])
    sizes = np.arange(1, len(codes) + 1)
    slow = _row_by_row(codes, codes == 3, sizes) if (codes == 3).any() else sizes
    assert wildcard_sizes(codes, codes == 3, sizes).tolist() == slow.tolist()


@settings(max_examples=100)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=25), st.integers(1, 4))
def test_suda2_against_its_definition(rows, largest):
    table = table_of([tuple(map(str, row)) for row in rows])
    found = suda2([code(column) for column in table], largest)

    def unique(row, subset):
        return sum(all(row[j] == other[j] for j in subset) for other in rows) == 1

    total = 0.0
    for i, row in enumerate(rows):
        minimal = [
            subset
            for size in range(1, largest + 1)
            for subset in itertools.combinations(range(4), size)
            if unique(row, subset)
            and not any(unique(row, part) for part in itertools.combinations(subset, size - 1)
                        if part)
        ]  # fmt: skip
        score = sum(math.prod(4 - j for j in range(len(s), min(largest, 3) + 1)) for s in minimal)
        assert found.count[i] == len(minimal)
        assert found.smallest[i] == min(map(len, minimal), default=0)
        assert found.scores[i] == score
        total += score
    assert sum(found.by_size.values()) == found.count.sum()
    if total:
        assert sum(found.by_column.values()) >= 1 - 1e-9


def test_spellings_of_one_value_count_as_one():
    table = Table.of(
        {"日": ["S55.4.1", "1980-04-01", "１９８０年４月１日"], "数": ["１２", "12", " 12 "]}
    )
    assert measure_risk(table, ["日", "数"]).k == 3


def test_wide_combinations_do_not_overflow():
    random = np.random.default_rng(0)
    columns = [random.integers(0, 1000, 200).astype(np.int32) for _ in range(9)]
    rows = list(zip(*[c.tolist() for c in columns], strict=True))
    again = [np.concatenate([c, c]) for c in columns]
    key = combine(again, [1000] * 9)
    assert len(set(key.tolist())) == len(set(rows))
    assert key[:200].tolist() == key[200:].tolist()


def test_attacker_models():
    table = Table.of({"区": ["北"] * 2 + ["南"] * 8})
    found = measure_risk(table, ["区"], sampling_fraction=0.1)
    assert found.prosecutor == 0.5
    assert found.journalist == pytest.approx(1 / 20)
    assert found.marketer == pytest.approx(2 / 100)
    assert 0 < found.population_risk < found.marketer * 2
    alone = measure_risk(table, ["区"])
    assert (alone.journalist, alone.marketer, alone.population_risk) == (0.5, 0.2, None)


@settings(max_examples=60)
@given(st.integers(1, 60), st.floats(1, 1000))
def test_expected_risk_is_the_mean_of_one_over_the_population(size, factor):
    """Against the negative binomial's own sum."""
    p = 1 / factor
    (found,) = expected_risk(np.array([size]), np.array([size * factor]))
    mean, weight, left, population = 0.0, p**size, 1.0, size
    if weight < 1e-280:
        return
    while left > 1e-7 and population < 500_000:
        mean += weight / population
        left -= weight
        weight *= population * (1 - p) / (population - size + 1)
        population += 1
    assert found == pytest.approx(mean, rel=2e-2)


def test_weights_stand_for_people():
    table = Table.of({"区": ["北", "北", "南"], "w": ["10", "30", "1"]})
    found = measure_risk(table, ["区"], weights="w")
    assert found.population_sizes.tolist() == [40.0, 1.0]
    assert found.journalist == 1.0
    with pytest.raises(PlanError, match="weights_not_numbers"):
        measure_risk(table, ["区"], weights="区")


@pytest.mark.parametrize(
    ("quasi", "options", "code_"),
    [
        (["無い列"], {}, "unknown_column"),
        ([], {}, "no_quasi_identifier"),
        (["区"], {"threshold": 0}, "bad_setting"),
        (["区"], {"sampling_fraction": 0.0}, "bad_setting"),
    ],
)
def test_settings_that_make_no_sense(quasi, options, code_):
    with pytest.raises(PlanError, match=code_):
        measure_risk(Table.of({"区": ["北"]}), quasi, **options)


def test_no_rows():
    with pytest.raises(PlanError, match="no_rows"):
        measure_risk(Table.of({"区": []}), ["区"])


def test_one_row_and_a_blank_column():
    found = measure_risk(Table.of({"区": ["北"], "空": [""]}), ["区", "空"]).report()
    assert (found.k, found.classes, found.uniques, found.share_at_risk) == (1, 1, 1, 1.0)


@pytest.mark.shared
def test_published_patients(shared: Path):
    import csv

    with (shared / "data/aichi_patients.csv").open(encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    table = Table.of(list(zip(header, zip(*rows, strict=True), strict=True)))
    assert measure_risk(table, ["年代・性別", "住居地"]).uniques == 29
    assert measure_risk(table, ["年代・性別", "住居地", "発表日"]).uniques == 108
    assert len(count_classes([code(table["住居地"])])) == 15
