"""Word (A4, Japanese fonts set, wide tables on landscape pages)."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from papers.document import Block, Document, Heading, Pairs, Paragraph, Sheet

BODY_FONT = "游明朝"
HEAD_FONT = "游ゴシック"
HEAD_COLOUR = "E8EDF7"
A4 = (210, 297)
MARGIN = 20
WIDE = 6
"""A table with more columns than this gets a landscape page."""


def to_docx(document: Document) -> bytes:
    """A Word file; texts are set as text, so nothing in them can act."""
    paper = docx.Document()
    _set_styles(paper)
    _set_page(paper.sections[0], landscape=False)
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = document.title, "Mekiki", ""
    properties.language = "ja-JP" if document.lang == "ja" else "en-GB"
    title = paper.add_paragraph(document.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if document.subtitle:
        paper.add_paragraph(document.subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER
    landscape = False
    for block, wide in zip(document.blocks, _wide(document.blocks), strict=True):
        if wide != landscape:
            # its break takes no line: a full page before it would else be followed by an empty one
            section = paper.add_section(WD_SECTION.NEW_PAGE)
            _shrink(next(p for p in reversed(paper.paragraphs) if p._p.xpath("./w:pPr/w:sectPr")))
            _set_page(section, landscape=wide)
            landscape = wide
        _add(paper, block, A4[wide] - 2 * MARGIN)
    _set_header_and_footer(paper, document)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _wide(blocks: tuple[Block, ...]) -> list[bool]:
    """Which blocks stand on landscape pages: wide tables, with the headings just above them."""
    wide = [isinstance(b, Sheet) and len(b.headers) > WIDE for b in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        if wide[index + 1] and isinstance(blocks[index], Heading):
            wide[index] = True
    return wide


def _shrink(paragraph: Any, after: float = 0) -> None:
    """An empty paragraph that takes (almost) no room; `after` points follow it."""
    form = paragraph.paragraph_format
    form.line_spacing, form.line_spacing_rule = Pt(1), WD_LINE_SPACING.EXACTLY
    form.space_before, form.space_after = Pt(0), Pt(after)


def _add(paper: Any, block: Block, width: int) -> None:
    match block:
        case Heading():
            paper.add_heading(block.text, level=block.level)
        case Paragraph():
            run = paper.add_paragraph().add_run(block.text)
            if block.note:
                run.font.size = Pt(9)
        case Pairs():
            _add_table(paper, (), block.pairs, (1.0, 3.0), width)
        case Sheet():
            _add_table(paper, block.headers, block.rows, block.widths, width)


def _add_table(
    paper: Any,
    headers: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    width: int,
) -> None:
    if not rows and not headers:
        return
    columns = len(headers) or len(rows[0])
    table = paper.add_table(rows=0, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    shares = widths or (1.0,) * columns
    sizes = [Mm(width * share / sum(shares)) for share in shares]
    for column, size in zip(table.columns, sizes, strict=True):
        column.width = size
    _pad_cells(table)
    if headers:
        _add_row(table, headers, sizes, header=True)
    for row in rows:
        _add_row(table, row, sizes, header=False, label=not headers)
    _shrink(paper.add_paragraph(), after=8)


def _pad_cells(table: Any) -> None:
    margins = _element("w:tblCellMar")
    for side, twips in {"top": 40, "left": 85, "bottom": 40, "right": 85}.items():
        margins.append(_element(f"w:{side}", w=str(twips), type="dxa"))
    table._tbl.tblPr.append(margins)


def _add_row(
    table: Any, texts: tuple[str, ...], sizes: list[Any], *, header: bool, label: bool = False
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if header:
        properties.append(_element("w:tblHeader"))
    for index, (cell, text, size) in enumerate(zip(row.cells, texts, sizes, strict=True)):
        cell.width = size
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.0
        run = paragraph.add_run(text)
        run.font.size = Pt(9)
        if header or (label and index == 0):
            _set_font(run, HEAD_FONT)
            run.font.bold = header
            shade = _element("w:shd", val="clear", fill=HEAD_COLOUR)
            cell._tc.get_or_add_tcPr().append(shade)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _set_font(styled: Any, name: str) -> None:
    """Latin and East Asian font together: Word keeps them apart."""
    styled.font.name = name
    fonts = styled._element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(attribute), name)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)


def _set_styles(paper: Any) -> None:
    normal = paper.styles["Normal"]
    _set_font(normal, BODY_FONT)
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in {"Title": 18, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11}.items():
        style = paper.styles[name]
        _set_font(style, HEAD_FONT)
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1C)
        style.paragraph_format.space_before = Pt(12)
        style.paragraph_format.space_after = Pt(4)


def _set_page(section: Any, *, landscape: bool) -> None:
    short, long = (Mm(side) for side in A4)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN))


def _set_header_and_footer(paper: Any, document: Document) -> None:
    section = paper.sections[0]
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _set_font(header.add_run(f"【{document.mark}】"), HEAD_FONT)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.append(_element("w:fldSimple", instr="PAGE"))
