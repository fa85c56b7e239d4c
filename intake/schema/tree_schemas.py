"""Schemas as trees in YAML or JSON: JSON Schema, OpenAPI, Table Schema and CSV on the Web."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from core import DeclaredColumn, Message, Schema, listed, say
from intake.schema import TreeKind
from intake.schema.definition_words import read_prose

Node = Mapping[str, Any]
"""A part of a parsed document; every scalar but true, false and null is a text."""

_DEPTH = 12
"""How far parts and references are followed."""
_LOOSE = ("groupChar", "decimalChar", "bareNumber")
"""Where a field says how its numbers are dressed, they are read as people write them."""
_LONGEST_PATTERN = 1_000
"""Characters of a pattern; compiled, a longer one may take much memory."""
_CODE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?")
_SCRIPT = re.compile(r"\\([pP])\{(?:Script|sc|Script_Extensions|scx)=(\w+)\}")
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")


def _find_objects(
    name: str, document: Any, limit: int
) -> tuple[list[tuple[str, Schema]], list[Message]]:
    """The schemas of a document, each with the name of its part, and notes."""
    if not isinstance(document, Mapping):
        return [], []
    parts: list[tuple[str, str, Node]] = []
    if any(key in document for key in ("properties", "items", "allOf", "$ref")):
        parts.append((text_of(document, "title") or name, "json_schema", document))
    for holder, layout in (
        (node_at(document, "components", "schemas"), "openapi"),
        (node_at(document, "definitions"), "openapi" if "swagger" in document else "json_schema"),
        (node_at(document, "$defs"), "json_schema"),
    ):
        if isinstance(holder, Mapping):
            parts += [(str(k), layout, v) for k, v in holder.items() if isinstance(v, Mapping)]
    reader = PropertyReader(document, limit)
    found = [
        (
            part,
            Schema(name=part, layout=layout, columns=columns, purpose=purpose_of(node, document)),
        )
        for part, layout, node in parts
        if (columns := reader.columns(node))
    ]
    return found, reader.notes()


class PropertyReader:
    """Reads columns, following references inside the document only."""

    def __init__(self, document: Node, limit: int) -> None:
        self._document = document
        self._limit = limit
        self._outside = False
        self._unread: list[str] = []

    def notes(self) -> list[Message]:
        """What was left out."""
        unread = list(dict.fromkeys(self._unread))[:5]
        outside = [say("schema.json_schema.outside_references")] if self._outside else []
        named = [say("schema.json_schema.unread_patterns", names=listed(unread))] if unread else []
        return [*outside, *named]

    def columns(self, node: Node) -> tuple[DeclaredColumn, ...]:
        """The properties of an object, of its `allOf` parts, or of an array's items."""
        properties: dict[str, Any] = {}
        required: set[str] = set()
        self._gather(node, properties, required, _DEPTH)
        return tuple(
            self.column(name, position, value, name in required)
            for position, (name, value) in enumerate(properties.items(), 1)
        )

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

    def column(
        self, name: str, position: int, value: Any, required: bool, whole: bool = False
    ) -> DeclaredColumn:
        """One property as a column; with `whole` its pattern must fit all of a value."""
        node = self._resolve(value) if isinstance(value, Mapping) else {}
        title, described = text_of(node, "title"), text_of(node, "description")
        said = read_prose(described)
        enum = tuple(dict.fromkeys(texts_of(node.get("enum"))))
        low, above = _bound(node, "minimum", "exclusiveMinimum")
        high, below = _bound(node, "maximum", "exclusiveMaximum")
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
            length=_whole_number(node.get("maxLength")) or said.length,
            shortest=_whole_number(node.get("minLength")),
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
        read = _linear(pattern, whole=whole) if pattern else ""
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


def _linear(pattern: str, *, whole: bool) -> str | None:
    """A pattern in the words of RE2, whose time is linear in the text.

    None where RE2 has no such thing, as with looking ahead.

    Args:
        pattern: as ECMAScript or XML Schema writes it.
        whole: whether it must fit all of a value, and not some part of it.

    >>> _linear("^[\\\\u30A0-\\\\u30FF]+$", whole=False), _linear("[0-9]{7}", whole=True)
    ('^[\\\\x{30A0}-\\\\x{30FF}]+$', '^(?:[0-9]{7})$')
    >>> _linear("(?=a)b", whole=False) is None
    True
    """
    if len(pattern) > _LONGEST_PATTERN:
        return None
    read = _CODE.sub(r"\\x{\1}", pattern)
    read = _NAMED.sub("(?P<", _SCRIPT.sub(r"\\\1{\2}", read))
    read = f"^(?:{read})$" if whole else read
    try:
        pc.match_substring_regex(pa.array([""]), read)
    except pa.ArrowInvalid:
        return None
    return read


def node_at(node: Any, *keys: str) -> Any:
    """What stands at the end of a path of keys, else None."""
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def list_of(value: Any) -> list[Any]:
    """A list, empty where it is none."""
    return value if isinstance(value, list) else []


def texts_of(value: Any) -> list[str]:
    """The texts of a list that say something, numbers and truths among them."""
    return [text for one in list_of(value) if (text := scalar(one))]


def scalar(value: Any) -> str:
    """A text or number as text, true and false as JSON writes them, else nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def text_of(node: Any, *keys: str) -> str:
    """The text at the end of a path of keys."""
    return scalar(node_at(node, *keys))


def purpose_of(node: Node, document: Node) -> str:
    """What a part of a document, or all of it, is said to be for."""
    return text_of(node, "description") or text_of(document, "info", "description")


def _bound(node: Node, name: str, strict: str) -> tuple[float | date | None, bool]:
    """An end of a range, and whether the end itself is outside."""
    given = node.get(strict)
    if given is None or isinstance(given, bool):
        return _end(node.get(name)), given is True
    return _end(given), True


def _whole_number(value: Any) -> int | None:
    """A positive whole number."""
    end = _end(value)
    return int(end) if isinstance(end, float) and 0 < end < 1e9 else None


def _end(value: Any) -> float | date | None:
    try:
        return value if isinstance(value, date) else float(value)
    except (TypeError, ValueError):
        pass
    try:
        return date.fromisoformat(scalar(value)[:10])
    except ValueError:
        return None


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


def _find_tables(
    name: str, document: Any, limit: int
) -> tuple[list[tuple[str, Schema]], list[Message]]:
    """The schemas of a document, each with the name of its part, and notes."""
    if are_fields(document):
        document = {"fields": document}
    if not isinstance(document, Mapping):
        return [], []
    reader = PropertyReader(document, limit)
    found = []
    for part, node in _table_parts(name, document):
        if columns := tuple(_field_columns(reader, node, limit)):
            purpose = purpose_of(node, document)
            schema = Schema(name=part, layout="table_schema", columns=columns, purpose=purpose)
            found.append((part, schema))
    return found, reader.notes()


def _table_parts(name: str, document: Node) -> Iterator[tuple[str, Node]]:
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


def _field_columns(reader: PropertyReader, schema: Node, limit: int) -> Iterator[DeclaredColumn]:
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


KINDS = (TreeKind(1, _find_tables), TreeKind(2, _find_objects))
