"""What every page shares: the navigation, the masthead and the language switch."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ui.kit.html import tag, text
from ui.kit.theme import apply_style
from ui.language import _, language
from ui.running.boundary import guarded
from ui.tabs import switch_language

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_PAGES = Path(__file__).parent / "pages"


def pages() -> "list[StreamlitPage]":
    """The pages in the order of the navigation; flat, so that it reads as one list."""
    return [
        st.Page(_PAGES / "review.py", title=_("ui.shell.review"), default=True),
        st.Page(_PAGES / "grounds.py", title=_("ui.citation.grounds")),
        st.Page(_PAGES / "cases.py", title=_("ui.shell.training_cases")),
        st.Page(_PAGES / "about.py", title=_("ui.shell.about")),
    ]


def masthead(title: str) -> None:
    """The name of the desk, the page's title, and the switch to the other language."""
    apply_style()
    name, other = st.columns([5, 1], vertical_alignment="center")
    with name:
        line = _("ui.shell.privacy_review_desk_local")
        brand = tag("p", tag("b", "目利き Mekiki") + tag("span", text(line)), "mk-brand")
        st.html(tag("div", brand + tag("h1", text(title), "mk-title"), "mk-masthead"))
    with other, st.container(horizontal=True, horizontal_alignment="right"):
        to_english = language() == "ja"
        st.button(
            "English" if to_english else "日本語",
            key="language-switch",
            on_click=guarded(switch_language),
            args=("en" if to_english else "ja",),
        )
