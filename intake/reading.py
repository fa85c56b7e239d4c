"""From uploads to datasets: recognise, read, pair, and report all problems together."""

import hashlib
from collections.abc import Mapping, Sequence

from core import Dataset, InputError, Message, Problem, Source
from intake import problems
from intake.delimited import open_text
from intake.encoding import decode
from intake.formats import Format, detect
from intake.grid import HEAD_ROWS, RowSource, filled
from intake.header import find_header
from intake.pairing import Parsed, pair
from intake.schema import parse_document
from intake.upload import Limits, ReadOptions, Upload

DEFAULT_OPTIONS = ReadOptions()
DEFAULT_LIMITS = Limits()


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
    for upload in uploads:
        try:
            parsed += read_one(upload, (options or {}).get(upload.name, DEFAULT_OPTIONS), limits)
        except InputError as error:
            found += error.problems
    if found:
        raise InputError(found)
    return pair(parsed)


def read_one(upload: Upload, options: ReadOptions, limits: Limits) -> list[Parsed]:
    """One upload. Raises InputError, and nothing else, when it cannot be used."""
    try:
        return _read(upload, options, limits)
    except InputError:
        raise
    except (Exception, RecursionError) as error:
        # Whatever a library says may quote the file: only the kind of error is kept.
        raise problems.unreadable(upload.name, type(error).__name__) from None


def _read(upload: Upload, options: ReadOptions, limits: Limits) -> list[Parsed]:
    name, content = upload.name, upload.content
    if len(content) > limits.file_bytes:
        raise problems.too_large(name, limits.file_bytes)
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x1a"):
        raise problems.empty(name)
    kind = detect(name, content)
    source = Source(name=name, sha256=hashlib.sha256(content).hexdigest(), kind="data")
    if kind in (Format.YAML, Format.SQL, Format.JSON):
        encoding, schemas, notes = parse_document(name, content, kind, options, limits)
        schemas = [s for s in schemas if options.sheet in (None, s[0])]
        if not schemas:
            raise problems.no_such_sheet(name)
        told = {"kind": "schema", "encoding": encoding, "layout": schemas[0][1].layout}
        return [
            Parsed(source.model_copy(update=told | {"notes": tuple(notes)}), None, tuple(schemas))
        ]
    text = decode(name, content, options.encoding)
    opened = open_text(name, text, options, limits)
    told = {
        "encoding": text.encoding,
        "delimiter": opened.dialect.delimiter,
        "quote": opened.dialect.quote,
    }
    return [_read_rows(source.model_copy(update=told), opened, options)]


def _read_rows(source: Source, opened: RowSource, options: ReadOptions) -> Parsed:
    head = opened.rows(HEAD_ROWS)
    if not any(map(filled, head)):
        raise problems.no_table(source.name)
    header = find_header(head, opened.merged, options.skip_rows, options.header_rows)
    loaded = opened.load(header)
    told = {
        "rows": loaded.table.rows,
        "skip_rows": header.skip,
        "header_rows": header.rows,
        "notes": (*source.notes, *_header_notes(header.skip, header.rows, options), *loaded.notes),
    }
    return Parsed(source.model_copy(update=told), loaded.table, (), loaded.lint)


def _header_notes(skip: int, rows: int, options: ReadOptions) -> list[Message]:
    notes = []
    if skip and options.skip_rows is None:
        notes.append(
            Message(
                ja=f"上の {skip} 行は表題とみなし、{skip + 1} 行目を項目名として読みました。",
                en=f"The first {skip} rows were taken as a title, row {skip + 1} as column names.",
            )
        )
    if rows > 1 and options.header_rows is None:
        notes.append(
            Message(
                ja=f"{rows} 行にわたる項目名を、上から順につないで一つの名前にしました。",
                en=f"Column names over {rows} rows were joined from top to bottom.",
            )
        )
    if rows == 0 and options.header_rows is None:
        notes.append(
            Message(
                ja="先頭の行がデータに見えるため、項目名のない表として読みました。",
                en="The first row looks like data, so the table was read without column names.",
            )
        )
    return notes
