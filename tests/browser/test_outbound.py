"""The server tries to reach nobody, from its start to a finished review with a question."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, free_port, wait_for
from tests.traced import reached, tracing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_server_connects_to_nobody(
    chromium: Browser,
    attach: Callable[[Page, list[Path]], None],
    files: list[Path],
    tmp_path: Path,
) -> None:
    port, log = free_port(), tmp_path / "trace"
    serve = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(
        [*tracing(log), *serve], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    context = chromium.new_context(locale="ja-JP")
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        page = context.new_page()
        page.goto(url)
        attach(page, files)
        box = page.get_by_test_id("stChatInput").get_by_role("textbox")
        turns = page.locator(".mk-turn.mk-assistant")
        before = turns.count()
        box.fill("要配慮個人情報とは何ですか")
        box.press("Enter")
        expect(turns).to_have_count(before + 1)
    finally:
        context.close()
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
    assert log.read_text(encoding="utf-8", errors="replace")
    assert reached(log) == set()
