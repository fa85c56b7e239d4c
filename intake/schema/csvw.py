"""Columns of CSV on the Web, in the words of Table Schema."""

from collections.abc import Mapping
from typing import Any

from intake.schema.nodes import Node, scalar, text_of

_CSVW_FACETS = {
    **{name: name for name in ("minLength", "maxLength", "minimum", "maximum")},
    "minInclusive": "minimum",
    "maxInclusive": "maximum",
    "length": "maxLength",
    "minExclusive": "exclusiveMinimum",
    "maxExclusive": "exclusiveMaximum",
}


def from_csvw(column: Any) -> Any:
    """A column of CSV on the Web as a field: its title is what the header says."""
    if not isinstance(column, Mapping):
        return column
    titles = column.get("titles", "")
    if isinstance(titles, Mapping):
        titles = next(iter(titles.values()), "")
    title = str(titles[0]) if isinstance(titles, list) and titles else scalar(titles)
    typed = column.get("datatype")
    base = text_of(typed, "base") if isinstance(typed, Mapping) else scalar(typed)
    facets = typed if isinstance(typed, Mapping) else {}
    return {
        "name": title or text_of(column, "name"),
        "type": base,
        "description": text_of(column, "dc:description"),
        "constraints": {"required": column.get("required", ""), **_facets(facets)},
    }


def _facets(typed: Node) -> dict[str, Any]:
    """What CSV on the Web says of a datatype, in the words of Table Schema."""
    told = {ours: typed[name] for name, ours in _CSVW_FACETS.items() if name in typed}
    if "length" in typed:
        told["minLength"] = typed["length"]
    form = text_of(typed, "format")
    if form and text_of(typed, "base") in ("string", "anyURI", ""):
        told["pattern"] = form  # of a string it is a regular expression
    return told
