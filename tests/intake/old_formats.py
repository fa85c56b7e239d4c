"""Writes the smallest XLS, ODS and XLSB files that hold a table, for the tests."""

import io
import struct
import zipfile
from collections.abc import Sequence

Rows = Sequence[Sequence[str | float]]
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows: Rows, extra: bytes = b"") -> bytes:
    """A BIFF8 workbook with one sheet; `extra` goes among its cells."""
    cells = b"".join(
        _biff_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)
    )
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + cells + extra
    sheet += _record(0x0A, b"")
    name = "表".encode("utf-16-le")
    bound = struct.pack("<IBBBB", 0, 0, 0, 1, 1) + name
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    offset = len(start) + len(bound) + 4 + 4
    bound = struct.pack("<I", offset) + bound[4:]
    stream = start + _record(0x85, bound) + _record(0x0A, b"") + sheet
    return _compound("Workbook", stream.ljust(4096, b"\x00"))


def number_record(row: int, column: int, value: float) -> bytes:
    """A BIFF8 cell anywhere in the sheet."""
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def hidden_row_record(row: int) -> bytes:
    """The record of a BIFF8 row (0-based) that is not shown."""
    return _record(0x208, struct.pack("<HHHHHHHH", row, 0, 2, 0xFF, 0, 0, 0x20, 0))


def hidden_column_record(column: int) -> bytes:
    """The record of a BIFF8 column (0-based) that is not shown."""
    return _record(0x7D, struct.pack("<HHHHHH", column, column, 0, 0, 1, 0))


def drawing_record() -> bytes:
    """The record of the page that shapes would be drawn on."""
    return _record(0xEC, b"\x0f\x00\x02\xf0" + bytes(76))


def object_record(kind: int) -> bytes:
    """The record of an object of the sheet, such as a chart (5), a picture (8), a comment (25)."""
    return _record(0x5D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + bytes(14))


def locked_record() -> bytes:
    """The record that says a BIFF8 workbook needs a password."""
    return _record(0x2F, struct.pack("<HHH", 0, 0, 0))


def _biff_cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHH", row, column, 0) + text)
    return number_record(row, column, value)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file with a single stream of at least 4096 bytes."""
    stream = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\x00")
    count = len(stream) // _SECTOR
    fat = [_FAT, _END, *range(3, 2 + count), _END]
    fat += [_FREE] * (128 - len(fat))
    assert len(fat) == 128
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    root = _entry("Root Entry", 5, 1, _END, 0)
    entry = _entry(name, 2, _FREE, 2, len(stream))
    directory = (root + entry).ljust(_SECTOR, b"\x00")
    return header + struct.pack("<128I", *fat) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, child)
    body = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + links
    return body + b"\x00" * 36 + struct.pack("<IQ", start, size)


def ods(rows: Rows, extra: str = "") -> bytes:
    """An OpenDocument workbook with one sheet; `extra` is markup after the rows."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, r))}</table:table-row>" for r in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="表">'
        f"{lines}{extra}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return _zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def xlsb(rows: Rows, extra: bytes = b"") -> bytes:
    """A binary workbook with one sheet; `extra` goes after its rows."""
    body = b"".join(_binary_row(number, row) for number, row in enumerate(rows))
    height, width = len(rows) - 1, max(map(len, rows)) - 1
    sheet = _part(0x81, b"") + _part(0x94, struct.pack("<IIII", 0, height, 0, width))
    sheet += _part(0x91, b"") + body + extra + _part(0x92, b"") + _part(0x82, b"")
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("表")
    book = _part(0x83, b"") + _part(0x8F, b"") + _part(0x9C, bundle) + _part(0x90, b"")
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.bin"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        "</Relationships>"
    )
    parts = {"xl/workbook.bin": book + _part(0x84, b""), "xl/_rels/workbook.bin.rels": rels}
    return _zipped({**parts, "xl/worksheets/sheet1.bin": sheet})


def binary_row(number: int, column: int, value: float) -> bytes:
    """A row of a binary workbook with a single cell anywhere."""
    cell = struct.pack("<II", column, 0) + struct.pack("<d", value)
    return _part(0, struct.pack("<I", number) + b"\x00" * 13) + _part(5, cell)


def _binary_row(number: int, row: Sequence[str | float]) -> bytes:
    head = _part(0, struct.pack("<I", number) + b"\x00" * 13)
    cells = b""
    for column, value in enumerate(row):
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            cells += _part(6, place + _wide(value))
        else:
            cells += _part(5, place + struct.pack("<d", value))
    return head + cells


def _part(kind: int, body: bytes) -> bytes:
    kinds = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, sizes = len(body), b""
    while size >= 0x80:
        sizes += bytes((size & 0x7F | 0x80,))
        size >>= 7
    return kinds + sizes + bytes((size,)) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
