"""Writing a result: beside its place first, then renamed, so that nothing half-written remains."""

import csv
import hashlib
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Self
from xml.sax.saxutils import escape

from pydantic import BaseModel, ConfigDict

from anonymizer.records.plan import quoted
from core import Message, PlanError, Progress, Table, inherited, say, watchable

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d+)?|\d{1,3}(,\d{3})+)?$")
XLSX_ROWS = 1_048_575
"""Data rows that fit on a worksheet below the header."""
_BLOCK = 5_000
"""Rows between two calls of `progress`: some hundredths of a second."""
Blocks = Iterator[Iterable[Sequence[str]]]


class Written(BaseModel):
    """A file that was written."""

    model_config = ConfigDict(frozen=True)

    name: str
    sha256: str
    rows: int
    columns: tuple[str, ...]
    notes: tuple[Message, ...] = ()

    @classmethod
    def of(
        cls, path: str | Path, table: Table, content: bytes, notes: tuple[Message, ...] = ()
    ) -> Self:
        """What is said of a table that was written as `content`."""
        return cls(
            name=Path(path).name,
            sha256=hashlib.sha256(content).hexdigest(),
            rows=table.rows,
            columns=tuple(table.keys),
            notes=notes,
        )


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula; plain numbers stay.

    >>> [neutral(t) for t in ("=1+1", "@x", "-5", "+81-3", "北区")]
    ["'=1+1", "'@x", '-5', "'+81-3", '北区']
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


@watchable
def write(table: Table, path: str | Path, *, progress: Progress = inherited) -> Written:
    """Write a table as CSV (UTF-8 with BOM) or XLSX, by the ending of `path`.

    Cells a spreadsheet would run as formulas get a leading `'`, and the notes say in which columns.
    Raises PlanError for another ending, or for more rows than a worksheet holds.
    """
    target = Path(path)
    content, notes = encode(table, target.suffix.lower())
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    os.close(handle)
    try:
        Path(beside).write_bytes(content)
        Path(beside).replace(target)
    finally:
        Path(beside).unlink(missing_ok=True)
    return Written.of(target, table, content, notes)


@watchable
def encode(
    table: Table, suffix: str, *, progress: Progress = inherited
) -> tuple[bytes, tuple[Message, ...]]:
    """The content of a file, `.csv` or `.xlsx`, and what was changed to make it safe to open.

    Raises PlanError for another ending, or for more rows than a worksheet holds.
    """
    if suffix == ".xlsx" and table.rows > XLSX_ROWS:
        raise PlanError.of("anonymizer.write.too_many_rows")
    if suffix not in _WRITERS:
        raise PlanError.of("anonymizer.write.unknown_format")
    texts = [[neutral(text) for text in column.texts] for column in table]
    touched = [
        column.key
        for column, safe in zip(table, texts, strict=True)
        if any(a != b for a, b in zip(column.texts, safe, strict=True))
    ]
    header = [neutral(key) for key in table.keys]
    content = _WRITERS[suffix](header, _blocks(table, texts, progress))
    progress(1.0)
    if not touched:
        return content, ()
    return content, (say("anonymizer.write.formulas_quoted", columns=quoted(touched)),)


def _csv(header: Sequence[str], blocks: Blocks) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for block in blocks:
        writer.writerows(block)
    return out.getvalue().encode("utf-8-sig")


def _blocks(table: Table, texts: Sequence[Sequence[str]], progress: Progress) -> Blocks:
    """The rows, some thousands at a time."""
    for start in range(0, table.rows, _BLOCK):
        progress(start / table.rows)
        yield zip(
            *(
                [safe[code] for code in column.codes[start : start + _BLOCK].tolist()]
                for column, safe in zip(table, texts, strict=True)
            ),
            strict=True,
        )


_WRITERS: Mapping[str, Callable[[Sequence[str], Blocks], bytes]] = {
    ".csv": _csv,
    ".xlsx": lambda header, blocks: workbook(chain([[header]], blocks)),
}

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold, and texts that look like the way such characters are written."""


def workbook(blocks: Iterable[Iterable[Sequence[str]]]) -> bytes:
    """An XLSX file of rows, given in blocks; every cell is a text.

    >>> import zipfile
    >>> made = zipfile.ZipFile(io.BytesIO(workbook([[["区"], ["北<区"]]])))
    >>> "北&lt;区" in made.read("xl/worksheets/sheet1.xml").decode()
    True
    """
    out = io.BytesIO()
    number = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for name, content in _PARTS.items():
            package.writestr(name, _HEAD + content)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for block in blocks:
                lines = []
                for row in block:
                    number += 1
                    lines.append(_line(number, row))
                sheet.write("".join(lines).encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _line(number: int, row: Sequence[str]) -> str:
    from openpyxl.utils import get_column_letter

    cells = [
        f'<c r="{get_column_letter(place)}{number}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_written(text)}</t></is></c>'
        for place, text in enumerate(row, 1)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _written(text: str) -> str:
    return escape(_UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
