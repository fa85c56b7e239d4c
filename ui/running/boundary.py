"""No traceback and no cell value ever reaches the screen or the log."""

import functools
import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec

import streamlit as st

from core import MekikiError, Message, say
from ui.kit.html import notice
from ui.language import language, spoken

log = logging.getLogger("mekiki.ui")
P = ParamSpec("P")
_PENDING = "pending_error"


def describe(error: Exception) -> Message:
    """What to tell people: our own message, or an apology with a code to report.

    The log gets the code, the kind of error and the places in the source; an exception's
    own text may hold a value, so it is left out.
    """
    if isinstance(error, MekikiError):
        return Message(ja=error.text("ja"), en=error.text("en"))
    code = secrets.token_hex(3).upper()
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    log.error("unexpected %s %s at %s", code, type(error).__name__, places)
    return say("ui.boundary.we_sorry_could_completed", code=code)


@contextmanager
def boundary() -> Iterator[None]:
    """Show an error of the enclosed drawing as a message, in the session's language."""
    if pending := st.session_state.pop(_PENDING, None):
        notice(pending.text(language()), "error")
    try:
        yield
    except Exception as error:
        notice(spoken(describe(error)), "error")


def guarded(action: Callable[P, None]) -> Callable[P, None]:
    """A widget callback whose error is shown on the page drawn next."""

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            action(*args, **kwargs)
        except Exception as error:
            st.session_state[_PENDING] = describe(error)

    return run
