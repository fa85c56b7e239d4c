"""What was understood of each file can be seen, and is corrected without old guesses."""

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from desk import Session
from intake import Upload
from tests.intake.files import saved
from tests.ui.conftest import app
from tests.ui.test_pages import problems, shown
from ui.language import first_rows
from ui.state import Part, Screen, part_names

DATA = Upload(
    "名簿.csv",
    "氏名,年齢,給付額\n".encode()
    + b"".join(f"山田{n}子,{20 + n},{9_000_001 if n < 22 else 5}\n".encode() for n in range(40)),
)
SCHEMA = Upload(
    "定義.json",
    """{"fields": [
      {"name": "氏名", "type": "string", "description": "本人の氏名",
       "constraints": {"required": true, "maxLength": 20}},
      {"name": "年齢", "type": "integer", "constraints": {"minimum": 0, "maximum": 150}},
      {"name": "性別", "type": "string", "constraints": {"enum": ["1", "2"]}},
      {"name": "給付額", "type": "integer", "constraints": {"minimum": 0, "maximum": 9000000}}
    ]}""".encode(),
)
REGISTER = [
    ["個人情報ファイル簿", ""],
    ["個人情報ファイルの名称", "健診の対象者"],
    ["個人情報ファイルの利用目的", "特定健診の案内を送るため"],
    ["記録項目", "1氏名、2年齢、3病名"],
    ["記録範囲", "40歳以上の住民"],
    ["要配慮個人情報", "含まない"],
    ["記録情報の経常的提供先", "国民健康保険団体連合会"],
]


def read(*files: Upload, part: Part = Part.READING) -> AppTest:
    """The screen with some files under review, and a part of it open."""
    session = Session()
    session.add(files)
    at = app()
    at.session_state["screen"] = Screen(desk=session)
    at.run()
    at.session_state["part-0"] = part_names()[part]
    at.run()
    assert not at.exception and not problems(at)
    return at


def registered() -> tuple[Upload, Upload]:
    """Checkups whose register denies special-care information."""
    book = openpyxl.Workbook()
    for row in REGISTER:
        book.active.append(row)
    rows = "".join(f"山田{n},{30 + n % 9},高血圧\n" for n in range(30))
    data = Upload("健診.csv", f"氏名,年齢,病名\n{rows}".encode())
    return data, Upload("ファイル簿.xlsx", saved(book))


def headed() -> Upload:
    """A workbook whose first sheet has a title and a header of three merged rows."""
    book = openpyxl.Workbook()
    book.active.title = "名簿"
    for row in (
        ["対象者の一覧"],
        ["番号", "本人", "", "住所"],
        ["", "氏名", "", ""],
        ["", "姓", "名", ""],
        *([n, "山田", f"花{n}", "北区"] for n in range(1, 30)),
    ):
        book.active.append(row)
    for area in ("A2:A4", "B2:C2", "B3:C3", "D2:D4"):
        book.active.merge_cells(area)
    other = book.create_sheet("世帯")
    for row in (["世帯番号", "世帯主", "続柄"], *([n, "田中", "子"] for n in range(1, 20))):
        other.append(row)
    return Upload("名簿.xlsx", saved(book))


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception and not problems(at)
    return at


def test_another_sheet_is_read_with_a_header_of_its_own() -> None:
    at = read(headed())
    session = at.session_state["screen"].desk
    assert session.review.inputs[0].header_rows == 3
    next(box for box in at.selectbox if box.label == "シート").select("世帯")
    press(at, "この読み方で読み直す")
    assert session.table.keys == ["世帯番号", "世帯主", "続柄"]
    assert session.table.rows == 19


def test_a_stated_header_stays() -> None:
    at = read(headed())
    next(box for box in at.selectbox if box.label == "シート").select("世帯")
    next(box for box in at.number_input if box.label == "見出しの行数").set_value(0)
    press(at, "この読み方で読み直す")
    assert at.session_state["screen"].desk.table.rows == 20


