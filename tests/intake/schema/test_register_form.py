"""Registers as cities publish them: stacked, ticked, grouped, with an appendix. All made up."""

import pytest

from core import InputError, Schema
from intake import ReadOptions, Upload, read
from intake.schema.register_form import read_register
from tests.intake.files import csv, xlsx
from tests.intake.schema.schemas import Rows, names, schemas

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


def registers(name: str = "簿.xlsx", **sheets: Rows) -> list[Schema]:
    return [d.schema for d in read([Upload(name, xlsx(**sheets))]) if d.schema]


def form(items: Rows, name: str = "台帳", special: str = "含まない") -> Rows:
    return [
        ["個人情報ファイル簿"],
        ["個人情報ファイルの名称", name],
        ["個人情報ファイルの利用目的", "連絡"],
        *items,
        ["記録範囲", "市民"],
        ["記録情報の収集方法", "本人"],
        ["要配慮個人情報が含まれるときは、その旨", special],
        ["記録情報の経常的提供先", "－"],
    ]


def test_forms_below_one_another_are_files_of_their_own() -> None:
    first = form([["記録項目", "1氏名、2住所"]])
    second = form([["記録項目", "1氏名、2病歴"]], "相談", "含む")
    found = registers(簿=[*first, [], *second])
    assert [(s.name, names(s), s.special_care) for s in found] == [
        ("台帳", ["氏名", "住所"], False),
        ("相談", ["氏名", "病歴"], True),
    ]


def test_names_of_groups_beside_the_lists_are_no_items() -> None:
    rows: Rows = [
        ["記録項目", "基本情報", "氏名、住所"],
        ["", "家族情報", "続柄、世帯員の氏名"],
        ["", "その他", "備考"],
    ]
    (schema,) = registers(簿=form(rows))
    assert names(schema) == ["氏名", "住所", "続柄", "世帯員の氏名", "備考"]


@pytest.mark.parametrize(
    "items",
    [
        [
            ["記録項目", "基本的事項", "☑氏名　□性別　☑住所　□その他（　　）"],
            ["", "心身の状況", "☐障害　☒病歴　□身体的特徴"],
            ["", "思想・信条等", "□思想　□信条"],
        ],
        [["記録項目", "■氏名\n□性別\n■住所\n□障害\n■病歴"]],
        [
            ["記録項目", "○", "氏名", "", "性別", "○", "住所"],
            ["", "", "障害", "○", "病歴", "", ""],
        ],
        [["記録項目", "氏名", "○", "性別", ""], ["", "住所", "○", "病歴", "○"]],
    ],
    ids=["groups", "lines", "cells", "marks behind"],
)
def test_only_ticked_items_are_recorded(items: Rows) -> None:
    (schema,) = registers(簿=form(items))
    assert names(schema) == ["氏名", "住所", "病歴"]


def test_ticks_beside_other_labels_are_read_too() -> None:
    rows = form([["記録項目", "1氏名、2住所"]])
    rows[5] = ["記録情報の収集方法", "☑本人　□本人以外（　　）"]
    rows[7] = ["記録情報の経常的提供先", "☑有（県、国）　□無"]
    (schema,) = registers(簿=rows)
    assert schema.collection == "本人"
    assert schema.recipients == ("有（県、国）",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("要配慮個人情報は含まれない。", False),
        ("含まれていない", False),
        ("記載なし", False),
        ("ー", False),
        ("☐含む　☒含まない", False),
        ("☐ 有　✔ 無", False),
        ("☐含む　☐含まない", None),
        ("●含む　○含まない", True),
        ("レセプト情報を含む", True),
        ("本人の病歴、障害の有無が含まれる", True),
        ("含む（宗教は含まない）", True),
    ],
)
def test_the_entry_on_special_care(text: str, said: bool | None) -> None:
    (schema,) = read_register("簿", form([["記録項目", "1氏名、2住所"]], special=text))
    assert schema.special_care is said


def test_items_are_taken_from_the_sheet_that_the_form_names() -> None:
    appendix: Rows = [["別紙　記録項目"], ["番号", "項目"], [1, "氏名"], [2, "住所"], [3, "所得"]]
    (schema,) = registers(簿=form([["記録項目", "別紙のとおり"]]), 別紙=appendix)
    assert names(schema) == ["氏名", "住所", "所得"]


