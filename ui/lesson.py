"""A training case walked through step by step, with questions at the end."""

from functools import partial

import streamlit as st

from ui import actions
from ui.boundary import guarded
from ui.citation import wording
from ui.html import notice, paragraph, plain, tag, text
from ui.language import _, say
from ui.review.parts import Part, go_to
from ui.state import Lesson, screen

PARTS = {
    "list_columns": Part.COLUMNS,
    "explain_column": Part.COLUMNS,
    "list_unusual": Part.UNUSUAL,
    "explain_cell": Part.UNUSUAL,
    "compare_schema": Part.SCHEMA,
    "measure_risk": Part.PLAN,
    "propose_plan": Part.PLAN,
    "choose_plan": Part.PLAN,
    "change_plan": Part.PLAN,
    "preview": Part.PLAN,
    "undo": Part.PLAN,
    "protect_table": Part.TABLES,
    "check_procedure": Part.FINDINGS,
    "search_guidelines": Part.FINDINGS,
    "make_report": Part.PAPERS,
}
"""Which part of the review shows what a step does."""


def draw(lesson: Lesson) -> None:
    """The step at hand, the way on, and after the last step the questions."""
    steps = lesson.case.steps
    with st.container(border=True, key="lesson"):
        at_end = lesson.step >= len(steps)
        if at_end:
            paragraph(_("手順は以上です。理解を確かめる問いに答えてみましょう。"))
            _quiz(lesson)
        else:
            step = steps[lesson.step]
            count = _("練習用の事例「{title}」　手順 {n} / {all}").format(
                title=say(lesson.case.title), n=lesson.step + 1, all=len(steps)
            )
            st.html(
                tag("p", text(count), "mk-small")
                + tag("p", tag("b", text(say(step.title))), "mk-text")
                + tag("p", text(say(step.text)), "mk-text")
            )
        with st.container(horizontal=True):
            if not at_end:
                done = lesson.step in lesson.done
                st.button(
                    _("この手順を実行する"),
                    type="secondary" if done else "primary",
                    key=f"lesson-do-{lesson.step}",
                    on_click=guarded(partial(_do, lesson)),
                )
                st.button(
                    _("次へ"),
                    type="primary" if done else "secondary",
                    key=f"lesson-next-{lesson.step}",
                    on_click=partial(_move, lesson, 1),
                )
            if lesson.step:
                st.button(
                    _("前へ"), key=f"lesson-back-{lesson.step}", on_click=partial(_move, lesson, -1)
                )


def _do(lesson: Lesson) -> None:
    step = lesson.case.steps[lesson.step]
    lesson.done.add(lesson.step)
    go_to(PARTS.get(step.tool, Part.SUMMARY))
    actions.act(say(step.title), partial(step.run, actions.desk()))


def _move(lesson: Lesson, by: int) -> None:
    lesson.step += by


def _quiz(lesson: Lesson) -> None:
    from knowledge import card

    for number, question in enumerate(lesson.case.quiz, 1):
        choices = [plain(say(choice)) for choice in question.choices]
        picked = st.radio(
            plain(f"{number}. {say(question.question)}"),
            choices,
            index=None,
            key=f"quiz-{screen().files}-{number}",
        )
        if picked is None:
            continue
        if choices.index(picked) + 1 == question.answer:
            notice(_("正解です。"), "success")
        else:
            notice(_("もう一度考えてみましょう。根拠を読んでみてください。"), "warning")
        if question.card:
            st.html(wording(card(question.card)))
