"""Colours of the roles, with their contrasts, and the style sheet."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from core import Role
from ui.kit.streamlit_labels import words
from ui.language import _, language

_STATIC = Path(__file__).parents[2] / "static"


class Colour(NamedTuple):
    """Text on its ground."""

    text: str
    ground: str

    @property
    def css(self) -> str:
        """As a declaration for one cell of a table."""
        return f"color: {self.text}; background-color: {self.ground}"


ROLE_COLOURS: dict[Role, Colour] = {
    Role.DIRECT_IDENTIFIER: Colour("#850000", "#ffdada"),  # 8.2
    Role.QUASI_IDENTIFIER: Colour("#604b00", "#fff0b3"),  # 7.3
    Role.SENSITIVE: Colour("#30016c", "#ecddff"),  # 12.1
    Role.OTHER: Colour("#032213", "#ffffff"),
}
UNUSUAL = Colour("#ffffff", "#ce0000")  # 5.8
FOCUS = Colour("#ffffff", "#0017c1")  # 11.1
CHANGED = Colour("#032213", "#cfead9")
"""A value the plan changes."""


def apply_style() -> None:
    """Load the style sheet and give the page its language."""
    st.html(_STATIC / "mekiki.css")
    script = (_STATIC / "mend.js").read_text(encoding="utf-8")
    script = script.replace("__LANGUAGE__", language()).replace(
        "__SKIP__", _("ui.theme.skip_main_content")
    )
    script = script.replace("__WORDS__", words(language()))
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
