"""Widgets whose value may change elsewhere, and fragments whose change concerns the whole page."""

import streamlit as st


def follow(key: str, value: object) -> str:
    """Let the widget of this key show a value; what the reader picked since then stays.

    Call it before the widget is drawn. A key that changed with the value instead would draw the
    widget anew, and take the focus from whoever uses the keyboard.
    """
    stamp = f"{key}-follows"
    if key not in st.session_state or st.session_state.get(stamp) != value:
        st.session_state[stamp] = st.session_state[key] = value
    return key


def redraw_page() -> None:
    """Have the whole page drawn after a callback in a fragment."""
    st.session_state[_WHOLE] = True


def follow_page() -> None:
    """At the beginning of a fragment: draw the whole page where a callback asked for it."""
    if st.session_state.pop(_WHOLE, False):
        st.rerun()


def scroll_up() -> None:
    """Have the page drawn next shown from its top."""
    st.session_state[_TOP] = True


def follow_scroll() -> None:
    """Move to the top of the page where that was asked for."""
    if st.session_state.pop(_TOP, False):
        count = st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
        script = f"document.querySelector('[data-testid=stMain]').scrollTo(0, 0); // {count}"
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


_WHOLE = "redraw-page"
_TOP, _TIMES = "scroll-up", "scroll-times"
