"""Every layout that people upload as a schema. All content is made up for the tests."""

import json
from datetime import date
from pathlib import Path

import pytest

from core import InputError, Schema
from intake import ReadOptions, Upload, preview, read
from tests.intake.files import csv, xlsx

FORM = [
    ["個人情報ファイル簿"],
    ["個人情報ファイルの名称", "公園ボランティア名簿"],
    ["行政機関等の名称", "みほん市長"],
    ["個人情報ファイルが利用に供される事務をつかさどる組織の名称", "緑政課"],
    ["個人情報ファイルの利用目的", "活動日の連絡と保険の手続に用いる。"],
    ["記録項目", "1氏名、2生年月日、3住所、4電話番号1、5緊急連絡先（氏名、続柄）、6持病"],
    ["記録範囲", "登録した者（平成２８年度以降）"],
    ["記録情報の収集方法", "本人からの申込み"],
    ["要配慮個人情報が含まれるときは、その旨", "含む"],
    ["記録情報の経常的提供先", "みほん市社会福祉協議会、保険会社"],
    ["開示請求等を受理する組織の名称及び所在地", "総務課"],
    ["備考", ""],
]


def schemas(content: bytes, name: str = "定義.xlsx", **options: object) -> list[Schema]:
    found = read([Upload(name, content)], {name: ReadOptions(**options)})
    assert all(d.table is None for d in found)
    return [d.schema for d in found]


def names(schema: Schema) -> list[str]:
    return [c.name for c in schema.columns]


@pytest.mark.parametrize("make", [lambda rows: xlsx(表=rows), csv], ids=["xlsx", "csv"])
def test_register_form(make) -> None:
    (schema,) = schemas(make(FORM), "簿.xlsx" if make is not csv else "簿.csv")
    assert schema.layout == "register"
    assert schema.name == "公園ボランティア名簿"
    assert names(schema) == [
        "氏名", "生年月日", "住所", "電話番号1", "緊急連絡先（氏名、続柄）", "持病",
    ]  # fmt: skip
    assert schema.purpose == "活動日の連絡と保険の手続に用いる。"
    assert schema.record_scope == "登録した者（平成２８年度以降）"
    assert schema.collection == "本人からの申込み"
    assert schema.special_care is True
    assert schema.recipients == ("みほん市社会福祉協議会", "保険会社")
    assert schema.ordinance_special_care is None
    assert schema.blank_fields == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("含む", True), ("有", True), ("含まない", False), ("無", False), ("☑有　□無", True),
        ("□有　☑無", False), ("有・無", None), ("", None), ("病歴", True), ("－", False),
    ],
)  # fmt: skip
def test_register_says_whether_it_holds_special_care(text: str, said: bool | None) -> None:
    rows = [[k, text if k.startswith("要配慮") else v] for k, v in FORM[1:]]
    (schema,) = schemas(xlsx(表=rows))
    assert schema.special_care is said


def test_register_with_blanks_and_an_ordinance() -> None:
    rows = [
        ["個人情報ファイルの名称", "名簿"],
        ["利用目的", ""],
        ["記録項目", "1氏名、2住所"],
        ["要配慮個人情報が含まれるときは、その旨", "無"],
        ["条例要配慮個人情報が含まれるときは、その旨", "有"],
        ["記録情報の経常的提供先", "なし"],
    ]
    (schema,) = schemas(csv(rows), "簿.csv")
    assert (schema.special_care, schema.ordinance_special_care) == (False, True)
    assert schema.blank_fields == ("purpose", "record_scope", "collection")
    assert schema.recipients == ()


def test_register_with_one_sheet_for_each_file() -> None:
    other = [[k, "図書館利用者" if "名称" in k and "ファイルの名" in k else v] for k, v in FORM[1:]]
    found = schemas(xlsx(一=FORM, 二=other))
    assert [s.name for s in found] == ["公園ボランティア名簿", "図書館利用者"]


def test_register_as_a_table_with_one_row_for_each_file() -> None:
    rows = [
        ["個人情報ファイルの名称", "利用目的", "記録項目", "記録範囲", "要配慮個人情報の有無"],
        ["児童名簿", "見守り", "１．氏名　２．学年　３．住所", "在籍者", "無"],
        ["犬の登録", "狂犬病の予防", "①飼い主氏名 ②住所 ③犬の名", "飼い主", "無"],
    ]
    found = schemas(csv(rows), "簿.csv")
    assert [(s.name, names(s)) for s in found] == [
        ("児童名簿", ["氏名", "学年", "住所"]),
        ("犬の登録", ["飼い主氏名", "住所", "犬の名"]),
    ]
    assert found[0].special_care is False


