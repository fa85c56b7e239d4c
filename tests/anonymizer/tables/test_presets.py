"""The ready practices: what each does to a table before and while cells are hidden."""

import pytest

from anonymizer.tables import (
    PRESETS,
    PrimaryRule,
    TableSpec,
    mobile_statistics,
    prepare,
    protect,
    render,
)
from core import InputError, Table

KEY = b"k" * 32


def areas(counts, **more):
    return TableSpec.of([["計", list(counts)]], cells=[([c], v) for c, v in counts.items()], **more)


def printed(spec):
    return {c.codes[0]: c.value for c in spec.cells}


@pytest.mark.parametrize(
    ("counts", "neighbours", "merged"),
    [
        ({"北": 9, "島": 2, "南": 8}, {}, {"北": 9, "南": 10}),
        ({"北": 9, "島": 2, "南": 8}, {"島": "北"}, {"北": 11, "南": 8}),
        ({"北": 9, "南": 8, "島": 2}, {}, {"北": 9, "南": 10}),
        ({"北": 2, "中": 2, "南": 2}, {}, {"中": 6}),
        ({"北": 2, "中": 3, "南": 9}, {"北": "中", "中": "北"}, {"中": 5, "南": 9}),
        ({"北": 1, "中": 2, "南": 9}, {"中": "北"}, {"南": 12}),
        ({"北": 9, "無人": 0, "南": 8}, {}, {"北": 9, "無人": 0, "南": 8}),
        ({"北": 5, "南": 8}, {}, {"北": 5, "南": 8}),
        ({"島": 2}, {}, {"島": 2}),
    ],
)
def test_small_areas_go_to_their_neighbour(counts, neighbours, merged):
    spec = prepare(areas(counts), "merge_areas", 5, neighbours)
    assert printed(spec) == merged
    assert len(spec.notes) == len(counts) - len(merged)


def test_a_named_neighbour_must_exist():
    with pytest.raises(InputError):
        prepare(areas({"北": 9, "島": 2}), "merge_areas", 5, {"島": "西"})


def test_areas_stay_under_their_parent():
    spec = TableSpec.of(
        [["計", ["A市", "B市"]], ["A市", ["A1", "A2"]], ["B市", ["B1", "B2"]]],
        cells=[(["A1"], 20), (["A2"], 2), (["B1"], 30), (["B2"], 40)],
    )
    assert printed(prepare(spec, "merge_areas", 5)) == {"A1": 22, "B1": 30, "B2": 40}


@pytest.mark.parametrize(
    ("counts", "collapsed"),
    [
        ({"a": 40, "b": 3, "c": 4}, {"a": 40, "その他": 7}),
        ({"a": 40, "b": 3, "c": 9}, {"a": 40, "その他": 12}),  # 3 alone would still be small
        ({"a": 40, "b": 0, "c": 9}, {"a": 40, "b": 0, "c": 9}),
        ({"a": 40, "b": 30}, {"a": 40, "b": 30}),
    ],
)
def test_small_categories_become_other(counts, collapsed):
    assert printed(prepare(areas(counts), "collapse", 5)) == collapsed


def test_merging_needs_counts_and_a_known_area():
    with pytest.raises(InputError):
        prepare(areas({"a": 2, "b": 9}, names=["区"]), "merge_areas", 5, area="町")
    amounts = TableSpec.of([["計", ["a", "b"]]], cells=[(["a"], 2, {"n": 1}), (["b"], 9, {"n": 4})])
    with pytest.raises(InputError):
        prepare(amounts, "merge_areas", 5)


def test_survey_practice_hides_the_next_smallest_and_prints_other_zeros():
    spec = TableSpec.of(
        [["計", ["r", "s", "t"]]],
        [["計", ["x", "y", "z"]]],
        cells=[
            (["r", "x"], 3), (["r", "y"], 9), (["r", "z"], 30),
            (["s", "x"], 12), (["s", "y"], 14), (["s", "z"], 40),
            (["t", "x"], 50), (["t", "y"], 60), (["t", "z"], 0),
        ],
    )  # fmt: skip
    preset = PRESETS["survey"]
    done = protect(
        [spec], PrimaryRule(threshold=5), zeros=preset.zeros, complement=preset.complement
    )
    assert done.passed
    rows = {row[0]: row[1:] for row in render(done)[0].rows}
    assert rows["r"] == ("42", "X", "X", "30")
    assert rows["t"][3] == "-"


def test_mobile_statistics_counts_everyone_once_under_a_code():
    records = Table.of(
        {
            "id": ["x1", "x1", "x1", "x2", "", "x3"],
            "区": ["北", "北", "南", "北", "北", "南"],
        }
    )
    spec = mobile_statistics(records, "id", ["区"], KEY)
    assert printed(spec) == {"北": 2, "南": 2}
    assert "延べ" in spec.notes[0]
    assert "x1" not in spec.model_dump_json()


@pytest.mark.parametrize(
    ("identifier", "dimensions", "key"),
    [("なし", ["区"], KEY), ("区", ["区"], KEY), ("id", ["区"], b"short"), ("id", ["町"], KEY)],
)
def test_mobile_statistics_says_what_is_missing(identifier, dimensions, key):
    records = Table.of({"id": ["x1", "x2"], "区": ["北", "南"]})
    with pytest.raises(InputError):
        mobile_statistics(records, identifier, dimensions, key)
