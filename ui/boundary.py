"""What holds when something fails or is cut short: no traceback and no cell value ever reaches the
screen or the log, and callbacks are carried out in full, however soon the next click comes.

A click asks the running script to give way, and the script does so at its next look into the
session's state. A callback cut there leaves half of what it does undone, and its click is lost.
Streamlit knows no way to say that a callback is whole; what this module uses of it is private, and
`tests/browser/test_haste.py` watches it.
"""

import functools
import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

from core import Language, MekikiError, Message, say
from ui.kit import notice
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


def button(label: str, key: str, do: Callable[..., None], *args: Any, **look: Any) -> None:
    """A button that does something; an error is shown on the page drawn next."""
    st.button(label, key=key, on_click=guarded(do), args=args, **look)


def made(make: Callable[[], bytes], lang: Language) -> bytes:
    """What a download button gives; an error is logged without its text and told as elsewhere."""
    try:
        return make()
    except Exception as error:
        raise RuntimeError(describe(error).text(lang)) from None


_GIVES_WAY = "_yield_callback"
_original: Callable[..., None] = SafeSessionState.on_script_will_rerun


def keep_callbacks_whole() -> None:
    """Let no click cut the callbacks of the click before it. Safe to repeat."""
    setattr(SafeSessionState, "on_script_will_rerun", _whole)  # noqa: B010


@contextmanager
def unbroken() -> Iterator[None]:
    """Do what is inside in full; the script gives way afterwards."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield
        return
    with _holding(context.session_state):
        yield


def _whole(state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
    with _holding(state):
        _original(state, *args, **kwargs)


@contextmanager
def _holding(state: SafeSessionState) -> Iterator[None]:
    gives_way = getattr(state, _GIVES_WAY)
    object.__setattr__(state, _GIVES_WAY, _stays)
    try:
        yield
    finally:
        object.__setattr__(state, _GIVES_WAY, gives_way)


def _stays() -> None:
    """Do not give way."""
