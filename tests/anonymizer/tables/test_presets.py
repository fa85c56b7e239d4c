"""The ready practices: what each does to a table before and while cells are hidden."""

import pytest

from anonymizer.tables import (
    PRESETS,
    PrimaryRule,
    TableSpec,
    mobile_statistics,
    parse_adjacency,
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


@pytest.mark.parametrize(
    ("counts", "touching", "merged"),
    [
        # 島 touches 南 alone, though 中 comes next in the list.
        ({"北": 9, "島": 2, "中": 8, "南": 7}, "島,南", {"北": 9, "中": 8, "南": 9}),
        (
            {"北": 9, "島": 2, "中": 8},
            "島,北,中",
            {"北": 9, "中": 10},
        ),  # the smaller that is enough
        ({"北": 1, "島": 1, "中": 2, "南": 9}, "北,島\n島,中\n中,南", {"南": 13}),
        ({"北": 2, "島": 1, "中": 8}, "島,北\n北,中", {"中": 11}),
    ],
)
def test_small_areas_go_where_they_touch(counts, touching, merged):
    adjacent = parse_adjacency(touching.encode())
    spec = prepare(areas(counts), "merge_areas", 5, adjacent=adjacent)
    assert printed(spec) == merged
    assert len(spec.notes) == len(counts) - len(merged)


def test_a_list_of_neighbours_must_be_one_and_hold_the_area():
    with pytest.raises(InputError):
        parse_adjacency("北\n南\n".encode())
    with pytest.raises(InputError):
        prepare(areas({"北": 9, "島": 2}), "merge_areas", 5, adjacent=parse_adjacency(b"a,b"))
    assert parse_adjacency("北,中".encode("cp932"))["中"] == {"北"}


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


DEEP = [["計", ["東", "西"]], ["東", ["東1", "東2"]], ["西", ["西1", "西2", "西3"]]]


@pytest.mark.parametrize(
    ("counts", "collapsed"),
    [
        # Both towns of the east together are still small: the east is shown as one.
        ({"東1": 1, "東2": 2, "西1": 9, "西2": 8, "西3": 7},
         {"東": 3, "西1": 9, "西2": 8, "西3": 7}),
        ({"東1": 9, "東2": 8, "西1": 9, "西2": 3, "西3": 3},
         {"東1": 9, "東2": 8, "西1": 9, "その他（西）": 6}),
        ({"東1": 1, "東2": 1, "西1": 1, "西2": 0, "西3": 1}, {"その他": 4}),
        ({"東1": 9, "東2": 8, "西1": 9, "西2": 8, "西3": 7},
         {"東1": 9, "東2": 8, "西1": 9, "西2": 8, "西3": 7}),
    ],
)  # fmt: skip
def test_collapsing_climbs_the_hierarchy(counts, collapsed):
    spec = TableSpec.of(DEEP, cells=[([c], v) for c, v in counts.items()])
    made = prepare(spec, "collapse", 5)
    assert printed(made) == collapsed
    assert protect([made], PrimaryRule(threshold=5)).system.values[0] == sum(counts.values())
    given = TableSpec.of(
        DEEP,
        cells=[
            *spec.cells,
            (["東"], counts["東1"] + counts["東2"]),
            (["計"], sum(counts.values())),
        ],
    )
    totals = protect([prepare(given, "collapse", 5)], PrimaryRule(threshold=5)).system.values
    assert totals[0] == sum(counts.values())


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
