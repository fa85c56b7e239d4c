"""XLS (BIFF): what a sheet says besides its values (reach, hidden parts, formulas)."""

import io
import struct
from collections.abc import Iterator

import msoffcrypto
import olefile  # type: ignore[import-untyped]

from core import InputError
from intake.formats import Rank, book_format, unsupported
from intake.upload import File
from intake.workbook import SheetFacts, Workbook, guarded

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELLS = frozenset({0x06, 0x7E, 0xBD, 0xBE, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_MANY = (0xBD, 0xBE)
"""Records that hold the cells of several columns."""
# The types of the records, after [MS-XLS] 2.3.
_FORMULA, _LOCKED, _SHEET, _ROW, _COLUMNS = 0x06, 0x2F, 0x85, 0x208, 0x7D
_BEGIN, _END, _OBJECT = 0x809, 0x0A, 0x5D
_UNDRAWN = (0x14, 0x19)
"""Objects nobody drew: the arrows of a filter, and comments."""
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


def _opened(file: File) -> Workbook:
    content, limits = file.content, file.limits
    if guarded(lambda: _holds(content, "WordDocument", "DocumentText")):
        raise unsupported("old_document", "from_source")
    encrypted = guarded(lambda: msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    facts = None if encrypted else guarded(lambda: _facts(content))
    if facts is None:
        raise InputError.of("intake.file.encrypted")
    for one in facts.values():
        limits.allow(one.extent.rows, one.extent.columns)
    return Workbook(content, limits, facts.get)


def _holds(content: bytes, *streams: str) -> bool:
    """Whether a file of the older Office formats has one of the streams."""
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        return any(container.exists(stream) for stream in streams)


def _facts(content: bytes) -> dict[str, SheetFacts] | None:
    """The facts of each sheet by its name; None if the file needs a password.

    Cells outside the listed sheets are kept under the name "". Raises OSError or struct.error
    when it is not an XLS file.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        stream = next((s for s in ("Workbook", "Book") if container.exists(s)), None)
        if stream is None:
            raise OSError
        data = container.openstream(stream).read()
    begins: dict[int, str] = {}
    found: dict[str, SheetFacts] = {"": SheetFacts()}
    facts, depth = found[""], 0
    for at, kind, body in _records(data):
        if kind == _LOCKED:
            return None
        if kind == _SHEET and len(body) > 8:
            name = _name(body)
            begins[struct.unpack_from("<I", body)[0]] = name
            found[name] = SheetFacts()
        elif kind == _BEGIN:
            depth += 1
            if at in begins:
                facts, depth = found[begins[at]], 1
        elif kind == _END:
            depth -= 1
        elif depth < 2:
            _take(facts, kind, body)
    return found


def _take(facts: SheetFacts, kind: int, body: bytes) -> None:
    if kind in _CELLS and len(body) >= 4:
        row, column = struct.unpack_from("<HH", body)
        many = kind in _MANY and len(body) >= 6
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if many else column
        facts.extent.take(row, last)
        if kind == _FORMULA:
            facts.take_formula(row + 1, column + 1)
    elif kind == _ROW and len(body) >= 14:
        first, last = struct.unpack_from("<HH", body, 2)
        if body[12] & _HIDDEN_ROW and last > first:
            facts.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)
    elif kind == _COLUMNS and len(body) >= 10:
        first, last = struct.unpack_from("<HH", body)
        if body[8] & _HIDDEN_COLUMN:
            facts.hidden_columns += range(first + 1, min(last, 255) + 2)
    elif kind == _OBJECT and len(body) >= 6:
        facts.drawings |= struct.unpack_from("<H", body, 4)[0] not in _UNDRAWN


def _name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    text = body[8 : 8 + length * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield at, kind, data[at + 4 : at + 4 + size]
        at += 4 + size


FORMATS = (
    book_format(
        "xls",
        Rank.SIGNATURE,
        lambda upload: upload.content.startswith(_OLE),
        _opened,
        endings=("xls",),
    ),
)
