"""The rules for machine-readable tables: each with a breach and near misses."""

import pytest

from core import LintNote, Table
from intake import lint


def notes(**columns: list[str]) -> dict[str, LintNote]:
    return {note.code: note for note in lint(Table.of(columns))}


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("line_breaks", "北区\n南区"),
        ("layout_spaces", "　北区"),
        ("layout_spaces", "北  区"),
        ("layout_spaces", "地　区12"),
        ("platform_characters", "①"),
        ("platform_characters", "㈱みほん"),
        ("platform_characters", "髙橋"),
        ("platform_characters", "山﨑"),
        ("private_characters", "渡\ue000"),
        ("rare_characters", "𠮷田"),
        ("split_characters", "か\u3099く"),
        ("lost_characters", "山\ufffd"),
        ("missing_glyphs", "渡〓"),
        ("garbled", "縺ゅ＞"),
        ("garbled", "繝ｦ繝ｼ"),
        ("garbled", "æ\x8f\x9b"),
        ("garbled", "ã‚ã„"),
        ("invisible_characters", "北\u200b区"),
        ("invisible_characters", "\u202e北区"),
        ("era_years", "昭和55年4月1日"),
        ("era_years", "S55.4.1"),
        ("era_years", "令和元年度"),
        ("ditto_marks", "〃"),
        ("ditto_marks", "同上"),
        ("error_values", "#REF!"),
        ("lost_digits", "1.23457E+11"),
        ("formula_like", "=HYPERLINK(1)"),
        ("formula_like", "@SUM"),
        ("formula_like", "+cmd"),
    ],
)
def test_a_cell_that_breaks_a_rule(code: str, cell: str) -> None:
    found = notes(項目=["北区", cell, "南区", cell])
    assert (found[code].column, found[code].row, found[code].count) == ("項目", 2, 2)
    assert found[code].rows == (2, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "山田　花子", "北区", "S高校", "1980年（昭和55年）", "高橋", "崎", "-5", "+81-3", "H2A型",
        "2024-04-01", "一〃二", "1.5", "㎡の表記ではない", "電話で確認。次回、訪問", "M1車両",
        "José", "São Paulo", "繧繝縁", "縺れた糸", "林　健", "中央区　本町1", "R6",
    ],
)  # fmt: skip
def test_near_misses_break_no_rule(cell: str) -> None:
    if cell.startswith("㎡"):
        cell = cell[1:]
    assert notes(項目=["北区", cell, "南区"]) == {}


@pytest.mark.parametrize(
    "cell", ["1,200", "¥300", "▲50", "40円", "１，２００円", "12人", "約500", "30程度"]
)
def test_numbers_with_text(cell: str) -> None:
    found = notes(数=[*map(str, range(20)), cell])
    assert found["dressed_numbers"].row == 21
    assert "dressed_numbers" not in notes(住所=["北1", "南2", "東3", cell])


def test_symbols_among_numbers() -> None:
    assert notes(数=[*map(str, range(20)), "***", "不明"])["symbols_among_numbers"].rows == (21, 22)
    assert "symbols_among_numbers" not in notes(区分=["あり", "なし", "不明"])


@pytest.mark.parametrize(
    "cell",
    ["12(推計)", "1.5*", "１２（速報値）", "▲3※", "40人以上", "5未満", "7r"],
)
def test_numbers_with_a_remark(cell: str) -> None:
    found = notes(数=[*map(str, range(20)), cell])["remarks_in_numbers"]
    assert (found.row, found.rows, found.column) == (21, (21,), "数")


@pytest.mark.parametrize("cell", ["12-3", "A12", "(12)", "090-1234-5678", "3丁目", "12", "*"])
def test_what_is_no_number_with_a_remark(cell: str) -> None:
    assert "remarks_in_numbers" not in notes(数=[*map(str, range(20)), cell])
    assert "remarks_in_numbers" not in notes(備考=["北", "南", "約30", "12(推計)"])


def test_short_eras_are_told_among_years_only() -> None:
    assert notes(期=["2022", "2023", "R6"])["era_years"].rows == (3,)
    assert notes(年度=["R4", "R5", "R6"])["era_years"].rows == (1, 2, 3)
    assert "era_years" not in notes(部屋=["R4", "R5", "R6"])
    assert "era_years" not in notes(年度=["2022", "2023", "R6(2024)"])


def test_spaces_where_others_have_none() -> None:
    found = notes(区=["中央区1", "中央区2", "中 央区3"])["uneven_spaces"]
    assert (found.row, found.column) == (3, "区")
    assert "uneven_spaces" not in notes(氏名=["山田 太郎", "佐藤花子", "鈴木 一郎"])
    assert "uneven_spaces" not in notes(氏名=["山田 太郎", "佐藤 花子", "佐藤花子"])


def test_dates_in_several_ways() -> None:
    assert notes(日=["2024-04-01", "2024-04-02", "2024/4/3"])["mixed_dates"].rows == (3,)
    assert notes(日=["2024-04-01", "2024-04-02"]) == {}
    assert notes(数=["20240401", "5", "7"]) == {}


def test_widths_are_mixed() -> None:
    assert notes(番号=["12", "13", "１４"])["mixed_width"].rows == (3,)
    assert notes(カナ=["ヤマダ", "サトウ", "ｽｽﾞｷ"])["mixed_kana"].rows == (3,)
    assert notes(番号=["１２", "１３"]) == {}


def test_several_values_in_one_cell() -> None:
    assert notes(区=["北区", "南区", "北区、南区"])["several_values"].rows == (3,)
    assert notes(区=["北区", "南区", "東、西の境"]) == {}
    assert notes(日=["2024/4/1", "2024/4/2"]) == {}


def test_rows_that_are_not_data() -> None:
    found = notes(
        区=[*(f"{i}区" for i in range(9)), "合　計", "※速報値", "区"],
        人=[*map(str, range(10, 19)), "126", "", "人"],
    )
    assert found["totals_rows"].rows == (10,)
    assert found["remark_rows"].rows == (11,)
    assert found["repeated_header"].rows == (12,)


def test_a_table_of_totals_by_design_is_left_alone() -> None:
    assert "totals_rows" not in notes(性別=["計", "男", "女"] * 10, 年=["1"] * 30)


def test_headers() -> None:
    table = Table.of(
        [("氏名", ["a"]), ("", ["b"]), ("氏 名", ["c"]), ("氏名", ["d"]), ("空", [""])]
    )
    found = {note.code: note for note in lint(table)}
    assert found["blank_header"].column == "#2"
    assert found["repeated_name"].count == 2
    assert "（1、4 列目）" in found["repeated_name"].message.ja
    assert found["header_layout"].column == "氏 名"
    assert found["empty_column"].column == "空"
    assert {n.code for n in lint(Table.of([("", ["a"]), ("", ["b"])]))} == {"no_header"}


def test_no_note_quotes_a_cell() -> None:
    secret = "　秘密の値\n=ひみつ"
    for note in lint(Table.of({"備考": [secret, "〃", "12"]})):
        assert "秘密の値" not in note.model_dump_json()


def test_notes_are_bounded() -> None:
    wide = Table.of({f"c{i}": ["　x\n"] for i in range(500)})
    assert len(lint(wide)) == 300
