"""What the table is about: said first, asked where it is unsure, corrected with one click."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import SUBJECTS, Subject, SubjectKind
from ui.boundary import guarded
from ui.kit import notice, paragraph
from ui.language import _, spoken

if TYPE_CHECKING:
    from desk import Session

_ASKED = (SubjectKind.PERSON, SubjectKind.FACILITY, SubjectKind.COUNT)
"""What is offered where the desk is unsure, beside what it thinks itself."""


def draw(desk: "Session") -> None:
    """The sentence, with what it rests on and the way to correct it."""
    subject = desk.review.subject
    if subject is None:
        return
    from desk import subject_line

    line = spoken(subject_line(subject))
    if not subject.sure:
        notice(line, "warning")
        _ask(desk, subject)
        return
    said, correct = st.columns([9, 2], vertical_alignment="center")
    with said:
        paragraph(line)
    with correct, st.popover(_("ui.subject.correct")):
        for reason in subject.evidence:
            paragraph(spoken(reason), "mk-small")
        _choose(desk, subject)


def _ask(desk: "Session", subject: Subject) -> None:
    """Two or three buttons: what the desk thinks, and what it may be instead."""
    known = subject.kind is not SubjectKind.UNKNOWN
    offered = list(dict.fromkeys([*([subject.kind] if known else []), *_ASKED]))[:3]
    with st.container(horizontal=True):
        for kind in offered:
            st.button(
                spoken(SUBJECTS[kind]),
                key=f"subject-{kind}",
                on_click=guarded(partial(_correct, desk, kind)),
            )


def _choose(desk: "Session", subject: Subject) -> None:
    kinds = [kind for kind in SubjectKind if kind is not SubjectKind.UNKNOWN]
    at = kinds.index(subject.kind) if subject.kind in kinds else 0
    chosen = st.selectbox(
        _("ui.subject.about"),
        kinds,
        index=at,
        format_func=lambda kind: spoken(SUBJECTS[kind]),
        key=f"subject-choice-{subject.kind}",
    )
    if chosen is not subject.kind:
        st.button(
            _("ui.subject.apply"),
            key="subject-apply",
            on_click=guarded(partial(_correct, desk, chosen)),
        )


def _correct(desk: "Session", kind: SubjectKind) -> None:
    desk.set_case_fact("subject", kind.value)
