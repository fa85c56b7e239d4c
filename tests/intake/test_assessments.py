"""Impact assessments as whole workbooks: cover, overviews, annex, changes. All made up."""

import io

import docx

from core import Schema
from intake import Upload, read
from tests.intake.files import xlsx

Rows = list[list[object]]
HEADING = "（別添２）特定個人情報ファイル記録項目"
COVER: Rows = [
    ["特定個人情報保護評価書（全項目評価書）"],
    ["評価書番号", "評価書名"],
    ["1", "みほん事務 全項目評価書"],
    ["項目一覧"],
    ["Ⅱ 特定個人情報ファイルの概要"],
    [HEADING],
    ["Ⅲ リスク対策"],
    ["（別添３） 変更箇所"],
]
CHANGES: Rows = [
    ["（別添３）変更箇所"],
    ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "説明"],
    *[["令和5年4月1日", f"Ⅰ {n}", "なし", "追記", "事後", "軽微"] for n in range(60)],
]


def overview(name: str, purpose: str) -> Rows:
    return [
        ["Ⅱ　特定個人情報ファイルの概要"], ["１．特定個人情報ファイル名"], [name],
        ["２．基本情報"], ["③対象となる本人の範囲　※", "住民"],
        ["④記録される項目", "[", "50項目以上", "]"], ["主な記録項目　※", "・識別情報"],
        ["", "[ ○ ] 個人番号", "[　　] 個人番号対応符号", "[ ○ ] 内部番号"],
        ["", "[　　] その他　（　　　）"], ["その妥当性", "正確な特定のため"],
        ["３．特定個人情報の入手・使用"],
        ["①入手元　※", "[ ○ ] 本人"], ["", "[ ○ ] 他の部署（ 税務課 ）"],
        ["⑤使用目的　※", purpose], ["提供先１", "県知事"], ["提供先２～５", "なし"],
    ]  # fmt: skip


def schemas(**sheets: Rows) -> list[Schema]:
    found = read([Upload("評価書.xlsx", xlsx(**sheets))])
    assert all(d.table is None for d in found)
    return [d.schema for d in found if d.schema]


def items(schema: Schema) -> list[str]:
    return [c.name for c in schema.columns]


def test_a_whole_workbook_with_its_cover_and_a_long_list_of_changes() -> None:
    annex: Rows = [[HEADING], ["手当ファイル"], ["1.宛名番号　2.氏名　3.口座"]]
    found = schemas(表紙=COVER, 概要=overview("手当ファイル", "支給"), 別添2=annex, 別添3=CHANGES)
    assert [(s.name, items(s)) for s in found] == [("手当ファイル", ["宛名番号", "氏名", "口座"])]
    assert found[0].collection == "本人、他の部署（ 税務課 ）"
    assert found[0].recipients == ("県知事",)


def test_a_whole_assessment_on_one_sheet() -> None:
    annex: Rows = [[HEADING], ["手当ファイル"], ["1.宛名番号　2.氏名"]]
    rows = [*COVER, *overview("手当ファイル", "支給"), *annex, *CHANGES]
    found = schemas(全=rows)
    assert [(s.name, items(s), s.purpose) for s in found] == [
        ("手当ファイル", ["宛名番号", "氏名"], "支給")
    ]


def test_each_overview_goes_with_the_annex_of_its_file() -> None:
    annex: Rows = [
        [HEADING], ["（１）住民ファイル"], ["1.宛名番号、2.氏名"],
        ["（２）送付先ファイル"], ["1.送付先番号、2.送付先住所"],
    ]  # fmt: skip
    first, second = overview("（１）住民ファイル", "証明"), overview("（２）送付先ファイル", "送付")
    expected = [("住民ファイル", "証明"), ("送付先ファイル", "送付")]
    for sheets in ({"Ⅱ1": first, "Ⅱ2": second, "別添": annex}, {"全": [*first, *second, *annex]}):
        found = schemas(**sheets)
        assert [(s.name, s.purpose) for s in found] == expected
        assert items(found[1]) == ["送付先番号", "送付先住所"]
    partly = schemas(全=[*first, *annex])
    assert [(s.name, s.purpose) for s in partly] == [
        ("住民ファイル", "証明"),
        ("送付先ファイル", ""),
    ]


