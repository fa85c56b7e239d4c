"""The conversation beside the evidence: questions, answers with grounds, and files."""

import re
import time
from typing import TYPE_CHECKING

import streamlit as st

from ui import actions, waiting
from ui.boundary import button, guarded
from ui.kit import chips, quote, tag, text
from ui.language import _, listed, spoken
from ui.state import Turn, screen

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from ui.waiting import AnyWork

HEIGHT = 440
LONG = 80
"""Characters beyond which a text is broken into its sentences."""
PATIENCE = 2.5
"""Seconds the page stands still for what is said in the conversation."""
GLANCE = 0.03
KEPT = 40
"""Turns shown; older ones stay in the session."""
GROUNDED = 8
"""Turns that keep their grounds to open; each is redrawn with every answer."""
_ASK = "ask"
_JOINED = "\u2060"
"""No line is broken here."""


def draw() -> None:
    """The turns so far, a few questions to start with, and the box to write in."""
    held = screen()
    busy = held.work is not None and not _begun()
    with st.container(key="talk"):
        st.header(_("ui.talk.conversation"), anchor="talk")
        box = st.container(height=HEIGHT, border=True, key="talkbox", autoscroll=True)
        hints = st.container(horizontal=True, gap="small", key="hints")
        st.chat_input(
            _placeholder(),
            accept_file="multiple",
            key=_ASK,
            max_chars=2_000,
            submit_mode="disable",  # a second question would cut the first answer short
            disabled=busy,
            on_submit=guarded(_take),
        )
        if held.is_open:
            with hints:
                _hints()
        with box:
            _history()
            if waiting.waits("talk"):
                _wait() if _begun() else _coming()


def _begun() -> bool:
    """Whether the page still stands still for what was asked."""
    work = screen().work
    return work is not None and work.where == "talk" and work.age < PATIENCE


def _take() -> None:
    """Take what was sent before anything is drawn: a page that is drawn may be cut short."""
    said = st.session_state[_ASK]
    if said and said.files:
        _open(said.files, said.text)
    elif said and said.text:
        _answer(said.text)


def _placeholder() -> str:
    if screen().desk is None:
        return _("ui.talk.attach_files")
    return _("ui.talk.example_why_column_yellow")


def _hints() -> None:
    for number, question in enumerate(hints()):
        button(question, f"hint-{number}", _answer, question, wrap=True)


def hints() -> list[str]:
    """Questions that show what can be asked of the data at hand."""
    desk = screen().desk
    return [spoken(question) for question in desk.hints] if desk else []


def _history() -> None:
    turns = screen().turns
    if not turns:
        st.html(bubble(Turn("assistant", _greeting())))
    first = max(0, len(turns) - KEPT)
    for number, turn in enumerate(turns[first:], first):
        st.html(bubble(turn))
        if number >= len(turns) - GROUNDED:
            chips(turn.citations, f"turn-{number}")
            _quotes(turn)


def _greeting() -> str:
    return _("ui.talk.hello_attach_schema_data")


def bubble(turn: Turn, state: str = "") -> str:
    """A turn as HTML; `state` is a class for one that is still being written."""
    who = _("ui.talk.you") if turn.role == "user" else _("ui.talk.mekiki")
    note = tag("p", text(turn.note), "mk-small") if turn.note else ""
    said = tag("p", text(sentences(turn.text)))
    css = f"mk-turn mk-{turn.role} {state}".strip()
    return tag("div", tag("p", text(who), "mk-who") + said + note, css)


def sentences(text: str) -> str:
    """A long Japanese text with each sentence on a line of its own.

    The numbers a sentence cites stay with it, also where the browser breaks the line.

    >>> sentences("短い。文です。")
    '短い。文です。'
    >>> sentences("長い" * LONG + "文。[1][2]ただし、要ります。").split("。")[1:]
    ['\\u2060[1][2]\\nただし、要ります', '']
    """
    text = re.sub(r"。(?=\[\d)", "。" + _JOINED, text)
    if len(text) < LONG:
        return text
    return re.sub(rf"。({_JOINED}(?:\[\d+\])++)?+(?=[^）」\n])", r"。\1\n", text)


def _open(files: "list[UploadedFile]", question: str) -> None:
    names = listed(file.name for file in files)
    actions.ask(_("ui.talk.attached", names=names))

    def ask() -> None:
        if question.strip():
            _answer(question)

    actions.open_files(files, ask, patience=0)


def _answer(question: str) -> None:
    actions.ask(question)
    actions.answer(question, patience=0)


def _wait() -> None:
    """Show what comes while it comes; after a while the page goes on without."""
    place = st.empty()
    shown = None
    while _begun() and (work := screen().work) is not None:
        done = work.wait(0 if shown is None else GLANCE)
        if work.written != shown:
            shown = work.written
            place.html(coming(work))
        if done:
            time.sleep(GLANCE)  # the words reach the reader before the page is drawn anew
            waiting.settle()
    st.rerun()


@st.fragment(run_every=waiting.GLANCE)
def _coming() -> None:
    """The answer as far as it is, drawn again and again, with the button that stops it."""
    work = screen().work
    if work is None or work.done:
        st.rerun()
    st.html(coming(work))
    if work.share:
        st.html(waiting.bar(work.title, work.share))
    button(_("ui.talk.stop"), "stop-talk", waiting.stop)


def coming(work: "AnyWork") -> str:
    """What has been said so far, or that the desk is thinking, as HTML."""
    if work.written:
        return bubble(Turn("assistant", work.written), "mk-coming")
    return bubble(Turn("assistant", work.title + "…"), "mk-coming mk-thinking")


def _quotes(turn: Turn) -> None:
    if turn.passages:
        with st.expander(_("ui.talk.quotes", n=len(turn.passages))):
            for passage in turn.passages:
                st.html(quote(f"{passage.source}　{passage.locator}", passage.quote))
