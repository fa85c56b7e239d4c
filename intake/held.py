"""Records that a JSON document holds further inside (an answer of a web service, GeoJSON)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_SCHEMA = {"properties", "fields", "components", "definitions", "$defs", "$ref", "resources"}
_SCHEMA |= {"openapi", "swagger", "$schema", "tableSchema"}
_FIELD = {"name", "type", "mode", "description", "title", "format", "constraints", "fields"}
_DEPTH = 3


def looks_like_schema(document: Any) -> bool:
    """Whether a document has the words of a schema at its top."""
    return isinstance(document, Mapping) and bool(_SCHEMA & document.keys())


def are_fields(document: Any) -> bool:
    """Whether a list defines fields, each with a name and a type and nothing that is data."""
    return (
        isinstance(document, list)
        and bool(document)
        and all(isinstance(f, Mapping) and {"name", "type"} <= f.keys() <= _FIELD for f in document)
    )


def held_records(text: str) -> tuple[str, list[Any]] | None:
    """The longest list of objects in a JSON object, and its key; None where there is none.

    >>> held_records('{"total": 2, "result": {"records": [{"id": 1}, {"id": 2}]}}')
    ('records', [{'id': '1'}, {'id': '2'}])
    >>> held_records('{"fields": [{"name": "id"}]}') is None
    True
    """
    try:
        document = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, Mapping) or looks_like_schema(document):
        return None
    lists = list(_lists(document, _DEPTH))
    if not lists:
        return None
    key, records = max(lists, key=lambda held: len(held[1]))
    return key, [_feature(record) for record in records] if key == "features" else records


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
