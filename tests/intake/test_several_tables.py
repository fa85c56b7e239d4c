"""Several tables in one file are noticed; blank rows and columns alone are not several tables."""

import pytest

from intake import Upload, read
from tests.intake.files import csv

HEADER = ["番号", "氏名", "住所", "性別"]
ROWS = [[f"{i}", f"見本{i}", "北区", "男"] for i in range(1, 9)]
SMALL = [["区", "人数"], ["北区", "3"], ["南区", "4"]]
BLANK = ["", "", "", ""]


def beside(left: list[list[str]], right: list[list[str]]) -> list[list[str]]:
    gap = len(right[0])
    padded = [*right, *[[""] * gap] * (len(left) - len(right))]
    return [[*a, "", "", *b] for a, b in zip(left, padded, strict=True)]


def notes(rows: list[list[str]]) -> dict[str, int | None]:
    (dataset,) = read([Upload("a.csv", csv(rows))])
    return {note.code: note.row for note in dataset.lint}


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([HEADER, *ROWS, BLANK, *SMALL], 10),
        ([HEADER, *ROWS, BLANK, ["男女別の人数"], *SMALL], 10),
        (beside([HEADER, *ROWS], SMALL), None),
    ],
    ids=["below", "below a title", "beside"],
)
def test_a_second_table_is_noticed(rows: list[list[str]], row: int | None) -> None:
    found = notes(rows)
    assert "several_tables" in found
    assert found["several_tables"] == row


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER, *ROWS],
        [HEADER, *ROWS[:4], BLANK, *ROWS[4:]],
        [HEADER, *ROWS, BLANK, ["※ 4月1日現在"]],
        beside([HEADER, *ROWS], [["区", "人数"], *[["北区", "1"]] * 8]),
        [[*HEADER, "", ""], *[[*row, "", ""] for row in ROWS]],
    ],
    ids=["one", "a blank row", "a remark", "a blank column", "blank columns at the end"],
)
def test_one_table_is_one(rows: list[list[str]]) -> None:
    assert "several_tables" not in notes(rows)
