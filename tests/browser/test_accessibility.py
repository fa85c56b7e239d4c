"""axe-core finds nothing on any page, in either language."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PAGES = ("/", "/grounds", "/cases", "/about")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[n['html'][:160] for n in v['nodes']]}" for v in found]


@pytest.mark.parametrize("path", PAGES)
def test_no_violation(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    for language, button in (("ja", "English"), ("en", "日本語")):
        page.get_by_role("button", name=button, exact=True).wait_for()
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 768})
            page.wait_for_timeout(300)
            assert violations(page) == [], (language, width)
        if language == "ja":
            page.get_by_role("button", name=button, exact=True).click()
