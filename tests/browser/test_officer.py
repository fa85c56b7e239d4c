"""What an officer does: correct the reading, describe the case, protect a table, keep documents."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_walk import ask, download, open_part, send_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Attach = Callable[[Page, list[Path]], None]
Visit = Callable[..., Page]


def pick(page: Page, label: str, choice: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.press("ArrowDown")
    page.get_by_role("option", name=choice, exact=True).click()


def test_a_file_is_read_again_and_another_reviewed(
    visit: Visit, attach: Attach, files: list[Path], tmp_path: Path
) -> None:
    page = visit()
    other = tmp_path / "公表済み.csv"
    other.write_bytes(files[0].read_bytes())
    attach(page, [*files, other])

    open_part(page, "読み取り")
    expect(page.get_by_text("シフトJIS（CP932）").first).to_be_visible()
    turns = page.locator(".mk-turn.mk-assistant")
    before = turns.count()
    page.get_by_label("見出しの上で飛ばす行数").fill("1")
    page.get_by_role("button", name="この読み方で読み直す").click()
    expect(turns).to_have_count(before + 1)
    expect(page.locator(".mk-files")).to_contain_text("119 行")
    expect(page.get_by_role("heading", name="読み取り", exact=True)).to_be_visible()
    page.get_by_role("button", name="審査に切り替える").click()
    expect(page.get_by_role("heading", name="まず見るところ")).to_be_visible()
    expect(turns).to_have_count(before + 2)


def test_the_case_is_described_and_a_table_protected(
    visit: Visit, attach: Attach, files: list[Path]
) -> None:
    page = visit()
    attach(page, files)
    turns = page.locator(".mk-turn.mk-assistant")
    open_part(page, "案件")
    page.get_by_label("件名").fill("見守りの名簿")
    page.get_by_label("基準日").fill("令和8年4月1日")
    page.get_by_role("button", name="この内容にする").click()
    expect(turns.last).to_contain_text("案件の内容を改めました")
    expect(page.get_by_label("基準日")).to_have_value("2026-04-01")
    page.locator('[class*="st-key-question-"] [role="radiogroup"] label').first.click()
    expect(page.get_by_text("答えたこと（1）")).to_be_visible()
    page.get_by_role("button", name="あとで").first.click()
    expect(page.get_by_role("button", name="あとにした問い（1）に戻る")).to_be_visible()
    page.get_by_text("細かい点も確かめる").click()
    expect(page.get_by_text("まとまりを選ぶ")).to_be_visible()
    assert violations(page) == []

    open_part(page, "表の秘匿")
    page.get_by_role("button", name="伏せる欄を決める").click()
    expect(page.get_by_role("cell", name="X", exact=True).first).to_be_visible()
    kept = zipfile.ZipFile(io.BytesIO(download(page, "表と証明書を受け取る")))
    assert json.loads(kept.read("certificate.json"))["passed"]
    assert "X" in kept.read("table.csv").decode("utf-8-sig")


def test_a_step_is_chosen_and_taken_back(visit: Visit, attach: Attach, files: list[Path]) -> None:
    page = visit()
    attach(page, files[:1])
    open_part(page, "リスクと加工")
    expect(page.get_by_text("になる見込みです")).to_be_visible()
    pick(page, "加工", "幅でまとめる")
    pick(page, "程度", "20歳ごとにまとめる")
    page.get_by_role("button", name="この加工にする").click()
    expect(page.locator(".mk-turn.mk-user").last).to_contain_text("20歳ごとにまとめる")
    expect(page.get_by_role("button", name="一つ前に戻す")).to_be_visible()
    assert ask(page, "さっきのを戻して")


def test_a_document_is_taken_in_found_and_removed(visit: Visit, tmp_path: Path) -> None:
    page = visit("/grounds")
    document = tmp_path / "見守り要綱.txt"
    document.write_text(
        "第1条 この要綱は、見守りの名簿の取扱いを定める。\n第2条 名簿の保存期間は三年とする。\n",
        encoding="utf-8",
    )
    box = page.get_by_test_id("stChatInput")
    with page.expect_event("requestfinished", lambda r: r.method == "PUT"):
        box.locator("input[type=file]").set_input_files([document])
    page.wait_for_timeout(300)
    box.get_by_role("textbox").press("Enter")
    expect(page.get_by_text("1 件の文書を取り込みました")).to_be_visible()
    page.get_by_label("取り込んだ文書の中を探す").fill("名簿の保存期間")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote", has_text="三年")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="外す").click()
    expect(page.get_by_text("文書を外しました")).to_be_visible()


def test_the_case_is_taken_from_a_file(
    visit: Visit, attach: Attach, files: list[Path], tmp_path: Path
) -> None:
    page = visit()
    attach(page, files[:1])
    open_part(page, "案件")
    case = tmp_path / "案件.yaml"
    case.write_text("title: 見守りの名簿\nbody_type: city\nretention: 三年\n", encoding="utf-8")
    send_to(page, "case-file", case)
    expect(page.get_by_label("件名")).to_have_value("見守りの名簿")
    expect(page.get_by_label("保存期間")).to_have_value("三年")
    case.write_text("title: [", encoding="utf-8")
    send_to(page, "case-file", case)
    expect(page.locator(".mk-turn.mk-assistant").last).to_contain_text("YAML")
