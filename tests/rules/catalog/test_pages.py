"""The generated pages are current, and the guide's example is a sound directory."""

import re
from pathlib import Path

from rules import check_pack
from tools import rule_pages


def test_the_pages_are_current() -> None:
    for name, text in rule_pages.pages().items():
        written = (rule_pages.PAGES / name).read_text(encoding="utf-8")
        assert written == text, f"{name}: run python -m tools.rule_pages"


def test_the_guide_shows_a_directory_without_problems(tmp_path: Path) -> None:
    guide = (rule_pages.PAGES / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "own.yaml").write_text(example, encoding="utf-8")
    assert [p.message.en for p in check_pack(tmp_path)] == []


def test_the_guide_links_every_page() -> None:
    guide = (rule_pages.PAGES / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\(([a-z_0-9]+\.md)\)", guide))
    assert linked == set(rule_pages.pages())
