"""Which format a file has: from its first bytes, and from its name only where bytes are silent."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from core import InputError
from intake import problems


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    XLSB = "xlsb"
    PARQUET = "parquet"
    JSON = "json"
    YAML = "yaml"
    SQL = "sql"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF", "PDF"),
    (b"\x89PNG", "画像", "an image"),
    (b"\xff\xd8\xff", "画像", "an image"),
    (b"GIF8", "画像", "an image"),
    (b"\x1f\x8b", "圧縮ファイル（gzip）", "a gzip archive"),
    (b"7z\xbc\xaf", "圧縮ファイル（7z）", "a 7z archive"),
    (b"Rar!", "圧縮ファイル（RAR）", "a RAR archive"),
    (b"MZ", "実行ファイル", "a program"),
    (b"\x7fELF", "実行ファイル", "a program"),
    (b"SQLite format 3", "データベースのファイル", "a database file"),
)
_MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|script|svg)", re.IGNORECASE)
_OPENAPI = re.compile(rb"^(openapi|swagger|components|\$schema|definitions)\s*:", re.MULTILINE)
_CREATE = re.compile(rb"^\s*create\s+(or\s+replace\s+)?(temp\w*\s+)?table\b", re.I | re.MULTILINE)


def extension(name: str) -> str:
    """The lower-case extension of a file name, without the dot.

    >>> extension("住民.CSV"), extension("../etc/passwd")
    ('csv', '')
    """
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def detect(name: str, content: bytes) -> Format:
    """The format of a file, from its content first.

    Raises InputError for what is recognised and not read (PDF, images, archives, web pages).
    """
    head = content[:4096]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(name, content)
    if head.startswith(_OLE):
        return Format.XLS
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    for magic, ja, en in _REFUSED:
        if head.startswith(magic) and (magic != b"MZ" or b"\x00" in head):
            raise _unsupported(name, ja, en)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        raise _unsupported(name, "ウェブページまたは XML のファイル", "a web page or an XML file")
    ending = extension(name)
    if ending in {"yaml", "yml"} or (ending in {"", "txt"} and _OPENAPI.search(text)):
        return Format.YAML
    if ending == "sql" or (ending in {"", "txt", "ddl"} and _CREATE.search(text)):
        return Format.SQL
    if text.lstrip()[:1] in (b"{", b"["):
        return Format.JSON
    return Format.TEXT


def _packed(name: str, content: bytes) -> Format:
    if b"xl/workbook.bin" in content:
        return Format.XLSB
    if b"xl/workbook.xml" in content:
        return Format.XLSX
    if b"opendocument.spreadsheet" in content[:200]:
        return Format.ODS
    if extension(name) in {"xlsx", "xlsm"}:
        return Format.XLSX
    if extension(name) == "ods":
        return Format.ODS
    raise _unsupported(name, "表計算以外の圧縮ファイル", "an archive that is not a workbook")


def _unsupported(name: str, ja: str, en: str) -> InputError:
    return problems.problem(
        name,
        "unsupported_format",
        f"{ja}は読み込めません。表のデータを CSV か Excel（XLSX）で用意してください。",
        f"This is {en}, which is not read. Provide the table as CSV or Excel (XLSX).",
    )
