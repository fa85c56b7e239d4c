"""Documents become passages that can be quoted verbatim, and hostile ones are inert text."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from core import KnowledgeError
from intake.documents import dated, parse
from intake.documents.plain_text import visible

LAW = """<?xml version="1.0" encoding="UTF-8"?>
<Law Era="Reiwa" Lang="ja" LawType="Act" Num="001" Year="05"><LawNum>令和五年法律第一号</LawNum>
<LawBody><LawTitle>例示に関する法律</LawTitle><MainProvision>
<Chapter Num="1"><ChapterTitle>第一章　総則</ChapterTitle>
<Article Num="1"><ArticleCaption>（目的）</ArticleCaption><ArticleTitle>第一条</ArticleTitle>
<Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>目的を<Ruby>定<Rt>さだ</Rt></Ruby>める。</Sentence></ParagraphSentence></Paragraph>
<Paragraph Num="2"><ParagraphNum>２</ParagraphNum><ParagraphSentence><Sentence>次に掲げる。</Sentence></ParagraphSentence>
<Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Column Num="1"><Sentence>甲</Sentence></Column><Column Num="2"><Sentence>乙の例</Sentence></Column></ItemSentence></Item>
<Item Num="2_2"><ItemTitle>二の二</ItemTitle><ItemSentence><Sentence>丙の例</Sentence></ItemSentence></Item></Paragraph></Article>
<Article Num="1_2"><ArticleTitle>第一条の二</ArticleTitle><Paragraph Num="3"><ParagraphSentence><Sentence>枝番の条。</Sentence></ParagraphSentence></Paragraph></Article>
</Chapter></MainProvision>
<SupplProvision><SupplProvisionLabel>附則</SupplProvisionLabel><Article Num="7"><ArticleTitle>第七条</ArticleTitle><Paragraph Num="1"><ParagraphSentence><Sentence>当分の間。</Sentence></ParagraphSentence></Paragraph></Article></SupplProvision>
<SupplProvision AmendLawNum="令和六年法律第二号"><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphSentence><Sentence>改正の附則。</Sentence></ParagraphSentence></Paragraph></Article></SupplProvision>
</LawBody></Law>"""  # noqa: E501


def pdf(text: str) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = stream
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: tuple[str, str | None]) -> bytes:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "項目", "保存期間"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def code(name: str, content: bytes) -> str:
    with pytest.raises(KnowledgeError) as caught:
        parse(name, content)
    problem = caught.value.problems[0]
    assert problem.source == name
    assert problem.message.ja
    assert problem.message.en
    return problem.code


def test_law_xml_gives_articles_paragraphs_and_items() -> None:
    law = parse("law.xml", LAW.encode())
    assert (law.title, law.kind) == ("例示に関する法律", "law")
    places = {(s.locator, s.article, s.paragraph, s.item, s.text) for s in law.sections}
    assert places == {
        ("1条1項", "1", "1", None, "目的を定める。"),
        ("1条2項", "1", "2", None, "次に掲げる。"),
        ("1条2項1号", "1", "2", "1", "甲　乙の例"),
        ("1条2項2号の2", "1", "2", "2-2", "丙の例"),
        ("1条の2第3項", "1-2", "3", None, "枝番の条。"),
        ("附則7条1項", "附則7", "1", None, "当分の間。"),
        ("附則（令和六年法律第二号）1条1項", None, "1", None, "改正の附則。"),
    }


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><Law>&e;</Law>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><Law/>',
        '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><Law>&b;</Law>',
        "<Law><unclosed>",
        "not xml at all",
    ],
)
def test_xml_that_loads_or_breaks_is_refused(hostile: str) -> None:
    assert code("law.xml", hostile.encode()) == "bad_xml"


def test_other_xml_is_no_law() -> None:
    assert code("feed.xml", b"<rss><channel/></rss>") == "not_law_xml"


def test_html_keeps_text_under_headings_and_drops_what_runs() -> None:
    page = """<html><head><title>手引き</title><script>alert(1)</script></head><body>
    <nav>メニュー</nav><h2>3-1 公開</h2><p>表を<b>公開</b>する。<img src=x onerror=alert(1)></p>
    <ul><li>一つ目</li><li>二つ目</li></ul><iframe src="http://127.0.0.1:9/"></iframe>
    <h2>附録</h2><p>&lt;script&gt;は文字です。</p></body></html>"""
    found = parse("guide.html", page.encode())
    assert found.title == "手引き"
    first, last = found.sections
    assert (first.locator, first.article) == ("3-1 公開", "3-1")
    assert first.text == "表を公開する。\n一つ目\n二つ目"
    assert last.text == "<script>は文字です。"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">隠した文。</p>',
        '<div style="color:red; VISIBILITY : hidden"><p>隠した文。</p></div>',
        "<p hidden>隠した文。</p>",
        '<p>見える<span hidden="until-found">隠した文。</span></p>',
    ],
)
def test_html_that_no_reader_sees_is_not_imported(hidden: str) -> None:
    found = parse("a.html", f"<body><p>前の文。</p>{hidden}<p>後の文。</p></body>".encode())
    text = "".join(section.text for section in found.sections)
    assert "隠した" not in text
    assert "前の文。" in text
    assert "後の文。" in text


ORDINANCE = """みどり市手数料条例

