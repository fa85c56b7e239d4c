"""Callbacks that are carried out in full, however soon the next click comes.

A click asks the running script to give way, and the script does so at its next look into the
session's state. A callback cut there leaves half of what it does undone, and its click is lost.
Streamlit knows no way to say that a callback is whole; what this module uses of it is private, and
`tests/browser/test_haste.py` watches it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

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
