"""Work that takes a while, in a thread of its own: watched, waited for, stopped on the screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

import streamlit as st

from ui.boundary import button, describe, unbroken
from ui.kit import notice, tag, text
from ui.language import _, spoken
from ui.state import screen, tell

T = TypeVar("T")
Where = Literal["talk", "plan", "tables"]
"""Where on the screen it is waited for."""


class Work(Generic[T]):
    """Something that is being done, how far it is, and what to do with its result.

    `do` runs in the thread and touches no widget; `then` is called by the screen that waited.
    """

    def __init__(
        self, title: str, where: Where, do: Callable[[Work[T]], T], then: Callable[[T], None]
    ) -> None:
        self.title, self.where = title, where
        self.share = 0.0
        """How much is done (0–1)."""
        self.written = ""
        """What has been said so far, of an answer."""
        self._do, self._then = do, then
        self._result: list[T] = []
        self._error: Exception | None = None
        self._stopped = False
        self._began = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True, name="work")

    def start(self) -> Work[T]:
        """Begin."""
        self._began = time.monotonic()
        self._thread.start()
        return self

    def _run(self) -> None:
        from anonymizer import watched

        try:
            with watched(self._told):
                self._result.append(self._do(self))
        except Exception as error:  # handed to whoever waits
            self._error = error

    def _told(self, share: float) -> None:
        from anonymizer import Cancelled

        if self._stopped:
            raise Cancelled.by_user()
        self.share = max(self.share, min(1.0, share))

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    @property
    def done(self) -> bool:
        """Whether there is a result, or an error."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Wait a while; whether it is done."""
        self._thread.join(seconds)
        return self.done

    def stop(self) -> None:
        """Ask it to stop; it does at the next beat, and its result is not taken over."""
        self._stopped = True

    def finish(self) -> None:
        """Take the result over.

        Raises:
            MekikiError: what went wrong.
            Exception: what nobody expected.
        """
        if self._error is not None:
            raise self._error
        for result in self._result:
            self._then(result)


AnyWork = Work[Any]


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
    button(_("ui.talk.stop"), "stop-work", stop)


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
