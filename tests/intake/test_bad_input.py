"""Files that cannot be used are refused with a reason and an advice; never with a traceback."""

import io
import re
import struct
import zipfile
import zlib

import openpyxl
import pytest

from core import InputError
from intake import Limits, ReadOptions, Upload, read
from tests.intake import old_formats
from tests.intake.files import repacked, saved, xlsx
from tests.processor import within

SECRET = "ひみつの値"
TABLE = [["氏名", "年齢"], [SECRET, 30], ["佐藤", 41]]
SHEET = "xl/worksheets/sheet1.xml"


def refused(content: bytes, name: str, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        read(
            [Upload(name, content)], {name: ReadOptions(**options)}, Limits(unpacked_bytes=1 << 26)
        )
    (problem,) = caught.value.problems
    assert problem.source == name
    assert re.search(r"ください。$", problem.message.ja)
    assert re.search(r"[A-Z].*\.$", problem.message.en)
    assert SECRET not in str(caught.value) + problem.model_dump_json()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return problem.code


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 100 MB of blanks."""
    good = xlsx(表=TABLE)
    return repacked(good, SHEET, b"</sheetData>", b"</sheetData>" + b" " * (100 << 20))


def lying_bomb() -> bytes:
    """The same, with the size stated as 1,000 bytes and a check sum to match."""
    content = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(SHEET)
        start = zlib.crc32(archive.read(SHEET)[:1000])
    size = struct.pack("<I", info.file_size)
    fake = struct.pack("<I", 1000)
    crc, fake_crc = struct.pack("<I", info.CRC), struct.pack("<I", start)
    return bytes(content.replace(size, fake).replace(crc, fake_crc))


def far_cell() -> bytes:
    """Two cells, in opposite corners of the sheet."""
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return repacked(xlsx(表=TABLE), SHEET, b"</sheetData>", row)


def hidden_far_cell() -> bytes:
    """A far cell in the middle of a row, where its neighbours do not show it."""
    row = b'<row r="4"><c r="A4"><v>1</v></c><c r="XFD999999"><v>1</v></c><c r="B4"><v>1</v></c>'
    return repacked(xlsx(表=TABLE), SHEET, b"</sheetData>", row + b"</row></sheetData>")


@pytest.mark.parametrize(
    ("code", "name", "content"),
    [
        ("empty_file", "a.csv", b""),
        ("empty_file", "a.csv", b"\xef\xbb\xbf\r\n\r\n"),
        ("empty_file", "a.xlsx", b""),
        ("not_text", "a.csv", bytes(range(256)) * 40),
        ("not_text", "a.csv", b"\x00\x01\x02\x03" * 50),
        (
            "unknown_encoding",
            "a.csv",
            "成绩,姓名\n한국어,é\n".encode()[:-2] + b"\xff\xfe\x80\n",
        ),
        ("damaged", "a.xlsx", xlsx(表=TABLE)[:900]),
        ("damaged", "a.xlsx", b"PK\x03\x04" + b"x" * 500),
        ("damaged", "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("damaged", "a.parquet", b"PAR1" + b"\x00" * 100),
        ("damaged", "a.json", b'[{"a": 1'),
        ("unsupported_format", "a.pdf", b"%PDF-1.7 ..."),
        ("unsupported_format", "a.html", b"<!DOCTYPE html><table></table>"),
        ("unsupported_format", "a.png", b"\x89PNG\r\n\x1a\n"),
        ("no_table", "a.xlsx", xlsx(表=[])),
        ("no_table", "a.json", b"[]"),
        ("not_a_schema", "a.yaml", b"just: a setting\n"),
        ("not_a_schema", "a.json", b'{"setting": 1}'),
        ("not_a_schema", "a.sql", b"SELECT 1;"),
        ("bad_yaml", "a.yaml", b"a: [1, 2\nb: }"),
        ("bad_sql", "a.sql", b"CREATE TABLE ("),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_refused_with_reason_and_advice(code: str, name: str, content: bytes) -> None:
    assert refused(content, name) == code


def test_bombs_are_refused_before_they_expand() -> None:
    assert refused(bomb(), "a.xlsx") == "unpacks_too_large"
    assert refused(lying_bomb(), "a.xlsx") in {"damaged", "unpacks_too_large"}
    assert refused(far_cell(), "a.xlsx") == "too_many_columns"
    assert refused(hidden_far_cell(), "a.xlsx") == "too_many_columns"


def test_encrypted_workbooks_are_recognised() -> None:
    assert refused(ENCRYPTED_OOXML(), "a.xlsx") == "encrypted"


def ENCRYPTED_OOXML() -> bytes:  # noqa: N802
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(表=TABLE))).encrypt("password", target)
    return target.getvalue()


def test_a_schema_that_is_not_one() -> None:
    content = f"id,memo\n1,{SECRET}\n2,b\n".encode()
    with pytest.raises(InputError) as caught:
        read([Upload("a.json", b'{"a": {"b": 1}}')], {"a.json": ReadOptions(kind="schema")})
    assert caught.value.problems[0].code == "not_a_schema"
    (dataset,) = read([Upload("a.csv", content)])
    assert dataset.schema is None


def test_wrong_options_are_explained() -> None:
    content = "氏名,年齢\n山田,3\n".encode("cp932")
    assert refused(content, "a.csv", encoding="utf-8") == "wrong_encoding"
    assert refused(content, "a.csv", encoding="no-such-codec") == "wrong_encoding"
    assert refused(xlsx(表=TABLE), "a.xlsx", sheet="ない") == "no_such_sheet"


def test_macros_are_noted_and_never_run() -> None:
    content = repacked(xlsx(表=TABLE), SHEET, b"<sheetData>", b"<sheetData>")
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    (dataset,) = read([Upload("a.xlsm", buffer.getvalue())])
    assert dataset.table["年齢"].texts == ["30", "41"]
    assert any("マクロ" in note.ja for note in dataset.sources[0].notes)


def test_yaml_obeys_no_tag_and_swells_not() -> None:
    tagged = b"openapi: !!python/object/apply:os.system ['true']\ncomponents: 1\n"
    assert refused(tagged, "a.yaml") == "not_a_schema"
    laughs = b"a0: &a0 [x]\n" + b"".join(
        b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 60)
    )
    assert refused(laughs + b"properties: *a59\n", "a.yaml") in {"not_a_schema", "damaged"}
    assert refused(b"a: &a [*a]\nproperties: *a\n", "a.yaml") == "bad_yaml"
    assert refused(b"[" * 100_000, "a.yaml") in {"damaged", "bad_yaml"}
    assert refused(b"[" * 100_000, "a.json") == "damaged"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("digits.csv", b"a,b\n" + b"9" * 300_000 + b"x,1\n1,2\n"),
        ("spaces.csv", b"a,b\n" + b" " * 300_000 + b"x,1\n1,2\n"),
        ("quotes.csv", b"a,b\n" + b'"' * 300_001 + b"\n"),
        ("braces.json", b'{"properties":{"a":{"description":"' + b"{" * 300_000 + b'"}}}'),
        ("pairs.json", b'{"properties":{"a":{"description":"' + b"1:a " * 300_000 + b'"}}}'),
        ("ticks.csv", "別添2 記録項目,x\n".encode() + b"[ " * 300_000 + b",1\n"),
        ("items.csv", "個人情報ファイルの名称,x\n利用目的,y\n記録項目,".encode() + b"1" * 300_000),
        ("deep.sql", b"CREATE TABLE t (a INT DEFAULT " + b"(" * 5000 + b"1" + b")" * 5000 + b");"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
@within(30)
def test_no_pattern_is_driven_into_a_blow_up(name: str, content: bytes) -> None:
    try:
        read([Upload(name, content)])
    except InputError as error:
        assert error.problems


def test_a_large_yaml_is_refused_at_once() -> None:
    assert refused(b"a: 1\n" * 2_000_000, "a.yaml") == "too_large"


def test_readers_log_nothing_of_a_file(caplog: pytest.LogCaptureFixture, capfd) -> None:
    refused(f"CREATE TABLE t (id CHAR(|) COMMENT '{SECRET}')".encode(), "a.sql")
    broken = old_formats.xlsb([["a"], [SECRET]])
    refused(repacked(broken, "xl/workbook.bin", b"\x9c\x01", b"\x9c\x01\x7f"), "a.xlsb")
    assert SECRET not in caplog.text
    assert capfd.readouterr() == ("", "")


def test_files_of_the_same_name_are_told_apart() -> None:
    content = "氏名,年齢\n山田,3\n".encode()
    found = read([Upload("a.csv", content), Upload("a.csv", content)])
    assert [dataset.name for dataset in found] == ["a.csv", "a.csv (2)"]


def test_xml_entities_stay_closed() -> None:
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    content = repacked(xlsx(表=TABLE), "xl/workbook.xml", b"<workbook", bad + b"<workbook")
    assert refused(content, "a.xlsx") == "damaged"
    sheet = repacked(xlsx(表=TABLE), SHEET, b"<worksheet", bad + b"<worksheet")
    sheet = repacked(sheet, SHEET, b"<v>30</v>", b"<v>&e;</v>")
    try:
        (dataset,) = read([Upload("a.xlsx", sheet)])
    except InputError:
        return
    assert not any("root" in text for text in dataset.table["年齢"].texts)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "<script>.csv", "a\x00b.csv", "C:\\x.csv"]
)
def test_file_names_are_shown_and_never_opened(name: str) -> None:
    (dataset,) = read([Upload(name, b"<b>a</b>,b\n=1+1,2\n3,4\n")])
    assert dataset.sources[0].name == name
    assert dataset.table.keys == ["<b>a</b>", "b"]


def test_a_million_columns_are_refused_kindly_and_300_are_read() -> None:
    book = openpyxl.Workbook()
    book.active.append([f"列{i}" for i in range(300)])
    book.active.append(list(range(300)))
    (dataset,) = read([Upload("a.xlsx", saved(book))])
    assert len(dataset.table.keys) == 300
    wide = xlsx(表=[[f"列{i}" for i in range(2100)], list(range(2100))])
    assert refused(wide, "a.xlsx") == "too_many_columns"


def test_an_unclosed_quote_swallows_nothing() -> None:
    lines = ["id,memo", *(f"{i},メモ{i}" for i in range(50))]
    lines[10] = '9,"閉じていない'
    (dataset,) = read([Upload("a.csv", "\n".join(lines).encode())])
    assert dataset.table.rows == 50
    assert any(note.code == "open_quote" for note in dataset.lint)


def test_a_quote_inside_a_cell_is_only_a_character() -> None:
    (dataset,) = read([Upload("a.csv", b'id,memo\n1,5" pipe\n2,b\n')])
    assert dataset.table["memo"].texts == ['5" pipe', "b"]
    assert dataset.lint == ()


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_text_cut_in_the_middle_of_a_character_is_read_and_told(encoding: str) -> None:
    content = ("氏名,住所\n" + "山田,北区みほん町\n" * 30).encode(encoding)[:-2]
    (dataset,) = read([Upload("a.csv", content)])
    assert dataset.sources[0].encoding == encoding
    assert dataset.table.rows == 30
    assert any("文字化け" in note.ja for note in dataset.sources[0].notes)
    assert any(note.code == "lost_characters" for note in dataset.lint)


def test_half_width_katakana_is_not_taken_for_euc() -> None:
    names = ["ﾔﾏﾀﾞ", "ｻﾄｳﾊﾅ", "ｽｽﾞｷｼﾞ", "ﾜﾀﾅﾍﾞ", "ﾏﾂﾓﾄﾘ", "ﾖｼﾀﾞ"] * 20
    content = ("name,no\n" + "".join(f"{n},{i}\n" for i, n in enumerate(names))).encode("cp932")
    (dataset,) = read([Upload("a.csv", content)])
    assert dataset.sources[0].encoding == "cp932"
    assert dataset.table["name"].texts[0] == "ﾔﾏﾀﾞ"


def test_two_stray_quotes_swallow_nothing() -> None:
    lines = ["id,memo,x", *(f"{i},メモ{i},1" for i in range(50))]
    lines[10], lines[30] = '9,"開いた,1', '29,"また開いた,1'
    (dataset,) = read([Upload("a.csv", "\n".join(lines).encode())])
    assert dataset.table.rows == 50
    assert any(note.code == "open_quote" for note in dataset.lint)
