"""Impact assessments: whole workbooks with cover and changes, or parts of them. All made up."""

import io

import docx
import pytest

from core import InputError, Schema
from intake import Upload, read
from tests.intake.files import xlsx
from tests.intake.schema.schemas import Rows, names, schemas

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


def assessed(**sheets: Rows) -> list[Schema]:
    return schemas(xlsx(**sheets), "評価書.xlsx")


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


def test_a_whole_workbook_with_its_cover_and_a_long_list_of_changes() -> None:
    annex: Rows = [[HEADING], ["手当ファイル"], ["1.宛名番号　2.氏名　3.口座"]]
    found = assessed(表紙=COVER, 概要=overview("手当ファイル", "支給"), 別添2=annex, 別添3=CHANGES)
    assert [(s.name, names(s)) for s in found] == [("手当ファイル", ["宛名番号", "氏名", "口座"])]
    assert found[0].collection == "本人、他の部署（ 税務課 ）"
    assert found[0].recipients == ("県知事",)


def test_a_whole_assessment_on_one_sheet() -> None:
    annex: Rows = [[HEADING], ["手当ファイル"], ["1.宛名番号　2.氏名"]]
    rows = [*COVER, *overview("手当ファイル", "支給"), *annex, *CHANGES]
    found = assessed(全=rows)
    assert [(s.name, names(s), s.purpose) for s in found] == [
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
        found = assessed(**sheets)
        assert [(s.name, s.purpose) for s in found] == expected
        assert names(found[1]) == ["送付先番号", "送付先住所"]
    partly = assessed(全=[*first, *annex])
    assert [(s.name, s.purpose) for s in partly] == [
        ("住民ファイル", "証明"),
        ("送付先ファイル", ""),
    ]


def test_groups_start_their_numbers_anew() -> None:
    text = "（１）住民ファイル\n＜住民＞\n1.宛名番号、2.氏名、\n3.住所\n＜異動＞\n1.異動日、2.事由"
    (schema,) = assessed(別添2=[[f"{HEADING}\n{text}"]])
    assert names(schema) == ["宛名番号", "氏名", "住所", "異動日", "事由"]


def test_numbers_run_on_over_columns_and_rows() -> None:
    rows: Rows = [
        [HEADING],
        ["(1)住民ファイル"],
        ["1.宛名番号", "2.氏名"],
        ["3.住所台帳", "4.性別"],
    ]
    (schema,) = assessed(別添2=[*rows, ["※ 氏名は旧氏を含む。"], ["以上"]])
    assert names(schema) == ["宛名番号", "氏名", "住所台帳", "性別"]


def test_headings_of_groups_above_bullets_are_no_items() -> None:
    rows: Rows = [
        [HEADING],
        ["１．税ファイル"],
        ["■宛名"],
        ["・番号　・氏名"],
        ["■課税"],
        ["・所得"],
    ]
    (schema,) = assessed(別添2=rows)
    assert names(schema) == ["番号", "氏名", "所得"]


def test_a_table_that_names_the_file_beside_its_items() -> None:
    rows: Rows = [
        [HEADING], ["ファイル名", "項番", "項目名", "備考"],
        ["住民ファイル", 1, "宛名番号", ""], ["", 2, "氏名", ""],
        ["送付先ファイル", 1, "送付先番号", ""], ["", 2, "送付先住所", ""],
    ]  # fmt: skip
    found = assessed(別添2=rows)
    assert [(s.name, names(s)) for s in found] == [
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
    (schema,) = assessed(別添2=rows)
    assert names(schema) == ["番号", "氏名", "住所", "性別"]


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
    assert [(s.name, names(s)) for s in found if s] == [
        ("住民ファイル", ["宛名番号", "氏名"]),
        ("送付先ファイル", ["送付先番号", "住所"]),
    ]


def test_an_annex_of_lines_in_a_document() -> None:
    content = word(
        HEADING, "手当ファイル", "1.番号、2.氏名、", "3.口座", "（別添３）変更箇所", "なし"
    )
    (found,) = read([Upload("評価書.docx", content)])
    assert found.schema and (found.schema.name, names(found.schema)) == (
        "手当ファイル",
        ["番号", "氏名", "口座"],
    )


def test_a_register_of_lines_in_a_document() -> None:
    content = word(
        "個人情報ファイルの名称：台帳", "利用目的：連絡", "記録項目：1氏名、2住所", "記録範囲：市民"
    )
    (found,) = read([Upload("簿.docx", content)])
    assert found.schema and names(found.schema) == ["氏名", "住所"]


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


OVERVIEW: Rows = [
    ["Ⅱ　特定個人情報ファイルの概要"], ["１．特定個人情報ファイル名"], ["手当ファイル"],
    ["２．基本情報"],
    ["①ファイルの種類　※", "[", "システム用ファイル", "]", "<選択肢>\n1）システム用ファイル"],
    ["③対象となる本人の範囲　※", "手当の受給者"], ["その必要性", "認定のため"],
    ["④記録される項目", "[", "10項目以上50項目未満", "]", "<選択肢>\n1）10項目未満"],
    ["主な記録項目　※", "・識別情報"],
    ["", "[", "○", "]", "個人番号", "[", "", "]", "個人番号対応符号", "[", "○", "]", "内部番号"],
    ["", "・連絡先等情報"],
    ["", "[", "○", "]", "連絡先（電話番号等）", "[", "", "]", "その他住民票関係情報"],
    ["", "[", "○", "]", "その他", "（", "", "）"],
    ["その妥当性", "・個人番号：対象者を正確に特定するため\n・連絡先：本人への連絡のため"],
    ["全ての記録項目", "別添２を参照。"], ["⑤保有開始日", "平成27年10月5日"],
    ["①入手元　※", "[", "○", "]", "本人", "[", "○", "]", "他の部署", "（", "税務課", "）"],
    ["⑥使用目的　※", "手当の支給"], ["提供先１", "みほん県知事"],
]  # fmt: skip

ANNEX: Rows = [["（別添２）特定個人情報ファイル記録項目"], ["（１）手当ファイル"]]


def test_an_overview_gives_the_ticked_items_though_brackets_stand_apart() -> None:
    (schema,) = schemas(xlsx(概要=OVERVIEW))
    assert schema.name == "手当ファイル"
    assert names(schema) == ["個人番号", "内部番号", "連絡先（電話番号等）", "その他"]
    assert (schema.purpose, schema.record_scope) == ("手当の支給", "手当の受給者")
    assert schema.recipients == ("みほん県知事",)


@pytest.mark.parametrize(
    "rows",
    [
        [*ANNEX, ["1", "宛名番号", "3", "口座"], ["2", "個人番号", "", ""]],
        [*ANNEX, ["宛名番号、個人番号、口座"]],
        [*ANNEX, ["・宛名番号", "・個人番号"], ["・口座", ""]],
        [
            *ANNEX,
            ["項番", "項目名", "備考"],
            ["1", "宛名番号", "番号"],
            [2, "個人番号"],
            [3, "口座"],
        ],
        [
            [
                "(別添2)特定個人情報ファイル記録項目\n【手当ファイル】\n1．宛名番号\n2．個人番号\n3．口座"
            ]
        ],
        [*ANNEX, ["1．宛名番号、2．個人番号、3．口座"], ["Ⅲ リスク対策"], ["1．入手の方法"]],
    ],
    ids=["numbered cells", "commas", "bullets", "table", "one cell", "with what follows"],
)
def test_the_annex_of_an_assessment(rows: Rows) -> None:
    (schema,) = schemas(xlsx(別添2=rows))
    assert (schema.layout, schema.name) == ("pia", "手当ファイル")
    assert sorted(names(schema)) == sorted(["宛名番号", "個人番号", "口座"])


def test_each_file_of_an_annex_is_a_schema_of_its_own() -> None:
    cell = "【手当ファイル】\n1．宛名番号、2．個人番号\n【税情報ファイル】\n1．宛名番号、2．所得"
    found = schemas(xlsx(別添2=[["（別添２）特定個人情報ファイル記録項目"], [cell]]))
    assert [(s.name, names(s)) for s in found] == [
        ("手当ファイル", ["宛名番号", "個人番号"]),
        ("税情報ファイル", ["宛名番号", "所得"]),
    ]


def test_overview_and_annex_of_a_book_become_one_schema() -> None:
    cover: Rows = [
        ["特定個人情報保護評価書（全項目評価書）"],
        ["評価書番号", "評価書名"],
        ["5", "手当"],
    ]
    annex = [*ANNEX, ["宛名番号、個人番号、口座"]]
    (schema,) = schemas(xlsx(表紙=cover, 概要=OVERVIEW, 別添2=annex))
    assert names(schema) == ["宛名番号", "個人番号", "口座"]
    assert schema.purpose == "手当の支給"


def test_the_basic_form_lists_no_items_and_that_is_explained() -> None:
    rows = [["特定個人情報保護評価書（基礎項目評価書）"], ["評価書番号", "評価書名"], ["5", "手当"]]
    with pytest.raises(InputError) as caught:
        schemas(xlsx(基礎=rows))
    (problem,) = caught.value.problems
    assert (problem.code, problem.source) == ("no_record_items", "定義.xlsx")
