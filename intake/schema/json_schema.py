"""OpenAPI, JSON Schema and Frictionless Table Schema: property lists by other names."""

from collections.abc import Mapping
from typing import Any

from core import DeclaredColumn, Message, Schema
from intake.schema.csvw import from_csvw
from intake.schema.nodes import (
    Node,
    bound,
    is_scalar,
    list_of,
    node_at,
    scalar,
    text_of,
    truths,
    whole_number,
)
from intake.schema.pattern import linear
from intake.schema.prose import read_prose

_DEPTH = 12
_ISO_TYPES = {
    "date": "date",
    "datetime": "date-time",
    "time": "time",
    "year": "year",
    "yearmonth": "yearmonth",
}
"""Types of Table Schema whose default format is that of ISO 8601."""
_LOOSE = ("groupChar", "decimalChar", "bareNumber")
"""Where a field says how its numbers are dressed, they are read as people write them."""


_FIELD = {"name", "type", "mode", "description", "title", "format", "constraints", "fields"}


def are_fields(document: Any) -> bool:
    """Whether a list defines fields, each with a name and a type and nothing that is data."""
    return (
        isinstance(document, list)
        and bool(document)
        and all(isinstance(f, Mapping) and {"name", "type"} <= f.keys() <= _FIELD for f in document)
    )


def find_schemas(
    name: str, document: Any, limit: int
) -> tuple[list[tuple[str, Schema]], list[Message]]:
    """The schemas of a document, each with the name of its part."""
    if are_fields(document):
        document = {"fields": document}
    if not isinstance(document, Mapping):
        return [], []
    reader = _Reader(document, limit)
    found: list[tuple[str, Schema]] = []
    for part, layout, node in _parts(name, document):
        columns = reader.fields(node) if layout == "table_schema" else reader.columns(node)
        if columns:
            described = text_of(node, "description") or text_of(document.get("info"), "description")
            found.append(
                (part, Schema(name=part, layout=layout, columns=columns, purpose=described))
            )
    return found, reader.notes()


def _parts(name: str, document: Node) -> list[tuple[str, str, Node]]:
    """(part name, layout, node) of everything in a document that lists columns."""
    holders = [
        (node_at(document, "components", "schemas"), "openapi"),
        (node_at(document, "definitions"), "openapi" if "swagger" in document else "json_schema"),
        (node_at(document, "$defs"), "json_schema"),
    ]
    parts: list[tuple[str, str, Node]] = []
    if isinstance(document.get("fields"), list):
        parts.append((text_of(document, "title") or name, "table_schema", document))
    for table in (document, *list_of(document.get("tables"))):  # CSV on the Web
        described = table.get("tableSchema") if isinstance(table, Mapping) else None
        if isinstance(described, Mapping) and isinstance(described.get("columns"), list):
            fields = {"fields": [from_csvw(c) for c in described["columns"]]}
            parts.append((text_of(table, "url") or name, "table_schema", fields))
    for resource in list_of(document.get("resources")):
        inner = resource.get("schema") if isinstance(resource, Mapping) else None
        if isinstance(inner, Mapping) and isinstance(inner.get("fields"), list):
            parts.append((text_of(resource, "name") or name, "table_schema", inner))
    if any(key in document for key in ("properties", "items", "allOf", "$ref")):
        parts.append((text_of(document, "title") or name, "json_schema", document))
    for holder, layout in holders:
        if isinstance(holder, Mapping):
            parts += [(str(k), layout, v) for k, v in holder.items() if isinstance(v, Mapping)]
    return parts


