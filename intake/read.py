"""From uploads to datasets: recognise, read, pair, and report all problems together.

A schema belongs to the data of which it names the most columns; of several that name as many, it
is the one with the fewest items besides.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from core import Dataset, DeclaredColumn, InputError, Problem, Schema, Source, Table, fold, say
from intake.formats import recognise, told_apart
from intake.upload import File, Limits, Preview, Reading, ReadOptions, Upload, allow_bytes

T = TypeVar("T")
_OPTIONS = ReadOptions()
_LIMITS = Limits()
_FORMS = ("register", "pia")
"""Layouts of which one file often holds several, each about a dataset of its own."""
_BLANKS = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x1a"


def read(
    uploads: Sequence[Upload],
    options: Mapping[str, ReadOptions] | None = None,
    limits: Limits = _LIMITS,
) -> tuple[Dataset, ...]:
    """Every upload as a dataset; a schema joins the data it describes.

    `options` holds corrections by file name. Raises InputError with the problems of all files.
    """
    readings: list[Reading] = []
    found: list[Problem] = []
    for given, name in zip(uploads, _distinct([u.name for u in uploads]), strict=True):
        chosen = (options or {}).get(name) or (options or {}).get(given.name, _OPTIONS)
        file = File(name, given.content, chosen, limits)
        try:
            readings += _named_in_errors(name, partial(_read_part, file))
        except InputError as error:
            found += error.problems
    if found:
        raise InputError(found)
    return pair(readings)


def preview(
    upload: Upload,
    options: ReadOptions | None = None,
    rows: int = 20,
    limits: Limits | None = None,
) -> Preview:
    """The first rows of a file, read with the options. Raises InputError as `read` does."""

    def shown() -> Preview:
        file = File(upload.name, upload.content, options or _OPTIONS, limits or _LIMITS)
        allow_bytes(len(file.content), file.limits.file_bytes)
        return recognise(file).preview(file, rows)

    return _named_in_errors(upload.name, shown)


def _named_in_errors(name: str, action: Callable[[], T]) -> T:
    """What an action gives. Raises InputError, and nothing else, with problems of the file."""
    try:
        return action()
    except InputError as error:
        found = error.about(name)
    except Exception as error:
        # Whatever a library says may quote the file: only the kind of error is kept.
        kind = type(error).__name__
        found = InputError.of("intake.file.unreadable", source=name, kind=kind)
    raise found


def _read_part(file: File) -> list[Reading]:
    """The file, or the definition in it that `options.sheet` names: a sheet may hold several."""
    options = file.options
    try:
        readings = _read(file)
    except InputError as error:
        if options.sheet is None or error.problems[0].code != "no_such_sheet":
            raise
        for kind in dict.fromkeys((None, options.kind)):
            whole = options.model_copy(update={"sheet": None, "kind": kind})
            if found := _named(_read(replace(file, options=whole)), options.sheet):
                return found
        raise
    return _named(readings, options.sheet) or readings


def _named(readings: Sequence[Reading], part: str | None) -> list[Reading]:
    """The definitions of a name, each with the names that could be chosen instead."""
    found = []
    for given in readings:
        schemas = tuple(schema for schema in given.schemas if schema[0] == part)
        if schemas and len(given.schemas) > 1:
            names = tuple(name for name, _ in given.schemas)
            given = replace(given, source=given.source.told(sheet=part, sheets=names))
        found += [replace(given, schemas=schemas)] if schemas else []
    return found


def _read(file: File) -> list[Reading]:
    content = file.content
    allow_bytes(len(content), file.limits.file_bytes)
    if not content[:4096].strip(_BLANKS) and not content.strip(_BLANKS):
        raise InputError.of("intake.file.empty_file")
    found = recognise(file)
    digest = hashlib.sha256(content).hexdigest()
    notes = told_apart(file, found)
    source = Source(name=file.name, sha256=digest, kind="data", notes=notes)
    return found.read(source, file)


def _distinct(names: Sequence[str]) -> list[str]:
    """Files of the same name get a number, so that each can be named."""
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


def pair(readings: Sequence[Reading]) -> tuple[Dataset, ...]:
    """Datasets in the order of their files; a schema joins the data it describes."""
    tables = [(reading, reading.table) for reading in readings if reading.table is not None]
    given = [reading for reading in readings if reading.table is None]
    chosen: list[list[tuple[Reading, Schema]]] = [[] for _ in tables]
    alone: list[tuple[Reading, Schema]] = []
    for reading in given:
        fits = [_best(reading, table) for _, table in tables]
        takers = [i for i, (_, _, shared) in enumerate(fits) if shared]
        if not takers and len(tables) == len(given) == 1:
            takers = [0]
        for i in takers:
            part, schema, _ = fits[i]
            chosen[i].append((_with_part(reading, part), schema))
        if not takers:
            schemas = [schema for _, schema in reading.schemas]
            whole = [schema for schema in schemas if schema.layout in _FORMS] or schemas[:1]
            alone += [(_with_part(reading, schema.name), schema) for schema in whole]
    datasets = [_join(data, table, own) for (data, table), own in zip(tables, chosen, strict=True)]
    datasets += [
        Dataset(schema.name, schema=schema, sources=(r.source,), lint=r.lint) for r, schema in alone
    ]
    return tuple(datasets)


def _best(given: Reading, table: Table) -> tuple[str, Schema, int]:
    """The part of a reading that names the most columns of a table, and how many."""
    scored = [(part, schema, _shared(schema, table)) for part, schema in given.schemas]
    return max(scored, key=lambda s: (s[2], -len(s[1].columns)))


def _shared(schema: Schema, table: Table) -> int:
    """How many columns of a table a schema names."""
    headers = {fold(column.header) for column in table} - {""}
    return len(headers & {name for column in schema.columns for name in _names(column)})


def _names(column: DeclaredColumn) -> frozenset[str]:
    return column.other_names | {fold(column.name)}


def _with_part(given: Reading, part: str) -> Reading:
    """The part that was taken, and those that could be taken instead, are said in the source."""
    parts = tuple(name for name, _ in given.schemas)
    if len(parts) < 2:
        return given
    note = say("intake.pairing.part_used", count=len(parts), part=part)
    return replace(given, source=given.source.told(note, sheet=part, sheets=parts))


def _join(data: Reading, table: Table, schemas: list[tuple[Reading, Schema]]) -> Dataset:
    """The data with the schema that shares the most columns; other schemas stay as sources."""
    if not schemas:
        return Dataset(data.source.name, table, None, (data.source,), data.lint)
    given, schema = max(schemas, key=lambda one: _shared(one[1], table))
    sources, lint = (data.source, given.source), (*data.lint, *given.lint)
    return Dataset(data.source.name, table, schema, sources, lint)
