"""Reads files that hold nothing but schemas."""

from core import Schema
from intake import ReadOptions, Upload, read

Rows = list[list[object]]
DATABASE = [
    ["帳票名", "宛名テーブル定義書"],
    [],
    ["No.", "項目名称", "物理名", "データ型", "桁数", "必須", "備考"],
    [1, "宛名番号", "ATENA_NO", "CHAR", 15, "○", ""],
    [2, "性別", "SEX", "CHAR", 1, "", "1:男 2:女 空白:不明"],
    [3, "異動日", "IDO_YMD", "DATE", "8", "", "不明は空欄"],
]


def schemas(content: bytes, name: str = "定義.xlsx", **options: object) -> list[Schema]:
    """The schemas of a file, and no table."""
    found = read([Upload(name, content)], {name: ReadOptions(**options)})
    assert all(d.table is None for d in found)
    return [d.schema for d in found if d.schema]


def names(schema: Schema) -> list[str]:
    """The names of its items."""
    return [c.name for c in schema.columns]