def test_an_appendix_that_is_missing_is_told() -> None:
    with pytest.raises(InputError) as raised:
        registers(簿=form([["記録項目", "別紙のとおり"]]))
    assert [p.code for p in raised.value.problems] == ["items_elsewhere"]
    both = [*form([["記録項目", "別紙のとおり"]]), *form([["記録項目", "1氏名、2住所"]])]
    (found,) = read([Upload("簿.xlsx", xlsx(簿=both))], {"簿.xlsx": ReadOptions()})
    assert any("別紙" in note.ja for note in found.sources[0].notes)


def test_one_of_several_registers_on_a_sheet_can_be_chosen() -> None:
    first = form([["記録項目", "1氏名、2住所"]])
    second = form([["記録項目", "1氏名、2病歴"]], "相談")
    uploads = [Upload("簿.xlsx", xlsx(簿=[*first, *second])), Upload("a.csv", "氏名,他\n".encode())]
    for chosen in ("台帳", "相談"):
        (found,) = read(uploads, {"簿.xlsx": ReadOptions(sheet=chosen)})
        assert found.schema and found.schema.name == chosen
        told = {"簿.xlsx": ReadOptions.of(found.sources[1])}
        assert read(uploads, told)[0].schema == found.schema


@pytest.mark.parametrize("between", ["　", "：", " : ", "\n"])
def test_a_form_that_was_copied_as_text(between: str) -> None:
    lines = [
        "個人情報ファイル簿（単票）",
        "個人情報ファイルの名称|台帳",
        "個人情報ファイルの利用目的|連絡",
        "記録項目|1氏名、2住所、",
        "3電話番号",
        "記録範囲|市民",
        "記録情報の収集方法|本人",
        "要配慮個人情報が含まれるときは、その旨|含まない",
    ]
    content = "\n".join(lines).replace("|", between).encode("cp932")
    (found,) = read([Upload("簿.txt", content)])
    assert found.schema and names(found.schema) == ["氏名", "住所", "電話番号"]
    assert (found.schema.name, found.schema.special_care) == ("台帳", False)


def test_a_paper_for_consultation_lists_items_too() -> None:
    rows: Rows = [
        ["諮問資料"],
        ["事業名", "子育てアプリ"],
        ["目的", "支援"],
        ["対象者", "保護者"],
        ["取り扱う個人情報", "氏名、住所及び児童の生年月日"],
        ["提供先", "委託先"],
    ]
    (schema,) = registers(諮問=rows)
    assert names(schema) == ["氏名", "住所及び児童の生年月日"]
    assert (schema.name, schema.purpose, schema.recipients) == ("子育てアプリ", "支援", ("委託先",))


def test_the_same_words_as_columns_of_data_make_no_form() -> None:
    rows: Rows = [["事業名", "目的", "対象者", "提供先"], ["甲", "支援", "市民", "県"]]
    (found,) = read([Upload("a.xlsx", xlsx(表=rows))])
    assert found.table is not None


def test_registers_side_by_side_share_their_labels() -> None:
    rows: Rows = [
        ["個人情報ファイルの名称", "甲", "乙"], ["利用目的", "連絡", "給付"],
        ["記録項目", "1氏名、2住所", "1氏名、2病歴"], ["記録範囲", "市民", "受給者"],
        ["収集方法", "本人", "申請"], ["要配慮個人情報の有無", "無", "有"],
    ]  # fmt: skip
    found = registers(簿=rows)
    assert [(s.name, names(s), s.special_care, s.record_scope) for s in found] == [
        ("甲", ["氏名", "住所"], False, "市民"),
        ("乙", ["氏名", "病歴"], True, "受給者"),
    ]


def test_a_register_may_take_a_row_for_each_item() -> None:
    rows: Rows = [
        ["No", "個人情報ファイルの名称", "利用目的", "記録項目", "記録範囲"],
        [1, "甲", "連絡", "氏名", "市民"], ["", "", "", "住所", ""],
        [2, "乙", "給付", "氏名", "受給者"], ["", "", "", "病歴", ""],
    ]  # fmt: skip
    found = registers(簿=rows)
    assert [(s.name, names(s)) for s in found] == [
        ("甲", ["氏名", "住所"]),
        ("乙", ["氏名", "病歴"]),
    ]


def test_a_line_break_inside_an_item_is_none_of_its_characters() -> None:
    (schema,) = registers(簿=form([["記録項目", "1 氏名、2 生年\n月日、3 電話\n番号"]]))
    assert names(schema) == ["氏名", "生年月日", "電話番号"]


