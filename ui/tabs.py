"""The parts of a review, as tabs that draw only when they are open."""

from enum import StrEnum

import streamlit as st

from core import Language
from ui.language import _, switch
from ui.state import screen


class Part(StrEnum):
    """What a review is made of on screen."""

    SUMMARY = "summary"
    READING = "reading"
    COLUMNS = "columns"
    UNUSUAL = "unusual"
    SCHEMA = "schema"
    PLAN = "plan"
    TABLES = "tables"
    CASE = "case"
    FINDINGS = "findings"
    PAPERS = "papers"


def names() -> dict[Part, str]:
    """The tabs' titles in their order."""
    return {
        Part.SUMMARY: _("ui.tabs.key_points"),
        Part.READING: _("ui.reading.reading"),
        Part.COLUMNS: _("ui.reading.columns"),
        Part.UNUSUAL: _("ui.about.unusual_data"),
        Part.SCHEMA: _("ui.schema_table.schema_data"),
        Part.PLAN: _("ui.plan.risk_processing"),
        Part.TABLES: _("ui.protect_table.tables_publish"),
        Part.CASE: _("ui.form.case"),
        Part.FINDINGS: _("ui.findings.findings"),
        Part.PAPERS: _("ui.papers.papers"),
    }


def tabs_key() -> str:
    """The widget key of the tabs: new for every case."""
    return f"part-{screen().files}"


def switch_language(to: Language) -> None:
    """Change the language and stay on the part that is open; for a widget's callback."""
    opened = st.session_state.get(tabs_key())
    part = next((part for part, name in names().items() if name == opened), None)
    switch(to)
    if part:
        go_to(part)


def go_to(part: Part) -> None:
    """Open a part; to be called from a widget's callback."""
    st.session_state[tabs_key()] = names()[part]
