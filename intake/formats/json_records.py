"""JSON: Lines, an array of objects, or a list of objects further inside. Values become text.

A document without records defines columns, or nothing.
"""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from core import InputError, Source, Table, say
from intake.formats.definitions import preview_definition, read_definition
from intake.formats.registry import Format, Rank
from intake.pairing import Parsed, told
from intake.schema import are_fields
from intake.table.grid import ColumnBuilder
from intake.table.lint import lint
from intake.upload import Limits, ReadOptions, Upload
from language import Text, decode

_LINES = {"jsonl", "ndjson"}
_SCHEMA = {"properties", "fields", "components", "definitions", "$defs", "$ref", "resources"}
_SCHEMA |= {"openapi", "swagger", "$schema", "tableSchema"}
"""What stands at the top of a definition and not of data."""
_DEPTH = 3
"""Web services and GeoJSON hold their records no deeper."""
_SHOWN = 40
"""Characters of a key that are shown."""


def _read(source: Source, content: bytes, options: ReadOptions, limits: Limits) -> list[Parsed]:
    if options.kind != "schema":
        ending = Upload(source.name, b"").ending
        found = _load(decode(content, options.encoding), options, ending in _LINES, limits)
        if found is not None:
            text, table = found
            facts = {"rows": table.rows, "encoding": text.encoding}
            return [Parsed(told(source, *text.notes, **facts), table, lint=lint(table))]
    return read_definition(source, content, "json", options, limits)


def _load(
    text: Text, options: ReadOptions, named_lines: bool, limits: Limits
) -> tuple[Text, Table] | None:
    """The text with notes, and the table; None when the JSON is a document without records."""
    body = str(text).strip()
    if body.startswith("["):
        parsed = _parse(body)
        if options.kind != "data" and are_fields(parsed):
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
    if options.kind != "data":
        alone = not rest.strip() and not named_lines
        if alone or _looks_like_schema(_parse(first)):
            return None
    lines = (line for line in io.StringIO(body) if line.strip())
    return text, _table((_parse(line) for line in lines), limits)


def held_records(text: str) -> tuple[str, list[Any]] | None:
    """The longest list of objects in a JSON object, and its key; None where there is none.

    >>> held_records('{"total": 2, "result": {"records": [{"id": 1}, {"id": 2}]}}')
    ('records', [{'id': '1'}, {'id': '2'}])
    >>> held_records('{"fields": [{"name": "id"}]}') is None
    True
    """
    try:
        document = _parse(text)
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


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise InputError.of("intake.file.damaged") from None


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
    Format(
        "json",
        Rank.FIRST_CHARACTER,
        lambda upload: upload.head.lstrip()[:1] in (b"{", b"["),
        _read,
        preview_definition,
        endings=("json", "jsonl", "ndjson"),
    ),
)
