"""How far the cells of a sheet reach, found without building the sheet.

The bulk reader holds a sheet as one dense block: a single cell in the last corner would ask
for more memory than there is. So the reach is measured first, from the records themselves.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import olefile  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

_XLS_CELLS = frozenset({0x06, 0x7E, 0xBD, 0xBE, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_XLS_LOCKED = 0x2F
_XLSB_ROW = 0
_XLSB_CELLS = range(1, 12)
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass
class Extent:
    """The reach of the cells seen so far: counts of rows and columns."""

    rows: int = 0
    columns: int = 0

    def take(self, row: int, column: int) -> None:
        """Take in a cell at a 0-based position."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    @property
    def cells(self) -> int:
        """How many cells a dense block would have."""
        return self.rows * self.columns


def ole_holds(content: bytes, *streams: str) -> bool:
    """Whether a file of the older Office formats has one of the streams."""
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        return any(container.exists(stream) for stream in streams)


def xls_extent(content: bytes) -> Extent | None:
    """The reach over all sheets of an XLS file; None if it needs a password.

    Raises OSError or struct.error when it is not an XLS file.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        stream = next((s for s in ("Workbook", "Book") if container.exists(s)), None)
        if stream is None:
            raise OSError
        data = container.openstream(stream).read()
    extent = Extent()
    for kind, body in _xls_records(data):
        if kind == _XLS_LOCKED:
            return None
        if kind in _XLS_CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            many = kind in (0xBD, 0xBE) and len(body) >= 6
            extent.take(row, struct.unpack_from("<H", body, len(body) - 2)[0] if many else column)
    return extent


def _xls_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + size]
        at += 4 + size


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


def ods_extent(archive: zipfile.ZipFile) -> Extent:
    """The largest reach of any sheet of an ODS file, repetitions counted."""
    largest, extent = Extent(), Extent()
    row = column = 0
    with archive.open("content.xml") as stream:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=(f"{_ODS}table", f"{_ODS}table-row", f"{_ODS}table-cell"),
            resolve_entities=False,
            no_network=True,
        )
        for event, element in events:
            tag = element.tag.removeprefix(_ODS)
            if event == "start":
                if tag == "table":
                    extent, row = Extent(), 0
                elif tag == "table-row":
                    column = 0
            elif tag == "table-cell":
                column += _repeated(element, "columns")
                if len(element) or element.text:
                    extent.take(row, column - 1)
                elif column > 1 << 14:
                    extent.take(0, column - 1)
            elif tag == "table-row":
                times = _repeated(element, "rows")
                has_cells = any(len(cell) for cell in element)
                row += times
                if has_cells or times > 1 << 20:
                    extent.take(row - 1, 0)
                element.clear()
            else:
                largest = max(largest, extent, key=lambda e: e.cells)
    return largest


def _repeated(element: "etree._Element", what: str) -> int:
    text = element.get(f"{_ODS}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1
