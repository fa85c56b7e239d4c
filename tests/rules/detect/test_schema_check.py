"""A schema against the data: what is said, and that no value is said."""

from datetime import date

import pytest

from core import CellKind, Dataset, DeclaredColumn, Schema, SchemaCheck, Table
from core import SchemaCheckKind as Kind
from rules import inspect


def checks(
    column: DeclaredColumn, values: list[str], header: str | None = None
) -> tuple[SchemaCheck, ...]:
    schema = Schema(name="定義", layout="table_schema", columns=(column,))
    table = Table.of({header or column.name: values})
    return inspect(Dataset("d", table, schema)).schema_check


def item(**told: object) -> DeclaredColumn:
    return DeclaredColumn(name="項目", position=1, **told)


def test_values_outside_a_list_name_what_is_allowed_and_their_shapes() -> None:
    (check,) = checks(item(allowed=("新規", "変更")), ["新規", "ひみつの値", "ABC-12", "変更"])
    assert (check.kind, check.rows) == (Kind.VALUE, 2)
    assert "新規、変更" in check.message.ja
    assert "文字×5（1件）" in check.message.ja
    assert "AAA-99" in check.message.ja
    assert "char×5 (1)" in check.message.en
    assert "ひみつ" not in check.message.ja + check.message.en
    assert "ABC" not in check.message.ja + check.message.en


def test_the_cells_outside_a_list_can_be_found() -> None:
    schema = Schema(name="s", layout="list", columns=(item(allowed=("1", "2")),))
    seen = inspect(Dataset("d", Table.of({"項目": ["1", "2", "1", "9", "2"]}), schema))
    assert [n.row for n in seen.cells if n.kind == CellKind.UNDECLARED_VALUE] == [4]


@pytest.mark.parametrize(
    ("told", "good", "bad"),
    [
        ({"type_text": "integer"}, ["1", "-20", "1,200", "１２"], ["1.5", "不明", "三十", "3人"]),
        ({"type_text": "integer", "exact": True}, ["1", "-20"], ["1.0", "１２", "1,200", "三十"]),
        ({"type_text": "number", "exact": True}, ["1.5", "-2e3", ".5"], ["1,5", "１", "約3", "-"]),
        ({"type_text": "boolean", "exact": True}, ["true", "0"], ["はい", "t"]),
        ({"type_text": "DATE", "exact": True}, ["2024-01-05", "20240105"], ["R6.1.5", "20240230"]),
        ({"type_text": "全角カナ"}, ["ヤマダ　ハナ"], ["ﾔﾏﾀﾞ", "やまだ", "ヤマダ ハナ"]),
        ({"type_text": "全角"}, ["山田１"], ["山田1"]),
        ({"type_text": "半角・全角"}, ["山田1"], []),
        ({"type_text": "半角英数字"}, ["AB-1"], ["ＡＢ", "か"]),
        ({"type_text": "半角英数カナ"}, ["ｱ1"], []),
        ({"type_text": "BIGINT"}, ["1"], ["x"]),
        ({"type_text": "DECIMAL(10, 2)"}, ["1.5"], ["多い"]),
        ({"type_text": "boolean"}, ["true", "0"], ["済"]),
        ({"type_text": "文字列（半角数字）"}, ["012", "1.5"], ["０１２", "1号"]),
        ({"type_text": "date"}, ["2024-01-05", "R6.1.5"], ["来月"]),
        ({"format": "YYYY-MM-DD"}, ["2024-01-05"], ["2024/1/5", "2024-13-05"]),
        ({"type_text": "日付", "format": "YYYYMMDD"}, ["20240105"], ["2024-01-05"]),
        ({"format": "date"}, ["2024-01-05"], ["2024/01/05"]),
        ({"format": "%Y-%m-%d"}, ["2024-01-05"], ["2024-1-5", "2024/01/05", "2023-02-29"]),
        ({"format": "%d/%m/%y %H:%M"}, ["05/01/24 09:30"], ["5/1/24 9:30", "05/13/24 09:30"]),
        ({"format": "%Q"}, ["何でも"], []),
        ({"format": "time"}, ["09:30", "09:30:15"], ["9:30", "24:00"]),
        ({"format": "yearmonth"}, ["2024-01"], ["2024-13", "2024/01"]),
        ({"format": "ipv4"}, ["10.0.0.1"], ["10.0.0", "300.1.1.1"]),
        ({"format": "email"}, ["a@example.jp"], ["a.example.jp"]),
        ({"type_text": "CHAR(10)"}, ["文字", "1"], []),
        ({"type_text": "POINT"}, ["文字", "1"], []),
    ],
    ids=str,
)  # fmt: skip
def test_types_and_formats(told: dict[str, str], good: list[str], bad: list[str]) -> None:
    assert not checks(item(**told), [*good, ""])
    found = checks(item(**told), [*good, *bad, ""])
    assert [(c.kind, c.rows) for c in found] == ([(Kind.TYPE, len(bad))] if bad else [])


