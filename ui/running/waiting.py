"""Waiting for long work: how far it is, and the button that stops it."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ui.kit.html import notice, tag, text
from ui.language import _, spoken
from ui.running.boundary import describe, guarded
from ui.running.callback_guard import unbroken
from ui.running.work import Where, Work
from ui.state import screen, tell

T = TypeVar("T")
PATIENCE = 0.4
"""Seconds the screen stands still before it shows that it waits."""
_TROUBLE = "trouble"
GLANCE = 0.5
"""Seconds between two looks at how far the work is."""


def begin(
    title: str,
    where: Where,
    do: Callable[[Work[T]], T],
    then: Callable[[T], None],
    patience: float = PATIENCE,
) -> None:
    """Do something that may take long; a short piece of work is finished at once."""
    held = screen()
    if held.work is not None:
        held.work.stop()
    held.work = Work(title, where, do, then).start()
    held.work.wait(patience)
    settle()


def settle() -> None:
    """Take over the result of work that is done, and begin what waits for it.

    An error is told in the conversation.
    """
    held = screen()
    work = held.work
    if work is None or not work.done:
        return
    with unbroken():
        held.work = None
        try:
            work.finish()
        except Exception as error:
            message = describe(error)
            tell(spoken(message))
            st.session_state[_TROUBLE] = (work.where, message)
        if held.later and held.work is None:
            held.later.pop(0)()


def trouble(where: Where) -> None:
    """Show what went wrong in this part of the screen, once."""
    if st.session_state.get(_TROUBLE, ("",))[0] == where:
        notice(spoken(st.session_state.pop(_TROUBLE)[1]), "error")


def waits(where: Where) -> bool:
    """Whether this part of the screen waits for work."""
    work = screen().work
    return work is not None and work.where == where


@st.fragment(run_every=GLANCE)
def draw() -> None:
    """How far the work is, looked at again and again; the whole page follows when it is done."""
    work = screen().work
    if work is None or work.done:
        st.rerun()
    st.html(bar(work.title, work.share))
    st.button(_("ui.talk.stop"), key="stop-work", on_click=guarded(stop))


def bar(title: str, share: float) -> str:
    """A share (0–1) of work as HTML."""
    percent = f"{share * 100:.0f}"
    words = tag("span", text(title)) + tag("b", f"{percent}%")
    moving = tag("div", "", "mk-kept", style=f"width:{percent}%")
    names = {"aria-label": title, "aria-valuenow": percent}
    ends = {"aria-valuemin": "0", "aria-valuemax": "100"}
    return tag(
        "div",
        tag("p", words, "mk-meter-label")
        + tag("div", moving, "mk-bar", role="progressbar", **names, **ends),
        "mk-meter mk-working",
    )


def stop() -> None:
    """Stop the work and forget it; for a widget's callback."""
    held = screen()
    if held.work is not None:
        held.work.stop()
        held.work = None
        held.later.clear()
        tell(_("ui.waiting.stopped_data_plan_they"))
