"""A schema against the data: what is said, and that no value is said."""

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
        ({"type_text": "integer"}, ["1", "-20"], ["1.5", "不明"]),
        ({"type_text": "BIGINT"}, ["1"], ["x"]),
        ({"type_text": "DECIMAL(10, 2)"}, ["1.5"], ["多い"]),
        ({"type_text": "boolean"}, ["true", "0"], ["済"]),
        ({"type_text": "文字列（半角数字）"}, ["012", "1.5"], ["０１２", "1号"]),
        ({"type_text": "date"}, ["2024-01-05", "R6.1.5"], ["来月"]),
        ({"format": "YYYY-MM-DD"}, ["2024-01-05"], ["2024/1/5", "2024-13-05"]),
        ({"type_text": "日付", "format": "YYYYMMDD"}, ["20240105"], ["2024-01-05"]),
        ({"format": "date"}, ["2024-01-05"], ["2024/01/05"]),
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
    ("said", "word"), [(False, "含まないとしています"), (None, "記載がありません"), (True, None)]
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
