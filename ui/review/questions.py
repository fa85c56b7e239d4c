"""The questions of the rules, a group at a time, a few of each."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Message
from ui.boundary import guarded
from ui.citation import chips
from ui.html import paragraph, plain
from ui.language import _, say
from ui.review.choices import ANSWERS
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session
    from rules import Question

AT_ONCE = 3


def draw(desk: "Session") -> None:
    """The group chosen, its next questions, and what was answered."""
    import knowledge

    st.subheader(_("確かめたいこと"), anchor=False)
    asked = desk.questions
    groups = {g.id: g for g in desk.pack.groups if any(q.group == g.id for q in asked)}
    answers = desk.history.now.answers
    paragraph(
        _("答え {done} 件　残り {left} 件。分かるところだけで構いません。").format(
            done=len(answers), left=len(asked)
        ),
        "mk-small",
    )
    if groups:
        chosen = st.pills(
            _("まとまりを選ぶ"),
            list(groups),
            default=next(iter(groups)),
            format_func=lambda g: f"{say(groups[g].title)} {_left(asked, g)}",
            key=f"questions-{screen().files}",
        )
        for question in [q for q in asked if q.group == chosen][:AT_ONCE]:
            _ask(desk, question)
            chips([knowledge.citation(card) for card in question.cards], f"q-{question.topic}", 2)
    if answers:
        with st.expander(_("答えたこと（{n}）").format(n=len(answers))):
            for question in desk.pack.questions:
                if question.topic in answers:
                    _ask(desk, question, answers[question.topic])


def _left(asked: "tuple[Question, ...]", group: str) -> int:
    return sum(question.group == group for question in asked)


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
