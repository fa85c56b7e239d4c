"""A command loads only what it needs, so that it starts at once: modules are counted, not time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli import COMMANDS
from tests.desk.conftest import register
from tests.test_architecture import ROOMS

ROOT = Path(__file__).parents[2]
OURS = ROOMS - {"cli", "terminal"}
ENGINES = {"chromadb", "langchain", "langchain_core", "streamlit"}
LOADED = """
import json, sys
from cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def loaded(*arguments: object) -> set[str]:
    """The packages in memory once a command is done."""
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(names)


def test_help_loads_nothing_of_ours() -> None:
    assert not loaded("--help") & {*OURS, *ENGINES, "pydantic", "pandas", "numpy", "yaml"}


def test_help_names_every_command() -> None:
    said = subprocess.run(
        [sys.executable, "cli.py", "--help"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    for name, (_, does) in COMMANDS.items():
        assert name in said and does in said


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (("review", "data.csv"), {"assistant"}),
        (("risk", "data.csv", "--quasi", "年齢,性別"), {"assistant", "desk", "rules", "knowledge"}),
        (("plan", "data.csv", "--k", "3"), {"assistant"}),
        (("protect", "table.csv", "--threshold", "5"), {"assistant", "desk", "rules", "knowledge"}),
        (("ask", "要配慮個人情報とは何ですか"), {"assistant"}),
        (("rules", "list"), {"assistant", "desk", "knowledge", "anonymizer", "papers"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_loads_only_what_it_needs(
    command: tuple[str, ...], unneeded: set[str], tmp_path: Path
) -> None:
    (tmp_path / "data.csv").write_bytes(register())
    table = "町,区分,人数\n北,子,2\n北,大人,40\n南,子,30\n南,大人,50\n東,子,20\n東,大人,31\n"
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    words = [tmp_path / word if word.endswith(".csv") else word for word in command]
    assert not loaded(*words) & {*ENGINES, *unneeded}
