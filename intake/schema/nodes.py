"""Values of a parsed document: what is asked for, or nothing of its kind."""

from collections.abc import Mapping
from datetime import date
from typing import Any

Node = Mapping[str, Any]


def node_at(node: Any, *keys: str) -> Any:
    """What stands at the end of a path of keys, else None."""
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def list_of(value: Any) -> list[Any]:
    """A list, empty where it is none."""
    return value if isinstance(value, list) else []


def is_scalar(value: Any) -> bool:
    """Whether a value is a text or a number that says something."""
    return isinstance(value, str | int | float) and value != ""


def scalar(value: Any) -> str:
    """A text or number as text, true and false as JSON writes them, else nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if is_scalar(value) else ""


def text_of(node: Any, key: str) -> str:
    """The text under a key."""
    return scalar(node.get(key)) if isinstance(node, Mapping) else ""


def truths(field: Node) -> list[Any]:
    """The words of a field for yes and no; none where it is silent."""
    return [*list_of(field.get("trueValues")), *list_of(field.get("falseValues"))]


def bound(node: Node, name: str, strict: str) -> tuple[float | date | None, bool]:
    """An end of a range, and whether the end itself is outside."""
    given = node.get(strict)
    if given is True or given is None or given is False:
        return _end(node.get(name)), given is True
    return _end(given), True


def whole_number(value: Any) -> int | None:
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
