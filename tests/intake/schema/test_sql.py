"""Scripts that create tables, in the words of several databases. All made up."""

import pytest

from core import InputError
from tests.intake.schema.schemas import names, schemas
from tests.processor import within


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


@pytest.mark.parametrize(
    "body",
    [
        "id char(5) , /* 番号 */\n nm varchar (15) , /* 氏名 */\n zei number(13) /* 税額 */\n",
        "id char(5) /* 番号 */,\n nm varchar(15) /* 氏名 */,\n zei number(13) /* 税額 */\n",
        "-- 番号\n id char(5),\n-- 氏名\n nm varchar(15),\n-- 税額\n zei number(13)\n",
        "/* 番号 */\n id char(5),\n/* 氏名 */\n nm varchar(15),\n/* 税額 */\n zei number(13)\n",
    ],
    ids=["after commas", "before commas", "above, dashes", "above, stars"],
)
def test_remarks_in_a_script_name_the_columns(body: str) -> None:
    (schema,) = schemas(f"CREATE TABLE t (\n {body});".encode("cp932"), "a.sql")
    assert [c.description for c in schema.columns] == ["番号", "氏名", "税額"]
