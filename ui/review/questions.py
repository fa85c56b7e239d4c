"""The questions of the rules: those that matter first, a few at a time; the others when wanted."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Message, Severity
from ui.boundary import guarded
from ui.citation import chips
from ui.html import notice, paragraph, plain
from ui.language import _, say
from ui.review.choices import ANSWERS
from ui.state import screen
from ui.waiting import bar

if TYPE_CHECKING:
    from desk import Session
    from rules import Question

AT_ONCE = 3


def draw(desk: "Session") -> None:
    """The next questions that matter, the finer ones behind a switch, and what was answered."""
    st.subheader(_("確かめたいこと"), anchor=False)
    answers = desk.history.now.answers
    undecided = desk.undecided
    grave = [u.question for u in undecided if u.severity is Severity.HIGH]
    finer = [u.question for u in undecided if u.severity is not Severity.HIGH]
    _grave(desk, grave, len(answers))
    wanted = _("細かい点も確かめる（{n}）").format(n=len(finer))
    if finer and st.toggle(wanted, key=f"finer-{screen().files}"):
        _finer(desk, finer)
    if answers:
        with st.expander(_("答えたこと（{n}）").format(n=len(answers)), type="compact"):
            for question in desk.pack.questions:
                if question.topic in answers:
                    _ask(desk, question, answers[question.topic])


def _grave(desk: "Session", questions: "Sequence[Question]", answered: int) -> None:
    """Questions on whose answers a grave finding hangs."""
    if not questions:
        notice(_("答えで重要な指摘が変わる問いは、もうありません。"), "success")
        return
    paragraph(
        _(
            "答えによって重要な指摘が変わる問いだけを、この案件の内容から選んでいます。"
            "分からないものは「あとで」を押してください。"
        ),
        "mk-small",
    )
    total = answered + len(questions)
    done = _("答え {done} 件　残り {left} 件").format(done=answered, left=len(questions))
    st.html(bar(done, answered / total))
    later = screen().place.skipped
    waiting = [q for q in questions if q.topic in later]
    for question in [q for q in questions if q.topic not in later][:AT_ONCE]:
        _card(desk, question, skip=True)
    if waiting:
        st.button(
            _("あとにした問い（{n}）に戻る").format(n=len(waiting)),
            key="questions-again",
            on_click=later.clear,
        )


def _finer(desk: "Session", questions: "Sequence[Question]") -> None:
    groups = {g.id: g for g in desk.pack.groups if any(q.group == g.id for q in questions)}
    counts = {id: sum(q.group == id for q in questions) for id in groups}
    chosen = st.pills(
        _("まとまりを選ぶ"),
        list(groups),
        default=next(iter(groups)),
        format_func=lambda g: f"{say(groups[g].title)} {counts[g]}",
        key=f"questions-{screen().files}",
    )
    for question in [q for q in questions if q.group == chosen][:AT_ONCE]:
        _card(desk, question)


def _card(desk: "Session", question: "Question", *, skip: bool = False) -> None:
    """A question in a frame, with its grounds."""
    import knowledge

    with st.container(border=True, key=f"question-{question.topic}"):
        _ask(desk, question)
        grounds, later = st.columns([6, 1], vertical_alignment="center")
        with grounds:
            chips([knowledge.citation(card) for card in question.cards], f"q-{question.topic}", 2)
        if skip:
            with later:
                st.button(
                    _("あとで"),
                    key=f"skip-{question.topic}",
                    on_click=partial(screen().place.skipped.append, question.topic),
                )


def answer_name(choice: str) -> str:
    """What an answer is called; a pack of one's own may bring answers of its own."""
    return say(ANSWERS[choice]) if choice in ANSWERS else plain(choice)


def _ask(desk: "Session", question: "Question", now: str | None = None) -> None:
    key = f"answer-{screen().files}-{question.topic}-{now}"
    choices = list(question.choices)
    st.radio(
        plain(say(question.ask)),
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
        done = Message(ja=f"「{ask.ja}」への答え", en=f"the answer to “{ask.en}”")
        desk.put_answer(question.topic, said, done)
