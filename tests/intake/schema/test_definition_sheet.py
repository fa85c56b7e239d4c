"""Definitions of items as ministries and vendors publish them. Names and texts are made up."""

from pathlib import Path

import pytest

from intake import ReadOptions, Upload, read
from tests.intake.files import csv, xlsx
from tests.intake.schema.schemas import DATABASE, Rows, names, schemas


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


def test_a_table_definition_ends_where_the_indexes_begin() -> None:
    rows = [
        ["テーブル定義書"], ["論理エンティティ名", "住民基本"], [], ["カラム情報"],
        ["No.", "論理名", "物理名", "データ型", "Not Null", "備考"],
        ["1", "宛名番号", "ATENA_NO", "varchar(15)", "Yes (PK)", ""],
        ["2", "性別", "SEX", "char(1)", "", "1:男 2:女"], [],
        ["インデックス情報"], ["No.", "インデックス名", "カラムリスト", "主キー"],
        ["1", "PK_JUMIN", "ATENA_NO", "Yes"],
    ]  # fmt: skip
    (schema,) = schemas(xlsx(住民基本=rows))
    assert names(schema) == ["宛名番号", "性別"]
    assert [c.required for c in schema.columns] == [True, False]


def test_headings_over_two_rows_are_taken_together() -> None:
    rows = [
        ["No", "項目", "", "属性", "", "必須"], ["", "項目名", "項目ID", "型", "桁", ""],
        [1, "宛名番号", "A", "CHAR", 15, "○"], [2, "氏名", "B", "NCHAR", 40, ""],
    ]  # fmt: skip
    (schema,) = schemas(xlsx(定義=rows))
    told = [(c.name, c.type_text, c.length, c.required) for c in schema.columns]
    assert told == [("宛名番号", "CHAR", 15, True), ("氏名", "NCHAR", 40, False)]


def test_a_basic_data_list() -> None:
    rows = [
        ["住民　基本データリスト"],
        ["項番", "グループ名", "データ項目名", "データ項目ID", "データ型", "桁数", "必須", "備考"],
        [1, "基本", "宛名番号", "I001", "文字列", 15, "○", ""],
        [2, "", "性別", "I002", "コード", 1, "", "1:男 2:女 3:その他"],
    ]
    (schema,) = schemas(xlsx(一覧=rows))
    assert names(schema) == ["宛名番号", "性別"]
    assert schema.columns[1].allowed == ("1", "2", "3")


def test_double_circles_mean_required_whatever_their_label() -> None:
    rows = [
        ["項目番号", "項目名", "項目名（英語）", "説明", "形式", "区分"],
        ["1", "地方公共団体コード", "code", "コードを記載", "文字列（半角数字）6桁", "◎"],
        ["2", "電話番号", "tel", "番号", "文字列", "○"],
    ]
    (schema,) = schemas(csv(rows), "標準.csv")
    assert [(c.required, c.length) for c in schema.columns] == [(True, 6), (False, None)]


def test_a_standard_open_dataset_with_columns_of_its_own_and_notes_below() -> None:
    rows: Rows = [
        ["標準データセット"], ["13.みほん一覧"],
        ["項目No.", "項目名", "区分", "説明", "形式", "記入例", "項目名（英語）",
         "共通語彙基盤\n（語彙）", "共通語彙基盤\n（型）", "GIFデータモデル", "GIF区分"],
        [1, "団体コード", "○", "6桁で記載。", "文字列（半角）", "012345", "code", "施設", "string"],
        [2, "名称", "◎", "名称を記載。（注1）", "文字列", "駅", "name"],
        [3, "開始時間", "", "", "時刻（hh:mm）", "09:00", "start"],
        ["注1：同じ施設に複数ある場合は区別して記載。"], ["※", "◎は必須、○は推奨"],
    ]  # fmt: skip
    (schema,) = schemas(xlsx(一覧=rows))
    assert names(schema) == ["団体コード", "名称", "開始時間"]
    assert [c.required for c in schema.columns] == [False, True, False]


