"""What a session holds: the desk, the conversation, and where the reader is looking.

Everything lives in `st.session_state` and nowhere else, so that it ends with the session
and is seen by no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

import streamlit as st

from core import Citation, Language
from ui.language import _, switch

if TYPE_CHECKING:
    from anonymizer import Protected
    from assistant import Assistant
    from casebook import TrainingCase
    from desk import Override, Session
    from intake import Preview, ReadOptions
    from knowledge import Library, Passage
    from ui.waiting import AnyWork


@dataclass(frozen=True)
class Turn:
    """One message of the conversation, as it was shown."""

    role: Literal["user", "assistant"]
    text: str
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    """What was quoted."""
    note: str = ""
    """Who read the question, where that was not this machine alone."""


@dataclass
class Place:
    """Where the reader is looking."""

    page: int = 1
    focus: tuple[int, str] | None = None
    skipped: list[str] = field(default_factory=list)
    """Questions put off, by topic."""
    previews: dict[tuple[str, ReadOptions], Preview] = field(default_factory=dict)
    """First rows of files, as they were opened with some options."""
    ahead: tuple[object, AnyWork] | None = None
    """What is worked out ahead, and for which plan and changes."""
    judging: tuple[object, AnyWork] | None = None
    """Who would be found in the file, as it is worked out, and for which plan."""
    override: tuple[Protected, Override] | None = None
    """A table that fails an audit, and who decided to publish it all the same."""


@dataclass
class Lesson:
    """A training case, and how far its steps were taken."""

    case: TrainingCase
    step: int = 0
    done: set[int] = field(default_factory=set)
    """Steps that were carried out."""


@dataclass
class Screen:
    """All that one session holds."""

    desk: Session | None = None
    turns: list[Turn] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    talk: Assistant | None = None
    lesson: Lesson | None = None
    """The training case that is being walked through."""
    library: Library | None = None
    """The council's own documents, opened when they are first needed."""
    work: AnyWork | None = None
    """What takes a while and is waited for."""
    later: list[Callable[[], None]] = field(default_factory=list)
    """What was asked for meanwhile; each begins when the work before it is done."""
    files: int = 0
    """Grows with every case opened, so that no widget keeps the state of the last."""

    @property
    def is_open(self) -> bool:
        """Whether there is a review to show."""
        return self.desk is not None and bool(self.desk.datasets)


def screen() -> Screen:
    """This session's screen."""
    if "screen" not in st.session_state:
        st.session_state["screen"] = Screen()
    held: Screen = st.session_state["screen"]
    return held


def tell(
    text: str, citations: Sequence[Citation] = (), passages: Sequence[Passage] = (), note: str = ""
) -> None:
    """Let the desk say something in the conversation."""
    screen().turns.append(Turn("assistant", text, tuple(citations), tuple(passages), note))


class Part(StrEnum):
    """What a review is made of on screen."""

    SUMMARY = "summary"
    READING = "reading"
    COLUMNS = "columns"
    UNUSUAL = "unusual"
    SCHEMA = "schema"
    PLAN = "plan"
    TABLES = "tables"
    CASE = "case"
    FINDINGS = "findings"
    PAPERS = "papers"


def part_names() -> dict[Part, str]:
    """The tabs' titles in their order."""
    return {
        Part.SUMMARY: _("ui.tabs.key_points"),
        Part.READING: _("ui.reading.reading"),
        Part.COLUMNS: _("ui.reading.columns"),
        Part.UNUSUAL: _("ui.about.unusual_data"),
        Part.SCHEMA: _("ui.schema_table.schema_data"),
        Part.PLAN: _("ui.plan.risk_processing"),
        Part.TABLES: _("ui.protect_table.tables_publish"),
        Part.CASE: _("ui.form.case"),
        Part.FINDINGS: _("ui.findings.findings"),
        Part.PAPERS: _("ui.papers.papers"),
    }


def tabs_key() -> str:
    """The widget key of the tabs: new for every case."""
    return f"part-{screen().files}"


def switch_language(to: Language) -> None:
    """Change the language and stay on the part that is open; for a widget's callback."""
    opened = st.session_state.get(tabs_key())
    part = next((part for part, name in part_names().items() if name == opened), None)
    switch(to)
    if part:
        go_to(part)


def go_to(part: Part) -> None:
    """Open a part; to be called from a widget's callback."""
    st.session_state[tabs_key()] = part_names()[part]
