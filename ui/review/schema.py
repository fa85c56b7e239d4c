"""Where the schema and the data disagree, and what was noticed while reading."""

import streamlit as st

from core import Review, SchemaCheck, SchemaCheckKind, check_label
from ui.html import items, paragraph, table, text
from ui.language import _, first_rows, say


def draw(review: Review) -> None:
    """Disagreements by kind, and notes of reading."""
    st.header(_("台帳と実データ"), anchor=False)
    kinds = {source.kind for source in review.inputs}
    if "schema" not in kinds or len(kinds) < 2:
        paragraph(_("定義書と実データを一緒に渡すと、両者の食い違いをここに示します。"))
    elif not review.schema_check:
        paragraph(_("定義書と実データは一致しています。"))
    for name, checks in sorts(review).items():
        st.subheader(name, anchor=False)
        st.html(_table(name, checks))
    notes = [(s.name, note) for s in review.inputs for note in s.notes]
    if notes:
        st.subheader(_("読み取りの記録"), anchor=False)
        st.html(items(text(f"{name}：{say(note)}") for name, note in notes))


def sorts(review: Review) -> dict[str, list[SchemaCheck]]:
    """The disagreements by what they are called, in the order of their kinds."""
    found: dict[str, list[SchemaCheck]] = {}
    for kind in SchemaCheckKind:
        for check in review.schema_check:
            if check.kind is kind:
                found.setdefault(say(check_label(check)), []).append(check)
    return found


def _table(name: str, checks: list[SchemaCheck]) -> str:
    return table(
        name,
        [_("定義書"), _("実データ"), _("内容"), _("行")],
        [
            (
                check.declared or "—",
                check.column or "—",
                say(check.message),
                first_rows(check.at, check.rows),
            )
            for check in checks
        ],
    )