def test_headings_that_are_complete_only_together() -> None:
    rows: Rows = [
        ["基本データリスト"],
        [
            "グループ",
            "",
            "データ項目",
            "",
            "",
            "",
            "データ型",
            "桁数",
            "キー",
            "必須",
            "コード",
            "",
        ],
        ["ID", "名称", "項番", "ID", "名称", "説明", "", "", "", "", "ID", "名称"],
        ["G1", "住民", "1", "A1", "宛名番号", "番号", "半角数字", "15", "PK", "○", "", ""],
        ["G1", "住民", "2", "A2", "性別", "", "コード", "1", "", "○", "C1", "性別コード"],
        ["G1", "住民", "3", "A3", "方書", "", "全角", "80", "", "", "", ""],
    ]
    (schema,) = schemas(xlsx(一覧=rows))
    assert [(c.name, c.length, c.required) for c in schema.columns] == [
        ("宛名番号", 15, True),
        ("性別", 1, True),
        ("方書", 80, False),
    ]


def test_tables_that_share_items_are_schemas_of_their_own() -> None:
    rows: Rows = [
        ["グループ名", "データ項目名", "データ型", "桁数"],
        ["住民", "宛名番号", "文字列", 15], ["", "氏名", "文字列", 80],
        ["異動", "宛名番号", "文字列", 15], ["", "異動日", "日付", 10],
    ]  # fmt: skip
    content = xlsx(一覧=rows)
    (whole,) = schemas(content)
    assert len(whole.columns) == 4
    data = Upload("a.csv", csv([["宛名番号", "異動日"], ["001", "2024-01-02"]]))
    (found,) = read([data, Upload("定義.xlsx", content)])
    assert found.schema and found.schema.name == "異動"
    chosen = {"定義.xlsx": ReadOptions(sheet="住民")}
    (other,) = read([data, Upload("定義.xlsx", content)], chosen)
    assert other.schema and names(other.schema) == ["宛名番号", "氏名"]


@pytest.mark.parametrize(
    ("kind", "length"),
    [
        *(("VARCHAR2(80)", 80), ("char(1)", 1), ("NVARCHAR(20 CHAR)", 20), ("X(15)", 15)),
        *(("9(8)", 8), ("文字列（半角）(10)", 10), ("NUMBER(13,0)", 13), ("DECIMAL(5,2)", 6)),
        *(("INT(6)", None), ("DATE", None), ("文字列（半角数字）", None)),
    ],
)
def test_a_type_may_say_its_length(kind: str, length: int | None) -> None:
    rows: Rows = [["項番", "論理名", "データ型", "備考"], [1, "項目一", kind, ""]]
    (schema,) = schemas(csv(rows), "a.csv")
    assert schema.columns[0].length == length


def test_what_must_be_filled_in_the_marks_of_modelling_tools() -> None:
    rows: Rows = [
        ["No", "物理名称", "論理名称", "データ型", "桁数", "PK", "FK", "NN", "初期値"],
        [1, "id", "住民番号", "CHAR", 15, "○", "", "", ""],
        [2, "nm", "氏名", "NVARCHAR", 80, "", "", "○", ""],
        [3, "tel", "電話", "CHAR", 11, "", "○", "", ""],
    ]
    (schema,) = schemas(xlsx(表=rows))
    assert [c.required for c in schema.columns] == [True, True, False]


def test_a_physical_name_behind_the_logical_one_is_another_name() -> None:
    rows: Rows = [
        ["#", "名称", "データ型", "NOT NULL"],
        [1, "担当者(staff_id)", "varchar(5)", "true"],
    ]
    (schema,) = schemas(csv(rows), "a.csv")
    (column,) = schema.columns
    assert column.name == "担当者"
    assert "staff_id" in column.other_names


def test_a_range_of_codes_stands_for_each_of_them() -> None:
    rows: Rows = [
        ["項目名", "位置", "桁数", "型", "符号", "符号内容"],
        ["世帯人員", 1, 2, "9", "01～03", "人数"], ["", "", "", "", "99", "不詳"],
        ["年収", 3, 5, "9", "00001～99998", "万円"], ["", "", "", "", "99999", "不詳"],
    ]  # fmt: skip
    (schema,) = schemas(xlsx(符号表=rows))
    assert schema.columns[0].allowed == ("01", "02", "03", "99")
    assert schema.columns[1].allowed == ()


