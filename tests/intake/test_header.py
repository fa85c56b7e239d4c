"""Where the header is: titles above it, several rows, or none."""

import pytest

from intake.table.header import find_header

BODY = [["甲", "30", "北区", "2024-04-01"], ["乙", "41", "南区", "2024-04-02"]] * 5
NAMES = ["氏名", "年齢", "区", "受付日"]


@pytest.mark.parametrize(
    ("above", "skip"),
    [
        ([], 0),
        ([["住民の一覧"]], 1),
        ([["住民の一覧", "", "", ""], ["", "", "", ""]], 2),
        ([["作成日", "2024-04-01", "", ""], [], ["作成課", "税務課"], []], 4),
        ([["", "", "", "（単位：人）"]], 1),
    ],
)
def test_titles_above_are_passed_over(above: list[list[str]], skip: int) -> None:
    header = find_header([*above, NAMES, *BODY])
    assert (header.skip, header.rows, list(header.names)) == (skip, 1, NAMES)


@pytest.mark.parametrize(
    "rows",
    [
        BODY,
        [["男", "北区"], ["女", "北区"], ["男", "南区"], ["男", "北区"]],
        [["0001", "a@example.jp"], ["0002", "b@example.jp"]],
        [["S55.4.1", "1"], ["S56.4.1", "2"]] * 3,
    ],
)
def test_a_first_row_of_data_is_not_a_header(rows: list[list[str]]) -> None:
    assert find_header(rows).rows == 0


@pytest.mark.parametrize(
    "rows",
    [
        [["区", "2020", "2021", "2022"], ["北区", "10", "11", "12"], ["南区", "9", "8", "7"]],
        [["年度", "令和5年度", "令和6年度"], ["件数", "3", "4"], ["人数", "5", "6"]],
        [["No", "氏名"], ["1", "甲"], ["2", "乙"]],
        [["A", "B"], ["x", "y"]],
        [["区", "0", "1", "2", "3", "4"], ["北区", "8", "9", "7", "3", "1"]],
    ],
)
def test_years_and_short_names_are_a_header(rows: list[list[str]]) -> None:
    header = find_header(rows)
    assert (header.skip, header.rows, list(header.names)) == (0, 1, rows[0])


def test_a_second_row_that_fills_the_gaps_belongs_to_the_header() -> None:
    grid = [["氏名", "住所", "", "年齢"], ["", "市", "番地", ""], ["甲", "北", "1", "30"]] + [
        ["乙", "南", "2", "41"]
    ] * 3
    header = find_header(grid)
    assert header.rows == 2
    assert header.names == ("氏名", "住所_市", "住所_番地", "年齢")


def test_what_is_stated_is_kept() -> None:
    header = find_header([NAMES, *BODY], skip=2, rows=0)
    assert (header.skip, header.rows, header.names) == (2, 0, ("",) * 4)


def test_a_blank_row_below_the_header_makes_no_title_of_it() -> None:
    grid = [["氏名", "年齢"], ["", ""], ["山田", "30"], ["佐藤", "41"]]
    assert find_header(grid).names == ("氏名", "年齢")


def test_a_title_apart_from_its_table_is_still_one() -> None:
    grid = [["住民の一覧", ""], ["", ""], ["氏名", "年齢"], ["山田", "30"], ["佐藤", "41"]]
    assert find_header(grid).names == ("氏名", "年齢")


def test_a_sparse_row_of_groups_above_the_names_is_theirs() -> None:
    rows = [
        ["町別人口", "", "", "", "", ""],
        ["", "", "", "", "", "単位：人"],
        ["町", "総数", "男", "", "女", ""],
        ["", "", "若", "老", "若", "老"],
        *[["北", "10", "1", "4", "2", "3"]] * 9,
    ]
    header = find_header(rows)
    assert (header.skip, header.rows) == (2, 2)
    assert header.names == ("町", "総数", "男_若", "男_老", "女_若", "女_老")
