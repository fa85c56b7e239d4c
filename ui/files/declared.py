"""What a schema was understood to say: its layout, its items, and what a register states."""

from collections.abc import Callable, Iterable

import streamlit as st

from core import LAYOUTS, DeclaredColumn, Schema, written
from ui.kit.html import paragraph, plain, table, tag, text
from ui.language import _, listed, named, spoken
from ui.state import screen

PER_PAGE = 50
VALUES = 12
"""Allowed values of an item that are shown; the others are counted."""
_FORMS = ("register", "pia")
"""Layouts that state more than items."""
_ALWAYS = ("position", "name")
"""What every item has."""


def draw(schemas: Iterable[Schema]) -> None:
    """Each definition of a file, for the reader to confirm."""
    for number, schema in enumerate(schemas):
        st.subheader(plain(_("ui.declared.definition", name=schema.name)), anchor=False)
        pairs = "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts(schema))
        st.html(tag("dl", pairs, "mk-pairs"))
        _items(schema, f"declared-{screen().files}-{number}")


def facts(schema: Schema) -> list[tuple[str, str]]:
    """What is stated beside the items, as pairs of a label and a text."""
    layout = LAYOUTS.get(schema.layout)
    found = [
        (_("ui.correction.layout"), spoken(layout) if layout else schema.layout),
        (_("ui.declared.number_columns"), f"{len(schema.columns):,}"),
    ]
    if schema.layout not in _FORMS:
        return [*found, (_("ui.declared.description"), schema.purpose)] if schema.purpose else found
    blank = _("ui.declared.stated")
    found += [
        (_("ui.declared.purpose"), schema.purpose or blank),
        (_("ui.declared.scope_records"), schema.record_scope or blank),
        (_("ui.declared.way_collection"), schema.collection or blank),
    ]
    if schema.layout == "register":  # the form of an assessment has no place for it
        found += [
            (_("ui.declared.special_care_information"), _included(schema.special_care)),
            (
                _("ui.declared.special_care_under_ordinance"),
                _included(schema.ordinance_special_care),
            ),
        ]
    return [*found, (_("ui.declared.regular_recipients"), "\n".join(schema.recipients) or blank)]


def _included(said: bool | None) -> str:
    if said is None:
        return _("ui.declared.stated")
    return _("ui.declared.included") if said else _("ui.declared.included_2")


def _items(schema: Schema, key: str) -> None:
    page, pages = 1, -(-len(schema.columns) // PER_PAGE)
    if pages > 1:
        page = st.pagination(pages, key=key)
    shown = schema.columns[(page - 1) * PER_PAGE : page * PER_PAGE]
    heads, rows = items(shown)
    st.html(table(_("ui.declared.defined_columns"), heads, rows))
    if len(heads) == len(_ALWAYS):
        only = _("ui.declared.definition_names_columns_only")
        paragraph(only, "mk-small")


def items(columns: Iterable[DeclaredColumn]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table of items; what no item states is left out."""
    kept = list(columns)
    asked: list[tuple[str, Callable[[DeclaredColumn], str]]] = [
        (_("ui.declared.no"), lambda item: f"{item.position}"),
        (_("ui.declared.column_name"), lambda item: item.name),
        (_("ui.declared.description"), lambda item: item.description),
        (_("ui.declared.type"), _type),
        (_("ui.declared.length"), _length),
        (_("ui.declared.required"), _required),
        (_("ui.declared.allowed_values"), _allowed),
        (_("ui.declared.range"), _range),
        (_("ui.declared.pattern"), lambda item: item.pattern),
        (_("ui.declared.values_stand_blank"), lambda item: named(item.missing)),
    ]
    told = [(head, [read(item) for item in kept]) for head, read in asked]
    told = [(head, cells) for head, cells in told if any(cells)]
    rows = [[cells[n] for _head, cells in told] for n in range(len(kept))]
    return [head for head, _cells in told], rows


def _type(item: DeclaredColumn) -> str:
    if item.type_text and item.format:
        return _("ui.declared.type_and_format", type=item.type_text, format=item.format)
    return item.type_text or item.format


def _length(item: DeclaredColumn) -> str:
    if item.shortest and item.shortest != item.length:
        return _("ui.declared.from_to", a=item.shortest, b=item.length or "")
    return str(item.length or "")


def _required(item: DeclaredColumn) -> str:
    must = [_("ui.declared.required")] if item.required or not item.blank_allowed else []
    return listed([*must, *([_("ui.declared.no_repeats")] if item.unique else [])])


def _allowed(item: DeclaredColumn) -> str:
    labels = item.labels or ("",) * len(item.allowed)
    shown = [
        _("ui.declared.value_and_label", value=value, label=label) if label else value
        for value, label in zip(item.allowed[:VALUES], labels, strict=False)
    ]
    more = len(item.allowed) - VALUES
    said = listed(shown)
    return _("ui.declared.more", values=said, n=more) if more > 0 else said


def _range(item: DeclaredColumn) -> str:
    low, high = item.minimum, item.maximum
    if low is None and high is None:
        return ""
    ends = [
        ""
        if end is None
        else _("ui.declared.excluded", end=written(end))
        if beyond
        else written(end)
        for end, beyond in ((low, item.beyond_minimum), (high, item.beyond_maximum))
    ]
    return _("ui.declared.from_to", a=ends[0], b=ends[1])
