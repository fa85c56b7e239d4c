"""Every sentence that code names is in the catalogue with its fields, and nothing else is there."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from core import yaml12
from core.message import CATALOGUE

ROOT = Path(__file__).parents[1]
ROOMS = sorted(p.name for p in ROOT.iterdir() if (p / "__init__.py").exists() and p.name != "tests")
ROOMS = [room for room in ROOMS if room not in {"benchmarks", "tools"}]
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
ID = re.compile(r"[a-z_]+(\.[a-z0-9_-]+){2}")
NAMES = frozenset({"source"})
"""Arguments of an error that are no fields of its sentence."""


@cache
def catalogue() -> dict[str, dict[str, object]]:
    found = {}
    for path in sorted(CATALOGUE.glob("*.yaml")):
        for topic, entries in yaml12.load(path.read_text(encoding="utf-8")).items():
            for name, entry in entries.items():
                found[f"{path.stem}.{topic}.{name}"] = entry
    return found


def forms(entry: object) -> list[str]:
    return [str(e) for e in entry.values()] if isinstance(entry, dict) else [str(entry)]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def trees() -> dict[str, ast.Module]:
    paths = [p for room in ROOMS for p in (ROOT / room).rglob("*.py")] + [*ROOT.glob("*.py")]
    return {
        str(p.relative_to(ROOT)): ast.parse(p.read_text(encoding="utf-8")) for p in sorted(paths)
    }


def named(tree: ast.Module) -> Iterator[str]:
    """Ids named in full, and the beginnings of those that are completed (`room.topic.*`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if ID.fullmatch(node.value):
                yield node.value
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            first = str(node.values[0].value)
            if re.match(r"[a-z_]+\.[a-z_]+\.", first):
                yield first + "*"


def calls(tree: ast.Module) -> Iterator[tuple[int, str, set[str] | None]]:
    """Line, id and names of values (None where they are passed on) of each call."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and first.value in catalogue():
            keywords = {k.arg for k in node.keywords}
            yield node.lineno, first.value, None if None in keywords else keywords - NAMES  # type: ignore[operator]


@pytest.mark.parametrize("path", sorted(trees()))
def test_a_call_gives_the_fields_of_its_sentence(path: str) -> None:
    for line, id, given in calls(trees()[path]):
        entry = catalogue()[id]
        texts = [text for lang in ("ja", "en") for text in forms(entry[lang])]
        wanted = set().union(*map(fields, texts))
        wanted |= {"n"} if any(isinstance(entry[lang], dict) for lang in ("ja", "en")) else set()
        if given is not None:
            assert wanted - NAMES == given, f"{path}:{line} {id}"


@pytest.mark.parametrize("path", sorted(trees()))
def test_an_id_that_is_said_is_in_the_catalogue(path: str) -> None:
    for node in ast.walk(trees()[path]):
        said = isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Name) and node.func.id in {"say", "_"})
            or (
                isinstance(node.func, ast.Attribute)
                and node.func.attr == "of"
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id.endswith(("Error", "Problem"))
            )
        )
        if said and node.args and isinstance(node.args[0], ast.Constant):
            known = node.args[0].value in catalogue()
            assert known, f"{path}:{node.lineno} {node.args[0].value}"


def test_every_sentence_of_the_catalogue_is_used() -> None:
    ids = {id for tree in trees().values() for id in named(tree)}
    prefixes = tuple(id[:-1] for id in ids if id.endswith("*"))
    ids |= {f"{id}_headers" for id in ids}
    """A table of a paper names its headers after itself (`Brief.table`)."""
    unused = [id for id in catalogue() if id not in ids and not id.startswith(prefixes or ("\0",))]
    assert not unused


@pytest.mark.parametrize("id", sorted(catalogue()))
def test_a_sentence_has_both_languages(id: str) -> None:
    entry = catalogue()[id]
    assert entry.keys() == {"ja", "en"}
    for lang in ("ja", "en"):
        if isinstance(entry[lang], dict):
            assert entry[lang].keys() == {"one", "other"}  # type: ignore[attr-defined]
    assert all(text.strip() for lang in ("ja", "en") for text in forms(entry[lang]))
