"""Records with whose they are, and amounts: contributors of every cell, totals among them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer import parse_hierarchy
from anonymizer.tables import PrimaryRule, protect, tabulate_contributions
from core import InputError, Table

TOWNS = parse_hierarchy("町", "北1;北部;*\n北2;北部;*\n南1;南部;*\n".encode())
UNDER = {"計": {"北1", "北2", "南1"}, "北部": {"北1", "北2"}, "南部": {"南1"}}
rows = st.tuples(
    st.sampled_from(["北1", "北2", "南1"]),
    st.sampled_from("xy"),
    st.sampled_from("ABCD"),
    st.integers(0, 9),
)


@settings(max_examples=40)
@given(data=st.lists(rows, min_size=1, max_size=25))
def test_every_cell_knows_who_stands_behind_it(data):
    table = Table.of(
        {name: [str(r[i]) for r in data] for i, name in enumerate(["町", "種", "店", "額"])}
    )
    spec = tabulate_contributions(
        table, ["町", "種"], identifier="店", value="額", hierarchies={"町": TOWNS}
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
