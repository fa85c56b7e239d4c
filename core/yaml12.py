"""YAML 1.2 read fast and safely: libyaml's events, the core schema, nothing else.

PyYAML by itself reads YAML 1.1, where the key `No` is false and `010` is eight, and its compiled
composer overflows the stack on deep nesting. So only its compiled scanner and parser are used here;
values are built from the events without recursion, and no tag can name a type.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml  # type: ignore[import-untyped]
from yaml import YAMLError

__all__ = ["DEEPEST", "YAMLError", "dump", "load", "load_texts", "plain_value"]

DEEPEST = 100
"""How far collections may be nested."""

_STANDARD = "tag:yaml.org,2002:"
_NULL = re.compile(r"|~|null|Null|NULL")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)")
_NAN = re.compile(r"\.(nan|NaN|NAN)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAYBE = frozenset("~ntfNTF.+-0123456789")
"""What a plain scalar that is no text begins with."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Read = Callable[[str], Any]


def load(text: str) -> Any:
    """A document by the core schema of YAML 1.2, with dates (2024-04-01) as dates.

    Raises YAMLError for what is not one well-formed document, for repeated keys, for tags beyond
    the standard ones and for nesting deeper than 100.

    >>> load("No: 010\\nyes: no\\nsince: 2024-04-01")
    {'No': 10, 'yes': 'no', 'since': datetime.date(2024, 4, 1)}
    """
    return _build(text, plain_value, strict=True)


def load_texts(text: str) -> Any:
    """A document with every scalar as text, whatever it looks like; tags are passed over.

    >>> load_texts("No: 010\\nvalues: [yes, 1.10, null]")
    {'No': '010', 'values': ['yes', '1.10', 'null']}
    """
    return _build(text, str, strict=False)


def dump(value: Any) -> str:
    """Plain values as block YAML that `load` gives back, in the order given.

    >>> print(dump({"区": ["北", "No", "010", 10, None]}), end="")
    区:
    - 北
    - 'No'
    - '010'
    - 10
    - null
    >>> load(dump({"0o17": "1e3"}))
    {'0o17': '1e3'}
    """
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return text


def plain_value(text: str) -> Any:
    """What an unquoted scalar stands for.

    >>> plain_value("true"), plain_value("0x1F"), plain_value("1e3"), plain_value("1:30")
    (True, 31, 1000.0, '1:30')
    """
    if text and text[0] not in _MAYBE:
        return text
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text[0] in "tT"
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf"))
    if _NAN.fullmatch(text):
        return float("nan")
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text


@dataclass
class _Open:
    """A collection that is being filled."""

    value: Any
    anchor: str | None
    key: Any = None
    waits: bool = False
    """Whether a key stands without its value."""
    merged: list[Any] = field(default_factory=list)


def _build(text: str, read: _Read, *, strict: bool) -> Any:
    builder = _Builder(read, strict=strict)
    documents = 0
    for event in _events(text):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _error("a single document was expected", event)
        builder.take(event)
    return builder.root


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_PARSER)
    except (ValueError, UnicodeError) as error:  # lone surrogates, escapes beyond Unicode
        raise YAMLError(type(error).__name__) from None


class _Builder:
    def __init__(self, read: _Read, *, strict: bool) -> None:
        self._read = read
        self._strict = strict
        self._stack: list[_Open] = []
        self._anchors: dict[str, Any] = {}
        self.root: Any = None

    def take(self, event: Any) -> None:
        """One event of the stream."""
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
            if event.anchor:
                self._anchors[event.anchor] = value
            self._place(value, event, plain=event.implicit[0])
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise _error("an alias without its anchor", event)
            self._place(self._anchors[event.anchor], event)

    def _scalar(self, event: Any) -> Any:
        if not self._strict:
            return event.value
        if event.tag is None or event.tag == "!":
            return self._read(event.value) if event.implicit[0] else event.value
        kind = event.tag.removeprefix(_STANDARD)
        value = event.value if kind == "str" else self._read(event.value)
        if kind not in _KINDS or not isinstance(value, _KINDS[kind]):
            raise _error("a tag that is not obeyed", event)
        return value

    def _open(self, event: Any) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        allowed = (None, "!", _STANDARD + ("map" if mapping else "seq"))
        if self._strict and event.tag not in allowed:
            raise _error("a tag that is not obeyed", event)
        if len(self._stack) >= DEEPEST:
            raise _error("nested too deeply", event)
        self._stack.append(_Open({} if mapping else [], event.anchor))

    def _close(self, event: Any) -> None:
        done = self._stack.pop()
        if done.anchor:  # not before: a value cannot hold itself
            self._anchors[done.anchor] = done.value
        for more in done.merged:
            for key, value in more.items():
                done.value.setdefault(key, value)
        self._place(done.value, event)

    def _place(self, value: Any, event: Any, *, plain: bool = False) -> None:
        if not self._stack:
            self.root = value
            return
        holder = self._stack[-1]
        if isinstance(holder.value, list):
            holder.value.append(value)
        elif not holder.waits:
            if isinstance(value, dict | list):
                raise _error("a key that is no scalar", event)
            merges = plain and value == "<<"
            if not merges and value in holder.value:
                raise _error("a key that is repeated", event)
            holder.key, holder.waits = (_MERGE if merges else value), True
        else:
            holder.waits = False
            if holder.key is _MERGE:
                holder.merged += _mergeable(value, event)
            else:
                holder.value[holder.key] = value


_MERGE = object()
_KINDS: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "null": type(None),
}


def _mergeable(value: Any, event: Any) -> list[Any]:
    """The mappings that a merge key (<<) takes in; the first one given wins."""
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) for one in found):
        raise _error("a merge of what is no mapping", event)
    return found


def _error(problem: str, event: Any) -> YAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Quotes what either version of YAML would take for something else than text."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: _Dumper, text: str) -> Any:
    style = None if plain_value(text) is text else "'"
    return dumper.represent_scalar(f"{_STANDARD}str", text, style=style)


_Dumper.add_representer(str, _write_text)
