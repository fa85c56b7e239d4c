"""The examples in the docstrings hold; page files are scripts and are not imported."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "ui"
MODULES = [
    ".".join(path.relative_to(UI.parent).with_suffix("").parts)
    for path in sorted(UI.rglob("*.py"))
    if path.parent.name != "pages" and path.stem != "__init__"
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
