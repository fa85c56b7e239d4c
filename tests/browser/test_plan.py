"""The plan on the screen: pick a point, watch and stop long work, edit a hierarchy."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_walk import download, open_part, send_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Attach = Callable[[Page, list[Path]], None]
Visit = Callable[..., Page]


@pytest.fixture
def page(visit: Visit, attach: Attach, files: list[Path]) -> Page:
    """The part of the plan, with a case open."""
    opened = visit()
    attach(opened, files[:1])
    open_part(opened, "リスクと加工")
    opened.get_by_role("heading", name="受け取る").wait_for()
    return opened


def test_a_point_of_the_chart_is_picked(page: Page) -> None:
    expect(page.get_by_role("button", name="案1を選ぶ")).to_be_disabled()
    chart = page.get_by_test_id("stVegaLiteChart")
    chart.scroll_into_view_if_needed()
    point = chart.locator("path[aria-label], .mark-symbol path").nth(1)
    point.wait_for()
    point.click(force=True)
    expect(page.get_by_role("button", name="案2を選ぶ")).to_be_disabled()
    expect(page.locator(".mk-turn.mk-user").last).to_contain_text("案2を選ぶ")


def test_the_conditions_of_a_plan_are_kept(page: Page) -> None:
    page.get_by_text("条件をさらに決める").click()
    page.get_by_label(re.compile("最低何種類")).wait_for()
    assert violations(page) == []
    page.get_by_label(re.compile("最低何種類")).fill("2")
    page.get_by_role("button", name="案を作る").click()
    expect(page.locator(".mk-turn.mk-assistant").last).to_contain_text("k=5, l=2 になる加工案")


def test_a_hierarchy_is_looked_at_and_replaced(page: Page, tmp_path: Path) -> None:
    page.get_by_text("区分の段階（階層）を見る・直す").click()
    box = page.get_by_role("combobox", name="階層を見る項目")
    box.click()
    box.press("ArrowDown")
    page.get_by_role("option", name="居住地", exact=True).click()
    expect(page.get_by_text("「居住地」の階層のファイルには")).to_be_visible()
    assert violations(page) == []
    given = download(page, "階層を受け取る（CSV）").decode()
    leaves = [line.split(";")[0] for line in given.splitlines()]
    assert set(leaves) == {"北区", "南区", "東区", "島しょ部"}
    wanted = tmp_path / "place.csv"
    wanted.write_text("".join(f"{leaf};市内;*\n" for leaf in leaves), encoding="utf-8")
    send_to(page, "hierarchy-file", wanted)
    expect(page.get_by_text("階層を改めました")).to_be_visible()
    wanted.write_text("北区;市内;*\n", encoding="utf-8")
    send_to(page, "hierarchy-file", wanted)
    expect(page.get_by_role("alert")).to_be_visible()
