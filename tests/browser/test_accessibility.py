"""axe-core finds nothing on any page, in either language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations

pytestmark = pytest.mark.browser
PAGES = ("/", "/grounds", "/cases", "/about")


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
