"""From uploads to datasets: recognise, read, pair, and report all problems together."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from core import Dataset, InputError, Problem, Source
from intake.formats import recognise, told_apart
from intake.pairing import Parsed, pair
from intake.upload import Limits, Preview, ReadOptions, Upload, allow_bytes

T = TypeVar("T")
_OPTIONS = ReadOptions()
_LIMITS = Limits()
_BLANKS = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x1a"


def read(
    uploads: Sequence[Upload],
    options: Mapping[str, ReadOptions] | None = None,
    limits: Limits = _LIMITS,
) -> tuple[Dataset, ...]:
    """Every upload as a dataset; a schema joins the data it describes.

    `options` holds corrections by file name. Raises InputError with the problems of all files.
    """
    parsed: list[Parsed] = []
    found: list[Problem] = []
    for given, name in zip(uploads, _distinct([u.name for u in uploads]), strict=True):
        chosen = (options or {}).get(name) or (options or {}).get(given.name, _OPTIONS)
        upload = Upload(name, given.content)
        try:
            parsed += _named_in_errors(name, partial(_read_part, upload, chosen, limits))
        except InputError as error:
            found += error.problems
    if found:
        raise InputError(found)
    return pair(parsed)


def preview(
    upload: Upload,
    options: ReadOptions | None = None,
    rows: int = 20,
    limits: Limits | None = None,
) -> Preview:
    """The first rows of a file, read with the options. Raises InputError as `read` does."""

    def shown() -> Preview:
        allow_bytes(len(upload.content), (limits or _LIMITS).file_bytes)
        found = recognise(upload)
        return found.preview(upload.content, options or _OPTIONS, limits or _LIMITS, rows)

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


def _read_part(upload: Upload, options: ReadOptions, limits: Limits) -> list[Parsed]:
    """The upload, or the definition in it that `options.sheet` names: a sheet may hold several."""
    try:
        parsed = _read(upload, options, limits)
    except InputError as error:
        if options.sheet is None or error.problems[0].code != "no_such_sheet":
            raise
        parsed = _read(upload, options.model_copy(update={"sheet": None}), limits)
        if not _named(parsed, options.sheet):
            raise
    return _named(parsed, options.sheet) or parsed


def _named(parsed: Sequence[Parsed], part: str | None) -> list[Parsed]:
    """The definitions of a name, each with the names that could be chosen instead."""
    found = []
    for given in parsed:
        schemas = tuple(schema for schema in given.schemas if schema[0] == part)
        told = {"sheet": part, "sheets": tuple(name for name, _ in given.schemas)}
        if schemas and len(given.schemas) > 1:
            given = replace(given, source=given.source.model_copy(update=told))
        found += [replace(given, schemas=schemas)] if schemas else []
    return found


def _read(upload: Upload, options: ReadOptions, limits: Limits) -> list[Parsed]:
    content = upload.content
    allow_bytes(len(content), limits.file_bytes)
    if not content[:4096].strip(_BLANKS) and not content.strip(_BLANKS):
        raise InputError.of("intake.file.empty_file")
    found = recognise(upload)
    digest = hashlib.sha256(content).hexdigest()
    notes = told_apart(upload, found)
    source = Source(name=upload.name, sha256=digest, kind="data", notes=notes)
    return found.read(source, content, options, limits)


def _distinct(names: Sequence[str]) -> list[str]:
    """Files of the same name get a number, so that each can be named."""
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct
