from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from papers import FORMATS, Document, Format, Heading, Pairs, Paragraph, Sheet, render

HOSTILE = "<script>alert(1)</script>=HYPERLINK(1)&\x00"
PAPER = Document(
    title="答申案",
    subtitle="令和8年",
    blocks=(
        Heading(text="概要"),
        Paragraph(text=HOSTILE),
        Pairs(pairs=(("件名", "=1+1"),)),
        Heading(text="加工"),
        Sheet(name="項目/加工", headers=tuple("12345678"), rows=(("=1+1", *"2345678"),)),
    ),
)


def test_word_is_a4_with_japanese_fonts_and_turns_wide_tables() -> None:
    paper = docx.Document(BytesIO(render(PAPER, "docx")))
    first, second = paper.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert second.orientation == WD_ORIENT.LANDSCAPE
    assert round(second.page_width.mm) == 297
    for style in ("Normal", "Title", "Heading 1"):
        fonts = paper.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in {"游明朝", "游ゴシック"}
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert paper.core_properties.author == "Mekiki"
    assert "【案】" in first.header.paragraphs[0].text


def test_a_heading_goes_with_its_wide_table() -> None:
    paper = docx.Document(BytesIO(render(PAPER, "docx")))
    texts = [p.text for p in paper.paragraphs]
    breaks = [
        i
        for i, p in enumerate(paper.paragraphs)
        if p._p.pPr is not None and p._p.pPr.find(qn("w:sectPr")) is not None
    ]
    assert breaks and breaks[0] < texts.index("加工")


def test_excel_holds_no_formula() -> None:
    book = load_workbook(BytesIO(render(PAPER, "xlsx")))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} == {"s"}
    assert any(c.value == "=1+1" for c in cells)
    assert book.sheetnames == ["答申案", "項目 加工"]


def test_html_escapes_everything_and_loads_nothing() -> None:
    page = render(PAPER, "html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page


@pytest.mark.parametrize("format", FORMATS)
@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_can_be_printed(format: Format, text: str) -> None:
    sheet = Sheet(name=text, headers=(text,), rows=((text,),))
    blocks = (Heading(text=text), Paragraph(text=text, note=True), sheet)
    assert render(Document(title=text, blocks=blocks), format)


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="one text for each header"):
        Sheet(name="x", headers=("a", "b"), rows=(("1",),))
