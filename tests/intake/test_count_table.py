"""A table of counts is read as it stands, and what its totals give away is told."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Table
from intake import CountTable, read_count_table

TOWNS: dict[str, Sequence[str]] = {
    "町名": ["北一", "北二", "北計", "南一", "南二", "南計", "合計"],
    "世帯数": ["3", "4", "7", "1", "2", "3", "10"],
    "人口総数": ["9", "8", "17", "2", "6", "8", "25"],
    "男": ["4", "4", "8", "1", "2", "3", "11"],
    "女": ["5", "4", "9", "1", "4", "5", "14"],
}


def read(columns: dict[str, Sequence[str]]) -> CountTable:
    found = read_count_table(Table.of(columns))
    assert found is not None
    return found


def sums(found: CountTable) -> list[dict[str, list[list[str]]]]:
    """Per axis, the ways in which each total is divided."""
    told: list[dict[str, list[list[str]]]] = []
    for axis in found.axes:
        own: dict[str, list[list[str]]] = {}
        for s in axis.sums:
            own.setdefault(axis.codes[s.total], []).append([axis.codes[p] for p in s.parts])
        told.append(own)
    return told


def test_subtotals_in_rows_and_totals_in_columns() -> None:
    rows, columns = sums(read(TOWNS))
    assert rows == {
        "北計": [["北一", "北二"]],
        "南計": [["南一", "南二"]],
        "合計": [["北計", "南計"]],
    }
    assert columns == {"人口総数": [["男", "女"]]}


def test_a_total_stands_first_too_and_is_divided_twice() -> None:
    ages = ["総数", "0-4", "5-9", "10-14", "15-", "(再掲)15歳未満", "15歳以上"]
    counts = {
        "男": ["10", "1", "2", "3", "4", "6", "4"],
        "女": ["14", "2", "3", "4", "5", "9", "5"],
    }
    (rows, _) = sums(read({"年齢階級": ages, **counts}))
    assert rows == {"総数": [ages[1:5], ages[5:]]}


def test_columns_headed_twice_are_two_axes() -> None:
    headers = [
        f"{age}_{sex}" for age in ("総数", "0〜14歳", "15歳以上") for sex in ("計", "男", "女")
    ]
    row = [20, 11, 9, 7, 4, 3, 13, 7, 6]
    found = read(
        {"町": ["北", "南"], **{h: [str(n), str(n)] for h, n in zip(headers, row, strict=True)}}
    )
    assert [axis.codes for axis in found.axes[1:]] == [
        ("総数", "0〜14歳", "15歳以上"),
        ("計", "男", "女"),
    ]
    assert sums(found)[1:] == [{"総数": [["0〜14歳", "15歳以上"]]}, {"計": [["男", "女"]]}]


def test_a_list_of_counts_is_crossed_by_its_labels() -> None:
    found = read(
        {
            "性別": ["男", "男", "女", "女", "計", "計"],
            "年代": ["若", "老"] * 3,
            "人数": ["1", "2", "3", "4", "4", "6"],
        }
    )
    assert [axis.name for axis in found.axes] == ["性別", "年代"]
    assert sums(found) == [{"計": [["男", "女"]]}, {}]


def test_a_label_inside_another_is_one_axis_with_it() -> None:
    found = read(
        {
            "地区": ["北", "", "", "南", "", "", "合計"],
            "町": ["a", "b", "計", "a", "b", "計", ""],
            "人数": ["3", "4", "7", "1", "3", "4", "11"],
        }
    )
    (axis,) = found.axes
    assert axis.codes == ("北 a", "北 b", "北 計", "南 a", "南 b", "南 計", "合計")
    assert sums(found)[0]["合計"] == [["北 計", "南 計"]]


@pytest.mark.parametrize(
    "columns",
    [
        {"氏名": ["山田", "佐藤"], "年齢": ["30", "41"]},
        {"町": ["北", "北"], "人数": ["3", "4"]},
        {"町": ["北", "南"], "面積": ["3.2", "4.5"]},
        {"年度": ["2020", "2021"], "予算額": ["300", "400"]},
    ],
    ids=["ages are labels", "rows alike", "sizes", "money"],
)
def test_what_is_no_table_of_counts(columns: dict[str, Sequence[str]]) -> None:
    assert read_count_table(Table.of(columns)) is None


def test_a_withheld_count_beside_its_total_is_derived() -> None:
    hidden = {**TOWNS, "男": ["x", *TOWNS["男"][1:]]}
    (place,) = read(hidden).derived
    assert (place.row, place.column) == (1, "男")


def test_withheld_counts_that_protect_one_another_are_not() -> None:
    hidden = {
        "町": ["北", "南", "東", "計"],
        "男": ["x", "x", "20", "31"],
        "女": ["x", "x", "10", "19"],
        "計": ["12", "8", "30", "50"],
    }
    assert read(hidden).derived == ()


def test_one_withheld_count_in_a_single_column_follows_from_the_total() -> None:
    (place,) = read({"町": ["北", "南", "合計"], "感染者数": ["3", "x", "10"]}).derived
    assert place.row == 2


def test_totals_that_do_not_add_up_are_told_where_they_stand() -> None:
    wrong = {**TOWNS, "女": ["5", "4", "9", "1", "4", "6", "14"]}
    found = read(wrong)
    assert {(p.row, p.column) for p in found.mismatched} == {
        (6, "人口総数"),
        (6, "女"),
        (7, "女"),
    }


def test_what_a_part_leaves_to_the_rest() -> None:
    found = read({"町": ["北", "南"], "総数": ["30", "14"], "うち65歳以上": ["27", "4"]})
    (place,) = found.remainders(5)
    assert (place.row, place.column) == (1, "うち65歳以上")


@given(st.integers(2, 5), st.integers(2, 4), st.randoms(use_true_random=False), st.booleans())
def test_any_one_withheld_count_is_derived_whatever_the_table(
    rows: int,
    columns: int,
    random: Random,
    first: bool,
) -> None:
    counts = np.array([[random.randint(1, 60) for _ in range(columns)] for _ in range(rows)])
    whole = np.vstack([counts, counts.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    towns, kinds = [f"{n}丁目" for n in range(rows)], [f"{n}類" for n in range(columns)]
    towns, kinds = [*towns, "合計"], [*kinds, "計"]
    if first:
        whole, towns, kinds = (
            np.roll(whole, 1, axis=(0, 1)),
            towns[-1:] + towns[:-1],
            kinds[-1:] + kinds[:-1],
        )
    texts = whole.astype(str).tolist()
    at = random.randrange(rows + 1), random.randrange(columns + 1)
    texts[at[0]][at[1]] = "x"
    named = {kind: [row[i] for row in texts] for i, kind in enumerate(kinds)}
    (place,) = read({"町": towns, **named}).derived
    assert (place.row, place.column) == (at[0] + 1, kinds[at[1]])
    assert read({"町": towns, **named}).mismatched == ()
