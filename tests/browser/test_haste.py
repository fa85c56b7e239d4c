"""Clicks that come faster than the page is drawn: none is lost, and none leaves the desk dead."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import people

pytestmark = pytest.mark.browser
Attach = Callable[[Page, list[Path]], None]
Visit = Callable[..., Page]


def questions(page: Page) -> list[str]:
    return [text.split("\n")[-1] for text in page.locator(".mk-user").all_inner_texts()]


def test_the_language_is_switched_and_a_question_sent_while_a_large_file_is_read(
    visit: Visit, upload: Attach, tmp_path: Path
) -> None:
    large = tmp_path / "大きな名簿.csv"
    large.write_bytes(people(50_000))
    page = visit()
    upload(page, [large])
    page.get_by_role("button", name="English").click()
    box = page.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill("What is special-care information?")
    box.press("Enter")
    expect(page.get_by_role("tab", name="Key points")).to_be_visible()
    expect(page.get_by_text("encountered an error")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_role("tab", name="要点")).to_be_visible()


@pytest.mark.parametrize("pause", [0, 5, 20, 60])
def test_suggestions_clicked_at_once_are_all_answered(
    visit: Visit, attach: Attach, files: list[Path], pause: int
) -> None:
    page = visit()
    attach(page, files)
    expect(page.locator(".st-key-hints button")).to_have_count(4)
    expect(page.locator(".mk-coming")).to_have_count(0)
    answered = page.locator(".mk-turn.mk-assistant:not(.mk-coming)")
    before, asked = answered.count(), len(questions(page))
    chips = page.evaluate(
        """async pause => {
          const said = [];
          for (const n of [0, 3, 1]) {
            const chip = document.querySelectorAll(".st-key-hints button")[n];
            said.push(chip.innerText);
            chip.click();
            await new Promise(done => setTimeout(done, pause));
          }
          return said;
        }""",
        pause,
    )
    expect(answered).to_have_count(before + 3)
    # Of clicks together, any may be first.
    assert sorted(questions(page)[asked:]) == sorted(chips)
    expect(page.locator(".mk-coming")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
