"""What a council would see: no English on Japanese screens, nothing cut, training cases work."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations

pytestmark = pytest.mark.browser
Attach = Callable[[Page, list[Path]], None]
Visit = Callable[..., Page]
PARTS = (
    *("要点", "読み取り", "項目", "特異なデータ", "台帳と実データ"),
    *("リスクと加工", "表の秘匿", "案件", "指摘", "書類"),
)
ALLOWED = {
    *("English", "Mekiki", "Excel", "Word", "OpenAPI", "Schema", "xlsx", "xls", "csv", "yaml"),
    "Opinion",  # of WP29 Opinion 05/2014, a document's own name
}
"""Names that are written in Latin letters in Japanese too, as abbreviations in capitals are."""


def latin_words(page: Page) -> set[str]:
    """Words in Latin letters that a Japanese reader would take for untranslated English."""
    shown = page.evaluate(
        """() => { const copy = document.querySelector('.stApp').cloneNode(true);
          copy.querySelectorAll('code, style, script, [data-testid=stIconMaterial]')
            .forEach(e => e.remove());
          const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT), texts = [];
          while (walk.nextNode()) texts.push(walk.currentNode.data);
          return texts.join(' ') }"""
    )
    return {w for w in re.findall(r"[A-Za-z]{2,}", shown) if not w.isupper()} - ALLOWED


def cut_texts(page: Page) -> list[str]:
    """Texts that are wider than the box they are in, or that end in an ellipsis of the browser."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('p, h1, h2, h3, li, td, th, dd, dt, button, label')]
          .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1
                       && getComputedStyle(e).overflow !== 'visible'
                       && getComputedStyle(e).display !== 'inline')
          .map(e => e.innerText.slice(0, 60))"""
    )
    return [text for text in found if text.strip()]


def sideways(page: Page) -> bool:
    """Whether the page itself scrolls sideways."""
    return bool(
        page.evaluate(
            "(() => { const m = document.querySelector('[data-testid=stMain]');"
            " return m.scrollWidth > m.clientWidth + 1 })()"
        )
    )


@pytest.mark.parametrize("width", [1366, 390])
def test_a_review_can_be_read(visit: Visit, attach: Attach, files: list[Path], width: int) -> None:
    page = visit(width=width)
    attach(page, files)
    for part in PARTS:
        page.get_by_role("tab", name=part, exact=True).click()
        expect(page.get_by_role("tab", name=part, exact=True)).to_have_attribute(
            "aria-selected", "true"
        )
        page.wait_for_timeout(900)
        if part == "リスクと加工":
            page.get_by_role("heading", name="受け取る").wait_for()
            page.wait_for_timeout(500)
        if part == "表の秘匿":
            page.get_by_role("button", name="伏せる欄を決める").click()
            page.get_by_role("button", name="表と証明書を受け取る").wait_for()
            page.wait_for_timeout(500)
        assert cut_texts(page) == [], part
        assert not sideways(page), part
        assert latin_words(page) == set(), part
        if width > 390:
            assert violations(page) == [], part


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_training_case_opens_and_walks(visit: Visit, number: int) -> None:
    page = visit("/cases")
    page.get_by_role("button", name="この事例を開く").nth(number).click()
    page.get_by_role("tab").first.wait_for()
    turns = page.locator(".mk-turn.mk-assistant")
    steps = 0
    while page.get_by_role("button", name="この手順を実行する").count():
        before = turns.count()
        page.get_by_role("button", name="この手順を実行する").click()
        expect(turns).to_have_count(before + 1)
        expect(page.get_by_role("alert")).to_have_count(0)
        page.get_by_role("button", name="次へ").click()
        steps += 1
        page.wait_for_timeout(700)
    assert steps >= 3
    page.get_by_role("radio").first.wait_for()
    page.locator("[data-testid=stRadio] label").nth(1).click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert violations(page) == []