def test_impact_assessment_record_items() -> None:
    rows = [
        ["(別添2) 特定個人情報ファイル記録項目"],
        ["＜児童手当ファイル＞\n1.宛名番号、2.個人番号、3.氏名\n4.口座情報"],
        ["Ⅲ 特定個人情報ファイルの取扱いプロセスにおけるリスク対策"],
        ["ここは項目ではない"],
    ]
    (schema,) = schemas(xlsx(別添=rows))
    assert schema.layout == "pia"
    assert names(schema) == ["宛名番号", "個人番号", "氏名", "口座情報"]


def test_impact_assessment_ticked_boxes() -> None:
    rows = [
        ["特定個人情報ファイルの名称", "児童手当ファイル"],
        ["主な記録項目", "[○]個人番号　[　]個人番号対応符号\n[○]連絡先（電話番号等）"],
    ]
    (schema,) = schemas(xlsx(概要=rows))
    assert names(schema) == ["個人番号", "連絡先（電話番号等）"]


DATABASE = [
    ["帳票名", "宛名テーブル定義書"],
    [],
    ["No.", "項目名称", "物理名", "データ型", "桁数", "必須", "備考"],
    [1, "宛名番号", "ATENA_NO", "CHAR", 15, "○", ""],
    [2, "性別", "SEX", "CHAR", 1, "", "1:男 2:女 空白:不明"],
    [3, "異動日", "IDO_YMD", "DATE", "8", "", "不明は空欄"],
]


def test_database_definition() -> None:
    (schema,) = schemas(xlsx(定義=DATABASE))
    assert schema.layout == "database"
    assert names(schema) == ["宛名番号", "性別", "異動日"]
    first, sex, date = schema.columns
    assert (first.type_text, first.length, first.required) == ("CHAR", 15, True)
    assert "ATENA_NO" in first.description
    assert (sex.allowed, sex.labels) == (("1", "2"), ("男", "女"))
    assert date.length == 8
    assert date.blank_allowed


def test_double_circle_is_required_where_circles_recommend() -> None:
    rows = [
        ["No", "項目名", "区分", "必須項目", "説明", "形式", "記入例"],
        [1, "名称", "", "◎", "施設の名称", "文字列", "ひまわり園"],
        [2, "電話番号", "", "○", "電話番号", "文字列（半角）", "000"],
    ]
    (schema,) = schemas(csv(rows), "一覧.csv")
    assert [c.required for c in schema.columns] == [True, False]
    assert schema.layout == "item_list"


def test_null_allowed_is_not_required() -> None:
    rows = [["カラム名", "型", "NULL許可"], ["a", "INT", "×"], ["b", "INT", "○"]]
    (schema,) = schemas(csv(rows), "表.csv")
    assert [c.required for c in schema.columns] == [True, False]


def test_items_named_over_levels() -> None:
    rows = [
        ["大項目", "中項目", "小項目", "データ型", "桁数"],
        ["世帯", "", "", "", ""],
        ["", "世帯主", "", "", ""],
        ["", "", "世帯主氏名", "文字", 40],
    ]
    (schema,) = schemas(csv(rows), "表.csv")
    assert names(schema)[-1] == "世帯主氏名"


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


def test_create_table() -> None:
    sql = """
    CREATE TABLE 住民 (
      宛名番号 VARCHAR(15) NOT NULL PRIMARY KEY COMMENT '住民を識別する番号',
      性別 CHAR(1) CHECK (性別 IN ('1', '2')),
      所得 DECIMAL(10, 2)
    );
    """
    (schema,) = schemas(sql.encode("cp932"), "表.sql")
    assert (schema.layout, schema.name) == ("sql", "住民")
    first, sex, income = schema.columns
    assert (first.length, first.required, first.description) == (15, True, "住民を識別する番号")
    assert sex.allowed == ("1", "2")
    assert income.length == 11  # ten digits and a point


def test_json_schema_and_its_references() -> None:
    text = """{"$schema": "x", "title": "住民", "type": "object", "required": ["id"],
      "properties": {"id": {"$ref": "#/$defs/Id"}, "年齢": {"type": "integer", "minimum": 0},
        "区": {"enum": ["北区", "南区", 3]}, "外": {"$ref": "http://example.invalid/x.json"}},
      "$defs": {"Id": {"type": "string", "maxLength": 8}}}"""
    (dataset,) = read([Upload("s.json", text.encode())])
    first, age, ward, _ = dataset.schema.columns
    assert (first.length, first.required) == (8, True)
    assert age.minimum == 0
    assert ward.allowed == ("北区", "南区", "3")
    assert any("$ref" in note.ja for note in dataset.sources[0].notes)


def test_table_schema() -> None:
    text = """{"fields": [{"name": "id", "type": "string", "constraints": {"required": true}},
      {"name": "sex", "type": "string", "description": "次のいずれか {1:男, 2:女}"}]}"""
    (schema,) = schemas(text.encode(), "t.json")
    assert schema.layout == "table_schema"
    assert schema.columns[0].required
    assert schema.columns[1].allowed == ("1", "2")


