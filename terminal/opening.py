"""From arguments to a session."""

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from anonymizer import Hierarchy, load_hierarchies
from core import CaseFacts, InputError, Problem, Review, Table, UsageError
from desk import Session, home, read_case
from intake import ReadOptions, Upload
from rules import Settings

PLAIN = 200
"""How many unusual cells a review lists by default."""


def read_file(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError.of(
            "cannot-open",
            ja="ファイルを開けません。場所と名前を確かめてください。",
            en="The file cannot be opened. Check its place and name.",
            source=Path(path).name,
        ) from error


def uploads(paths: Sequence[str]) -> tuple[list[Upload], list[Problem]]:
    """Files as uploads, and what is wrong with those that cannot be opened.

    Two of one name are told apart by their place in the list.
    """
    found: list[Upload] = []
    problems: list[Problem] = []
    for path in paths:
        name = Path(path).name
        if any(u.name == name for u in found):
            name = f"{len(found) + 1}-{name}"
        try:
            found.append(Upload(name, read_file(path)))
        except InputError as error:
            problems += error.problems
    return found, problems


def case_of(path: str | None) -> CaseFacts | None:
    """A case from its YAML file; None without one."""
    return None if path is None else read_case(Path(path).name, read_file(path))


def open_session(args: Namespace) -> Session:
    """A session with the data, schema and case that the arguments name."""
    session = Session(settings=Settings(cells_limit=getattr(args, "cells", PLAIN)))
    case = case_of(getattr(args, "case", None))
    if case is not None:
        session.set_case(case)
    schema = getattr(args, "schema", None)
    files, problems = uploads([*args.data, *([schema] if schema else [])])
    if not files and not problems:
        raise UsageError.of(
            "no-files",
            ja="データか、--schema で定義書を指定してください。",
            en="Name a data file, or a schema with --schema.",
        )
    options: dict[str, ReadOptions] = {}
    if schema:
        options = {f.name: ReadOptions(kind="data") for f in files}
        if not any(p.source == Path(schema).name for p in problems):
            options[files[-1].name] = ReadOptions(kind="schema")
    try:
        if files:
            session.add(files, options)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return session


def review_of(path: str) -> Review:
    """A review from the JSON that `mekiki review --json` printed.

    Raises:
        InputError: it is something else.
    """
    try:
        return Review.model_validate(json.loads(read_file(path)))
    except (ValueError, ValidationError):
        raise InputError.of(
            "not-a-review",
            ja="点検結果のJSONではありません。「mekiki review … --json」の出力を指定してください。",
            en="This is not a review. Name what “mekiki review … --json” printed.",
            source=Path(path).name,
        ) from None


def library() -> Any:
    """The imported documents, where there are any."""
    from knowledge import Library

    place = home() / "library"
    return Library(place) if place.exists() else None


def names(text: str) -> tuple[str, ...]:
    """Column names from one argument.

    >>> names("年齢, 性別")
    ('年齢', '性別')
    """
    return tuple(name.strip() for name in text.split(",") if name.strip())


def hierarchies(directory: str | None) -> Mapping[str, Hierarchy]:
    """The hierarchies of a directory; none without one."""
    return load_hierarchies(directory) if directory else {}


def table_of(session: Session) -> Table:
    """The rows of the data that was named.

    Raises:
        UsageError: only a schema was.
    """
    if session.table is None:
        raise UsageError.of(
            "no-data",
            ja="データのファイルを指定してください（定義書だけでは加工できません）。",
            en="Name a data file; a schema alone cannot be processed.",
        )
    return session.table
