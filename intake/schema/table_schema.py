"""Frictionless Table Schema and CSV on the Web: fields of tables, in YAML or JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from core import DeclaredColumn, Message, Schema
from intake.schema.json_schema import (
    Node,
    PropertyReader,
    list_of,
    purpose_of,
    scalar,
    text_of,
    texts_of,
)
from intake.schema.kinds import TreeKind

_ISO_TYPES = {
    "date": "date",
    "datetime": "date-time",
    "time": "time",
    "year": "year",
    "yearmonth": "yearmonth",
}
"""Types of Table Schema whose default format is that of ISO 8601."""
_CSVW_FACETS = {
    **{name: name for name in ("minLength", "maxLength", "minimum", "maximum")},
    "minInclusive": "minimum",
    "maxInclusive": "maximum",
    "length": "maxLength",
    "minExclusive": "exclusiveMinimum",
    "maxExclusive": "exclusiveMaximum",
}
_FIELD = {"name", "type", "mode", "description", "title", "format", "constraints", "fields"}


def are_fields(document: Any) -> bool:
    """Whether a list defines fields, each with a name and a type and nothing that is data."""
    return (
        isinstance(document, list)
        and bool(document)
        and all(isinstance(f, Mapping) and {"name", "type"} <= f.keys() <= _FIELD for f in document)
    )


def _find(name: str, document: Any, limit: int) -> tuple[list[tuple[str, Schema]], list[Message]]:
    """The schemas of a document, each with the name of its part, and notes."""
    if are_fields(document):
        document = {"fields": document}
    if not isinstance(document, Mapping):
        return [], []
    reader = PropertyReader(document, limit)
    found = []
    for part, node in _parts(name, document):
        if columns := tuple(_columns(reader, node, limit)):
            purpose = purpose_of(node, document)
            schema = Schema(name=part, layout="table_schema", columns=columns, purpose=purpose)
            found.append((part, schema))
    return found, reader.notes()


def _parts(name: str, document: Node) -> Iterator[tuple[str, Node]]:
    """The name and the node of everything in a document that lists fields."""
    if isinstance(document.get("fields"), list):
        yield text_of(document, "title") or name, document
    for table in (document, *list_of(document.get("tables"))):  # CSV on the Web
        described = table.get("tableSchema") if isinstance(table, Mapping) else None
        if isinstance(described, Mapping) and isinstance(described.get("columns"), list):
            fields = {"fields": [_from_csvw(column) for column in described["columns"]]}
            yield text_of(table, "url") or name, fields
    for resource in list_of(document.get("resources")):
        inner = resource.get("schema") if isinstance(resource, Mapping) else None
        if isinstance(inner, Mapping) and isinstance(inner.get("fields"), list):
            yield text_of(resource, "name") or name, inner


def _columns(reader: PropertyReader, schema: Node, limit: int) -> Iterator[DeclaredColumn]:
    """The fields of a Table Schema."""
    fields = list_of(schema["fields"])[:limit]
    named = [f for f in fields if isinstance(f, Mapping) and text_of(f, "name")]
    missing = texts_of(schema.get("missingValues"))
    key = schema.get("primaryKey", schema.get("primaryKeys", ()))
    keys = {key} if isinstance(key, str) else set(map(str, list_of(key)))
    for position, field in enumerate(named, 1):
        rules = field.get("constraints")
        rules = rules if isinstance(rules, Mapping) else {}
        name, kind = text_of(field, "name"), text_of(field, "type")
        merged = {"unique": keys == {name}, **field, **rules}
        if kind in _ISO_TYPES and text_of(field, "format") in ("", "default"):
            merged["format"] = _ISO_TYPES[kind]
        if kind == "boolean":
            truths = [*list_of(field.get("trueValues")), *list_of(field.get("falseValues"))]
            merged.setdefault("enum", truths)
        required = text_of(rules, "required").lower() == "true" or name in keys
        required = required or text_of(field, "mode").upper() == "REQUIRED"
        column = reader.column(name, position, merged, required, whole=True)
        told = texts_of(field.get("missingValues")) or missing
        yield column.model_copy(update={"missing": tuple(told)})


def _from_csvw(column: Any) -> Any:
    """A column of CSV on the Web as a field: its title is what the header says."""
    if not isinstance(column, Mapping):
        return column
    titles = column.get("titles", "")
    if isinstance(titles, Mapping):
        titles = next(iter(titles.values()), "")
    title = str(titles[0]) if isinstance(titles, list) and titles else scalar(titles)
    typed = column.get("datatype")
    facets = typed if isinstance(typed, Mapping) else {}
    told = {ours: facets[name] for name, ours in _CSVW_FACETS.items() if name in facets}
    if "length" in facets:
        told["minLength"] = facets["length"]
    form = text_of(facets, "format")
    if form and text_of(facets, "base") in ("string", "anyURI", ""):
        told["pattern"] = form  # of a string it is a regular expression
    return {
        "name": title or text_of(column, "name"),
        "type": text_of(facets, "base") or scalar(typed),
        "description": text_of(column, "dc:description"),
        "constraints": {"required": column.get("required", ""), **told},
    }


KIND = TreeKind(1, _find)
