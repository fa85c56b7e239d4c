"""Where the schema and the data disagree, and what was noticed while reading."""

import streamlit as st

from core import Review, SchemaCheck, SchemaCheckKind, check_label
from ui.kit.html import items, paragraph, table, text
from ui.language import _, first_rows, spoken


def draw(review: Review) -> None:
    """Disagreements by kind, and notes of reading."""
    st.header(_("ui.schema_table.schema_data"), anchor=False)
    kinds = {source.kind for source in review.inputs}
    if "schema" not in kinds or len(kinds) < 2:
        paragraph(_("ui.schema_table.give_schema_data_together"))
    elif not review.schema_check:
        paragraph(_("ui.schema_table.schema_data_agree"))
    for name, checks in sorts(review).items():
        st.subheader(name, anchor=False)
        st.html(_table(name, checks))
    notes = [(s.name, note) for s in review.inputs for note in s.notes]
    if notes:
        st.subheader(_("ui.schema_table.how_files_were_read"), anchor=False)
        st.html(items(text(f"{name}：{spoken(note)}") for name, note in notes))


def sorts(review: Review) -> dict[str, list[SchemaCheck]]:
    """The disagreements by what they are called, in the order of their kinds."""
    found: dict[str, list[SchemaCheck]] = {}
    for kind in SchemaCheckKind:
        for check in review.schema_check:
            if check.kind is kind:
                found.setdefault(spoken(check_label(check)), []).append(check)
    return found


def _table(name: str, checks: list[SchemaCheck]) -> str:
    return table(
        name,
        [
            _("ui.correction.schema"),
            _("ui.correction.data"),
            _("ui.reading.what_different"),
            _("ui.reading.row"),
        ],
        [
            (
                check.declared or "—",
                check.column or "—",
                spoken(check.message),
                first_rows(check.at, check.rows),
            )
            for check in checks
        ],
    )