　　第1章　総則

（手数料）
第１条　法第89条の規定により、
第7条の規定に従い手数料を定める。
２　前項の手数料は次のとおりとする。
(1) 写し　15円
（減免）
第二条の三　市長は減免できる。

　　　附　則
１　公布の日から施行する。
３　番号の飛んだ行は項ではない。

附則（令和6年条例第2号）
第1条　改正の附則。
別表第１（第1条関係）
写し　15円
"""


def test_an_ordinance_in_plain_text_gives_articles_and_paragraphs() -> None:
    found = parse("手数料.txt", ORDINANCE.encode())
    assert [(s.locator, s.article, s.paragraph) for s in found.sections] == [
        ("1行", None, None),
        ("第1条", "1", None),
        ("第1条第2項", "1", "2"),
        ("第2条の3", "2-3", None),
        ("附則第1項", "附則", "1"),
        ("附則第1条", "附則1", None),
        ("別表第1", "別表第1", None),
    ]
    assert found.sections[1].text.startswith("　　第1章　総則\n\n（手数料）\n第１条")
    assert found.sections[2].text.endswith("(1) 写し　15円")
    kept = "".join("".join(s.text.split()) for s in found.sections)
    assert kept == "".join(ORDINANCE.split())


def test_prose_that_speaks_of_articles_stays_in_its_blocks() -> None:
    found = parse("a.txt", "第7条の規定により定める。\n2 二つ目\n附則 なし".encode())
    assert [s.locator for s in found.sections] == ["1行"]


def test_radicals_of_a_printed_page_are_read_as_the_characters_they_are() -> None:
    found = parse("⻑.html", "<h1>⾒直し</h1><p>課⻑が①髙橋を⾒る。</p>".encode())
    assert found.sections[0].heading == "見直し"
    assert found.sections[0].text == "課長が①髙橋を見る。"


def test_deep_html_is_refused_not_crashed() -> None:
    assert code("deep.html", b"<div>" * 5000 + "底".encode() + b"</div>" * 5000) == "no_text"


def test_markdown_gives_headings_and_line_numbers() -> None:
    found = parse("a.md", "# 章\n\n## 節\n\n".encode() + ("本文。" * 50).encode())
    assert found.title == "章"
    assert found.sections[-1].locator == "章 / 節 5行" or found.sections[-1].heading == "章 / 節"


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp"),
        *("utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    ],
)
def test_text_is_read_in_its_encoding(encoding: str) -> None:
    text = "個人情報の取扱いについて、橋本委員が2024年4月に述べた。"
    assert parse("a.txt", text.encode(encoding)).sections[0].text == text
    page = f"<html><body><p>{text}</p></body></html>".encode(encoding)
    assert parse("a.html", page).sections[0].text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("①個人情報の取扱いについて、髙橋委員が述べた。", "cp932"),
        ("①個人情報の取扱いについて、橋本委員が述べた。", "euc_jis_2004"),
        ("ﾐﾎﾝの取扱いについて、橋本委員が述べた。", "iso2022_jp_ext"),
    ],
)
def test_characters_that_only_wider_codecs_have_are_read(text: str, encoding: str) -> None:
    assert parse("a.txt", text.encode(encoding)).sections[0].text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("编号姓名住址王小明上海市浦东新区" * 4, "gb18030"), ("이름 주소 홍길동 서울" * 4, "euc_kr")],
)
def test_other_languages_in_encodings_of_their_own_are_refused(text: str, encoding: str) -> None:
    assert code("a.txt", text.encode(encoding)) == "not_text"


@settings(max_examples=60)
@given(st.text(alphabet="あ。\n #-<>&甲乙 x", min_size=1, max_size=600).filter(str.strip))
def test_every_text_passage_is_verbatim(text: str) -> None:
    shown = [visible(line) for line in text.split("\n")]
    try:
        sections = parse("a.txt", text.encode()).sections
    except KnowledgeError as error:  # nothing but marks
        assert error.problems[0].code == "no_text"
        assert not any(line.strip() for line in shown)
        return
    for section in sections:
        assert all(line in shown or line in " ".join(shown) for line in section.text.split("\n"))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("委員\t<p>共有IDについて<br />", "委員 共有IDについて"),
        ("- **9** 法第27条で", "9 法第27条で"),
        ("* 箇条書き", "箇条書き"),
        ("| 項目 | **保存** |", "| 項目 | 保存 |"),
        ("[指針](https://example.jp/a)と![図](a.png)", "指針と図"),
        ("A&amp;B &lt;甲&gt;", "A&B <甲>"),
        ("<span class='x'>本文</span>です", "本文です"),
        ("a < b かつ c > d", "a < b かつ c > d"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("2 * 3 * 4 と **", "2 * 3 * 4 と **"),
        ("snake__case__name", "snake__case__name"),
        ("-5度", "-5度"),
        ("---", "---"),
        ("", ""),
    ],
)
def test_markup_is_not_shown_but_other_signs_are(line: str, shown: str) -> None:
    assert visible(line) == shown


def test_the_place_of_text_with_markup_is_its_line_in_the_file() -> None:
    text = "# 会議録\n\n<p>\n\n**区側**\t<p>" + "連絡先は三年で消します。" * 12 + "</p>\n"
    (section,) = (s for s in parse("a.md", text.encode()).sections if "三年" in s.text)
    assert section.text == "会議録\n\n区側 " + "連絡先は三年で消します。" * 12
    assert section.locator == "会議録 1行"


@settings(max_examples=150)
@given(
    st.sampled_from(["pdf", "docx", "html", "txt", "md", "xml"]),
    st.binary(min_size=1, max_size=300),
)
def test_any_bytes_are_read_or_refused_with_a_message(suffix: str, content: bytes) -> None:
    try:
        parse(f"x.{suffix}", content)
    except KnowledgeError as error:
        assert all(p.message.ja and p.message.en for p in error.problems)


def test_pdf_pages() -> None:
    found = parse("a.pdf", pdf("Retention is five years."))
    assert found.sections[0].locator == "1ページ"
    assert "Retention is five years." in found.sections[0].text


def test_pdf_that_cannot_be_used() -> None:
    blank = PdfWriter()
    blank.add_blank_page(width=10, height=10)
    out = io.BytesIO()
    blank.write(out)
    assert code("scan.pdf", out.getvalue()) == "no_text_pdf"
    locked = PdfWriter()
    locked.add_blank_page(width=10, height=10)
    locked.encrypt("secret")
    out = io.BytesIO()
    locked.write(out)
    assert code("locked.pdf", out.getvalue()) == "locked_pdf"
    assert code("broken.pdf", b"%PDF-1.7 nothing") == "bad_pdf"


def test_a_broken_pdf_says_nothing_beside_its_error() -> None:
    """Asked in a process of its own: a test runner takes what is logged before it is printed."""
    script = (
        "from core import KnowledgeError\n"
        "from intake.documents import parse\n"
        "try:\n    parse('a.pdf', b'%PDF-1.7 (secret) nothing' * 9)\n"
        "except KnowledgeError: pass"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_word_paragraphs_tables_and_headings() -> None:
    found = parse("a.docx", word(("保存", "Heading 1"), ("五年とする。", None)))
    assert [s.text for s in found.sections] == ["保存", "五年とする。", "項目｜保存期間"]
    assert found.sections[1].locator == "保存 第2段落"


def test_word_that_cannot_be_used() -> None:
    assert code("a.docx", b"PK\x03\x04 broken") == "bad_docx"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (201 * 2**20))
    assert code("bomb.docx", bomb.getvalue()) == "docx_too_large"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.exe", b"MZ", "unknown_document"),
        ("noext", b"x", "unknown_document"),
        ("a.txt", b"", "empty_document"),
        ("a.txt", b" \n\t", "empty_document"),
        ("a.txt", b"\x00\x01\x02\xff", "not_text"),
        ("a.html", b"<html><script>1</script></html>", "no_text"),
    ],
)
def test_what_cannot_be_imported(name: str, content: bytes, expected: str) -> None:
    assert code(name, content) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和元年5月1日 制定", "2019-05-01"),
        ("平成31年3月", "2019-03-01"),
        ("令和４年３月２８日", "2022-03-28"),
        ("2024年10月", "2024-10-01"),
        ("令和3年度の計画", None),
        ("令和4年99月", None),
        ("日付なし", None),
    ],
)
def test_the_date_a_document_bears(text: str, expected: str | None) -> None:
    found = dated(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "article", "words"),
    [
        ("415AC0000000057_appi.xml", "98", "利用の停止"),
        ("425AC0000000027_number_act.xml", "29-4", "特定個人情報"),
    ],
)
def test_the_laws_in_force_are_read(shared: Path, name: str, article: str, words: str) -> None:
    law = parse(name, (shared / "data" / "laws" / name).read_bytes())
    assert any(s.article == article and words in s.text for s in law.sections)
    assert len({s.article for s in law.sections if s.article}) > 70