@pytest.mark.parametrize(
    ("told", "good", "bad", "kind"),
    [
        ({"pattern": "^[0-9]{3}-[0-9]{4}$"}, ["123-4567"], ["1234567", "１２３-4567"], Kind.TYPE),
        ({"allowed": ("A", "B"), "exact_values": True}, ["A"], ["a", "Ａ", "A "], Kind.VALUE),
        ({"allowed": ("A", "B")}, ["A", "a", "Ａ"], ["C"], Kind.VALUE),
        ({"shortest": 3}, ["abc"], ["ab"], Kind.LENGTH),
        ({"unique": True}, ["1", "2"], ["3", "3"], Kind.VALUE),
        ({"minimum": 0, "beyond_minimum": True}, ["0.5"], ["0"], Kind.VALUE),
        ({"maximum": 9, "beyond_maximum": True}, ["8"], ["9", "10"], Kind.VALUE),
        ({"minimum": date(2024, 1, 1)}, ["2024-01-01"], ["2023-12-31", "R5.1.1"], Kind.VALUE),
        ({"type_text": "integer", "exact": True, "missing": ("-", "NA")}, ["1", "-", "NA"], ["N/A"],
         Kind.TYPE),
        ({"blank_allowed": False, "missing": ("-",)}, ["1"], ["-"], Kind.REQUIRED),
    ],
    ids=str,
)  # fmt: skip
def test_constraints_name_the_rows_that_break_them(
    told: dict[str, object], good: list[str], bad: list[str], kind: Kind
) -> None:
    assert not checks(item(**told), good)
    (check,) = checks(item(**told), [*good, *bad])
    rows = tuple(range(len(good) + 1, len(good) + len(bad) + 1))
    assert (check.kind, check.rows, check.at) == (kind, len(bad), rows)


def test_at_most_twenty_rows_are_named_and_cells_only_where_most_fit() -> None:
    def seen(values: list[str]) -> list[int]:
        schema = Schema(name="s", layout="list", columns=(item(pattern="^[a-z]+$"),))
        found = inspect(Dataset("d", Table.of({"項目": values}), schema))
        (check,) = found.schema_check
        assert len(check.at) == min(20, check.rows or 0)
        return [n.row for n in found.cells if n.rule == "declared-format"]

    assert seen(["abc", "def", "7", "ghi"]) == [3]
    assert seen(["1"] * 30 + ["abc"]) == []


def test_a_column_of_many_different_values_is_checked_to_the_end() -> None:
    values = [f"{n:06}" for n in range(250_000)]
    (check,) = checks(item(type_text="integer", exact=True), [*values, "x1"])
    assert check.at == (250_001,)


def test_lengths_and_ranges_are_named() -> None:
    (long,) = checks(item(length=3), ["abc", "abcdef"])
    assert "3" in long.message.ja
    assert "6文字" in long.message.ja
    (beyond,) = checks(item(minimum=0, maximum=120), ["3", "200"])
    assert "0〜120" in beyond.message.ja
    assert "200" not in beyond.message.ja


def register(**told: object) -> Schema:
    names = ("氏名", "病名")
    columns = tuple(DeclaredColumn(name=n, position=i) for i, n in enumerate(names, 1))
    full = {"layout": "register", "purpose": "支給", "record_scope": "申請者"}
    full |= {"collection": "本人", "special_care": True}
    return Schema(name="簿", columns=columns, **(full | told))


@pytest.mark.parametrize(
    ("told", "declared"),
    [
        ({}, []),
        ({"purpose": ""}, ["利用目的"]),
        ({"record_scope": " ", "collection": ""}, ["記録範囲", "収集方法"]),
        ({"blank_fields": ("recipients",)}, ["経常的提供先"]),
        ({"special_care": None, "blank_fields": ("special_care",)}, ["要配慮個人情報の有無"]),
        ({"layout": "pia", "purpose": ""}, ["利用目的"]),
        ({"layout": "pia", "purpose": "", "record_scope": "", "collection": ""}, []),
        ({"layout": "database", "purpose": ""}, []),
    ],
)
def test_what_a_register_leaves_out(told: dict[str, object], declared: list[str]) -> None:
    found = inspect(Dataset("簿", schema=register(**told))).schema_check
    assert [c.declared for c in found if c.kind == Kind.REQUIRED] == declared


@pytest.mark.parametrize(
    ("said", "word"),
    [(False, "「含まない」と記載されています"), (None, "有無が記載されていません"), (True, None)],
)
def test_special_care_content_is_held_against_the_register(
    said: bool | None, word: str | None
) -> None:
    found = inspect(Dataset("簿", schema=register(special_care=said))).schema_check
    told = [c for c in found if c.kind == Kind.UNDECLARED]
    assert [c.column for c in told] == ([] if word is None else ["病名"])
    assert all(word in c.message.ja for c in told if word)


def test_columns_are_found_by_the_other_name_in_the_description() -> None:
    columns = (
        DeclaredColumn(name="shimei", position=1, description="氏名"),
        DeclaredColumn(name="sex", position=2, description="性別（1:男 2:女）", allowed=("1", "2")),
        DeclaredColumn(name="備考", position=3, description="氏名、住所以外の事項"),
        DeclaredColumn(name="宛名番号", position=4, description="外字なし ATENA_NO"),
    )
    table = Table.of({"氏名": ["甲", "乙"], "性別": ["1", "3"], "ATENA_NO": ["001", "002"]})
    found = inspect(
        Dataset("d", table, Schema(name="t", layout="sql", columns=columns))
    ).schema_check
    renamed = {c.declared: (c.column, c.match_confidence) for c in found if c.kind == Kind.ABSENT}
    assert renamed == {
        "shimei": ("氏名", 0.95),
        "sex": ("性別", 0.95),
        "宛名番号": ("ATENA_NO", 0.95),
        "備考": (None, None),
    }
    assert [(c.kind, c.column) for c in found if c.rows] == [(Kind.VALUE, "性別")]
