"""Schemas in every layout people have: documents, tables of items, forms, code lists.

A module of this folder that declares `KINDS` reads some of them; to add one is to add such a
module. A text in a language of its own (SQL) is read by the module named like its format, imported
where there is such a file: its parser takes a tenth of a second.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from core import DeclaredColumn, InputError, Message, Schema, yaml12
from intake.table.grid import Grid
from intake.upload import File, Layout, allow_bytes

_HERE = Path(__file__).parent
_LARGEST_YAML = 4 << 20
"""A text of nothing but small collections takes about half a second for 1 MB."""


@dataclass(frozen=True)
class SheetKind:
    """A way to lay a schema out in cells."""

    layout: Layout
    place: int
    """The kinds are asked in the order of their places; the first that recognises a grid has it."""
    recognises: Callable[[Grid, bool], object]
    """Whether, or where, a grid is of this kind; with True, where data is hardly ever like it."""
    read: Callable[[str, Grid, bool, Sequence[str]], list[Schema]]
    """The schemas, from the name, the grid, that truth, and the items of an appendix."""


@dataclass(frozen=True)
class TreeKind:
    """A way to write a schema as a YAML or JSON document."""

    place: int
    """What a document holds is told in the order of the places."""
    find: Callable[[str, dict[str, Any], int], tuple[list[tuple[str, Schema]], list[Message]]]
    """The schemas, each with the name of its part, and notes, from the name of the file, the
    document and the most columns that are read."""


def recognise_sheet(grid: Grid, certain: bool = True) -> Layout | None:
    """The layout of a schema in a grid; None when it looks like data.

    With `certain` False the user has said that it is a schema: then any list of names will do.
    """
    sheets = (kind for kind in _kinds() if isinstance(kind, SheetKind))
    return next((kind.layout for kind in sheets if kind.recognises(grid, certain)), None)


def parse_sheet(
    name: str, grid: Grid, layout: Layout, certain: bool = True, appendix: Sequence[str] = ()
) -> list[Schema]:
    """The schemas in a grid of a recognised layout.

    Args:
        appendix: the items of a register that says they are on another sheet.
    """
    sheets = (kind for kind in _kinds() if isinstance(kind, SheetKind))
    kind = next(kind for kind in sheets if kind.layout == layout)
    return kind.read(name, grid, certain, appendix)


def parse_document(file: File, kind: str) -> tuple[list[tuple[str, Schema]], list[Message]]:
    """The schemas of a document with the name of each part, and notes.

    Nothing outside the document is ever loaded.

    Raises InputError when the document describes no columns.
    """
    allow_bytes(len(file.content), file.limits.schema_bytes)
    body = str(file.text)
    schemas: list[tuple[str, Schema]] = []
    notes: list[Message] = []
    if kind == "sql":
        schemas = import_module("intake.schema.sql").read_sql(body)
    else:
        document = load_json(body) if kind == "json" else _load_yaml(body)
        for tree in (kind for kind in _kinds() if isinstance(kind, TreeKind)):
            found, said = tree.find(file.name, document, file.limits.schema_columns)
            schemas += found
            notes += said
    if not schemas:
        raise InputError.of("intake.file.not_a_schema")
    return schemas, notes


def items_named(names: Iterable[str]) -> tuple[DeclaredColumn, ...]:
    """Items of which nothing is known but their names."""
    return tuple(DeclaredColumn(name=name, position=n) for n, name in enumerate(names, 1))


def words(module: str) -> dict[str, Any]:
    """The words that a module of this folder looks for, every one as text."""
    return _words()[module]


@cache
def _words() -> dict[str, dict[str, Any]]:
    text = (_HERE / "schema_words.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, Any]] = yaml12.load_texts(text)
    return read


@cache
def patterns(module: str) -> dict[str, re.Pattern[str]]:
    """The regular expressions that a module of this folder looks for, by name."""
    return {name: re.compile(told) for name, told in words(module)["patterns"].items()}


@cache
def _kinds() -> list[SheetKind | TreeKind]:
    names = (module.name for module in iter_modules([str(_HERE)]) if module.name != "sql")
    modules = (import_module(f"intake.schema.{name}") for name in names)
    found = [kind for module in modules for kind in getattr(module, "KINDS", ())]
    return sorted(found, key=lambda kind: kind.place)


def load_json(text: str) -> Any:
    """A JSON document with its numbers as text. Raises InputError when it is not one."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise InputError.of("intake.file.damaged") from None


def _load_yaml(text: str) -> Any:
    """A YAML document with every scalar as text: `No` stays `No`, `001` stays `001`.

    Raises InputError when it is not one.
    """
    allow_bytes(len(text), _LARGEST_YAML)
    try:
        return yaml12.load_texts(text)
    except yaml12.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InputError.of("schema.kinds.bad_yaml", line=line) from None
    except (ValueError, RecursionError, TypeError, AttributeError, KeyError, IndexError):
        raise InputError.of("intake.file.damaged") from None
