"""Schemas in the shapes that offices publish them in. Every name and text is made up."""

import pytest

from core import InputError, Schema
from intake import ReadOptions, Upload, read
from intake.schema.item_lists import split_items
from tests.intake.files import csv, xlsx
from tests.processor import within

Rows = list[list[object]]


def schemas(content: bytes, name: str = "定義.xlsx", **options: object) -> list[Schema]:
    found = read([Upload(name, content)], {name: ReadOptions(**options)})
    assert all(d.table is None for d in found)
    return [d.schema for d in found if d.schema]


def names(schema: Schema) -> list[str]:
    return [c.name for c in schema.columns]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1氏名、2住所、3電話番号1", ["氏名", "住所", "電話番号1"]),
        ("１　氏名　２　住所　３　所得", ["氏名", "住所", "所得"]),
        ("(1)氏名 (2)住所", ["氏名", "住所"]),
        ("（１）氏名、（２）住所（３）続柄", ["氏名", "住所", "続柄"]),
        ("1 氏名\n2 住所", ["氏名", "住所"]),
        ("①氏名②住所③所得", ["氏名", "住所", "所得"]),
        ("・氏名・生年月日・住所", ["氏名", "生年月日", "住所"]),
        ("氏名，生年月日，住所", ["氏名", "生年月日", "住所"]),
        ("氏名　住所　電話番号", ["氏名", "住所", "電話番号"]),
        ("氏名／住所／電話番号", ["氏名", "住所", "電話番号"]),
        ("ア氏名、イ住所、ウ電話番号", ["氏名", "住所", "電話番号"]),
        ("【基本】1氏名、2住所\n【税】3所得、4控除", ["氏名", "住所", "所得", "控除"]),
        ("【基本】氏名、住所\n【税】所得", ["氏名", "住所", "所得"]),
        ("1氏名、2家族（(1)続柄、(2)年齢）、3所得", ["氏名", "家族（(1)続柄、(2)年齢）", "所得"]),
        ("1氏名、2 2人目の子の氏名、3令和2年の所得", ["氏名", "2人目の子の氏名", "令和2年の所得"]),
        ("アレルギー、イヌの登録番号", ["アレルギー", "イヌの登録番号"]),
        ("氏名 漢字", ["氏名 漢字"]),
        ("性別／区分", ["性別／区分"]),
        ("令和2年度の所得、3年分の控除", ["令和2年度の所得", "3年分の控除"]),
        ("なし", []),
    ],
)
def test_a_list_in_one_cell(text: str, items: list[str]) -> None:
    assert list(split_items(text)) == items


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000,
        "氏名、" + "　" * 300_000 + "x",
        "【 " * 150_000,
        "1、" * 150_000,
        "・" * 300_000,
        "（" * 300_000,
        "[○" * 150_000,
        "ア、" * 150_000,
        "<a" * 150_000,
    ],
    ids=lambda text: text[:4],
)
@within(20)
def test_no_list_drives_the_splitter_into_a_blow_up(text: str) -> None:
    assert isinstance(split_items(text), tuple)


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


def test_csv_on_the_web() -> None:
    text = """{"@context": "http://www.w3.org/ns/csvw", "url": "a.csv", "tableSchema": {"columns": [
      {"name": "id", "titles": "番号", "datatype": "integer", "required": true},
      {"name": "ward", "titles": {"ja": ["区"]}, "datatype": {"base": "string"}}]}}"""
    (schema,) = schemas(text.encode(), "a.csv-metadata.json")
    told = [(c.name, c.type_text, c.required) for c in schema.columns]
    assert told == [("番号", "integer", True), ("区", "string", False)]


SQL = {
    "postgres": """
        CREATE TABLE public.jumin (
          id bigint GENERATED ALWAYS AS IDENTITY, -- 番号
          name character varying(80) NOT NULL,
          sex char(1) CHECK (sex IN ('1', '2')), CONSTRAINT pk PRIMARY KEY (id)
        );
        COMMENT ON COLUMN public.jumin.name IS '氏名'; ALTER TABLE public.jumin OWNER TO x;""",
    "mysql": """/*!40101 SET NAMES utf8 */; DROP TABLE IF EXISTS `jumin`;
        CREATE TABLE IF NOT EXISTS `jumin` (
          `id` int unsigned NOT NULL AUTO_INCREMENT COMMENT '番号',
          `name` varchar(80) COLLATE utf8mb4_bin NOT NULL COMMENT '氏名',
          `sex` enum('1','2') DEFAULT NULL,
          PRIMARY KEY (`id`), KEY `k` (`name`(10)), FULLTEXT KEY `f` (`name`)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4; INSERT INTO `jumin` VALUES (1, 'x', '1');""",
    "oracle": """CREATE TABLE "S"."jumin" (
          id NUMBER(10,0) NOT NULL ENABLE, name VARCHAR2(80 CHAR) NOT NULL,
          sex CHAR(1 BYTE) DEFAULT '1' CHECK (sex IN ('1','2')),
          CONSTRAINT PK PRIMARY KEY (id) USING INDEX PCTFREE 10
        ) SEGMENT CREATION IMMEDIATE TABLESPACE USERS;
        COMMENT ON COLUMN "S"."jumin"."ID" IS '番号';
        COMMENT ON COLUMN "S"."jumin"."NAME" IS '氏名';
        /""",
    "sql server": """USE [db]\nGO\nSET ANSI_NULLS ON\nGO
        CREATE TABLE [dbo].[jumin]([id] [int] IDENTITY(1,1) NOT NULL,
          [name] [nvarchar](80) NOT NULL, [sex] [char](1) NULL CHECK ([sex] IN ('1','2')),
          CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
        ) ON [PRIMARY]\nGO
        EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'氏名',
          @level0type=N'SCHEMA', @level0name=N'dbo', @level1type=N'TABLE', @level1name=N'jumin',
          @level2type=N'COLUMN', @level2name=N'name'\nGO""",
}  # fmt: skip


@pytest.mark.parametrize("sql", SQL.values(), ids=SQL)
def test_dumps_of_several_databases(sql: str) -> None:
    (schema,) = schemas(sql.encode(), "表.sql")
    assert (schema.name, names(schema)) == ("jumin", ["id", "name", "sex"])
    number, name, sex = schema.columns
    assert number.required
    assert (name.length, name.required, name.description) == (80, True, "氏名")
    assert sex.allowed == ("1", "2")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000, "/*" * 100_000, "x y z," * 30_000, "1," * 100_000, "'" * 200_001,
        "x int--\n," * 20_000,
    ],
    ids=lambda text: text[:5],
)  # fmt: skip
@within(60)
def test_no_sql_drives_the_reader_into_a_blow_up(text: str) -> None:
    with pytest.raises(InputError):
        schemas(f"create table a ({text})".encode(), "a.sql")
