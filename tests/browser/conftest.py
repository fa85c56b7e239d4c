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
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    (p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if p.exists()), None
)
HANG = 120_000
"""Milliseconds after which a page counts as hanging: a busy machine is slow, not wrong."""
expect.set_options(timeout=HANG)
START = 240
"""Seconds after which the desk counts as not answering."""
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
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "MEKIKI_HOME": str(log.parent / "home")},
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url)
            yield Served(url, process.pid, log)
        finally:
            process.terminate()
            process.wait(timeout=START)


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
        context.set_default_timeout(HANG)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: outside.append(r.url) if served.host not in r.url else None)
        page.goto(served.url + path)
        page.locator("h1").first.wait_for()
        return page

    yield go
    for context in contexts:
        context.close()
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []


_WARDS = ("北区", "南区", "東区")
_SCHEMA = """\
openapi: 3.0.0
info: {title: 健診の名簿, version: '1'}
paths: {}
components:
  schemas:
    Person:
      type: object
      properties:
        整理番号: {type: integer, description: 通し番号}
        氏名: {type: string}
        年齢: {type: integer}
        性別: {type: string, enum: [男, 女]}
        居住地: {type: string, enum: [北区, 南区, 東区]}
        病名: {type: string}
        発症日: {type: string, format: date}
"""


def people(rows: int = 120) -> bytes:
    """A made-up list of people as a ward might keep it, in CP932; a few stand out."""
    lines = ["整理番号,氏名,年齢,性別,居住地,病名,備考"]
    for n in range(1, rows + 1):
        age = 104 if n == 7 else 20 + n % 40
        place = "島しょ部" if n == 33 else _WARDS[n % 3]
        remark = "連絡先は090-0000-0000" if n == 12 else ""
        lines.append(
            f"{1000 + n},山田{'花子' if n % 2 else '太郎'},{age},{'女' if n % 2 else '男'},"
            f"{place},{'高血圧' if n % 7 else '糖尿病'},{remark}"
        )
    return ("\r\n".join(lines) + "\r\n").encode("cp932")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A list of people and its schema."""
    data, schema = tmp_path / "名簿.csv", tmp_path / "定義.yaml"
    data.write_bytes(people())
    schema.write_text(_SCHEMA, encoding="utf-8")
    return [data, schema]


def send(page: Page, paths: list[Path]) -> None:
    """Attach files in the conversation, wait until the server has them, and send."""
    box = page.get_by_test_id("stChatInput")
    arrived: list[str] = []
    page.on("requestfinished", lambda r: arrived.append(r.url) if r.method == "PUT" else None)
    box.locator("input[type=file]").set_input_files(paths)
    end = time.monotonic() + START
    while len(arrived) < len(paths) and time.monotonic() < end:
        page.wait_for_timeout(50)
    turns = page.locator(".mk-turn.mk-user")
    before = turns.count()
    while turns.count() == before and time.monotonic() < end:
        page.wait_for_timeout(200)
        box.get_by_role("textbox").press("Enter")  # ignored until the page knows of the upload
        page.wait_for_timeout(1_000)


@pytest.fixture
def upload() -> Callable[[Page, list[Path]], None]:
    """Attach and send files, without waiting for what comes of them."""
    return send


@pytest.fixture
def attach() -> Callable[[Page, list[Path]], None]:
    """Attach files in the conversation and wait for the review."""

    def run(page: Page, paths: list[Path]) -> None:
        send(page, paths)
        page.get_by_role("tab").first.wait_for()

    return run
