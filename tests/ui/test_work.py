"""Long work is watched, stopped, and taken over only when it ended well."""

import threading
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from anonymizer import Cancelled, watched
from core import Message, Problem, UsageError
from tests.ui.test_pages import shown
from ui import actions
from ui.review import talk
from ui.state import Screen
from ui.waiting import Work

LONG = 280.0
"""Seconds after which work counts as hanging, however busy the machine is."""


def steps(go: threading.Event, half: threading.Event | None = None) -> Any:
    """Work that tells it is half done, waits to be let go, and tells again."""

    def do(_work: Work[str]) -> str:
        with watched() as told:
            told(0.5)
            if half is not None:
                half.set()
            go.wait(LONG)
            told(0.9)
        return "done"

    return do


def test_a_result_is_taken_over() -> None:
    go, half, taken = threading.Event(), threading.Event(), list[str]()
    work = Work("数えています", "plan", steps(go, half), taken.append).start()
    assert half.wait(LONG)
    assert not work.done
    assert work.share == 0.5
    go.set()
    assert work.wait(LONG)
    work.finish()
    assert taken == ["done"]


def test_stopped_work_ends_at_the_next_beat_and_leaves_nothing() -> None:
    go, taken = threading.Event(), list[str]()
    work = Work("数えています", "plan", steps(go), taken.append).start()
    work.stop()
    go.set()
    assert work.wait(LONG)
    with pytest.raises(Cancelled):
        work.finish()
    assert taken == []


def test_what_went_wrong_is_handed_to_whoever_waits() -> None:
    def fail(_work: Work[None]) -> None:
        raise UsageError(Problem(code="no", message=Message(ja="できません。", en="No.")))

    work = Work("数えています", "plan", fail, print).start()
    assert work.wait(LONG)
    with pytest.raises(UsageError):
        work.finish()


def test_what_was_sent_is_kept_when_the_page_is_cut_short(
    opened: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(actions, "answer", lambda question, patience: asked.append(question))
    monkeypatch.setattr(talk, "_history", st.stop)  # as a click elsewhere does
    opened.run()
    opened.chat_input[0].set_value("一人しかいない人を見せて").run()
    assert asked == ["一人しかいない人を見せて"]
    assert [turn.text for turn in opened.session_state["screen"].turns] == asked


def test_the_screen_shows_how_far_it_is_and_stops_it(opened: AppTest) -> None:
    go, half = threading.Event(), threading.Event()
    held: Screen = opened.session_state["screen"]
    opened.session_state["part-0"] = "リスクと加工"
    held.work = Work("数えています", "plan", steps(go, half), print).start()
    assert half.wait(LONG)
    opened.run()
    assert 'aria-valuenow="50"' in shown(opened)
    assert opened.chat_input[0].disabled
    opened.button(key="stop-work").click().run()
    go.set()
    assert held.work is None
    assert "取りやめました" in held.turns[-1].text


def test_a_question_asked_meanwhile_waits_for_its_turn() -> None:
    at = AppTest.from_function(_two_questions, default_timeout=LONG).run()
    at.run()
    assert not at.exception
    assert [turn.role for turn in at.session_state["screen"].turns] == [
        *("user", "user"),
        *("assistant", "assistant"),
    ]


def _two_questions() -> None:
    from ui import actions, waiting
    from ui.state import screen

    if not screen().turns:
        for question in ("要配慮個人情報とは？", "個人情報とは？"):
            actions.ask(question)
            actions.answer(question, patience=0)
        while (work := screen().work) is not None:
            work.wait(280)
            waiting.settle()
