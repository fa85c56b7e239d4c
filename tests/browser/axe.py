"""What axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[str]:
    """What is found once the page stands still: what is being redrawn is pale for a moment."""
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
    page.wait_for_timeout(600)  # the paleness fades
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[n['html'][:160] for n in v['nodes']]}" for v in found]
