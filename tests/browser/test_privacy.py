"""Nothing of an upload is written to disk or logged, nor seen by another session."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Attach = Callable[[Page, list[Path]], None]
Visit = Callable[..., Page]
SECRET = "特別秘密町の住人"


class Watch(threading.Thread):
    """Every file the server has open, looked at many times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process(pid)
        self.seen: set[str] = set()
        self.stopped = threading.Event()

    def run(self) -> None:
        folder = Path(f"/proc/{self.process.pid}/fd")
        while not self.stopped.is_set():
            for link in folder.iterdir():
                try:
                    self.seen.add(str(link.readlink()))
                except OSError:
                    continue
            time.sleep(0.01)

    def finish(self) -> set[str]:
        self.stopped.set()
        self.join()
        return self.seen


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A list of 5 MB."""
    line = f"北区,{SECRET},男\n"
    path = tmp_path / "大きな名簿.csv"
    path.write_text("区,備考,性別\n" + line * (5_000_000 // len(line.encode())), encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to see open files")
def test_a_large_upload_is_never_on_disk(
    served: Any, visit: Visit, attach: Attach, large: Path
) -> None:
    page = visit()
    watch = Watch(served.pid)
    watch.start()
    attach(page, [large])
    temporary = tempfile.gettempdir()
    ours = (str(served.log.parent), str(Path(__file__).parents[2]), sys.prefix)
    spooled = {
        name
        for name in watch.finish()
        if "deleted" in name or (name.startswith(temporary) and not name.startswith(ours))
    }
    assert not {name for name in spooled if not name.startswith(("/dev/shm", "/memfd"))}  # noqa: S108
    assert SECRET not in served.log.read_text(encoding="utf-8")


def test_two_sessions_do_not_see_each_other(
    visit: Visit, attach: Attach, files: list[Path]
) -> None:
    first, second = visit(), visit()
    attach(first, files)
    expect(second.get_by_role("heading", name="何を審査しますか")).to_be_visible()
    second.reload()
    expect(second.get_by_role("heading", name="何を審査しますか")).to_be_visible()
    assert "名簿.csv" not in second.locator("body").inner_text()
    first.reload()
    expect(first.get_by_role("heading", name="何を審査しますか")).to_be_visible()


def test_a_file_that_cannot_be_read_is_explained(
    visit: Visit, upload: Attach, tmp_path: Path, served: Any
) -> None:
    page = visit()
    path = tmp_path / f"<b>{SECRET}.csv"
    path.write_bytes(b"")
    upload(page, [path])
    turns = page.locator(".mk-turn.mk-assistant")
    expect(turns.last).to_contain_text(f"<b>{SECRET}.csv")
    assert "中身がありません" in turns.last.inner_text()
    assert "Traceback" not in page.locator("body").inner_text()
    assert SECRET not in served.log.read_text(encoding="utf-8")
