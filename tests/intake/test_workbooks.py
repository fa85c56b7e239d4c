"""Workbooks as offices make them: titles, merged headers, hidden parts, formulas, sheets."""

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from core import Dataset, InputError
from intake import Limits, ReadOptions, Upload, read
from tests.intake import old_formats
from tests.intake.files import repacked, saved, xlsx

ROWS = [["氏名", "年齢"], ["山田", 30.0], ["佐藤", 41.0]]


def one(content: bytes, name: str = "名簿.xlsx", **options: object) -> Dataset:
    (dataset,) = read([Upload(name, content)], {name: ReadOptions(**options)})
    return dataset


def sheet() -> Worksheet:
    return openpyxl.Workbook().active


def told(dataset: Dataset) -> str:
    return "".join(note.ja for note in dataset.sources[0].notes)


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.xls", old_formats.xls), ("a.ods", old_formats.ods), ("a.xlsb", old_formats.xlsb)],
)
def test_older_and_open_formats(name: str, make) -> None:
    table = one(make(ROWS), name).table
    assert table.keys == ["氏名", "年齢"]
    assert table["年齢"].texts == ["30", "41"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", old_formats.xls(ROWS, old_formats.number_record(65_535, 65_000, 1.0))),
        ("a.xlsb", old_formats.xlsb(ROWS, old_formats.binary_row(1_048_575, 16_383, 1.0))),
        (
            "a.ods",
            old_formats.ods(
                ROWS,
                '<table:table-row><table:table-cell table:number-columns-repeated="900000000"/>'
                "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>",
            ),
        ),
        (
            "a.ods",
            old_formats.ods(
                ROWS,
                '<table:table-row table:number-rows-repeated="900000000"><table:table-cell>'
                "<text:p>x</text:p></table:table-cell></table:table-row>",
            ),
        ),
    ],
)
def test_a_far_cell_takes_no_memory(name: str, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        one(content, name)
    assert caught.value.problems[0].code in {"too_many_columns", "too_many_rows", "too_many_cells"}


def test_a_locked_old_workbook_is_recognised() -> None:
    with pytest.raises(InputError) as caught:
        one(old_formats.xls(ROWS, old_formats.locked_record()), "a.xls")
    assert caught.value.problems[0].code == "encrypted"


def test_cells_become_text_as_people_see_them() -> None:
    ws = sheet()
    ws.append(["番号", "桁", "日付", "時刻", "旗", "率"])
    ws.append(["0012", 600001, dt.date(2024, 4, 1), dt.time(9, 30), True, 0.5])
    ws.append(
        ["0013", 12, dt.datetime.fromisoformat("2024-04-01T13:05:00"), dt.time(10, 0), False, 1.25]
    )
    for row in (2, 3):
        ws.cell(row, 2).number_format = "0000000"
    table = one(saved(ws.parent)).table
    assert [table[k].texts for k in table.keys] == [
        ["0012", "0013"],
        ["0600001", "0000012"],
        ["2024-04-01", "2024-04-01 13:05:00"],
        ["09:30:00", "10:00:00"],
        ["TRUE", "FALSE"],
        ["0.5", "1.25"],
    ]


def test_titles_above_and_a_header_over_three_rows() -> None:
    ws = sheet()
    ws["B2"] = "住民の状況（令和6年4月1日）"
    ws.merge_cells("B2:G2")
    for place, text in {
        "B4": "氏名", "C4": "住所", "F4": "備考", "C5": "県", "D5": "市区", "D6": "市", "E6": "区",
        "G4": "年齢",
    }.items():  # fmt: skip
        ws[place] = text
    for merged in ("B4:B6", "C4:E4", "F4:F6", "G4:G6", "C5:C6", "D5:E5"):
        ws.merge_cells(merged)
    for row in range(7, 30):
        for column, value in enumerate(["山田", "愛", "名", "北", "", row], 2):
            ws.cell(row, column, value)
    dataset = one(saved(ws.parent))
    assert dataset.table.keys == [
        "氏名", "住所_県", "住所_市区_市", "住所_市区_区", "備考", "年齢",
    ]  # fmt: skip
    assert dataset.table.rows == 23
    assert (dataset.sources[0].skip_rows, dataset.sources[0].header_rows) == (3, 3)
    assert "表題" in told(dataset)
    again = one(saved(ws.parent), **ReadOptions.of(dataset.sources[0]).model_dump())
    assert again.table.keys == dataset.table.keys


def test_merged_data_holds_its_value_in_every_row() -> None:
    ws = sheet()
    for row in (["区", "氏名"], ["北区", "甲"], [None, "乙"], ["南区", "丙"]):
        ws.append(row)
    ws.merge_cells("A2:A3")
    dataset = one(saved(ws.parent))
    assert dataset.table["区"].codes.tolist() == [0, 0, 1]
    (note,) = [n for n in dataset.lint if n.code == "merged_cells"]
    assert (note.row, note.column, note.count) == (1, "区", 1)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "a.xls",
            old_formats.xls(
                ROWS, old_formats.hidden_row_record(2) + old_formats.hidden_column_record(1)
            ),
            ("非表示の行が 1 行", "3 行目", "非表示の列が 1 列", "（B）"),
        ),
        (
            "a.ods",
            old_formats.ods(
                ROWS,
                '<table:table-row table:visibility="filter"><table:table-cell>'
                "<text:p>x</text:p></table:table-cell></table:table-row>",
            ),
            ("非表示の行が 1 行", "4 行目"),
        ),
        (
            "a.ods",
            repacked(
                old_formats.ods(ROWS),
                "content.xml",
                'table:name="表">'.encode(),
                'table:name="表"><table:table-column/>'
                '<table:table-column table:visibility="collapse"/>'.encode(),
            ),
            ("非表示の列が 1 列", "（B）"),
        ),
    ],
    ids=["xls", "ods row", "ods column"],
)
def test_hidden_parts_of_older_and_open_formats(
    name: str, content: bytes, words: tuple[str, ...]
) -> None:
    dataset = one(content, name)
    assert all(word in told(dataset) for word in words)
    assert dataset.table["年齢"].texts[:2] == ["30", "41"]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    ws = sheet()
    for row in (["氏名", "病名", "年齢"], ["甲", "ア", 1], ["乙", "イ", 2]):
        ws.append(row)
    ws.row_dimensions[3].hidden = True
    ws.column_dimensions["B"].hidden = True
    dataset = one(saved(ws.parent))
    assert dataset.table["病名"].texts == ["ア", "イ"]
    assert "非表示の行が 1 行" in told(dataset)
    assert "3 行目" in told(dataset)
    assert "（B）" in told(dataset)


