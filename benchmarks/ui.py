"""How soon the screen answers: `python -m benchmarks.ui [FILE …]`. Needs Chromium.

Prints the time from process start to first paint, from a cell click to its explanation, from a
question to the first words of the answer, from sending files (those named, else 500 made-up people)
to their review; then, on 100,000 × 12 made-up residents, from sending them to their review, from a
step of the slider to the whole part drawn anew, from choosing a plan to it drawn; and the memory.
"""

import csv
import io
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
ROWS = 500
RESIDENTS = 100_000
CLICKS = 9
WIDTHS = (5, 10, 15, 20, 30)
"""Widths of the slider for ages, in its order after the first stop."""
HEADER = (
    *("宛名番号", "氏名", "年齢", "性別", "郵便番号", "町丁目"),
    *("電話番号", "職業", "所得", "転入日", "世帯人数", "備考"),
)


def sample() -> bytes:
    """Made-up people, a few of them alone in their combination."""
    wards = ("北区", "南区", "東区")
    lines = ["整理番号,年齢,性別,居住地,病名"]
    for n in range(ROWS):
        ward, sex = wards[n % 3], "女" if n % 2 else "男"
        lines.append(f"{1000 + n},{20 + n % 67},{sex},{ward},{'高血圧' if n % 4 else '糖尿病'}")
    return "\n".join(lines).encode()


def residents() -> bytes:
    """Made-up residents of a city, nearly all alone in their combination."""
    chance = random.Random(7)
    towns = [f"{name}{n}丁目" for name in ("桜台", "緑が丘", "港南", "北野") for n in range(1, 6)]
    work = ("会社員", "自営業", "無職", "学生", "公務員")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for n in range(RESIDENTS):
        moved = (
            f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        )
        writer.writerow(
            (
                10_000_000 + n * 7,
                chance.choice(("佐藤", "鈴木", "高橋", "田中"))
                + "　"
                + chance.choice(("花子", "健")),
                chance.randint(0, 99),
                chance.choice("男女"),
                f"{chance.randint(100, 180)}-{chance.randint(1, 90):04}",
                chance.choice(towns),
                f"03-{chance.randint(3000, 6999)}-{chance.randint(1000, 9999)}",
                chance.choice(work),
                chance.randint(0, 900) * 10_000,
                moved,
                chance.randint(1, 6),
                chance.choice(("", "", "口座振替の案内を送付", "窓口で本人確認済み")),
            )
        )
    return out.getvalue().encode()


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


def attach(page: Page, files: Sequence[Path]) -> float:
    """Upload files; seconds from sending them to their review."""
    box = page.get_by_test_id("stChatInput")
    arrived: list[str] = []
    page.on("requestfinished", lambda r: arrived.append(r.url) if r.method == "PUT" else None)
    box.locator("input[type=file]").set_input_files(files)
    while len(arrived) < len(files):
        page.wait_for_timeout(50)
    page.wait_for_timeout(1_000)
    tabs = page.get_by_role("tab")
    return timed(lambda: box.get_by_role("textbox").press("Enter"), lambda: tabs.first.wait_for())


def made(content: bytes, folder: str) -> Path:
    """A made-up file on disk, for the browser to send."""
    path = Path(folder) / "sample.csv"
    path.write_bytes(content)
    return path


def slides(page: Page) -> list[float]:
    """Seconds from a step of the slider for ages to the whole part drawn anew."""
    page.get_by_role("tab", name="リスクと加工").click()
    page.get_by_role("heading", name="受け取る").wait_for()
    page.wait_for_timeout(3_000)
    page.get_by_role("slider", name="年齢の幅").first.focus()
    taken = []
    for width in WIDTHS:
        step = page.locator("td", has_text=f"{width}歳ごとにまとめる").first
        taken.append(timed(lambda: page.keyboard.press("ArrowRight"), step.wait_for))
        page.wait_for_timeout(1_500)
    return taken


def choose(page: Page) -> float:
    """Seconds from choosing another plan to it being the one in force on the screen."""
    button = page.get_by_role("button", name="案2を選ぶ")
    chosen = page.locator("button[disabled]", has_text="案2を選ぶ")
    return timed(button.click, chosen.wait_for)


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
                partial(table.click, position={"x": 200, "y": 35 + 35 * row - 17}),
                turns.nth(before).wait_for,
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


def main(files: Sequence[Path]) -> None:
    """Measure once and print."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(
            locale="ja-JP", viewport={"width": 1366, "height": 1400}
        ).new_page()
        page.set_default_timeout(60_000)
        with serving() as (url, process, began):
            open_when_ready(page, url)
            page.get_by_test_id("stChatInput").wait_for(timeout=60_000)
            print(f"first paint         {time.perf_counter() - began:6.2f} s  (goal 5.0)")
            page.wait_for_timeout(10_000)
            sent = files or [made(sample(), folder)]
            print(f"review of the files {attach(page, sent):6.2f} s  (goal 3.0)")
            taken = clicks(page)
            print(f"click, median       {median(taken):6.2f} s  (goal 0.5)")
            print(f"click, slowest      {max(taken):6.2f} s")
            print(f"first answer        {question(page):6.2f} s  (goal 0.5)")
            print(f"second answer       {question(page):6.2f} s  (goal 0.5)")
            page.get_by_role("button", name="審査を閉じる").click()
            page.get_by_role("tab").first.wait_for(state="detached")
            print(f"review of 100,000   {attach(page, [made(residents(), folder)]):6.2f} s")
            taken = slides(page)
            print(f"slider, median      {median(taken):6.2f} s  (goal 0.5)")
            print(f"slider, slowest     {max(taken):6.2f} s")
            print(f"choosing a plan     {choose(page):6.2f} s  (goal 0.5)")
            print(f"server memory       {process.memory_info().rss / 2**20:6.0f} MB")
        browser.close()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
