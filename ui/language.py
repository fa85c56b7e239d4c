"""The screen's language, one for each session."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import streamlit as st

import core
from core import Language, Message

LANGUAGES: tuple[Language, ...] = ("ja", "en")
ROWS_NAMED = 10
"""Rows of a breach that are named; the others are counted."""
_SPOKEN = "spoken"


def language() -> Language:
    """The session's language; Japanese until it is switched."""
    return cast(Language, st.session_state.get(_SPOKEN, "ja"))


def switch(to: Language) -> None:
    """Change the session's language."""
    st.session_state[_SPOKEN] = to


def _(id: str, /, **values: Any) -> str:
    """A sentence of the catalogue in the session's language, its fields filled in."""
    return core.say(id, **values).text(language())


def spoken(message: Message) -> str:
    """A message of the house in the session's language."""
    return message.text(language())


def listed(names: Iterable[str]) -> str:
    """Names in a row, with the comma of the session's language."""
    return ("、" if language() == "ja" else ", ").join(names)


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after another, as the session's language spaces them."""
    return ("" if language() == "ja" else " ").join(sentences)


def first_rows(rows: Sequence[int], total: int | None = None) -> str:
    """Row numbers, the first ten of them, and how many more there are; a dash where there are none.

    `total` counts all rows where `rows` holds only the first.

    >>> first_rows((1, 2)), first_rows(range(1, 21), 22), first_rows(())
    ('1、2', '1、2、3、4、5、6、7、8、9、10 ほか12行', '—')
    """
    shown = listed(str(row) for row in rows[:ROWS_NAMED])
    more = max(total or 0, len(rows)) - ROWS_NAMED
    return _("ui.language.more", rows=shown, n=f"{more:,}") if more > 0 else shown or "—"


def named(names: Iterable[str]) -> str:
    """Names in quotes, one after another, as the session's language writes them."""
    if language() == "ja":
        return "".join(f"「{name}」" for name in names)
    return ", ".join(f"“{name}”" for name in names)


def percent(share: float) -> str:
    """A share (0–1) as people read it.

    >>> percent(0.213), percent(0.0004), percent(0)
    ('21%', '0.04%', '0%')
    """
    value = share * 100
    return f"{value:.2g}%" if 0 < value < 1 else f"{value:.0f}%"
