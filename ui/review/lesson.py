"""A training case walked through step by step, with questions at the end."""

from functools import partial

import streamlit as st

from desk import TOOLS
from law import card
from ui import actions
from ui.boundary import guarded
from ui.kit import notice, paragraph, plain, tag, text, wording
from ui.language import _, spoken
from ui.state import Lesson, Part, go_to, screen


def draw(lesson: Lesson) -> None:
    """The step at hand, the way on, and after the last step the questions."""
    steps = lesson.case.steps
    with st.container(border=True, key="lesson"):
        at_end = lesson.step >= len(steps)
        if at_end:
            paragraph(_("ui.lesson.last_step_try_questions"))
            _quiz(lesson)
        else:
            step = steps[lesson.step]
            count = _(
                "ui.lesson.training_case_step",
                title=spoken(lesson.case.title),
                n=lesson.step + 1,
                all=len(steps),
            )
            st.html(
                tag("p", text(f"{count}　{spoken(TOOLS[step.tool].label)}"), "mk-small")
                + tag("p", tag("b", text(spoken(step.title))), "mk-text")
                + tag("p", text(spoken(step.text)), "mk-text")
            )
        with st.container(horizontal=True):
            if not at_end:
                done = lesson.step in lesson.done
                st.button(
                    _("ui.lesson.do_step"),
                    type="secondary" if done else "primary",
                    key=f"lesson-do-{lesson.step}",
                    on_click=guarded(partial(_do, lesson)),
                )
                st.button(
                    _("ui.lesson.next"),
                    type="primary" if done else "secondary",
                    key=f"lesson-next-{lesson.step}",
                    on_click=partial(_move, lesson, 1),
                )
            if lesson.step:
                st.button(
                    _("ui.lesson.back"),
                    key=f"lesson-back-{lesson.step}",
                    on_click=partial(_move, lesson, -1),
                )


def _do(lesson: Lesson) -> None:
    step = lesson.case.steps[lesson.step]
    lesson.done.add(lesson.step)
    go_to(Part(TOOLS[step.tool].part or Part.SUMMARY))
    actions.act(spoken(step.title), partial(step.run, actions.desk()))


def _move(lesson: Lesson, by: int) -> None:
    lesson.step += by


def _quiz(lesson: Lesson) -> None:
    for number, question in enumerate(lesson.case.quiz, 1):
        choices = [plain(spoken(choice)) for choice in question.choices]
        picked = st.radio(
            plain(f"{number}. {spoken(question.question)}"),
            choices,
            index=None,
            key=f"quiz-{screen().files}-{number}",
        )
        if picked is None:
            continue
        if choices.index(picked) + 1 == question.answer:
            notice(_("ui.lesson.correct"), "success")
        else:
            notice(_("ui.lesson.think_again_ground_below"), "warning")
        if question.card:
            st.html(wording(card(question.card)))
