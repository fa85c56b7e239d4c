"""The left side of an open review: its head, the lesson if there is one, and its parts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.case import form, papers
from ui.files import reading, schema_table
from ui.review import column_list, findings, lesson, subject, summary, title, unusual
from ui.safe_version import plan, protect_table
from ui.state import screen
from ui.tabs import Part, names, tabs_key

if TYPE_CHECKING:
    from desk import Session


def draw(desk: "Session") -> None:
    """Only the part that is open is drawn."""
    review = desk.review
    title.draw(review)
    subject.draw(desk)
    title.draw_figures(review)
    if taught := screen().lesson:
        lesson.draw(taught)
    draws: dict[Part, Callable[[], None]] = {
        Part.SUMMARY: partial(summary.draw, review, desk.further_risks, desk.stated),
        Part.READING: partial(reading.draw, desk),
        Part.COLUMNS: partial(column_list.draw, desk),
        Part.UNUSUAL: partial(unusual.draw, desk),
        Part.SCHEMA: partial(schema_table.draw, review),
        Part.PLAN: partial(plan.draw, desk),
        Part.TABLES: partial(protect_table.draw, desk),
        Part.CASE: partial(form.draw, desk),
        Part.FINDINGS: partial(findings.draw, review),
        Part.PAPERS: partial(papers.draw, desk),
    }
    tabs = st.tabs(list(names().values()), key=tabs_key(), on_change="rerun")
    for part, tab in zip(names(), tabs, strict=True):
        if tab.open:
            with tab:
                draws[part]()
