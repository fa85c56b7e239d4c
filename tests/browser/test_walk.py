"""The main job, from upload to paper, as a person does it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
ROW, HEADER = 35, 35
"""Pixels of a row and of the header of the table."""
Attach = Callable[[Page, list[Path]], None]
Visit = Callable[..., Page]


def said(page: Page) -> list[str]:
    return page.locator(".mk-turn.mk-assistant").all_inner_texts()


def open_part(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True).first.wait_for()


def click_a_cell(page: Page, x: int) -> None:
    """Click a cell x pixels from the table's left edge, until the explanation comes.

    The table is a canvas: nothing tells when it is ready for a click.
    """
    table = page.get_by_test_id("stDataFrame").first
    table.wait_for()
    table.scroll_into_view_if_needed()
    turns = page.locator(".mk-turn.mk-assistant")
    before = turns.count()
    for row in (7, 5, 3, 2):
        table.click(position={"x": x, "y": HEADER + ROW * row - ROW // 2})
        try:
            expect(turns).not_to_have_count(before, timeout=8_000)
            return
        except AssertionError:
            continue
    pytest.fail("no click on the table was explained")


def ask(page: Page, question: str) -> str:
    turns = page.locator(".mk-turn.mk-assistant")
    before = turns.count()
    box = page.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(turns).to_have_count(before + 1)
    expect(page.locator(".mk-coming")).to_have_count(0)
    return said(page)[-1]


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).first.click()
    return Path(waiting.value.path()).read_bytes()


def send_to(page: Page, key: str, path: Path) -> None:
    """Attach a file to the box of a key and send it, when the server has it."""
    box = page.locator(f".st-key-{key}")
    with page.expect_event("requestfinished", lambda r: r.method == "PUT"):
        box.locator("input[type=file]").set_input_files([path])
    expect(box.get_by_text(path.name)).to_be_visible()
    page.wait_for_timeout(500)
    box.get_by_role("textbox").press("Enter")


def test_from_upload_to_paper(visit: Visit, attach: Attach, files: list[Path]) -> None:
    page = visit()
    attach(page, files)
    expect(page.get_by_text("名簿.csv").first).to_be_visible()

    open_part(page, "項目")
    expect(page.get_by_text("● 直接識別子").first).to_be_visible()
    page.get_by_role("button", name="根拠：").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("公式の本文")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    open_part(page, "特異なデータ")
    before = len(said(page))
    page.get_by_role("button", name="表で見る").first.click()
    expect(page.locator(".mk-turn.mk-assistant")).to_have_count(before + 1)
    click_a_cell(page, 160)
    expect(page.locator(".mk-turn.mk-user").last).to_contain_text("行目「")

    assert "年齢" in ask(page, "年齢の列はなぜ黄色ですか")

    open_part(page, "リスクと加工")
    expect(page.get_by_role("button", name="案1を選ぶ")).to_be_disabled()
    page.get_by_role("button", name="案2を選ぶ").click()
    expect(page.get_by_role("button", name="案2を選ぶ")).to_be_disabled()
    expect(page.get_by_role("heading", name="加工前")).to_be_visible()
    expect(page.get_by_role("heading", name="加工後")).to_be_visible()
    expect(page.get_by_role("heading", name="失われるもの")).to_be_visible()
    page.get_by_role("button", name="一つ前に戻す").click()
    expect(page.get_by_role("button", name="案1を選ぶ")).to_be_disabled()
    expect(page.get_by_role("button", name="一つ前に戻す")).to_be_hidden()
    bundle = zipfile.ZipFile(io.BytesIO(download(page, "加工後のデータ（CSV）")))
    assert set(bundle.namelist()) == {"processed.csv", "certificate.json", "plan.yaml"}
    assert json.loads(bundle.read("certificate.json"))["passed"]

    open_part(page, "書類")
    paper = docx.Document(io.BytesIO(download(page, "Word")))
    assert round(paper.sections[0].page_width.mm) == 210
    words = "\n".join(p.text for p in paper.paragraphs)
    assert "案" in words
    workbook = openpyxl.load_workbook(io.BytesIO(download(page, "Excel")))
    assert workbook.sheetnames


@pytest.mark.shared
def test_the_published_list_and_its_schema(visit: Visit, attach: Attach, shared: Path) -> None:
    data = shared / "data"
    page = visit()
    attach(page, [data / "aichi_patients.csv", data / "patient_schema_ja.yaml"])
    expect(page.locator(".mk-figure", has_text="同じ組合せが他にいない人")).to_contain_text("29 人")

    open_part(page, "項目")
    composite = page.locator(".mk-entry", has=page.get_by_text("年代・性別", exact=True))
    expect(composite.first).to_contain_text("年代")
    expect(composite.first).to_contain_text("性別")

    open_part(page, "台帳と実データ")
    expect(page.get_by_text("発症_年月日").first).to_be_visible()
    assert "根拠" in page.locator("body").inner_text()
    assert ask(page, "一人しかいない人を見せて")
