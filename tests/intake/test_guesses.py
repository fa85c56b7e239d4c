"""What is said where a file is readable but hardly as it was meant."""

import pytest

from core import Dataset, InputError
from intake import ReadOptions, Upload, read
from tests.intake.files import csv, saved, xlsx

ROWS = [["番号", "氏名"], *([f"{i:03d}", f"見本{i}"] for i in range(9))]


def one(content: bytes, name: str = "a.csv", **options: object) -> Dataset:
    (dataset,) = read([Upload(name, content)], {name: ReadOptions(**options)})
    return dataset


def said(dataset: Dataset) -> str:
    return "".join(note.ja for note in dataset.sources[0].notes)


def test_fields_of_fixed_length_are_refused_unless_a_delimiter_is_stated() -> None:
    lines = "".join(f"{i:04d}見本花子　　　　19800101男\n" for i in range(20))
    with pytest.raises(InputError) as caught:
        one(lines.encode("cp932"), "a.txt")
    assert caught.value.problems[0].code == "fixed_width"
    assert one(lines.encode("cp932"), "a.txt", delimiter=",", header_rows=0).table.rows == 20


@pytest.mark.parametrize(
    "text",
    [
        "郵便番号\n" + "0000001\n" * 9,
        "所在地\n" + "みほん市北区本町一丁目二番三号\n" * 9,
        "識別子\n" + "0123456789abcdef0123456789abcdef\n" * 9,
    ],
)
def test_one_column_of_even_values_is_a_table(text: str) -> None:
    dataset = one(text.encode())
    assert dataset.table.rows == 9
    assert "1 列だけ" in said(dataset)


def test_values_wrapped_for_a_spreadsheet_are_freed() -> None:
    dataset = one(b'id,memo\n="001",=A1\n="002",x\n"=""003""",y\n')
    assert dataset.table["id"].texts == ["001", "002", "003"]
    assert dataset.table["memo"].texts[0] == "=A1"
    assert '="001"' in said(dataset)


def test_a_header_without_data_is_told() -> None:
    dataset = one(b"alpha,beta,gamma\n", kind="data")
    assert dataset.table.rows == 0
    assert "データの行がありません" in said(dataset)
    with pytest.raises(InputError) as caught:
        one(xlsx(表=[["名簿"]]), "a.xlsx")
    assert caught.value.problems[0].code == "no_table"


def test_hidden_sheets_are_named() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    hidden = book.create_sheet("元データ")
    hidden.append(["氏名"])
    hidden.sheet_state = "hidden"
    dataset = one(saved(book), "a.xlsx")
    assert "非表示のシート" in said(dataset)
    assert "元データ" in said(dataset)
    assert "非表示のシート" not in said(one(xlsx(表=ROWS, 別=ROWS), "b.xlsx"))


def test_the_delimiter_that_cuts_every_line_wins() -> None:
    dataset = one(b"id;amount\n" + b"".join(b"%d;1,%d\n" % (i, i) for i in range(20)))
    assert dataset.table.keys == ["id", "amount"]


def test_full_width_commas_cut_too() -> None:
    content = csv(ROWS).decode().replace('"', "").replace(",", "，").encode()
    assert one(content).table.keys == ["番号", "氏名"]


def test_a_markdown_table_of_items_is_a_schema() -> None:
    text = (
        "| 項目名 | データ型 | 桁数 |\n|---|:---:|---|\n| 氏名 | 文字 | 40 |\n| 住所 | 文字 | 9 |\n"
    )
    schema = one(text.encode(), "定義.md").schema
    assert [(c.name, c.length) for c in schema.columns] == [("氏名", 40), ("住所", 9)]


def test_single_quotes_are_found_below_a_plain_line_of_names() -> None:
    (found,) = read([Upload("a.csv", "氏名,備考\n'甲','一,二'\n'乙','三'\n".encode())])
    assert found.sources[0].quote == "'"
    assert found.table and len(found.table.columns) == 2
