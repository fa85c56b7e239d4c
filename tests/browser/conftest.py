"""A real server and a real Chromium. Without Chromium the tests are skipped, except in CI."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    (p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if p.exists()), None
)
START = 60
"""Seconds a server may take to answer."""


@dataclass(frozen=True)
class Served:
    """A running desk."""

    url: str
    pid: int
    log: Path

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the desk did not answer within {START} s")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The desk as `make run` serves it, on a free port."""
    port = free_port()
    log = tmp_path_factory.mktemp("desk") / "log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url)
            yield Served(url, process.pid, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; a missing one is a failure in CI and a skip elsewhere."""
    if CHROMIUM is None:
        reason = "needs Chromium and Japanese fonts: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(served: Served, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a session of its own; any request that leaves the desk fails the test."""
    contexts, outside = [], []

    def go(path: str = "/", width: int = 1366, height: int = 768) -> Page:
        context = chromium.new_context(locale="ja-JP", viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: outside.append(r.url) if served.host not in r.url else None)
        page.goto(served.url + path)
        page.locator("h1").first.wait_for(timeout=30_000)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []
