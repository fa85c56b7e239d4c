"""Tables from records and files: hierarchies, several at once, totals, whose the records are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer import parse_hierarchy
from anonymizer.tables import (
    PrimaryRule,
    load_table,
    protect,
    tabulate,
    tabulate_contributions,
)
from core import InputError, Table

RULE = PrimaryRule(threshold=5)
TOWNS = "北1;北部;*\n北2;北部;*\n南1;南部;*\n南2;南部;*\n"


@pytest.fixture
def towns():
    return {"町": parse_hierarchy("町", TOWNS.encode())}


def people(counts):
    rows = [key for key, n in counts.items() for _ in range(n)]
    return Table.of({"町": [r[0] for r in rows], "性": [r[1] for r in rows]})


COUNTS = {
    ("北1", "男"): 3, ("北1", "女"): 12, ("北2", "男"): 20, ("北2", "女"): 15,
    ("南1", "男"): 18, ("南1", "女"): 25, ("南2", "男"): 30, ("南2", "女"): 22,
}  # fmt: skip


def test_levels_of_a_hierarchy_are_printed_and_protected(towns):
    done = protect([tabulate(people(COUNTS), ["町", "性"], hierarchies=towns)], RULE)
    codes = {r.codes for r in done.refs(np.ones(done.system.cells, bool))}
    assert {("北部", "男"), ("南部", "計"), ("計", "計")} <= codes
    assert len(codes) == 7 * 3
    assert [r.codes for r in done.refs(done.primary)] == [("北1", "男")]
    # The complement stays inside the same part of town: 北部 itself is printed.
    assert {r.codes for r in done.refs(done.secondary)} == {
        ("北1", "女"), ("北2", "男"), ("北2", "女"),
    }  # fmt: skip
    assert done.passed


def test_two_counts_of_the_same_people_are_solved_as_one():
    records = people(COUNTS)
    one, two = tabulate(records, ["町", "性"]), tabulate(records, ["町"])
    done = protect([one, two], RULE)
    assert done.passed
    assert done.system.cells == 5 * 3  # the second table is a margin of the first
    assert done.to_json()["primary_tables"] == [done.refs(done.primary)[0].table]


def test_rows_of_totals_are_totals(towns):
    text = "町,件数\n" + "".join(f"{t},{n}\n" for t, n in (
        ("総数", 60), ("北部", 25), ("北1", 5), ("北2", 20), ("南部", 35), ("南1", 15), ("南2", 20),
    ))  # fmt: skip
    (spec,) = load_table(text.encode(), towns, name="t.csv")
    values = {c.codes[0]: c.value for c in spec.cells}
    assert values["総数"] == 60 and values["北部"] == 25
    done = protect([spec], PrimaryRule(threshold=6))
    assert [r.codes[0] for r in done.refs(done.primary)] == ["北1"]
    assert [r.codes[0] for r in done.refs(done.secondary)] == ["北2"]


@pytest.mark.parametrize(("total", "fits"), [(60, True), (61, False)])
def test_totals_that_do_not_add_up(towns, total, fits):
    text = f"町,件数\n計,{total}\n北1,5\n北2,20\n南1,15\n南2,20\n"
    (spec,) = load_table(text.encode(), towns, name="t.csv")
    if fits:
        assert protect([spec], RULE).passed
    else:
        with pytest.raises(InputError, match="margins"):
            protect([spec], RULE)


def test_values_that_a_hierarchy_lacks_are_counted_not_shown(towns):
    with pytest.raises(InputError) as caught:
        tabulate(Table.of({"町": ["北1", "東9"]}), ["町"], hierarchies=towns)
    assert "東9" not in caught.value.text("ja")
    assert [p.code for p in caught.value.problems] == ["tables.hierarchy_misses_values"]


THREE_TOWNS = parse_hierarchy("町", "北1;北部;*\n北2;北部;*\n南1;南部;*\n".encode())
UNDER = {"計": {"北1", "北2", "南1"}, "北部": {"北1", "北2"}, "南部": {"南1"}}
rows = st.tuples(
    st.sampled_from(["北1", "北2", "南1"]),
    st.sampled_from("xy"),
    st.sampled_from("ABCD"),
    st.integers(0, 9),
)


@settings(max_examples=40, deadline=None)
@given(data=st.lists(rows, min_size=1, max_size=25))
def test_every_cell_knows_who_stands_behind_it(data):
    table = Table.of(
        {name: [str(r[i]) for r in data] for i, name in enumerate(["町", "種", "店", "額"])}
    )
    spec = tabulate_contributions(
        table, ["町", "種"], identifier="店", value="額", hierarchies={"町": THREE_TOWNS}
    )
    for cell in spec.cells:
        town, kind = cell.codes
        own: dict[str, int] = {}
        for place, sort, shop, amount in data:
            if place in UNDER.get(town, {town}) and kind in ("計", sort):
                own[shop] = own.get(shop, 0) + amount
        assert (cell.value, cell.n) == (sum(own.values()), len(own))
        assert list(cell.top) == sorted(own.values(), reverse=True)
    listed = {c.codes for c in spec.cells}
    assert ("計", "計") in listed and len(listed) == len(spec.cells)
    assert protect([spec], PrimaryRule(contributors=1)).system.cells >= len(listed)


def test_dominance_from_records():
    shops = ["大"] + [f"小{i}" for i in range(6)] * 2
    table = Table.of(
        {
            "区": ["北"] * 7 + ["南"] * 6,
            "店": shops,
            "額": ["900"] + ["10"] * 12,
        }
    )
    spec = tabulate_contributions(table, ["区"], identifier="店", value="額")
    done = protect([spec], PrimaryRule(dominance=(1, 85)))
    assert {r.codes[0] for r in done.refs(done.primary)} == {"計", "北"}


def test_without_amounts_records_are_counted_and_people_are_the_contributors():
    table = Table.of({"区": ["北"] * 6 + ["南"] * 6, "人": ["p"] * 6 + list("qrstuv")})
    spec = tabulate_contributions(table, ["区"], identifier="人")
    assert {c.codes[0]: (c.value, c.n) for c in spec.cells} == {
        "計": (12, 7), "北": (6, 1), "南": (6, 6),
    }  # fmt: skip
    done = protect([spec], PrimaryRule(threshold=3))
    assert [r.codes[0] for r in done.refs(done.primary)] == ["北"]


@pytest.mark.parametrize("wrong", ["-5", "五円くらい"])
def test_amounts_must_be_numbers(wrong):
    table = Table.of({"区": ["北", "南"], "額": ["3", wrong]})
    with pytest.raises(InputError, match="amount"):
        tabulate_contributions(table, ["区"], value="額")
