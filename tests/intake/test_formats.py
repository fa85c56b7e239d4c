"""Files are read by what they hold, whatever they are called, and that is said."""

import io
import json
import zipfile

import docx
import pytest

from core import Dataset, InputError
from intake import ReadOptions, Upload, preview, read
from tests.intake.files import csv, xlsx

TABLE = [["番号", "氏名", "住所"], *([f"{i:03d}", f"見本{i}", f"北区{i}"] for i in range(12))]


def one(content: bytes, name: str, **options: object) -> Dataset:
    (dataset,) = read([Upload(name, content)], {name: ReadOptions(**options)})
    return dataset


def refused(content: bytes, name: str) -> str:
    with pytest.raises(InputError) as caught:
        read([Upload(name, content)])
    (problem,) = caught.value.problems
    assert problem.code == "unsupported_format"
    assert problem.message.ja.endswith("ください。")
    return problem.message.ja


def page(rows: list[list[str]], head: str = "", charset: str = "utf-8") -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<html><head>{head}</head><body><table>{lines}</table></body></html>".encode(charset)


SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
)


def sheet(name: str, rows: str) -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>'


def row(cells: list[str], attributes: str = "") -> str:
    inner = "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in cells)
    return f"<Row{attributes}>{inner}</Row>"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("名簿.xlsx", csv(TABLE), "区切り文字"),
        ("名簿.xls", csv(TABLE), "区切り文字"),
        ("名簿.csv", xlsx(表=TABLE), "XLSX"),
        ("名簿.xls", xlsx(表=TABLE), "XLSX"),
        ("名簿.xls", page(TABLE), "HTML"),
        ("名簿.csv", page(TABLE, charset="cp932"), "HTML"),
        ("名簿.xls", SHEET.format(sheet("表", "".join(map(row, TABLE)))).encode(), "XML"),
        ("名簿.csv", json.dumps([{"番号": "001", "氏名": "見本"}] * 12).encode(), "JSON"),
    ],
)
def test_the_content_decides_and_the_note_says_so(name: str, content: bytes, word: str) -> None:
    dataset = one(content, name)
    assert dataset.table is not None
    assert dataset.table.keys[:2] == ["番号", "氏名"]
    assert dataset.table.rows == 12
    (note,) = dataset.sources[0].notes[:1]
    assert "拡張子" in note.ja
    assert word in note.ja


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", csv(TABLE)), ("a.txt", csv(TABLE)), ("a", csv(TABLE)), ("a.xlsm", xlsx(表=TABLE))],
)
def test_nothing_is_said_where_name_and_content_agree(name: str, content: bytes) -> None:
    assert one(content, name).sources[0].notes == ()


def test_html_cells_keep_leading_zeros_and_hold_text_only() -> None:
    rows = [
        ["番号", "氏名<br>漢字", "備考"],
        ["0012", "見本 <b>花子</b>", "<script>alert(1)</script>&lt;i&gt;"],
        ["0013", "見本&nbsp;一郎", "<p>一</p><p>二</p>"],
    ]
    table = one(page(rows), "a.xls").table
    assert table.keys == ["番号", "氏名\n漢字", "備考"]
    assert table["番号"].texts == ["0012", "0013"]
    assert table["氏名\n漢字"].texts == ["見本 花子", "見本 一郎"]
    assert table["備考"].texts == ["<i>", "一\n二"]


def test_html_headers_over_two_rows_are_joined() -> None:
    content = (
        "<table><tr><th rowspan=2>番号</th><th colspan=2>住所</th></tr>"
        "<tr><th>町</th><th>番地</th></tr>"
        + "".join(f"<tr><td>{i}</td><td>北町</td><td>{i}-1</td></tr>" for i in range(9))
        + "</table>"
    )
    table = one(content.encode(), "a.html").table
    assert table.keys == ["番号", "住所_町", "住所_番地"]
    assert table.rows == 9


