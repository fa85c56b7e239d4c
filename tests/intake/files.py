"""Makes the small files that the tests read."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook with a sheet for each keyword."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """A packed file with a change in one member."""
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == member:
                assert old in data
                data = data.replace(old, new)
            target.writestr(info.filename, data)
    return buffer.getvalue()


def csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as UTF-8 text."""
    quoted = (",".join('"' + str(c).replace('"', '""') + '"' for c in row) for row in rows)
    return ("\n".join(quoted) + "\n").encode()
