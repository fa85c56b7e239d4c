"""Lists of codes for several items. All made up."""

import pytest

from intake import Upload, read
from tests.intake.files import csv, xlsx
from tests.intake.schema.schemas import Rows, names, schemas


def test_code_table_gathers_the_codes_of_each_item() -> None:
    rows = [
        ["調査名", "くらしの調査"],
        ["年次", "2020"],
        ["作成者", "みほん市"],
        ["版", "1"],
        ["レコード長", "12"],
        ["文字コード", "UTF-8"],
        ["行番号", "階層", "項目名", "位置", "バイト数", "型", "符号", "符号内容"],
        ["1", "1", "世帯人員", "1", "2", "9", "", ""],
        ["2", "1", "性別", "3", "1", "X", "1", "男"],
        ["3", "", "", "", "", "", "2", "女"],
        ["4", "", "", "", "", "", "△", "不詳"],
        ["5", "1", "職業", "4", "1", "X", "", ""],
        ["6", "", "", "", "", "", "1", "農林"],
        ["7", "", "", "", "", "", "2", "その他"],
    ]
    (schema,) = schemas(csv(rows), "符号表.csv")
    assert schema.layout == "code_list"
    assert names(schema) == ["世帯人員", "性別", "職業"]
    assert schema.columns[1].allowed[:2] == ("1", "2")
    assert schema.columns[1].labels[:2] == ("男", "女")
    assert schema.columns[1].length == 1
    assert schema.columns[2].labels == ("農林", "その他")


@pytest.mark.parametrize(
    "rows",
    [
        [["コード名", "コード値", "名称"], ["性別", "1", "男"], ["性別", "2", "女"]],
        [
            ["コード種別", "コード種別名", "コード", "コード名称"],
            ["01", "性別", "1", "男"], ["01", "性別", "2", "女"],
        ],
        [["項目名", "コード", "内容"], ["性別", "1", "男"], ["", "2", "女"]],
    ],
)  # fmt: skip
def test_a_list_of_codes_for_several_items(rows: Rows) -> None:
    more = ["続柄", "01", "世帯主"], ["続柄", "02", "妻"]
    rows = rows if len(rows[0]) > 3 else [*rows, *more]
    (schema, *_) = schemas(csv(rows), "コード.csv")
    assert schema.layout == "code_list"
    sex = schema.columns[0]
    assert (sex.name, sex.allowed, sex.labels) == ("性別", ("1", "2"), ("男", "女"))


def test_a_list_of_codes_without_groups_needs_to_be_called_a_schema() -> None:
    content = csv([["コード", "名称"], ["1", "男"], ["2", "女"]])
    (data,) = read([Upload("性別コード表.csv", content)])
    assert data.table is not None
    (schema,) = schemas(content, "性別コード表.csv", kind="schema")
    assert (schema.columns[0].name, schema.columns[0].labels) == ("性別", ("男", "女"))


def test_codes_on_another_sheet_go_to_their_items() -> None:
    items: Rows = [
        ["項番", "項目名", "データ型"],
        [1, "性別コード", "コード"],
        [2, "氏名", "文字列"],
    ]
    codes: Rows = [["コード名称", "コード値", "コード値名称"], ["性別", "1", "男"], ["", "2", "女"]]
    (schema,) = schemas(xlsx(定義=items, コード一覧=codes))
    assert [(c.name, c.allowed, c.labels) for c in schema.columns] == [
        ("性別コード", ("1", "2"), ("男", "女")),
        ("氏名", (), ()),
    ]
