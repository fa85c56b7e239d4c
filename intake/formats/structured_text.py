"""YAML, JSON and SQL: records are data, any other document defines columns, or is nothing.

JSON holds records as lines, as an array of objects, or as a list of objects further inside.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from core import InputError, Source, Table, say
from intake.formats import Format, Rank
from intake.schema import load_json, parse_document
from intake.schema.tree_schemas import are_fields
from intake.table.grid import ColumnBuilder
from intake.table.lint import lint
from intake.upload import File, Limits, Preview, Reading, Upload
from language import ENCODINGS, Text

_OPENAPI = re.compile(rb"^(openapi|swagger|components|\$schema|definitions)\s*:", re.MULTILINE)
_CREATE = re.compile(rb"^\s*create\s+(or\s+replace\s+)?(temp\w*\s+)?table\b", re.I | re.MULTILINE)
_LINES = {"jsonl", "ndjson"}
_SCHEMA = {"properties", "fields", "components", "definitions", "$defs", "$ref", "resources"}
_SCHEMA |= {"openapi", "swagger", "$schema", "tableSchema"}
"""What stands at the top of a definition and not of data."""
_DEPTH = 3
"""Web services and GeoJSON hold their records no deeper."""
_SHOWN = 40
"""Characters of a key that are shown."""


def _declared(
    id: str, endings: tuple[str, ...], bare: tuple[str, ...], hallmark: re.Pattern[bytes]
) -> Format:
    """A language told by its ending, or where the ending says nothing (`bare`), by a hallmark."""

    def recognises(upload: Upload) -> bool:
        ending = upload.ending
        return ending in endings or (ending in bare and bool(hallmark.search(upload.head)))

    def read(source: Source, file: File) -> list[Reading]:
        return _definition(source, file, id)

    return Format(id, Rank.NAMED, recognises, read, _preview, endings)


def _preview(file: File, rows: int) -> Preview:
    """A document has no rows of cells; its encoding can be chosen."""
    return Preview(encodings=ENCODINGS)


def _definition(source: Source, file: File, kind: str) -> list[Reading]:
    """The schemas of a document, or the one that `options.sheet` names."""
    schemas, said = parse_document(file, kind)
    sheet = file.options.sheet
    parts = tuple(name for name, _ in schemas) if len(schemas) > 1 else ()
    schemas = [schema for schema in schemas if sheet in (None, schema[0])]
    if not schemas:
        raise InputError.of("intake.file.no_such_sheet")
    source = source.told(
        *file.text.notes,
        *said,
        kind="schema",
        encoding=file.text.encoding,
        layout=schemas[0][1].layout,
        sheet=sheet,
        sheets=parts,
    )
    return [Reading(source, None, tuple(schemas))]


def _read(source: Source, file: File) -> list[Reading]:
    """JSON: its records as data, else the columns that it defines."""
    if file.options.kind != "schema":
        found = _load(file)
        if found is not None:
            text, table = found
            facts = {"rows": table.rows, "encoding": text.encoding}
            return [Reading(source.told(*text.notes, **facts), table, lint=lint(table))]
    return _definition(source, file, "json")


def _load(file: File) -> tuple[Text, Table] | None:
    """The text with notes, and the table; None when the JSON is a document without records."""
    text, kind, limits = file.text, file.options.kind, file.limits
    body = str(text).strip()
    if body.startswith("["):
        parsed = load_json(body)
        if kind != "data" and are_fields(parsed):
            return None
        if not parsed or not all(isinstance(record, Mapping) for record in parsed):
            raise InputError.of("intake.file.no_table")
        return text, _table(iter(parsed), limits)
    held = held_records(body)
    if held is not None:
        key, records = held
        shown = key if len(key) <= _SHOWN else f"{key[: _SHOWN - 1]}…"
        noted = text.noting(say("intake.json_records.list_inside", key=shown))
        return noted, _table(iter(records), limits)
    first, _, rest = body.partition("\n")
    if not _is_object(first) or (rest.strip() and not _is_object(rest.strip().partition("\n")[0])):
        return None
    if kind != "data":
        alone = not rest.strip() and file.ending not in _LINES
        if alone or _looks_like_schema(load_json(first)):
            return None
    lines = (line for line in io.StringIO(body) if line.strip())
    return text, _table((load_json(line) for line in lines), limits)


def held_records(text: str) -> tuple[str, list[Any]] | None:
    """The longest list of objects in a JSON object, and its key; None where there is none.

    >>> held_records('{"total": 2, "result": {"records": [{"id": 1}, {"id": 2}]}}')
    ('records', [{'id': '1'}, {'id': '2'}])
    >>> held_records('{"fields": [{"name": "id"}]}') is None
    True
    """
    try:
        document = load_json(text)
    except InputError:
        return None
    if not isinstance(document, Mapping) or _looks_like_schema(document):
        return None
    lists = list(_lists(document, _DEPTH))
    if not lists:
        return None
    key, records = max(lists, key=lambda held: len(held[1]))
    return key, [_feature(record) for record in records] if key == "features" else records


def _looks_like_schema(document: Any) -> bool:
    """Whether a document has the words of a schema at its top."""
    return isinstance(document, Mapping) and bool(_SCHEMA & document.keys())


def _lists(node: Mapping[str, Any], depth: int) -> Iterator[tuple[str, list[Any]]]:
    for key, value in node.items():
        if isinstance(value, list) and value and all(isinstance(v, Mapping) for v in value):
            yield str(key), value
        elif isinstance(value, Mapping) and depth > 1:
            yield from _lists(value, depth - 1)


def _feature(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A place of a GeoJSON file: its properties, and where it is."""
    properties = record.get("properties")
    if not isinstance(properties, Mapping):
        return record
    return {**properties, "geometry": record.get("geometry")}


def _table(records: Iterator[Any], limits: Limits) -> Table:
    places: dict[str, int] = {}
    builder = ColumnBuilder(limits)
    for record in records:
        if not isinstance(record, Mapping):
            raise InputError.of("intake.file.damaged")
        row = [""] * len(places)
        for key, value in record.items():
            place = places.setdefault(key, len(places))
            if place == len(row):
                row.append("")
            row[place] = value_text(value)
        builder.add(row)
    if not places:
        raise InputError.of("intake.file.no_table")
    return builder.table(list(places))


def _is_object(line: str) -> bool:
    return line.startswith("{") and line.rstrip().endswith("}")


def value_text(value: Any) -> str:
    """A value of a record as text; "" for one that cannot be written."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):
        return ""


FORMATS = (
    _declared("yaml", ("yaml", "yml"), ("", "txt"), _OPENAPI),
    _declared("sql", ("sql",), ("", "txt", "ddl"), _CREATE),
    Format(
        "json",
        Rank.FIRST_CHARACTER,
        lambda upload: upload.head.lstrip()[:1] in (b"{", b"["),
        _read,
        _preview,
        endings=("json", "jsonl", "ndjson"),
    ),
)
