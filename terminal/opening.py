"""From arguments to what a command works on: files, a table, a session.

The desk is loaded only where a session is opened.
"""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

import intake
from core import (
    ROLES,
    CaseFacts,
    ColumnCorrection,
    ColumnType,
    InputError,
    Problem,
    Review,
    Role,
    SubjectKind,
    Table,
    UsageError,
    column_types,
    home,
)
from intake import ENCODINGS, Kind, ReadOptions, Upload

if TYPE_CHECKING:
    from anonymizer import Hierarchy
    from desk import Session
    from knowledge import Library
    from rules import Settings

T = TypeVar("T")
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
        raise InputError.of("terminal.opening.cannot-open", source=Path(path).name) from error


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


def add_unit(parser: ArgumentParser) -> None:
    """Declare whose rows they are."""
    parser.add_argument(
        "--unit", metavar="COL,…", help="the columns that tell whose row it is; else recognised"
    )


def add_published(parser: ArgumentParser) -> None:
    """Declare what readers have already."""
    parser.add_argument(
        "--published", nargs="+", default=[], metavar="FILE", help="lists or releases that are out"
    )


def published(args: Namespace) -> "list[Table]":
    """The lists and releases that readers have already.

    Raises:
        InputError: one cannot be read.
    """
    files, problems = uploads(args.published)
    if problems:
        raise InputError(problems)
    return [found.table for found in intake.read(files) if found.table] if files else []


def add_reading(parser: ArgumentParser) -> None:
    """Declare how the data files are to be read where the guess was wrong."""
    reading = parser.add_argument_group("how to read DATA, where the guess is wrong")
    reading.add_argument("--encoding", choices=ENCODINGS, metavar="NAME", help=", ".join(ENCODINGS))
    reading.add_argument("--delimiter", type=_delimiter, metavar="CHAR|tab")
    reading.add_argument("--sheet", metavar="NAME")
    reading.add_argument("--skip-rows", type=_count, metavar="N", help="rows above the header")
    header = reading.add_mutually_exclusive_group()
    header.add_argument("--header-rows", type=_count, metavar="N", help="0: the file has none")
    for flag, rows, told in (("--header", 1, "the first row"), ("--no-header", 0, "no row")):
        header.add_argument(
            flag, dest="header_rows", action="store_const", const=rows, help=f"{told} names columns"
        )


def add_subject(parser: ArgumentParser) -> None:
    """Declare what a person may say of the data instead of the detectors."""
    said = parser.add_argument_group("what DATA are about, where the guess is wrong")
    said.add_argument("--subject", choices=list(SubjectKind), help="what the rows are about")
    add_unit(parser)
    said.add_argument("--type", type=_type, action="append", default=[], metavar="COL=TYPE")
    said.add_argument("--role", type=_role, action="append", default=[], metavar="COL=ROLE")


def _type(text: str) -> tuple[str, ColumnType]:
    column, _, words = text.rpartition("=")
    kind = column_types.named(words)
    if not column or kind is None:
        raise ArgumentTypeError(f"COLUMN=TYPE, with one of: {', '.join(ColumnType)}")
    return column, kind


def _role(text: str) -> tuple[str, Role]:
    column, _, words = text.rpartition("=")
    called = {name: r for r, m in ROLES.items() for name in (str(r), m.ja, m.en)}
    if not column or words not in called:
        raise ArgumentTypeError(f"COLUMN=ROLE, with one of: {', '.join(Role)}")
    return column, called[words]


def _corrections(args: Namespace) -> dict[str, ColumnCorrection]:
    types, roles = dict(getattr(args, "type", [])), dict(getattr(args, "role", []))
    return {
        column: ColumnCorrection(type=types.get(column), role=roles.get(column))
        for column in (*types, *roles)
    }


def _delimiter(text: str) -> str:
    char = "\t" if text in ("tab", "\\t") else text
    if len(char) != 1:
        raise ArgumentTypeError("one character, or 'tab'")
    return char


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ArgumentTypeError("a number from 0")
    return int(text)


def _reading(args: Namespace, kind: Kind | None) -> ReadOptions:
    """What the arguments say about reading a data file."""
    fields = ("encoding", "delimiter", "sheet", "skip_rows", "header_rows")
    try:
        return ReadOptions(kind=kind, **{field: getattr(args, field, None) for field in fields})
    except ValidationError:
        raise UsageError.of("terminal.opening.header-rows") from None


def _read(
    args: Namespace, take: Callable[[Sequence[Upload], Mapping[str, ReadOptions]], T]
) -> T | None:
    """Have the data and the schema that the arguments name read by `take`.

    Raises:
        InputError: every problem of every file.
        UsageError: none was named.
    """
    schema = getattr(args, "schema", None)
    files, problems = uploads([*args.data, *([schema] if schema else [])])
    if not files and not problems:
        raise UsageError.of("terminal.opening.no-files")
    kind: Kind | None = "data" if schema else None
    options = {f.name: _reading(args, kind) for f in files}
    if schema and not any(p.source == Path(schema).name for p in problems):
        options[files[-1].name] = ReadOptions(kind="schema")
    try:
        taken = take(files, options) if files else None
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return taken


def open_table(args: Namespace) -> Table:
    """The rows of the data that the arguments name.

    Raises:
        UsageError: only a schema was.
    """
    found = _read(args, intake.read)
    if not found or found[0].table is None:
        raise UsageError.of("terminal.opening.no-data")
    return found[0].table


def settings_of(args: Namespace) -> "Settings":
    """What the arguments say of the data and of what is listed."""
    from rules import Settings

    subject, unit = getattr(args, "subject", None), getattr(args, "unit", None)
    columns = _corrections(args)
    return Settings(
        cells_limit=getattr(args, "cells", PLAIN) or 0,
        subject=SubjectKind(subject) if subject else None,
        unit=tuple(name.strip() for name in unit.split(",")) if unit else None,
        columns=columns,
        said_by="option" if subject or unit or columns else None,
    )


def open_session(args: Namespace) -> "Session":
    """A session with the data, schema and case that the arguments name."""
    from desk import Session

    session = Session(settings=settings_of(args))
    case = case_of(getattr(args, "case", None))
    if case is not None:
        session.set_case(case)
    _read(args, session.add)
    for name in session.settings.unit or ():
        session.need_column(name)
    session.need_named(session.settings.columns)
    return session


def case_of(path: str | None) -> CaseFacts | None:
    """A case from its YAML file; None without one."""
    if path is None:
        return None
    from desk import read_case

    return read_case(Path(path).name, read_file(path))


def review_of(path: str) -> Review:
    """A review from the JSON that `mekiki review --json` printed.

    Raises:
        InputError: it is something else.
    """
    try:
        return Review.model_validate(json.loads(read_file(path)))
    except (ValueError, ValidationError):
        source = Path(path).name
        raise InputError.of("terminal.opening.not-a-review", source=source) from None


def library() -> "Library | None":
    """The imported documents, where there are any."""
    place = home() / "library"
    if not place.exists():
        return None
    from knowledge import Library

    return Library(place)


def names(text: str) -> tuple[str, ...]:
    """Column names from one argument, each once.

    >>> names("年齢, 性別,年齢")
    ('年齢', '性別')
    """
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def hierarchies(directory: str | None) -> "Mapping[str, Hierarchy]":
    """The hierarchies of a directory; none without one."""
    from anonymizer import load_hierarchies

    return load_hierarchies(directory) if directory else {}
