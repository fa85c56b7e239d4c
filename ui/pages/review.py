"""審査: the evidence on the left, the conversation on the right."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui import lesson
from ui.html import tag, text
from ui.language import _
from ui.review import columns, empty, findings, header, papers, plan, schema, summary, talk, unusual
from ui.review.parts import Part, names, tabs_key
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session


def draw_evidence(desk: "Session") -> None:
    """The review that is open, part by part."""
    review = desk.review
    header.draw(review)
    if taught := screen().lesson:
        lesson.draw(taught)
    draw: dict[Part, Callable[[], None]] = {
        Part.SUMMARY: partial(summary.draw, review),
        Part.COLUMNS: partial(columns.draw, review),
        Part.UNUSUAL: partial(unusual.draw, desk),
        Part.SCHEMA: partial(schema.draw, review),
        Part.PLAN: partial(plan.draw, desk),
        Part.FINDINGS: partial(findings.draw, review),
        Part.PAPERS: partial(papers.draw, desk),
    }
    tabs = st.tabs(list(names().values()), key=tabs_key(), on_change="rerun")
    for part, tab in zip(names(), tabs, strict=True):
        if tab.open:
            with tab:
                draw[part]()


st.html(tag("a", text(_("相談の欄へ")), "mk-totalk", href="#talk"))
evidence, conversation = st.columns([17, 10], gap="medium")
with conversation:
    talk.draw()
with evidence:
    if (desk := screen().desk) and screen().is_open:
        draw_evidence(desk)
    else:
        empty.draw()
