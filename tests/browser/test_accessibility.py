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


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_no_violation(visit: Callable[..., Page], path: str, language: str, width: int) -> None:
    page = visit(path, width=width)
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.get_by_role("button", name="日本語").wait_for()
    page.wait_for_function(f"document.documentElement.lang === '{language}'")
    page.wait_for_timeout(500)
    assert violations(page) == []
