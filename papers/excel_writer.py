"""Excel: one sheet for the text, one for each table. Nothing is ever a formula."""

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from papers.document import Document, Heading, Pairs, Paragraph, Sheet

FONT = "游ゴシック"
_TITLE = re.compile(r"[\\/*?:\[\]'\s]+")
_HEAD = PatternFill("solid", fgColor="E8EDF7")
_WRAP = Alignment(wrap_text=True, vertical="top")


def to_xlsx(document: Document) -> bytes:
    """An Excel workbook."""
    book = Workbook()
    del book[book.sheetnames[0]]
    cover = book.create_sheet(_sheet_name(document.title, book))
    _write(cover, [f"【{document.mark}】{document.title}"], bold=True)
    if document.subtitle:
        _write(cover, [document.subtitle])
    for block in document.blocks:
        match block:
            case Heading():
                _write(cover, [""])
                _write(cover, [block.text], bold=True)
            case Paragraph():
                _write(cover, [block.text])
            case Pairs():
                for pair in block.pairs:
                    _write(cover, list(pair))
            case Sheet():
                _write(cover, [f"→ {block.name}"])
                _add_sheet(book, block)
    cover.column_dimensions["A"].width = 32
    cover.column_dimensions["B"].width = 80
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _add_sheet(book: Workbook, block: Sheet) -> None:
    sheet = book.create_sheet(_sheet_name(block.name, book))
    _write(sheet, list(block.headers), bold=True)
    for row in block.rows:
        _write(sheet, list(row))
    sheet.freeze_panes = "A2"
    shares = block.widths or (1.0,) * len(block.headers)
    for index, share in enumerate(shares, 1):
        width = 120 * share / sum(shares)
        sheet.column_dimensions[get_column_letter(index)].width = max(10, width)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _write(sheet: Worksheet, texts: list[str], *, bold: bool = False) -> None:
    sheet.append(texts)
    for cell in sheet[sheet.max_row]:
        cell.data_type = "s"
        cell.font = Font(name=FONT, bold=bold)
        cell.alignment = _WRAP
        if bold and len(texts) > 1:
            cell.fill = _HEAD


def _sheet_name(text: str, book: Workbook) -> str:
    base = _TITLE.sub(" ", text)[:28].strip() or "1"
    name, number = base, 2
    while name in book.sheetnames:
        name, number = f"{base} {number}", number + 1
    return name
