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


@pytest.mark.parametrize(
    "rows",
    [
        [["山田太郎", "北町1-2-3", "090-1111-2222"], ["佐藤花子", "南町4-5", "03-1111-2222"]],
        [["山田太郎"], ["佐藤花子"], ["鈴木一郎"]],
        [["山田太郎", "男"], ["佐藤花子", "女"], ["鈴木一郎", "男"]],
        [["ヤマダ タロウ", "会社員"], ["サトウ ハナコ", "無職"]],
        [["Taro Yamada", "tokyo"], ["Hanako Sato", "osaka"]],
        [["192.168.1.10", "GET", "/a", "200"], ["10.0.0.2", "POST", "/b", "404"]],
        [["2024-01-02 10:11:12", "login", "U001"], ["2024-01-02 10:12:12", "logout", "U002"]],
        [["佐藤花子", "女"]],
    ],
)
def test_a_person_an_address_or_a_log_line_never_names_a_column(rows: list[list[str]]) -> None:
    header = find_header(rows)
    assert header.rows == 0
    assert header.asked
    assert not any(header.names)


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([["氏名"], ["佐藤花子"], ["鈴木一郎"]], False),
        ([["名前", "部署", "勤務地"], ["鈴木", "総務", "大阪"], ["佐藤", "経理", "福岡"]], False),
        ([["店", "りんご", "みかん"], ["北店", "3", "4"], ["南店", "3", "4"]], False),
        ([["user_name", "last_login"], ["山田", "昨日"]], False),
        ([["問1-1", "問1-2"], ["3", "4"], ["5", "4"]], False),
        ([["A", "B"], ["x", "y"]], True),
    ],
)
def test_names_of_columns_are_asked_about_only_where_nothing_tells(
    rows: list[list[str]], asked: bool
) -> None:
    header = find_header(rows)
    assert (header.rows, header.asked) == (1, asked)


def test_what_was_stated_is_not_asked() -> None:
    assert not find_header([["山田太郎"], ["佐藤花子"]], rows=0).asked
    assert find_header([["山田太郎"], ["佐藤花子"]], rows=1).names == ("山田太郎",)
