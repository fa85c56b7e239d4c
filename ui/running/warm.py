"""Import the heavy parts once the first page is drawn, so that nobody waits for them."""

import logging
import threading

log = logging.getLogger("mekiki.ui")
_once = threading.Lock()
DELAY = 1.0
"""Seconds left to the browser to fetch and paint the first page."""


def warm_up() -> None:
    """Start the warm-up in the background, once a process. Returns at once."""
    if _once.acquire(blocking=False):
        timer = threading.Timer(DELAY, _import_heavy_parts)
        timer.daemon = True
        timer.start()


def _import_heavy_parts() -> None:
    try:
        import assistant
        import desk  # noqa: F401
        import knowledge
        import rules

        rules.catalog()
        knowledge.warm()
        assistant.warm()
    except Exception as error:
        log.warning("warm-up failed: %s", type(error).__name__)
