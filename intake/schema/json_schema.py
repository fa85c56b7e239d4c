"""OpenAPI, JSON Schema and Frictionless Table Schema: property lists by other names."""

from collections.abc import Mapping
from typing import Any

from core import DeclaredColumn, Message, Schema
from intake.held import are_fields
from intake.schema.prose import read_prose

_DEPTH = 12
Node = Mapping[str, Any]


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
        columns = (
            reader.fields(node["fields"]) if layout == "table_schema" else reader.columns(node)
        )
        if columns:
            described = _text(node, "description") or _text(document.get("info"), "description")
            found.append(
                (part, Schema(name=part, layout=layout, columns=columns, purpose=described))
            )
    return found, reader.notes()


def _parts(name: str, document: Node) -> list[tuple[str, str, Node]]:
    """(part name, layout, node) of everything in a document that lists columns."""
    holders = [
        (_at(document, "components", "schemas"), "openapi"),
        (_at(document, "definitions"), "openapi" if "swagger" in document else "json_schema"),
        (_at(document, "$defs"), "json_schema"),
    ]
    parts: list[tuple[str, str, Node]] = []
    if isinstance(document.get("fields"), list):
        parts.append((_text(document, "title") or name, "table_schema", document))
    for table in (document, *_list(document.get("tables"))):  # CSV on the Web
        described = table.get("tableSchema") if isinstance(table, Mapping) else None
        if isinstance(described, Mapping) and isinstance(described.get("columns"), list):
            fields = {"fields": [_from_csvw(c) for c in described["columns"]]}
            parts.append((_text(table, "url") or name, "table_schema", fields))
    for resource in _list(document.get("resources")):
        inner = resource.get("schema") if isinstance(resource, Mapping) else None
        if isinstance(inner, Mapping) and isinstance(inner.get("fields"), list):
            parts.append((_text(resource, "name") or name, "table_schema", inner))
    if any(key in document for key in ("properties", "items", "allOf", "$ref")):
        parts.append((_text(document, "title") or name, "json_schema", document))
    for holder, layout in holders:
        if isinstance(holder, Mapping):
            parts += [(str(k), layout, v) for k, v in holder.items() if isinstance(v, Mapping)]
    return parts


def _from_csvw(column: Any) -> Any:
    """A column of CSV on the Web as a field: its title is what the header says."""
    if not isinstance(column, Mapping):
        return column
    titles = column.get("titles", "")
    if isinstance(titles, Mapping):
        titles = next(iter(titles.values()), "")
    title = str(titles[0]) if isinstance(titles, list) and titles else _scalar(titles)
    typed = column.get("datatype")
    base = _text(typed, "base") if isinstance(typed, Mapping) else _scalar(typed)
    return {
        "name": title or _text(column, "name"),
        "type": base,
        "description": _text(column, "dc:description"),
        "constraints": {"required": column.get("required", "")},
    }


class _Reader:
    """Reads columns, following references inside the document only."""

    def __init__(self, document: Node, limit: int) -> None:
        self._document = document
        self._limit = limit
        self._outside = False

    def notes(self) -> list[Message]:
        """What was left out."""
        if not self._outside:
            return []
        return [
            Message(
                ja="ほかのファイルやウェブを指す参照（$ref）は、読み込まずに飛ばしました。",
                en="References ($ref) to other files or the web were not followed.",
            )
        ]

    def columns(self, node: Node) -> tuple[DeclaredColumn, ...]:
        """The properties of an object, of its `allOf` parts, or of an array's items."""
        properties: dict[str, Any] = {}
        required: set[str] = set()
        self._gather(node, properties, required, _DEPTH)
        return tuple(
            self._column(name, position, value, name in required)
            for position, (name, value) in enumerate(properties.items(), 1)
        )

    def fields(self, fields: list[Any]) -> tuple[DeclaredColumn, ...]:
        """The fields of a Table Schema."""
        named = [f for f in fields[: self._limit] if isinstance(f, Mapping) and _text(f, "name")]
        columns = []
        for position, field in enumerate(named, 1):
            rules = field.get("constraints")
            rules = rules if isinstance(rules, Mapping) else {}
            merged = {**field, **rules}
            required = str(rules.get("required", "")).lower() == "true"
            required = required or _text(field, "mode").upper() == "REQUIRED"
            columns.append(self._column(_text(field, "name"), position, merged, required))
        return tuple(columns)

    def _gather(
        self, node: Node, properties: dict[str, Any], required: set[str], depth: int
    ) -> None:
        node = self._resolve(node)
        if depth == 0 or len(properties) >= self._limit:
            return
        for part in (*_list(node.get("allOf")), *_list(node.get("oneOf"))[:1]):
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
        required |= {str(key) for key in _list(node.get("required"))}

    def _column(self, name: str, position: int, value: Any, required: bool) -> DeclaredColumn:
        node = self._resolve(value) if isinstance(value, Mapping) else {}
        title, described = _text(node, "title"), _text(node, "description")
        said = read_prose(described)
        enum = tuple(dict.fromkeys(str(v) for v in _list(node.get("enum")) if _is_scalar(v)))
        kinds = [_scalar(v) for v in _list(node.get("type"))] or [_text(node, "type")]
        nullable = "null" in kinds or _text(node, "nullable").lower() == "true"
        return DeclaredColumn(
            name=name,
            position=position,
            description=" ".join(t for t in (title, described) if t),
            type_text=next((k for k in kinds if k and k != "null"), ""),
            format=_text(node, "format"),
            length=_whole(node.get("maxLength")) or said.length,
            required=required,
            allowed=enum or said.allowed,
            labels=() if enum else said.labels,
            minimum=_number(node.get("minimum")),
            maximum=_number(node.get("maximum")),
            blank_allowed=nullable or (not required if said.blank is None else said.blank),
        )

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
            target = _at(self._document, *keys)
            if not isinstance(target, Mapping):
                return {}
            node = target
        return {}


def _at(node: Any, *keys: str) -> Any:
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float) and value != ""


def _scalar(value: Any) -> str:
    return str(value) if _is_scalar(value) else ""


def _text(node: Any, key: str) -> str:
    return _scalar(node.get(key)) if isinstance(node, Mapping) else ""


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 < number < 1e9 else None
