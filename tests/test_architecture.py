"""Imports point downwards only, and each engine stays in its room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "core": set(),
    "language": {"core"},
    "intake": {"core", "language"},
    "measure": {"core", "language", "intake"},
    "law": {"core", "language"},
    "rules": {"core", "language", "intake", "measure", "law"},
    "knowledge": {"core", "language", "intake", "measure", "law"},
    "anonymizer": {"core", "language", "intake", "measure"},
    "papers": {"core"},
    "desk": {
        "core",
        "law",
        "language",
        "intake",
        "measure",
        "rules",
        "knowledge",
        "anonymizer",
        "papers",
    },
    "casebook": {"core", "law", "language", "intake", "rules", "papers", "desk"},
    "assistant": {"core", "law", "language", "knowledge", "desk"},
    "terminal": {
        *("core", "law", "language", "intake", "measure", "rules", "knowledge", "anonymizer"),
        *("papers", "desk", "assistant", "casebook"),
    },
}
ROOMS = {*MAY_IMPORT, "terminal", "ui", "app", "cli"}
ENGINES = {
    "streamlit": {"app", "ui"},
    "durable": {"rules"},
    "durable_rules_engine": {"rules"},
    "chromadb": {"knowledge"},
    "langchain": {"assistant", "knowledge"},
    "langchain_core": {"assistant", "knowledge"},
}


def sources() -> list[Path]:
    return [
        path
        for room in sorted(ROOMS)
        for path in [*(ROOT / room).rglob("*.py"), ROOT / f"{room}.py"]
        if path.exists()
    ]


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_downwards(path: Path) -> None:
    room = room_of(path)
    allowed = MAY_IMPORT.get(room, ROOMS) | {room}
    assert imported(path) & ROOMS <= allowed


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_engines_stay_in_their_rooms(path: Path) -> None:
    for engine, rooms in ENGINES.items():
        assert engine not in imported(path) or room_of(path) in rooms


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_each_package_resolves_inside_the_repository(room: str) -> None:
    module = __import__(room)
    assert Path(module.__file__ or "").is_relative_to(ROOT)