def test_formulas_are_read_by_their_saved_results() -> None:
    ws = sheet()
    for row in (["a", "合計"], [1, "=A2*2"], [2, "=A3*2"]):
        ws.append(row)
    content = repacked(
        saved(ws.parent), "xl/worksheets/sheet1.xml", b"<f>A2*2</f><v></v>", b"<f>A2*2</f><v>2</v>"
    )
    dataset = one(content)
    assert dataset.table["合計"].texts == ["2", ""]
    assert {n.code: n.count for n in dataset.lint}["formulas"] == 2
    assert "数式が 1 個" in told(dataset)
    (note,) = [n for n in dataset.lint if n.code == "formulas"]
    assert (note.column, note.row, note.rows) == ("合計", 1, (1, 2))
    assert "B2、B3" in note.message.ja
    assert "1 個は計算結果が保存されていないため空欄" in note.message.ja


def test_formulas_without_any_result_are_not_said_to_have_been_read() -> None:
    ws = sheet()
    for row in ([None, "a", "合計"], [None, 1, "=B2*2"], [], [None, 2, "=B4*2"]):
        ws.append(row)
    dataset = one(saved(ws.parent))
    (note,) = [n for n in dataset.lint if n.code == "formulas"]
    assert "保存されていた" not in note.message.ja + told(dataset)
    assert (note.column, note.rows) == ("合計", (1, 2))
    assert "C2、C4" in note.message.ja


def test_formulas_below_the_data_are_named_by_their_cell() -> None:
    ws = sheet()
    for row in (["氏名", "町", "人数"], *(["甲", "北", i] for i in range(9)), ["計", None, "=A1"]):
        ws.append(row)
    (note,) = [n for n in one(saved(ws.parent)).lint if n.code == "formulas"]
    assert (note.column, note.row, note.rows) == ("人数", None, ())
    assert "C11" in note.message.ja


def test_every_merged_area_of_the_data_is_placed() -> None:
    ws = sheet()
    for row in (["区", "町", "人"], ["北", "ア", 1], ["北", None, 2], [], ["南", "イ", 3]):
        ws.append(row)
    ws.merge_cells("B2:B3")
    ws.merge_cells("A5:B5")
    found = [n for n in one(saved(ws.parent)).lint if n.code == "merged_cells"]
    assert [(n.column, n.rows) for n in found] == [("区", (3,)), ("町", (1,))]


