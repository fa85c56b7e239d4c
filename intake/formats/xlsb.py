"""XLSB: how far the cells of a binary workbook reach."""

import struct
import zipfile

from intake.documents.packed import holds_member, open_packed
from intake.formats.registry import Rank, book_format
from intake.upload import Limits, ReadOptions
from intake.workbooks.sheet_facts import Extent
from intake.workbooks.workbook import Workbook, guarded

_ROW = 0
_CELLS = range(1, 12)
"""The kinds of records that hold a cell."""


def _opened(content: bytes, options: ReadOptions, limits: Limits) -> Workbook:
    archive = open_packed(content, limits)
    extent = guarded(lambda: _extent(archive))
    limits.allow(extent.rows, extent.columns)
    return Workbook(content, limits)


def _extent(archive: zipfile.ZipFile) -> Extent:
    """The largest reach of any sheet of an XLSB file."""
    largest = Extent()
    for member in archive.namelist():
        if member.startswith("xl/worksheets/") and member.endswith(".bin"):
            extent = _sheet_extent(archive.read(member))
            largest = max(largest, extent, key=lambda e: e.cells)
    return largest


def _sheet_extent(data: bytes) -> Extent:
    extent = Extent()
    row = at = 0
    while at < len(data):
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        if kind == _ROW and at + 4 <= len(data):
            row = struct.unpack_from("<I", data, at)[0]
        elif kind in _CELLS and at + 4 <= len(data):
            extent.take(row, struct.unpack_from("<I", data, at)[0])
        at += size
    return extent


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for index in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, at


FORMATS = (
    book_format(
        "xlsb",
        Rank.PACKED_TABLES,
        lambda upload: holds_member(upload.content, "xl/workbook.bin"),
        _opened,
        endings=("xlsb",),
    ),
)
