"""The questions of the rules: those that matter first, a few at a time; the others when wanted."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Severity, say
from law import citation
from ui.case.choices import ANSWERS
from ui.kit.citation import chips
from ui.kit.html import notice, paragraph, plain
from ui.language import _, spoken
from ui.running.boundary import guarded
from ui.running.waiting import bar
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session
    from rules import Question

AT_ONCE = 3


def draw(desk: "Session") -> None:
    """The next questions that matter, the finer ones behind a switch, and what was answered."""
    st.subheader(_("ui.questions.what_we_would_like"), anchor=False)
    answers = desk.history.now.answers
    undecided = desk.undecided
    grave = [u.question for u in undecided if u.severity is Severity.HIGH]
    finer = [u.question for u in undecided if u.severity is not Severity.HIGH]
    _grave(desk, grave, len(answers))
    wanted = _("ui.questions.check_finer_points_too", n=len(finer))
    if finer and st.toggle(wanted, key=f"finer-{screen().files}"):
        _finer(desk, finer)
    if answers:
        with st.expander(_("ui.questions.answered", n=len(answers)), type="compact"):
            for question in desk.pack.questions:
                if question.topic in answers:
                    _ask(desk, question, answers[question.topic])


def _grave(desk: "Session", questions: "Sequence[Question]", answered: int) -> None:
    """Questions on whose answers a grave finding hangs."""
    if not questions:
        notice(_("ui.questions.no_question_left_whose"), "success")
        return
    paragraph(
        _("ui.questions.only_questions_whose_answer"),
        "mk-small",
    )
    total = answered + len(questions)
    done = _("ui.questions.answered_left", done=answered, left=len(questions))
    st.html(bar(done, answered / total))
    later = screen().place.skipped
    waiting = [q for q in questions if q.topic in later]
    for question in [q for q in questions if q.topic not in later][:AT_ONCE]:
        _card(desk, question, skip=True)
    if waiting:
        st.button(
            _("ui.questions.back_questions_put_off", n=len(waiting)),
            key="questions-again",
            on_click=later.clear,
        )


def _finer(desk: "Session", questions: "Sequence[Question]") -> None:
    groups = {g.id: g for g in desk.pack.groups if any(q.group == g.id for q in questions)}
    counts = {id: sum(q.group == id for q in questions) for id in groups}
    chosen = st.pills(
        _("ui.questions.choose_group"),
        list(groups),
        default=next(iter(groups)),
        format_func=lambda g: f"{spoken(groups[g].title)} {counts[g]}",
        key=f"questions-{screen().files}",
    )
    for question in [q for q in questions if q.group == chosen][:AT_ONCE]:
        _card(desk, question)


def _card(desk: "Session", question: "Question", *, skip: bool = False) -> None:
    """A question in a frame, with its grounds."""

    with st.container(border=True, key=f"question-{question.topic}"):
        _ask(desk, question)
        grounds, later = st.columns([6, 1], vertical_alignment="center")
        with grounds:
            chips([citation(card) for card in question.cards], f"q-{question.topic}", 2)
        if skip:
            with later:
                st.button(
                    _("ui.questions.later"),
                    key=f"skip-{question.topic}",
                    on_click=partial(screen().place.skipped.append, question.topic),
                )


def answer_name(choice: str) -> str:
    """What an answer is called; a pack of one's own may bring answers of its own."""
    return spoken(ANSWERS[choice]) if choice in ANSWERS else plain(choice)


def _ask(desk: "Session", question: "Question", now: str | None = None) -> None:
    key = f"answer-{screen().files}-{question.topic}-{now}"
    choices = list(question.choices)
    st.radio(
        plain(spoken(question.ask)),
        choices,
        index=choices.index(now) if now in choices else None,
        format_func=answer_name,
        horizontal=True,
        key=key,
        on_change=guarded(partial(_answer, desk, question, key)),
    )


def _answer(desk: "Session", question: "Question", key: str) -> None:
    said = st.session_state[key]
    if said is not None:
        ask = question.ask
        done = say("ui.questions.answer", ask=ask)
        desk.put_answer(question.topic, said, done)