def test_only_the_chosen_files_breaches_are_listed() -> None:
    spaced = Upload("空白.csv", "氏名,区\n 山田 , 北区 \n 佐藤 , 南区 \n".encode())
    at = read(DATA, spaced)
    assert "表の形に、直したほうがよいところは見つかりませんでした。" in shown(at)
    at.session_state["reading-0"] = 1
    at.run()
    assert "機械で読み取れる形にする決まりに照らした点検です" in shown(at)


def test_what_a_schema_says_is_shown() -> None:
    at = read(DATA, SCHEMA)
    assert "本人の氏名" not in shown(at)
    at.session_state["reading-0"] = 1
    at.run()
    page = shown(at)
    for said in ("表形式データの定義", "本人の氏名", "integer", "必須", "1、2", "0〜9,000,000"):
        assert said in page, said
    assert "機械で読み取りやすい表かどうか" not in page


def test_the_layout_of_a_schema_can_be_corrected() -> None:
    rows = "項目名称,データ型,桁数\n氏名,文字,20\n生年月日,日付,8\n".encode()
    at = read(Upload("定義.csv", rows))
    session = at.session_state["screen"].desk
    assert session.review.inputs[0].layout != "list"
    box = next(box for box in at.selectbox if box.label == "定義書の形")
    box.select("list")
    press(at, "この読み方で読み直す")
    assert session.review.inputs[0].layout == "list"
    assert [column.name for column in session.review.columns] == ["項目名称", "データ型", "桁数"]


def test_what_a_register_states_is_shown() -> None:
    book = openpyxl.Workbook()
    for row in REGISTER:
        book.active.append(row)
    page = shown(read(Upload("ファイル簿.xlsx", saved(book))))
    for said in (
        "個人情報ファイル簿",
        "特定健診の案内を送るため",
        "40歳以上の住民",
        "含まない",
        "国民健康保険団体連合会",
        "記載なし",
        "項目名だけの定義です",
    ):
        assert said in page, said


def test_disagreements_are_told_in_full_and_once() -> None:
    at = read(DATA, SCHEMA, part=Part.SCHEMA)
    page = shown(at)
    assert "（0〜9,000,000）" in page
    assert "ほか12行" in page
    assert "e+06" not in page
    assert "表の形についての注意" not in [h.value for h in at.subheader]


def test_special_care_that_a_register_denies_has_a_heading_of_its_own() -> None:
    at = read(*registered(), part=Part.SCHEMA)
    heads = [head.value for head in at.subheader]
    assert "要配慮個人情報の記載との食い違い" in heads
    assert "データにあるが定義にない" not in heads
    assert "含まない」と記載されています" in shown(at)


@pytest.mark.parametrize(
    ("rows", "total", "said"),
    [
        ((), None, "—"),
        ((3,), 1, "3"),
        (range(1, 13), None, "1、2、3、4、5、6、7、8、9、10 ほか2行"),
    ],
)
def test_rows_are_named_up_to_ten(rows: tuple[int, ...], total: int | None, said: str) -> None:
    assert first_rows(rows, total) == said


def test_what_a_register_states_is_taken_over_with_one_click() -> None:
    at = read(*registered(), part=Part.CASE)
    desk = at.session_state["screen"].desk
    assert "purpose.missing" in [finding.rule for finding in desk.findings]
    assert desk.case.purpose is None
    press(at, "この利用目的を案件の欄に入れる")
    assert desk.case.purpose == "特定健診の案内を送るため"
    assert "purpose.missing" not in [finding.rule for finding in desk.findings]
    assert at.text_input(key="case-0-purpose").value == "特定健診の案内を送るため"
    press(at, "この提供先を案件の欄に入れる")
    assert desk.case.recipients == ("国民健康保険団体連合会",)
    assert not desk.stated
    desk.undo()
    assert [offer.name for offer in desk.stated] == ["recipients"]


def test_what_a_type_rests_on_is_told_for_each_column() -> None:
    page = shown(read(DATA, part=Part.COLUMNS))
    assert "判断の材料：項目名が「年齢」を示しています。年齢の範囲の整数が40件のうち40件" in page