def _three_rows_of_header() -> str:
    def cell(text: str, wide: int = 1, high: int = 1) -> str:
        spans = f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"'
        covered = "<table:covered-table-cell/>" * (wide - 1)
        start = f'<table:table-cell office:value-type="string"{spans}>'
        return f"{start}<text:p>{text}</text:p></table:table-cell>{covered}"

    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    hidden = "<table:covered-table-cell/>"
    rows = [
        row(cell("番号", 1, 3), cell("本人", 3)),
        row(hidden, cell("氏名", 2), cell("性別", 1, 2)),
        row(hidden, cell("漢字"), cell("カナ"), hidden),
    ]
    rows += [row(*map(cell, (str(i), "甲", "コウ", "男"))) for i in range(1, 6)]
    return "".join(rows)


def test_a_merged_header_of_an_open_format() -> None:
    dataset = one(old_formats.ods([], _three_rows_of_header()), "a.ods")
    assert dataset.table.keys == ["番号", "本人_氏名_漢字", "本人_氏名_カナ", "本人_性別"]
    assert dataset.table.rows == 5
    (note,) = [n for n in dataset.lint if n.code == "merged_header"]
    assert (note.column, note.count) == ("番号", 4)
    assert "A1:A3、B1:D1、B2:C2、D2:D3" in note.message.ja


@pytest.mark.parametrize("number", ["900000000", "x", "-3", "0"])
def test_a_merged_area_beyond_all_bounds(number: str) -> None:
    extra = (
        '<table:table-row><table:table-cell office:value-type="string"'
        f' table:number-columns-spanned="{number}"'
        f' table:number-rows-spanned="{number}"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>"
    )
    assert one(old_formats.ods(ROWS, extra), "a.ods").table.rows == 3


@pytest.mark.parametrize(
    ("extra", "drawn"),
    [
        (old_formats.drawing_record(), False),
        (old_formats.drawing_record() + old_formats.object_record(25), False),
        (old_formats.drawing_record() + old_formats.object_record(20), False),
        (old_formats.drawing_record() + old_formats.object_record(5), True),
        (old_formats.drawing_record() + old_formats.object_record(8), True),
    ],
    ids=["empty page", "comment", "filter", "chart", "picture"],
)
def test_drawings_of_the_older_format(extra: bytes, drawn: bool) -> None:
    codes = {n.code for n in one(old_formats.xls(ROWS, extra), "a.xls").lint}
    assert ("drawings" in codes) == drawn


def test_drawings_are_told() -> None:
    ws = sheet()
    for row in ROWS:
        ws.append(row)
    ws.add_chart(BarChart(), "D2")
    assert any(n.code == "drawings" for n in one(saved(ws.parent)).lint)


def test_the_largest_visible_sheet_is_read_and_the_others_are_named() -> None:
    cover = [["資料の説明"]]
    hidden = [["氏名", "年齢"], *(["甲", i] for i in range(50))]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(表紙=cover, 名簿=ROWS, 隠し=hidden)))
    book["隠し"].sheet_state = "hidden"
    dataset = one(saved(book))
    assert dataset.sources[0].sheet == "名簿"
    assert dataset.sources[0].sheets == ("表紙", "名簿", "隠し")
    assert "「隠し」" in told(dataset)
    assert one(saved(book), sheet="隠し").table.rows == 50


def test_columns_left_of_the_table_are_not_columns_of_it() -> None:
    ws = sheet()
    for number, row in enumerate(ROWS, 5):
        for column, value in enumerate(row, 4):
            ws.cell(number, column, value)
    assert one(saved(ws.parent)).table.keys == ["氏名", "年齢"]


def test_blank_rows_are_left_out_and_told() -> None:
    dataset = one(xlsx(表=[*ROWS, [None, None], ["鈴木", 50], [None, None]]))
    assert dataset.table.rows == 3
    (note,) = [n for n in dataset.lint if n.code == "blank_rows"]
    assert (note.row, note.count) == (3, 1)


def test_limits_hold_for_workbooks() -> None:
    content = xlsx(表=ROWS)
    for limits, code in (
        (Limits(rows=2), "too_many_rows"),
        (Limits(columns=1), "too_many_columns"),
    ):
        with pytest.raises(InputError) as caught:
            read([Upload("a.xlsx", content)], limits=limits)
        assert caught.value.problems[0].code == code
