"""Rows below a table that are no records are left out, and that is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Table
from intake import Upload, read
from intake.table.cleaning import cut_footer
from tests.intake.files import csv

HEADER = ["番号", "氏名", "住所", "人数"]
ROWS = [[f"{i}", f"見本{i}", f"北区{i}", "1"] for i in range(1, 9)]


@pytest.mark.parametrize(
    ("below", "remarks", "totals"),
    [
        ([["※ 令和6年4月1日現在"]], 1, 0),
        ([[], ["注）速報値", ""], ["　訂正することがあります"]], 2, 0),
        ([["合計", "", "", "8"]], 0, 1),
        ([["", "計", "", "8"], [], ["出典：市民課"]], 1, 1),
        ([["（注）端数は四捨五入した。", "", "", ""]], 1, 0),
        ([["※", "", "", ""], ["9", "", "", ""]], 2, 0),
    ],
)
def test_a_footer_is_left_out_and_told(below: list[list[str]], remarks: int, totals: int) -> None:
    (dataset,) = read([Upload("a.csv", csv([HEADER, *ROWS, *below]))])
    assert dataset.table.rows == dataset.sources[0].rows == len(ROWS)
    said = "".join(note.ja for note in dataset.sources[0].notes)
    assert (f"注記 {remarks} 行" in said) == bool(remarks)
    assert (f"合計などの {totals} 行" in said) == bool(totals)
    codes = {note.code: note.count for note in dataset.lint}
    assert all("データの中" not in note.message.ja for note in dataset.lint)
    assert all(note.row and note.row > len(ROWS) for note in dataset.lint if "_rows" in note.code)
    assert codes.get("remark_rows", 0) == remarks
    assert codes.get("totals_rows", 0) == totals
    assert not {"ragged_rows", "blank_rows"} & codes.keys()


@pytest.mark.parametrize(
    "below",
    [
        [["9", "", "", ""]],
        [["9", "合計商事", "北区9", "1"]],
        [["合計", "8", "8", "8"]],
        [["※要確認", "見本9", "北区9", "1"]],
        [["注意書きのない人", "", "", ""]],
    ],
)
def test_near_misses_stay(below: list[list[str]]) -> None:
    (dataset,) = read([Upload("a.csv", csv([HEADER, *ROWS, *below]))])
    assert dataset.table.rows == len(ROWS) + 1


def test_what_stands_below_is_placed_by_its_row() -> None:
    below = [["計", "", "", "8"], [], ["出典：市民課"]]
    (dataset,) = read([Upload("a.csv", csv([HEADER, *ROWS, *below]))])
    rows = {note.code: note.rows for note in dataset.lint}
    assert (rows["totals_rows"], rows["remark_rows"]) == ((9,), (10,))


def test_totals_of_a_table_of_counts_stay() -> None:
    counts = [["区", "人数"], ["北区", "3"], ["南区", "4"], ["西区", "5"], ["合計", "12"]]
    (dataset,) = read([Upload("a.csv", csv(counts))])
    assert dataset.table.rows == 4


@given(st.lists(st.lists(st.sampled_from(["", "※注", "合計", "甲", "1"]), min_size=3, max_size=3)))
def test_only_the_end_is_cut_and_nothing_else_changes(rows: list[list[str]]) -> None:
    table = Table.of([(name, [row[i] for row in rows]) for i, name in enumerate("abc")])
    cut, footer = cut_footer(table)
    assert cut.frame().to_numpy().tolist() == table.frame(0, cut.rows).to_numpy().tolist()
    left = [row for row in rows[cut.rows :] if any(row)]
    assert len(footer.remarks) + len(footer.totals) == len(left)


def test_the_notes_say_which_row_and_column_the_footer_is_in() -> None:
    body = "".join(f"{i},北区,{i}\n" for i in range(1, 6))
    (found,) = read([Upload("a.csv", f"番号,区,人数\n{body}合計,,15\n※注記,,\n".encode())])
    notes = {note.code: (note.row, note.column) for note in found.lint}
    assert notes["totals_rows"] == (6, "番号")
    assert notes["remark_rows"] == (7, "番号")
