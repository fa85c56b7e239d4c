"""How soon the screen answers: `python -m benchmarks.ui`. Needs Chromium.

Prints the time from process start to first paint, from a cell click to its explanation, from a
question to the first words of the answer, and the server's memory.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
ROWS = 500
CLICKS = 9


def sample() -> bytes:
    """Made-up people, a few of them alone in their combination."""
    wards = ("北区", "南区", "東区")
    lines = ["整理番号,年齢,性別,居住地,病名"]
    for n in range(ROWS):
        ward, sex = wards[n % 3], "女" if n % 2 else "男"
        lines.append(f"{1000 + n},{20 + n % 67},{sex},{ward},{'高血圧' if n % 4 else '糖尿病'}")
    return "\n".join(lines).encode()


@contextmanager
def serving() -> Iterator[tuple[str, psutil.Process, float]]:
    """The desk on a free port, and when its process was started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid), began
    finally:
        process.terminate()
        process.wait(timeout=20)


def open_when_ready(page: Page, url: str) -> None:
    """Go to a page as soon as the server listens."""
    while True:
        try:
            page.goto(url)
            return
        except Exception:
            time.sleep(0.05)


def timed(action: Callable[[], object], done: Callable[[], object]) -> float:
    """Seconds from an action to its visible effect."""
    began = time.perf_counter()
    action()
    done()
    return time.perf_counter() - began


def attach(page: Page) -> None:
    """Upload the sample and wait for its review."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.csv"
        path.write_bytes(sample())
        box = page.get_by_test_id("stChatInput")
        box.locator("input[type=file]").set_input_files(path)
        page.wait_for_timeout(500)
        box.get_by_role("textbox").press("Enter")
        page.get_by_role("tab").first.wait_for(timeout=60_000)


def clicks(page: Page) -> list[float]:
    """Seconds from a click on a cell to its explanation, several times."""
    page.get_by_role("tab", name="特異なデータ").click()
    table = page.get_by_test_id("stDataFrame")
    table.wait_for()
    page.wait_for_timeout(2_000)
    table.scroll_into_view_if_needed()
    taken = []
    for row in range(1, CLICKS + 1):
        turns = page.locator(".mk-turn.mk-assistant")
        before = turns.count()
        taken.append(
            timed(
                lambda row=row: table.click(position={"x": 200, "y": 35 + 35 * row - 17}),
                lambda before=before, turns=turns: turns.nth(before).wait_for(),
            )
        )
        page.wait_for_timeout(300)
    return taken


def question(page: Page) -> float:
    """Seconds from sending a question to the first words of the answer."""
    box = page.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill("一人しかいない人を見せて")
    turns = page.locator(".mk-turn.mk-assistant:not(.mk-thinking)")
    before = turns.count()
    taken = timed(lambda: box.press("Enter"), lambda: turns.nth(before).wait_for(timeout=60_000))
    page.locator(".mk-coming").wait_for(state="detached", timeout=60_000)
    page.wait_for_timeout(1_000)
    return taken


def main() -> None:
    """Measure once and print."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(
            locale="ja-JP", viewport={"width": 1366, "height": 1400}
        ).new_page()
        with serving() as (url, process, began):
            open_when_ready(page, url)
            page.get_by_test_id("stChatInput").wait_for(timeout=60_000)
            print(f"first paint         {time.perf_counter() - began:6.2f} s  (goal 5.0)")
            attach(page)
            page.wait_for_timeout(10_000)
            taken = clicks(page)
            print(f"click, median       {median(taken):6.2f} s  (goal 0.5)")
            print(f"click, slowest      {max(taken):6.2f} s")
            print(f"first answer        {question(page):6.2f} s  (goal 0.5)")
            print(f"second answer       {question(page):6.2f} s  (goal 0.5)")
            print(f"server memory       {process.memory_info().rss / 2**20:6.0f} MB")
        browser.close()


if __name__ == "__main__":
    main()
