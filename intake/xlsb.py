"""How far the cells of a binary workbook (XLSB) reach."""

import struct
import zipfile

from intake.facts import Extent

_XLSB_ROW = 0
_XLSB_CELLS = range(1, 12)


def xlsb_extent(archive: zipfile.ZipFile) -> Extent:
    """The largest reach of any sheet of an XLSB file."""
    largest = Extent()
    for member in archive.namelist():
        if member.startswith("xl/worksheets/") and member.endswith(".bin"):
            extent = _xlsb_sheet(archive.read(member))
            largest = max(largest, extent, key=lambda e: e.cells)
    return largest


def _xlsb_sheet(data: bytes) -> Extent:
    extent = Extent()
    row = at = 0
    while at < len(data):
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        if kind == _XLSB_ROW and at + 4 <= len(data):
            row = struct.unpack_from("<I", data, at)[0]
        elif kind in _XLSB_CELLS and at + 4 <= len(data):
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
