"""No outbound connection by default, and no cell value in logs, errors or stored files."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from cli import main
from tests.desk.conftest import SCHEMA, register
from tests.traced import reached, tracing

ROOT = Path(__file__).parents[1]
SECRETS = ("佐藤花子", "山本トメ", "渡辺幸子", "090-0000-4321", "認知症")
PATH = """
import sys
from cli import main
data, schema, folder = sys.argv[1:]
plan, safe = folder + "/plan.yaml", folder + "/safe.csv"
assert main(["review", data, "--schema", schema, "--json"]) == 0
assert main(["plan", data, "--k", "3", "--out", plan]) == 0
assert main(["anonymize", data, "--plan", plan, "--out", safe]) == 0
assert main(["ask", "個人番号を統計に使ってよいですか"]) == 0
assert main(["chat", data, "一人しかいない人を見せて", "k=3で安全にして", "根拠の条文は？"]) == 0
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "data.csv").write_bytes(register())
    (tmp_path / "schema.csv").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


def test_a_trace_sees_what_leaves(tmp_path: Path) -> None:
    """The watch itself works: an attempt to reach a documentation address is seen."""
    log = tmp_path / "trace"
    attempt = "import socket as s; k = s.socket(); k.setblocking(0); k.connect_ex(('192.0.2.1', 9))"
    subprocess.run([*tracing(log), sys.executable, "-c", attempt], check=True)
    assert reached(log) == {"192.0.2.1"}


def test_the_terminal_door_connects_to_nobody(files: Path) -> None:
    log = files / "trace"
    command = [sys.executable, "-c", PATH, files / "data.csv", files / "schema.csv", files]
    done = subprocess.run(
        [*tracing(log), *map(str, command)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert reached(log) == set()


def test_no_value_is_logged_or_stored(
    files: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    data, state = str(files / "data.csv"), files / "state.json"
    assert main(["review", data, "--json"]) == 0
    review = capsys.readouterr().out
    words = ["chat", data, "--session", str(state), "氏名の列は？", "49行目はなぜ？", "k=3で安全に"]
    assert main([*words, "--json"]) == 0
    chat = capsys.readouterr().out
    assert json.loads(chat)["turns"]
    kept = state.read_text(encoding="utf-8")
    for text in (review, chat, kept, caplog.text):
        assert not [secret for secret in SECRETS if secret in text]


def test_no_value_is_in_an_error(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = files / "broken.csv"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01\xff" + register())
    for arguments in (
        ["review", str(broken)],
        ["plan", str(files / "data.csv"), "--k", "5000"],
        ["risk", str(files / "data.csv"), "--quasi", "無い列"],
    ):
        assert main(arguments) == 2
        said = capsys.readouterr().err
        assert said
        assert not [secret for secret in SECRETS if secret in said]


def test_caches_outside_the_knowledge_are_forbidden() -> None:
    """`st.cache_data` and `st.cache_resource` would show one user's value to another."""
    rooms = ("ui", "desk", "intake", "rules", "anonymizer", "assistant", "casebook", "measure")
    sources = [ROOT / "app.py", *(p for room in rooms for p in (ROOT / room).rglob("*.py"))]
    for source in sources:
        assert "cache_data" not in source.read_text(encoding="utf-8"), source
        assert "cache_resource" not in source.read_text(encoding="utf-8"), source