def test_groups_start_their_numbers_anew() -> None:
    text = "（１）住民ファイル\n＜住民＞\n1.宛名番号、2.氏名、\n3.住所\n＜異動＞\n1.異動日、2.事由"
    (schema,) = schemas(別添2=[[f"{HEADING}\n{text}"]])
    assert items(schema) == ["宛名番号", "氏名", "住所", "異動日", "事由"]


def test_numbers_run_on_over_columns_and_rows() -> None:
    rows: Rows = [
        [HEADING],
        ["(1)住民ファイル"],
        ["1.宛名番号", "2.氏名"],
        ["3.住所台帳", "4.性別"],
    ]
    (schema,) = schemas(別添2=[*rows, ["※ 氏名は旧氏を含む。"], ["以上"]])
    assert items(schema) == ["宛名番号", "氏名", "住所台帳", "性別"]


def test_headings_of_groups_above_bullets_are_no_items() -> None:
    rows: Rows = [
        [HEADING],
        ["１．税ファイル"],
        ["■宛名"],
        ["・番号　・氏名"],
        ["■課税"],
        ["・所得"],
    ]
    (schema,) = schemas(別添2=rows)
    assert items(schema) == ["番号", "氏名", "所得"]


def test_a_table_that_names_the_file_beside_its_items() -> None:
    rows: Rows = [
        [HEADING], ["ファイル名", "項番", "項目名", "備考"],
        ["住民ファイル", 1, "宛名番号", ""], ["", 2, "氏名", ""],
        ["送付先ファイル", 1, "送付先番号", ""], ["", 2, "送付先住所", ""],
    ]  # fmt: skip
    found = schemas(別添2=rows)
    assert [(s.name, items(s)) for s in found] == [
        ("住民ファイル", ["宛名番号", "氏名"]),
        ("送付先ファイル", ["送付先番号", "送付先住所"]),
    ]


def test_tables_in_several_blocks_are_read_down() -> None:
    rows: Rows = [
        [HEADING],
        ["No", "項目名", "No", "項目名"],
        [1, "番号", 3, "住所"],
        [2, "氏名", 4, "性別"],
    ]
    (schema,) = schemas(別添2=rows)
    assert items(schema) == ["番号", "氏名", "住所", "性別"]


def word(*parts: str | list[list[str]]) -> bytes:
    """A document of lines and tables."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(0, len(part[0]))
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_the_headings_of_an_annex_stand_above_its_tables_in_a_document() -> None:
    content = word(
        HEADING,
        *("（１）住民ファイル", [["1", "宛名番号"], ["2", "氏名"]]),
        *("（２）送付先ファイル", [["1", "送付先番号"], ["2", "住所"]]),
        *("Ⅲ リスク対策", [["リスク", "対策"], ["漏えい", "研修"]]),
    )
    found = [d.schema for d in read([Upload("評価書.docx", content)])]
    assert [(s.name, items(s)) for s in found if s] == [
        ("住民ファイル", ["宛名番号", "氏名"]),
        ("送付先ファイル", ["送付先番号", "住所"]),
    ]


def test_an_annex_of_lines_in_a_document() -> None:
    content = word(
        HEADING, "手当ファイル", "1.番号、2.氏名、", "3.口座", "（別添３）変更箇所", "なし"
    )
    (found,) = read([Upload("評価書.docx", content)])
    assert found.schema and (found.schema.name, items(found.schema)) == (
        "手当ファイル",
        ["番号", "氏名", "口座"],
    )


def test_a_register_of_lines_in_a_document() -> None:
    content = word(
        "個人情報ファイルの名称：台帳", "利用目的：連絡", "記録項目：1氏名、2住所", "記録範囲：市民"
    )
    (found,) = read([Upload("簿.docx", content)])
    assert found.schema and items(found.schema) == ["氏名", "住所"]
