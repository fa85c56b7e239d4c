"""What is a schema and what is data, of which kind, and which of several. All made up."""

import json
from typing import get_args

import pytest

from core import InputError
from intake import ReadOptions, Upload, preview, read
from intake.schema import SheetKind, _kinds
from intake.upload import Layout
from tests.intake.files import csv, xlsx
from tests.intake.schema.schemas import DATABASE, names, schemas


def test_every_layout_of_a_sheet_is_of_one_kind() -> None:
    sheets = [kind for kind in _kinds() if isinstance(kind, SheetKind)]
    assert sorted(kind.layout for kind in sheets) == sorted(get_args(Layout))
    assert [kind.place for kind in sheets] == list(range(1, len(sheets) + 1))


@pytest.mark.parametrize(
    "content",
    [
        "項目,金額,備考\n需用費,1200,\n役務費,300,郵便\n",
        "名称,住所,電話番号\nひまわり園,北1,000\nすみれ園,南2,001\n",
        "番号\n001\n002\n003\n004\n",
        "氏名,内容,日付\n甲,相談,2024-01-05\n乙,届出,2024-01-06\n",
        "コード,名称,説明\n1,北区,ア\n2,南区,イ\n",
    ],
)
def test_data_is_not_taken_for_a_schema(content: str) -> None:
    (dataset,) = read([Upload("a.csv", content.encode())])
    assert dataset.table is not None
    assert dataset.schema is None


def test_the_guess_is_told_and_can_be_overturned() -> None:
    content = csv(DATABASE)
    (guessed,) = read([Upload("定義.csv", content)])
    assert guessed.sources[0].kind == "schema"
    assert any("データ" in note.ja for note in guessed.sources[0].notes)
    (forced,) = read([Upload("定義.csv", content)], {"定義.csv": ReadOptions(kind="data")})
    assert forced.table is not None
    with pytest.raises(InputError) as caught:
        read([Upload("a.pdf.json", b"[1, 2]")], {"a.pdf.json": ReadOptions(kind="schema")})
    assert caught.value.problems[0].code == "not_a_schema"


def test_a_layout_can_be_stated() -> None:
    rows = [["氏名", "生年月日"], ["住所", "電話番号"], ["病名", "備考"]]
    (schema,) = schemas(csv(rows), "項目.csv", kind="schema")
    assert names(schema) == ["氏名", "生年月日"]
    content = csv(DATABASE)
    (as_items,) = schemas(content, "定義.csv", kind="schema", layout="items")
    (as_list,) = schemas(content, "定義.csv", kind="schema", layout="list")
    assert names(as_items) != names(as_list)
    assert as_list.layout == "list"
    with pytest.raises(InputError) as caught:
        schemas(content, "定義.csv", kind="schema", layout="register")
    assert caught.value.problems[0].code in ("not_a_schema", "no_record_items")


def test_a_workbook_with_data_and_its_definition_becomes_one_dataset() -> None:
    data = [["宛名番号", "性別", "異動日"], *([f"{i:05}", "1", "2024-01-01"] for i in range(60))]
    (dataset,) = read([Upload("b.xlsx", xlsx(定義=DATABASE, データ=data))])
    assert dataset.table.rows == 60
    assert dataset.schema.layout == "database"


def test_the_definition_that_fits_the_data_is_chosen() -> None:
    other = [["項目名", "データ型"], ["図書番号", "X"], ["貸出日", "X"]]
    book = xlsx(図書=other, 宛名=DATABASE)
    data = "宛名番号,性別,異動日\n001,1,2024-01-01\n".encode()
    (dataset,) = read([Upload("定義.xlsx", book), Upload("d.csv", data)])
    assert names(dataset.schema) == ["宛名番号", "性別", "異動日"]
    source = next(s for s in dataset.sources if s.kind == "schema")
    assert source.sheet == "宛名"
    assert source.sheets == ("図書", "宛名")


def test_another_of_several_definitions_can_be_chosen_again_and_again() -> None:
    head = ["個人情報ファイルの名称", "利用目的", "記録項目", "記録範囲"]
    registers = [
        head,
        ["住民台帳", "台帳のため", "1氏名、2住所", "住民"],
        ["健診名簿", "健診のため", "1氏名、2年齢、3病名", "40歳以上"],
    ]
    fields = {"properties": {"氏名": {"type": "string"}}, "type": "object"}
    defined = {"components": {"schemas": {"住民台帳": fields, "健診名簿": fields}}}
    for upload in (
        Upload("簿.xlsx", xlsx(簿=registers)),
        Upload("定義.json", json.dumps({"openapi": "3.0.0", **defined}).encode()),
    ):
        source = read([upload])[0].sources[0]
        for part in ("健診名簿", "住民台帳"):
            options = ReadOptions.of(source).corrected({"sheet": part})
            (dataset,) = read([upload], {upload.name: options})
            source = dataset.sources[0]
            assert dataset.schema is not None and dataset.schema.name == part
            assert (source.sheet, source.sheets) == (part, ("住民台帳", "健診名簿"))
            preview(upload, ReadOptions.of(source))
