"""Counts that are changed instead of withheld: controlled rounding, Laplace noise."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer.tables import (
    PrimaryRule,
    TableSpec,
    add_noise,
    export,
    load_table,
    render,
    round_tables,
)
from core import UsageError
from tests.anonymizer.tables.judge import Reader, key, sums
from tests.anonymizer.tables.test_second_opinion import compare, counts, margin, table

KEY = b"k" * 16
TWO, THREE = [["計", ["x", "y"]]], [["計", ["a", "b", "c"]]]
AREAS = TableSpec.of(THREE, cells=[(["a"], 7), (["b"], 0), (["c"], 12)])


@settings(max_examples=30)
@given(spec=counts(), base=st.integers(2, 7))
def test_every_cell_goes_to_a_neighbour_and_totals_add_up(spec, base):
    done = round_tables([TableSpec.model_validate({**spec, "name": "0"})], base, key=KEY)
    system, true = done.system, sums(spec)
    printed = {key(spec, ref.codes): system.values[cell] for cell, ref in system.refs.items()}
    assert done.additive and not (system.relations @ system.values).any()
    for cell, value in printed.items():
        assert value % base == 0
        if len(spec["dims"]) <= 2 and len(spec["dims"][0]) <= 3:
            assert abs(value - true[cell]) < base
            assert true[cell] % base or value == true[cell]
    if done.largest_change < base:
        far = base - 1.0
        limits = (
            {k: max(0.0, v - far) for k, v in printed.items()},
            {k: v + far for k, v in printed.items()},
        )
        compare(done.to_json(), "rule_aware", Reader([spec], {}, *limits), [spec])


@settings(max_examples=10)
@given(data=st.data())
def test_linked_tables_agree_after_rounding(data):
    whole = table(data.draw, ["a", "b", "c"], [THREE, TWO, TWO], st.integers(0, 12))
    pair = [margin(whole, [0, 1]), margin(whole, [1, 2])]
    specs = [TableSpec.model_validate({**s, "name": str(i)}) for i, s in enumerate(pair)]
    done = round_tables(specs, 5, key=KEY)
    first, second = render(done)
    assert first.rows[0][1] == second.rows[0][1]
    assert first.rows[0][2:] == tuple(row[1] for row in second.rows[1:])


def test_an_earlier_exact_publication_is_known():
    done = round_tables([AREAS], 5, published=[AREAS], key=KEY, rule=PrimaryRule(threshold=8))
    assert done.audits["rule_aware"].passed
    assert not done.audits["contributors"].passed
    assert "合格していない" in done.summary().ja


def test_a_rounded_zero_is_no_dash_and_the_note_says_so(tmp_path):
    done = round_tables([AREAS], 10, key=KEY)
    (printed,) = render(done)
    assert {row[-1] for row in printed.rows} <= {"0", "10", "20", "30"}
    path, proof = export(done, tmp_path / "t.json")
    assert "10 の倍数" in json.loads(path.read_bytes())[0]["notes"][-1]
    stated = json.loads(proof.read_bytes())
    assert stated["passed"] and stated["method"] == "round"


def test_noise_is_laplace_on_the_parts_and_totals_follow():
    codes = [f"r{i}" for i in range(4000)]
    spec = TableSpec.of([["計", codes]], cells=[([c], 50) for c in codes])
    done = add_noise([spec], 0.5)
    parts = done.system.values[1:]
    assert done.system.values[0] == parts.sum()
    assert np.abs(parts - 50).mean() == pytest.approx(1 / 0.5, rel=0.15)
    assert "ε" in done.statements()[0].ja and done.passed
    nobody = add_noise([TableSpec.of([["計", codes]], cells=[([codes[0]], 0)])], 0.5)
    assert (nobody.system.values[1:] > 0).mean() > 0.2  # an empty cell gets noise as well


@pytest.mark.parametrize(
    "wrong",
    [
        lambda spec: round_tables([spec], 1),
        lambda spec: add_noise([spec], 0.0),
        lambda spec: add_noise([spec, spec], 1.0),
        lambda spec: round_tables(
            [TableSpec.of(TWO, cells=[(["x"], 5, {"n": 2}), (["y"], 7, {"n": 3})])], 5
        ),
    ],
)
def test_what_makes_no_sense(wrong):
    with pytest.raises(UsageError):
        wrong(AREAS)


def test_large_tables_too():
    rows = "".join(f"r{i},c{j},{(i * 7 + j * 3) % 23}\n" for i in range(40) for j in range(30))
    (spec,) = load_table(("r,c,count\n" + rows).encode())
    done = round_tables([spec], 3, key=KEY)
    assert done.additive and done.largest_change == 2
