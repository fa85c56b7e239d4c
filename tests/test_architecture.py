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


def face(module: str) -> set[str] | None:
    """The names a package offers to other rooms; None where it is no package with a face."""
    init = ROOT.joinpath(*module.split("."), "__init__.py")
    for node in ast.parse(init.read_text(encoding="utf-8")).body if init.exists() else ():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return None


def past_faces(text: str, room: str) -> list[str]:
    """What a file of a room takes of other rooms that their faces do not offer.

    `app.py` and `cli.py` are the doors of `ui` and `terminal`, which have no face.

    >>> past_faces("from rules.kinds import X", "desk"), past_faces("from rules import X", "desk")
    (['rules.kinds: X'], ['rules: X'])
    >>> past_faces("import rules\\nfrom anonymizer.tables import protect", "desk")
    []
    >>> past_faces("from rules.kinds import X", "rules"), past_faces("import rules.kinds", "desk")
    ([], ['rules.kinds'])
    """
    others = ROOMS - {room, {"app": "ui", "cli": "terminal"}.get(room)}
    found = []
    for node in ast.walk(ast.parse(text)):
        taken: list[tuple[str, set[str]]] = []
        if isinstance(node, ast.Import):
            taken = [(alias.name, set()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            taken = [(node.module, {alias.name for alias in node.names})]
        for module, names in taken:
            offered = face(module)
            if module.split(".")[0] in others and (offered is None or names - offered):
                missing = ", ".join(sorted(names - (offered or set())))
                found.append(f"{module}: {missing}" if names else module)
    return found


def test_other_rooms_import_from_a_face_only() -> None:
    """`from rules import X`, not `from rules.detect.kinds import X`."""
    found = {
        str(path.relative_to(ROOT)): past_faces(path.read_text(encoding="utf-8"), room_of(path))
        for path in sources()
    }
    assert {path: past for path, past in found.items() if past} == {}


def test_a_face_offers_only_what_it_has() -> None:
    for room in sorted(MAY_IMPORT):
        module = __import__(room)
        assert all(hasattr(module, name) for name in face(room) or ()), room