def test_constraints_of_a_table_schema() -> None:
    text = """{"missingValues": ["", "-"], "primaryKey": "id", "fields": [
      {"name": "id", "type": "integer"},
      {"name": "郵便番号", "constraints": {"pattern": "[0-9]{3}-[0-9]{4}", "minLength": 8}},
      {"name": "カナ", "constraints": {"pattern": "(?=x)x"}},
      {"name": "区分", "type": "string", "constraints": {"enum": ["A", "B"], "unique": true}},
      {"name": "対象", "type": "boolean", "trueValues": ["有"], "falseValues": ["無"]},
      {"name": "受付日", "type": "date", "constraints": {"minimum": "2024-04-01"}},
      {"name": "更新日", "type": "date", "format": "%Y/%m/%d"},
      {"name": "金額", "type": "number", "groupChar": ",", "constraints": {"exclusiveMinimum": 0}}
    ]}"""
    (dataset,) = read([Upload("t.json", text.encode())])
    assert dataset.schema
    key, post, kana, kind, truth, day, form, amount = dataset.schema.columns
    assert (key.unique, key.required, key.exact, key.missing) == (True, True, True, ("-",))
    assert (post.pattern, post.shortest) == ("^(?:[0-9]{3}-[0-9]{4})$", 8)
    assert not kana.pattern
    assert any("「カナ」" in note.ja and "pattern" in note.en for note in dataset.sources[0].notes)
    assert (kind.allowed, kind.exact_values, kind.unique) == (("A", "B"), True, True)
    assert truth.allowed == ("有", "無")
    assert (day.format, day.minimum) == ("date", date(2024, 4, 1))
    assert form.format == "%Y/%m/%d"
    assert (amount.exact, amount.minimum, amount.beyond_minimum) == (False, 0, True)


def test_constraints_of_json_schema_and_csv_on_the_web() -> None:
    text = """{"type": "object", "properties": {
      "a": {"type": "string", "pattern": "^[\\\\u30A0-\\\\u30FF]+$"},
      "b": {"type": "boolean", "enum": [true, false]},
      "c": {"type": "number", "minimum": 0, "exclusiveMinimum": true}}}"""
    (schema,) = schemas(text.encode(), "s.json")
    kana, truth, above = schema.columns
    assert kana.pattern == r"^[\x{30A0}-\x{30FF}]+$"
    assert truth.allowed == ("true", "false")
    assert (above.minimum, above.beyond_minimum) == (0, True)
    web = """{"@context": "http://www.w3.org/ns/csvw", "tableSchema": {"columns": [
      {"titles": "番号", "datatype": {"base": "string", "format": "[A-Z][0-9]+", "length": 4}},
      {"titles": "点", "datatype": {"base": "decimal", "minInclusive": 1, "maxExclusive": 9}}]}}"""
    (schema,) = schemas(web.encode(), "w.json")
    number, points = schema.columns
    assert (number.pattern, number.length, number.shortest) == ("^(?:[A-Z][0-9]+)$", 4, 4)
    assert (points.minimum, points.maximum, points.beyond_maximum) == (1, 9, True)


def test_yaml_keys_and_codes_stay_as_written() -> None:
    text = """
openapi: "3.0.0"
components:
  schemas:
    申請:
      properties:
        No: {type: string}
        ON: {type: string, enum: [001, 010, yes, 1.10]}
"""
    (schema,) = schemas(text.encode(), "s.yml")
    assert names(schema) == ["No", "ON"]
    assert schema.columns[1].allowed == ("001", "010", "yes", "1.10")


@pytest.mark.parametrize(
    "content",
    [
        "氏名,生年月日,住所,電話番号\n",
        "氏名\n生年月日\n住所\n電話番号\n",
        "・氏名\n・生年月日\n・住所\n",
    ],
)
def test_bare_list_of_names(content: str) -> None:
    (schema,) = schemas(content.encode(), "項目.txt")
    assert schema.layout == "list"
    assert names(schema)[:3] == ["氏名", "生年月日", "住所"]


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


@pytest.mark.shared
def test_the_national_core_data_model(shared: Path) -> None:
    path = shared / "data" / "schemas" / "gif_core_data_model.xlsx"
    (schema,) = schemas(path.read_bytes(), path.name)
    assert schema.layout == "gif"
    assert names(schema)[:3] == ["ID群", "氏", "名"]
    assert schema.columns[0].required is False
    assert schema.columns[1].required is True
    (address,) = schemas(path.read_bytes(), path.name, sheet="住所")
    assert "町字ID" in names(address)
    assert not any(name == "項目名" for name in names(address))


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