class _Reader:
    """Reads columns, following references inside the document only."""

    def __init__(self, document: Node, limit: int) -> None:
        self._document = document
        self._limit = limit
        self._outside = False
        self._unread: list[str] = []

    def notes(self) -> list[Message]:
        """What was left out."""
        notes = []
        if self._outside:
            notes.append(
                Message(
                    ja="ほかのファイルやウェブを指す参照（$ref）は、読み込まずに飛ばしました。",
                    en="References ($ref) to other files or the web were not followed.",
                )
            )
        if names := list(dict.fromkeys(self._unread)):
            notes.append(
                Message(
                    ja=f"「{'、'.join(names[:5])}」の書き方の決まり（pattern）は、"
                    "この道具では調べられない書き方のため、照らしていません。",
                    en=f"The pattern of {', '.join(names[:5])} is of a kind that cannot be checked "
                    "here, and was left out.",
                )
            )
        return notes

    def columns(self, node: Node) -> tuple[DeclaredColumn, ...]:
        """The properties of an object, of its `allOf` parts, or of an array's items."""
        properties: dict[str, Any] = {}
        required: set[str] = set()
        self._gather(node, properties, required, _DEPTH)
        return tuple(
            self._column(name, position, value, name in required)
            for position, (name, value) in enumerate(properties.items(), 1)
        )

    def fields(self, schema: Node) -> tuple[DeclaredColumn, ...]:
        """The fields of a Table Schema."""
        fields = list_of(schema["fields"])[: self._limit]
        named = [f for f in fields if isinstance(f, Mapping) and text_of(f, "name")]
        missing = tuple(str(v) for v in list_of(schema.get("missingValues")) if is_scalar(v))
        key = schema.get("primaryKey", schema.get("primaryKeys", ()))
        keys = {key} if isinstance(key, str) else set(map(str, list_of(key)))
        columns = []
        for position, field in enumerate(named, 1):
            rules = field.get("constraints")
            rules = rules if isinstance(rules, Mapping) else {}
            name = text_of(field, "name")
            merged = {"unique": keys == {name}, **field, **rules}
            kind = text_of(field, "type")
            if kind in _ISO_TYPES and text_of(field, "format") in ("", "default"):
                merged["format"] = _ISO_TYPES[kind]
            if kind == "boolean":
                merged.setdefault("enum", truths(field))
            required = str(rules.get("required", "")).lower() == "true" or name in keys
            required = required or text_of(field, "mode").upper() == "REQUIRED"
            column = self._column(name, position, merged, required, whole=True)
            told = tuple(str(v) for v in list_of(field.get("missingValues")) if is_scalar(v))
            columns.append(column.model_copy(update={"missing": told or missing}))
        return tuple(columns)

    def _gather(
        self, node: Node, properties: dict[str, Any], required: set[str], depth: int
    ) -> None:
        node = self._resolve(node)
        if depth == 0 or len(properties) >= self._limit:
            return
        for part in (*list_of(node.get("allOf")), *list_of(node.get("oneOf"))[:1]):
            if isinstance(part, Mapping):
                self._gather(part, properties, required, depth - 1)
        items = node.get("items")
        if isinstance(items, Mapping) and "properties" not in node:
            self._gather(items, properties, required, depth - 1)
        own = node.get("properties")
        if isinstance(own, Mapping):
            for key, value in own.items():
                if len(properties) < self._limit:
                    properties[str(key)] = value
        required |= {str(key) for key in list_of(node.get("required"))}

    def _column(
        self, name: str, position: int, value: Any, required: bool, whole: bool = False
    ) -> DeclaredColumn:
        node = self._resolve(value) if isinstance(value, Mapping) else {}
        title, described = text_of(node, "title"), text_of(node, "description")
        said = read_prose(described)
        enum = tuple(dict.fromkeys(scalar(v) for v in list_of(node.get("enum")) if is_scalar(v)))
        low, above = bound(node, "minimum", "exclusiveMinimum")
        high, below = bound(node, "maximum", "exclusiveMaximum")
        kinds = [scalar(v) for v in list_of(node.get("type"))] or [text_of(node, "type")]
        nullable = "null" in kinds or text_of(node, "nullable").lower() == "true"
        return DeclaredColumn(
            name=name,
            position=position,
            description=" ".join(t for t in (title, described) if t),
            type_text=next((k for k in kinds if k and k != "null"), ""),
            format=text_of(node, "format"),
            pattern=self._pattern(name, text_of(node, "pattern"), whole),
            exact=not any(key in node for key in _LOOSE),
            length=whole_number(node.get("maxLength")) or said.length,
            shortest=whole_number(node.get("minLength")),
            required=required,
            unique=node.get("unique") is True,
            allowed=enum or said.allowed,
            exact_values=bool(enum),
            labels=() if enum else said.labels,
            minimum=low,
            maximum=high,
            beyond_minimum=above,
            beyond_maximum=below,
            blank_allowed=nullable or (not required if said.blank is None else said.blank),
        )

    def _pattern(self, name: str, pattern: str, whole: bool) -> str:
        read = linear(pattern, whole=whole) if pattern else ""
        if read is None:
            self._unread.append(name)
        return read or ""

    def _resolve(self, node: Node) -> Node:
        """The node a `$ref` points to, if it is in this document."""
        for _ in range(_DEPTH):
            ref = node.get("$ref")
            if not isinstance(ref, str):
                return node
            if not ref.startswith("#/"):
                self._outside = True
                return {}
            keys = [k.replace("~1", "/").replace("~0", "~") for k in ref[2:].split("/")]
            target = node_at(self._document, *keys)
            if not isinstance(target, Mapping):
                return {}
            node = target
        return {}
