"""What a schema was understood to say: its layout, its items, and what a register states."""

from collections.abc import Callable, Iterable

import streamlit as st

from core import LAYOUTS, DeclaredColumn, Schema, written
from ui.html import paragraph, plain, table, tag, text
from ui.language import _, listed, named, say
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
        st.subheader(plain(_("定義「{name}」").format(name=schema.name)), anchor=False)
        pairs = "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts(schema))
        st.html(tag("dl", pairs, "mk-pairs"))
        _items(schema, f"declared-{screen().files}-{number}")


def facts(schema: Schema) -> list[tuple[str, str]]:
    """What is stated beside the items, as pairs of a label and a text."""
    layout = LAYOUTS.get(schema.layout)
    found = [
        (_("定義書の形"), say(layout) if layout else schema.layout),
        (_("項目の数"), f"{len(schema.columns):,}"),
    ]
    if schema.layout not in _FORMS:
        return [*found, (_("説明"), schema.purpose)] if schema.purpose else found
    blank = _("記載なし")
    found += [
        (_("利用目的"), schema.purpose or blank),
        (_("記録範囲"), schema.record_scope or blank),
        (_("収集方法"), schema.collection or blank),
    ]
    if schema.layout == "register":  # the form of an assessment has no place for it
        found += [
            (_("要配慮個人情報"), _included(schema.special_care)),
            (_("条例要配慮個人情報"), _included(schema.ordinance_special_care)),
        ]
    return [*found, (_("経常的提供先"), "\n".join(schema.recipients) or blank)]


def _included(said: bool | None) -> str:
    if said is None:
        return _("記載なし")
    return _("含む") if said else _("含まない")


def _items(schema: Schema, key: str) -> None:
    page, pages = 1, -(-len(schema.columns) // PER_PAGE)
    if pages > 1:
        page = st.pagination(pages, key=key)
    shown = schema.columns[(page - 1) * PER_PAGE : page * PER_PAGE]
    heads, rows = items(shown)
    st.html(table(_("定義された項目"), heads, rows))
    if len(heads) == len(_ALWAYS):
        only = _("項目名だけの定義です。説明、型、長さ、値の一覧などは書かれていません。")
        paragraph(only, "mk-small")


def items(columns: Iterable[DeclaredColumn]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table of items; what no item states is left out."""
    kept = list(columns)
    asked: list[tuple[str, Callable[[DeclaredColumn], str]]] = [
        (_("項番"), lambda item: f"{item.position}"),
        (_("項目名"), lambda item: item.name),
        (_("説明"), lambda item: item.description),
        (_("型"), _type),
        (_("長さ"), _length),
        (_("必須"), _required),
        (_("取り得る値"), _allowed),
        (_("範囲"), _range),
        (_("書き方の決まり"), lambda item: item.pattern),
        (_("空欄とみなす値"), lambda item: named(item.missing)),
    ]
    told = [(head, [read(item) for item in kept]) for head, read in asked]
    told = [(head, cells) for head, cells in told if any(cells)]
    rows = [[cells[n] for _head, cells in told] for n in range(len(kept))]
    return [head for head, _cells in told], rows


def _type(item: DeclaredColumn) -> str:
    if item.type_text and item.format:
        return _("{type}（{format}）").format(type=item.type_text, format=item.format)
    return item.type_text or item.format


def _length(item: DeclaredColumn) -> str:
    if item.shortest and item.shortest != item.length:
        return _("{a}〜{b}").format(a=item.shortest, b=item.length or "")
    return str(item.length or "")


def _required(item: DeclaredColumn) -> str:
    must = [_("必須")] if item.required or not item.blank_allowed else []
    return listed([*must, *([_("重複不可")] if item.unique else [])])


def _allowed(item: DeclaredColumn) -> str:
    labels = item.labels or ("",) * len(item.allowed)
    shown = [
        _("{value}：{label}").format(value=value, label=label) if label else value
        for value, label in zip(item.allowed[:VALUES], labels, strict=False)
    ]
    more = len(item.allowed) - VALUES
    said = listed(shown)
    return _("{values} ほか {n} 種類").format(values=said, n=more) if more > 0 else said


def _range(item: DeclaredColumn) -> str:
    low, high = item.minimum, item.maximum
    if low is None and high is None:
        return ""
    ends = [
        "" if end is None else _("{end}を除く").format(end=written(end)) if beyond else written(end)
        for end, beyond in ((low, item.beyond_minimum), (high, item.beyond_maximum))
    ]
    return _("{a}〜{b}").format(a=ends[0], b=ends[1])
