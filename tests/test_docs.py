"""What the pages tell a newcomer to run does run, and what they point at is there."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]
PROSE = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
RUN = re.compile(r"^```sh run\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
LEFT = shutil.ignore_patterns(".*", "var", "build", "*.egg-info", "shared")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the repository, where a page may change what it likes."""
    return Path(shutil.copytree(ROOT, tmp_path / "mekiki", ignore=LEFT))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """`python` and `mekiki` are this interpreter's, and both read the folder they stand in."""
    commands = tmp_path / "commands"
    commands.mkdir()
    for name, words in (("python", ""), ("mekiki", "-m cli ")):
        (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
        (commands / name).chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    kept.pop("PYTHONPATH", None)
    return {
        **kept,
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "MEKIKI_HOME": str(tmp_path / "home"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs(page: Path, checkout: Path, environment: dict[str, str]) -> None:
    steps = RUN.findall(page.read_text(encoding="utf-8"))
    assert steps
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "".join(steps)],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{page.name}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.mark.parametrize("page", PROSE, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    broken = [to for to in LINK.findall(text) if not (page.parent / to).exists()]
    assert broken == []


def test_the_index_names_every_page_for_newcomers() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if page.name not in index] == []


def test_the_changelog_tells_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert first is not None
    assert first[1] == project["version"]


def test_both_guides_have_the_same_sections() -> None:
    english, japanese = (ROOT / f"CONTRIBUTING{lang}.md" for lang in ("", ".ja"))

    def commands(page: Path) -> list[str]:
        return re.findall(r"`(make \w+|python -m [\w.]+)", page.read_text(encoding="utf-8"))

    assert set(commands(english)) == set(commands(japanese))
