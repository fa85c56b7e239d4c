"""Made-up files to upload."""

from pathlib import Path

HOSTILE = "<img src=x onerror=document.title='pwned'>"
_WARDS = ("北区", "南区", "東区")


def people(rows: int = 120) -> bytes:
    """A list of people as a ward might keep it, in CP932, with a few who stand out."""
    lines = ["整理番号,氏名,年齢,性別,居住地,病名,備考"]
    for n in range(1, rows + 1):
        age = 104 if n == 7 else 20 + n % 40
        place = "島しょ部" if n == 33 else _WARDS[n % 3]
        remark = "連絡先は090-0000-0000" if n == 12 else ""
        lines.append(
            f"{1000 + n},山田{'花子' if n % 2 else '太郎'},{age},{'女' if n % 2 else '男'},"
            f"{place},{'高血圧' if n % 4 else '糖尿病'},{remark}"
        )
    return ("\r\n".join(lines) + "\r\n").encode("cp932")


SCHEMA = """\
openapi: 3.0.0
info: {title: 健診の名簿, version: '1'}
paths: {}
components:
  schemas:
    Person:
      type: object
      properties:
        整理番号: {type: integer, description: 通し番号}
        氏名: {type: string}
        年齢: {type: integer}
        性別: {type: string, enum: [男, 女]}
        居住地: {type: string, enum: [北区, 南区, 東区]}
        病名: {type: string}
        発症日: {type: string, format: date}
"""


def write(folder: Path) -> list[Path]:
    """The data and its schema as files."""
    data, schema = folder / "名簿.csv", folder / "定義.yaml"
    data.write_bytes(people())
    schema.write_text(SCHEMA, encoding="utf-8")
    return [data, schema]
