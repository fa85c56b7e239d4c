"""The map in the README is the tree."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = dict(re.findall(r"^([\w.]+/?) +(\S.*)$", README.split("## The map")[1].split("```")[1], re.M))


def tracked() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("needs a git checkout to know which files belong")
    files = listed.stdout.splitlines()
    folders = {f"{name.split('/')[0]}/" for name in files if "/" in name}
    return {f for f in folders if not f.startswith((".", '"'))} | {
        name for name in files if "/" not in name and name.endswith(".py")
    }


def test_the_map_names_every_folder_and_door_and_nothing_else() -> None:
    assert set(MAP) == tracked()


def test_every_package_says_what_it_is_for() -> None:
    for name in MAP:
        if (init := ROOT / name / "__init__.py").exists() and name not in {"tests/"}:
            text = init.read_text(encoding="utf-8").strip()
            assert text.startswith('"""') or name in {"benchmarks/", "ui/"}, name


def test_the_readme_names_the_two_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"(?:^|`)make (\w+)", README, re.M):
        assert re.search(rf"^{command}:", makefile, re.M), command


def test_both_readmes_show_the_same_commands() -> None:
    japanese = (ROOT / "README.ja.md").read_text(encoding="utf-8")

    def words(text: str) -> list[str]:
        return re.findall(r"^(?:mekiki|make) (\w+)", text, re.M)

    assert words(README) == words(japanese)
