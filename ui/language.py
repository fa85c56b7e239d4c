"""The screen's language: Japanese in the source, English from the catalogue.

Each session holds a translation object of its own; nothing is installed process-wide.
"""

import gettext
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

import streamlit as st

from core import Language, Message

CATALOGUES = Path(__file__).parents[1] / "locale"
LANGUAGES: tuple[Language, ...] = ("ja", "en")
ROWS_NAMED = 10
"""Rows of a breach that are named; the others are counted."""
_SPOKEN = "spoken"
_SOURCE = gettext.NullTranslations()


def load(language: Language) -> gettext.NullTranslations:
    """The translations of one language, read from its `.po` file.

    >>> load("en").gettext("審査")
    'Review'
    """
    path = CATALOGUES / language / "LC_MESSAGES" / "mekiki.po"
    if not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # not needed for the first paint
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _spoken() -> tuple[Language, gettext.NullTranslations]:
    """The session's language with its translations: one value, so that neither comes alone."""
    return cast(
        tuple[Language, gettext.NullTranslations], st.session_state.get(_SPOKEN, ("ja", _SOURCE))
    )


def language() -> Language:
    """The session's language; Japanese until it is switched."""
    return _spoken()[0]


def switch(to: Language) -> None:
    """Change the session's language, once its catalogue is loaded."""
    st.session_state[_SPOKEN] = (to, load(to))


def _(text: str) -> str:
    """A text of the screen in the session's language; `text` is the Japanese.

    Where the catalogue lacks it, the Japanese is shown.
    """
    return _spoken()[1].gettext(text)


def say(message: Message) -> str:
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
    return _("{rows} ほか{n}行").format(rows=shown, n=f"{more:,}") if more > 0 else shown or "—"


def named(names: Iterable[str]) -> str:
    """Names in quotes, one after another, as the session's language writes them."""
    if language() == "ja":
        return "".join(f"「{name}」" for name in names)
    return ", ".join(f"“{name}”" for name in names)
