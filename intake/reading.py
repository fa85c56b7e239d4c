"""From uploads to datasets: recognise, read, pair, and report all problems together."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core import Dataset, InputError, Problem, Source
from intake import problems
from intake.delimited import open_text
from intake.documents import LAID, read_document, read_laid
from intake.encoding import decode
from intake.formats import Format, detect, told_apart
from intake.pairing import Parsed, pair
from intake.rows import read_rows
from intake.sheets import read_workbook
from intake.upload import Limits, ReadOptions, Upload

DEFAULT_OPTIONS = ReadOptions()
DEFAULT_LIMITS = Limits()
_BLANKS = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x1a"


def read(
    uploads: Sequence[Upload],
    options: Mapping[str, ReadOptions] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Dataset, ...]:
    """Every upload as a dataset; a schema joins the data it describes.

    `options` holds corrections by file name. Raises InputError with the problems of all files.
    """
    parsed: list[Parsed] = []
    found: list[Problem] = []
    for upload, name in zip(uploads, _distinct([u.name for u in uploads]), strict=True):
        chosen = (options or {}).get(name) or (options or {}).get(upload.name, DEFAULT_OPTIONS)
        try:
            parsed += read_one(Upload(name, upload.content), chosen, limits)
        except InputError as error:
            found += error.problems
    if found:
        raise InputError(found)
    return pair(parsed)


def read_one(upload: Upload, options: ReadOptions, limits: Limits) -> list[Parsed]:
    """One upload. Raises InputError, and nothing else, when it cannot be used."""
    try:
        return _read_part(upload, options, limits)
    except InputError:
        raise
    except Exception as error:
        # Whatever a library says may quote the file: only the kind of error is kept.
        raise problems.unreadable(upload.name, type(error).__name__) from None


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
    name, content = upload.name, upload.content
    if len(content) > limits.file_bytes:
        raise problems.too_large(name, limits.file_bytes)
    if not content[:4096].strip(_BLANKS) and not content.strip(_BLANKS):
        raise problems.empty(name)
    kind = detect(name, content)
    digest = hashlib.sha256(content).hexdigest()
    source = Source(name=name, sha256=digest, kind="data", notes=told_apart(name, kind))
    if kind in (Format.XLSX, Format.XLS, Format.XLSB, Format.ODS):
        return read_workbook(source, content, kind, options, limits)
    if kind in LAID:
        return read_laid(source, content, kind, options, limits)
    if kind is not Format.TEXT:
        return [read_document(source, content, kind, options, limits)]
    text = decode(name, content, options.encoding)
    opened = open_text(name, text, options, limits)
    told = {
        "encoding": text.encoding,
        "delimiter": opened.dialect.delimiter,
        "quote": opened.dialect.quote,
        "notes": (*source.notes, *text.notes),
    }
    return [read_rows(source.model_copy(update=told), opened, options)]


def _distinct(names: Sequence[str]) -> list[str]:
    """Files of the same name get a number, so that each can be named."""
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct
