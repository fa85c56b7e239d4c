"""The training cases: what each teaches, and a button that opens its finished review."""

from typing import TYPE_CHECKING

import streamlit as st

from ui import actions
from ui.actions import library
from ui.boundary import button
from ui.kit import paragraph, tag, text
from ui.language import _, spoken
from ui.state import Lesson, screen

if TYPE_CHECKING:
    from casebook import TrainingCase


def draw() -> None:
    """One entry for each case."""
    from casebook import training_cases

    if st.session_state.pop(_OPENED, False):
        st.switch_page("ui/pages/evidence.py")
    paragraph(_("ui.cases.cases_train_all_data"))
    for case in training_cases():
        with st.container(border=True, key=f"case-{case.id}"):
            steps = _("ui.cases.steps_questions", steps=len(case.steps), quiz=len(case.quiz))
            st.html(
                tag("h2", text(spoken(case.title)), "mk-case")
                + tag("p", text(spoken(case.summary)), "mk-text")
                + tag("p", text(steps), "mk-small")
            )
            button(_("ui.cases.open_case"), f"open-{case.id}", _open, case, type="primary")


_OPENED = "case_opened"


def _open(case: "TrainingCase") -> None:
    actions.close_case()
    session = case.open()
    session.library = library()
    actions.show_case(session)
    screen().lesson = Lesson(case)
    st.session_state[_OPENED] = True


draw()
