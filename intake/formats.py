"""Which format a file has: from its first bytes, and from its name only where bytes are silent."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from core import Message
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
    HTML = "html"
    XML = "xml"
    DOCX = "docx"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = ("画像", "a picture", "to_table")
_PROGRAM = ("実行ファイル", "a program", "to_table")
_REFUSED: tuple[tuple[bytes, tuple[str, str, str]], ...] = (
    (b"%PDF", ("PDF", "a PDF", "from_source")),
    (b"{\\rtf", ("Word の文書（RTF）", "a Word document (RTF)", "from_source")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", ("圧縮ファイル（gzip）", "a gzip archive", "unpack")),
    (b"7z\xbc\xaf", ("圧縮ファイル（7z）", "a 7z archive", "unpack")),
    (b"Rar!", ("圧縮ファイル（RAR）", "a RAR archive", "unpack")),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"SQLite format 3", ("データベースのファイル", "a database file", "export")),
    (b"\x00\x01\x00\x00Standard", ("Access のデータベース", "an Access database", "export")),
)
_MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|meta|table|script|svg|!--)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml")
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
    for magic, said in _REFUSED:
        if head.startswith(magic) and (magic != b"MZ" or b"\x00" in head):
            raise problems.unsupported(name, *said)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        return Format.HTML
    if _XML.match(text):
        return Format.HTML if b"<html" in text.lower() else Format.XML
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
    if b"word/document.xml" in content:
        return Format.DOCX
    if b"ppt/presentation.xml" in content:
        raise problems.unsupported(
            name, "PowerPoint の文書", "a PowerPoint document", "from_source"
        )
    if extension(name) in {"xlsx", "xlsm"}:
        return Format.XLSX
    if extension(name) == "ods":
        return Format.ODS
    raise problems.unsupported(name, "圧縮ファイル（ZIP）", "a ZIP archive", "unpack")


_BY_NAME = {
    Format.TEXT: ("csv", "tsv", "tab"),
    Format.XLSX: ("xlsx", "xlsm"),
    Format.XLS: ("xls",),
    Format.XLSB: ("xlsb",),
    Format.ODS: ("ods",),
    Format.PARQUET: ("parquet",),
    Format.JSON: ("json", "jsonl", "ndjson"),
    Format.HTML: ("htm", "html"),
    Format.DOCX: ("docx",),
}
_PROMISED = {ending: kind for kind, endings in _BY_NAME.items() for ending in endings}
_CALLED = {
    Format.TEXT: ("区切り文字の入ったテキスト（CSV など）", "delimited text (such as CSV)"),
    Format.XLSX: ("Excel ブック（XLSX）", "an Excel workbook (XLSX)"),
    Format.XLS: ("以前の Excel ブック（XLS）", "an older Excel workbook (XLS)"),
    Format.XLSB: ("Excel バイナリブック（XLSB）", "a binary Excel workbook (XLSB)"),
    Format.ODS: ("OpenDocument の表（ODS）", "an OpenDocument sheet (ODS)"),
    Format.PARQUET: ("Parquet", "Parquet"),
    Format.JSON: ("JSON", "JSON"),
    Format.HTML: ("HTML（ウェブページ）の表", "a table in HTML (a web page)"),
    Format.XML: ("XML スプレッドシート", "an XML spreadsheet"),
    Format.DOCX: ("Word の文書", "a Word document"),
}


def told_apart(name: str, kind: Format) -> tuple[Message, ...]:
    """A note where a file's name promises another format than its content has."""
    ending = extension(name)
    if _PROMISED.get(ending, kind) == kind or kind not in _CALLED:
        return ()
    ja, en = _CALLED[kind]
    return (
        Message(
            ja=f"拡張子は .{ending} ですが、中身は{ja}でした。中身に合わせて読みました。",
            en=f"The name ends in .{ending}, but the content is {en}. It was read by its content.",
        ),
    )