def test_a_list_of_things_with_a_type_is_data() -> None:
    rows: Rows = [["No", "名称", "型", "備考"], [1, "本庁舎", "ABC", ""], [2, "支所", "BC", "1本"]]
    (found,) = read([Upload("消火器.xlsx", xlsx(消火器=rows))])
    assert found.table is not None


@pytest.mark.parametrize(
    "rows",
    [
        [["項番", "項目名"], [1, "氏名"], [2, "病歴"]],
        [["No", "項目名", "個人情報", "要配慮"], [1, "氏名", "○", ""], [2, "病歴", "○", "○"]],
        [["項番", "記録項目", "表示形式", "桁数", "記録方法"], [1, "氏名", "漢字", 30, "姓と名"],
         [2, "病歴", "漢字", 60, ""]],
        [["項目番号", "項目名", "入力文字基準", "文字数", "記録要領"], ["", "", "区分", "", ""],
         [1, "氏名", "全角", "30以内", ""], [2, "病歴", "全角", "60以内", ""]],
    ],
    ids=["numbers", "marks", "record layout", "second heading"],
)  # fmt: skip
def test_plain_lists_of_items(rows: Rows) -> None:
    (schema,) = schemas(xlsx(定義=rows))
    assert names(schema) == ["氏名", "病歴"]


def test_a_codebook_with_labels_of_values() -> None:
    rows: Rows = [
        ["変数名", "ラベル", "値", "値ラベル"],
        ["SEX", "性別", 1, "男"],
        ["", "", 2, "女"],
        ["AGE", "年齢", "", ""],
    ]
    (schema,) = schemas(xlsx(符号=rows))
    assert [(c.name, c.allowed, c.labels) for c in schema.columns] == [
        ("SEX", ("1", "2"), ("男", "女")),
        ("AGE", (), ()),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["No", "項目名", "金額"], [1, "給料", 100], [2, "手当", 50]],
        [["項目名", "評価"], ["接遇", "良い"], ["清掃", "普通"]],
    ],
)
def test_figures_by_item_are_data(rows: Rows) -> None:
    (found,) = read([Upload("a.xlsx", xlsx(表=rows))])
    assert found.table is not None


def test_tables_side_by_side_are_read_one_after_the_other() -> None:
    rows: Rows = [
        ["No", "項目名", "型", "桁数", "", "No", "項目名", "型", "桁数"],
        [1, "宛名番号", "CHAR", 15, "", 3, "住所", "NCHAR", 80],
        [2, "氏名", "NCHAR", 40, "", 4, "性別", "CHAR", 1],
    ]
    (schema,) = schemas(xlsx(定義=rows))
    assert [(c.name, c.length, c.position) for c in schema.columns] == [
        ("宛名番号", 15, 1), ("氏名", 40, 2), ("住所", 80, 3), ("性別", 1, 4),
    ]  # fmt: skip


def test_tables_below_their_names_can_be_told_apart() -> None:
    head = ["No", "項目名", "型", "桁数"]
    rows: Rows = [
        ["テーブル名：住民"], head, [1, "宛名番号", "CHAR", 15], [2, "氏名", "NCHAR", 40], [],
        ["テーブル名", "世帯"], head, [1, "世帯番号", "CHAR", 10], [2, "氏名", "NCHAR", 40],
    ]  # fmt: skip
    data = Upload("a.csv", "世帯番号,氏名\n1,甲\n".encode())
    (found,) = read([data, Upload("定義.xlsx", xlsx(定義=rows))])
    assert found.schema and found.schema.name == "世帯"
    assert names(found.schema) == ["世帯番号", "氏名"]


@pytest.mark.parametrize(
    "text",
    ["以下から選択：男性／女性／不明", "選択肢: 男性、女性、不明", "次から選択：男性・女性・不明"],
)
def test_choices_are_read_from_a_description(text: str) -> None:
    rows: Rows = [["項番", "項目名", "データ型", "説明"], [1, "性別", "文字列", text]]
    (schema,) = schemas(xlsx(定義=rows))
    assert schema.columns[0].allowed == ("男性", "女性", "不明")