def test_a_register_on_a_web_page_without_a_table() -> None:
    pairs = [(str(row[0]), str(row[1])) for row in form([["記録項目", "1氏名、2住所"]])[1:]]
    terms = "".join(f"<dt>{label}</dt><dd><p>{value}</p></dd>" for label, value in pairs)
    page = (
        f"<html><head><meta charset='utf-8'></head><body><h1>簿</h1><dl>{terms}</dl></body></html>"
    )
    (found,) = read([Upload("a.html", page.encode())])
    assert found.schema and names(found.schema) == ["氏名", "住所"]


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


def register(**changed: str) -> Rows:
    """The national model form as offices keep it in a sheet, labels broken over lines."""
    rows: Rows = [
        ["個人情報ファイル簿（単票）"], [],
        ["個人情報ファイルの名称", "", "みほん台帳ファイル"],
        ["行政機関等の名称", "", "みほん市長"],
        ["個人情報ファイルが利用に\n供される事務をつかさど\nる組織の名称", "", "税務課"],
        ["個人情報ファイルの利用目的", "", "税の計算に用いる。"],
        ["記録項目", "", "1氏名、2生年月日、3住所、4所得"],
        ["記録範囲", "", "令和２年度以降の対象者"],
        ["記録情報の収集方法", "", "本人からの申告、勤務先からの報告"],
        ["要配慮個人情報が含まれる\nときは、その旨", "", "含む"],
        ["記録情報の経常的提供先", "", "－"],
        ["開示請求等を受理する組織\nの名称及び所在地", "（名　称）", "総務課"],
        ["", "（所在地）", "みほん市北区"],
        ["個人情報ファイルの種別", "☑法第60条第2項第1号（電算処理ファイル）", "□同第2号"],
        ["", "令第21条第7項に該当するファイル\n□有　☑無", ""],
        ["行政機関等匿名加工情報の提案の募集をする個人情報ファイルである旨", "", "非該当"],
        ["備　　考", "", "－"],
    ]  # fmt: skip
    for row in rows:
        for part, value in changed.items():
            if row and part in str(row[0]).replace("\n", ""):
                row[2] = value
    return rows


@pytest.mark.parametrize("make", [lambda rows: xlsx(簿=rows), csv], ids=["xlsx", "csv"])
def test_the_model_form_of_a_register(make) -> None:
    (schema,) = schemas(make(register()), "簿.xlsx" if make is not csv else "簿.csv")
    assert names(schema) == ["氏名", "生年月日", "住所", "所得"]
    assert schema.purpose == "税の計算に用いる。"
    assert schema.record_scope == "令和２年度以降の対象者"
    assert schema.collection == "本人からの申告、勤務先からの報告"
    assert schema.special_care is True
    assert (schema.recipients, schema.blank_fields) == ((), ())


def test_what_the_model_form_leaves_blank_is_told() -> None:
    (schema,) = schemas(xlsx(簿=register(利用目的="", 経常的提供先="", 要配慮="")))
    assert schema.blank_fields == ("purpose", "special_care", "recipients")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["個人情報ファイルの名称", "名簿"], ["個人情報ファイルの利用目的", "連絡"],
            ["記録項目", "1", "氏名"], ["", "2", "住所"], ["記録範囲", "市民"],
            ["記録情報の収集方法", "本人"],
        ],
        [
            ["個人情報ファイルの名称"], ["名簿"], ["利用目的"], ["連絡"],
            ["記録項目"], ["1氏名、2住所"], ["記録範囲"], ["市民"], ["収集方法"], ["本人"],
        ],
        [
            ["個人情報ファイルの名称", "名簿", "行政機関等の名称", "市長"],
            ["個人情報ファイルの利用目的", "連絡", "所管課", "総務課"],
            ["記録項目", "1氏名、2住所", "", ""], ["記録範囲", "市民", "収集方法", "本人"],
        ],
        [
            ["個人情報取扱事務登録簿"], ["事務の名称", "名簿"], ["事務の目的", "連絡"],
            ["個人情報の対象者の範囲", "市民"], ["個人情報の記録項目", "1氏名、2住所"],
            ["個人情報の収集先", "本人"],
        ],
    ],
    ids=["items in rows", "values below", "two columns", "register of duties"],
)  # fmt: skip
def test_other_forms_of_a_register(rows: Rows) -> None:
    (schema,) = schemas(xlsx(簿=rows))
    assert (schema.name, names(schema)) == ("名簿", ["氏名", "住所"])
    assert (schema.purpose, schema.record_scope, schema.collection) == ("連絡", "市民", "本人")
