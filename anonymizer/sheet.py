"""A workbook of one sheet of texts, made in memory: no piece of it ever touches the disk."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from xml.sax.saxutils import escape

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
    cells = [
        f'<c r="{_letters(place)}{number}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_written(text)}</t></is></c>'
        for place, text in enumerate(row)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


@cache
def _letters(place: int) -> str:
    """The name of a column, counted from 0.

    >>> [_letters(n) for n in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _written(text: str) -> str:
    return escape(_UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