def test_the_largest_table_of_a_page_is_read_and_others_can_be_chosen() -> None:
    small = "<table><tr><td>凡例</td><td>意味</td></tr><tr><td>○</td><td>済</td></tr></table>"
    content = page(TABLE).replace(b"<body>", b"<body>" + small.encode())
    source = one(content, "a.html").sources[0]
    assert (source.sheet, source.sheets) == ("表2", ("表1", "表2"))
    assert one(content, "a.html", sheet="表1").table.keys == ["凡例", "意味"]
    assert preview(Upload("a.html", content)).sheets == ("表1", "表2")
    shown = preview(Upload("a.html", content), ReadOptions(sheet="表2")).rows
    assert shown[0] == ("番号", "氏名", "住所")


def test_xml_sheets_keep_their_places() -> None:
    rows = (
        row(["名簿"])
        + row(["番号", "氏名"], ' ss:Index="3"')
        + '<Row><Cell ss:Index="2"><Data ss:Type="String">見本</Data></Cell></Row>'
        + '<Row><Cell><Data ss:Type="DateTime">2024-04-01T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="String">佐藤</Data></Cell></Row>'
    )
    content = SHEET.format(sheet("空", "") + sheet("表", rows)).encode()
    table = one(content, "a.xml").table
    assert table.keys == ["番号", "氏名"]
    assert table["番号"].texts == ["", "2024-04-01"]
    assert table["氏名"].texts == ["見本", "佐藤"]


def test_xml_loads_nothing_from_outside() -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    bad = SHEET.replace("<Workbook", entity + "<Workbook", 1)
    body = sheet("表", row(["番号", "氏名"]) + row(["1", "&e;"]) + row(["2", "甲"]))
    table = one(bad.format(body).encode(), "a.xml").table
    assert "root" not in "".join(table["氏名"].texts)


def test_tables_of_a_word_document_are_read() -> None:
    document = docx.Document()
    document.add_heading("個人情報ファイル簿")
    form = [
        ("個人情報ファイルの名称", "公園ボランティア名簿"),
        ("個人情報ファイルの利用目的", "活動日の連絡"),
        ("記録項目", "１氏名、２住所、３電話番号"),
        ("記録範囲", "登録した者"),
    ]
    table = document.add_table(rows=0, cols=2)
    for label, value in form:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    buffer = io.BytesIO()
    document.save(buffer)
    dataset = one(buffer.getvalue(), "簿.docx")
    assert dataset.schema.layout == "register"
    assert [c.name for c in dataset.schema.columns] == ["氏名", "住所", "電話番号"]
    assert dataset.schema.purpose == "活動日の連絡"
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert "Word" in refused(empty.getvalue(), "文.docx")


def test_records_inside_a_json_document_are_found() -> None:
    records = [{"番号": f"{i:03d}", "区": "北"} for i in range(5)]
    held = {"status": "ok", "result": {"total": 5, "fields_of": [{"id": 1}], "records": records}}
    dataset = one(json.dumps(held, indent=1).encode(), "a.json")
    assert dataset.table["番号"].texts[0] == "000"
    assert "records" in dataset.sources[0].notes[0].ja
    feature = {"type": "Feature", "properties": {"名称": "北園"}, "geometry": {"type": "Point"}}
    places = {"type": "FeatureCollection", "features": [feature, feature]}
    assert one(json.dumps(places).encode(), "a.geojson").table.keys == ["名称", "geometry"]


def test_a_list_of_fields_is_a_schema() -> None:
    fields = [{"name": "番号", "type": "STRING", "mode": "REQUIRED"}, {"name": "区", "type": "X"}]
    schema = one(json.dumps(fields).encode(), "a.json").schema
    assert [(c.name, c.required) for c in schema.columns] == [("番号", True), ("区", False)]


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x1f\x8b\x08", "展開"),
        (zipped("名簿.csv"), "展開"),
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (b"SQLite format 3\x00", "書き出して"),
        (b"<html><p>hello</p></html>", "ウェブページ"),
        (b'<?xml version="1.0"?><a><b/></a>', "XML"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(content: bytes, word: str) -> None:
    assert word in refused(content, "名簿.csv")
