"""What every page shares: navigation, masthead, style and language; and what is loaded ahead."""

import json
import logging
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core import Language, yaml12
from ui.boundary import button
from ui.kit import tag, text
from ui.language import _, language
from ui.state import switch_language

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


_HERE = Path(__file__).parent
_PAGES = _HERE / "pages"
_STATIC = _HERE.parent / "static"


def pages() -> "list[StreamlitPage]":
    """The pages in the order of the navigation; flat, so that it reads as one list."""
    return [
        st.Page(_PAGES / "evidence.py", title=_("ui.shell.review"), default=True),
        st.Page(_PAGES / "legal_grounds.py", title=_("ui.citation.grounds"), url_path="grounds"),
        st.Page(_PAGES / "cases.py", title=_("ui.shell.training_cases")),
        st.Page(_PAGES / "about.py", title=_("ui.shell.about")),
    ]


def apply_style() -> None:
    """Load the style sheet and give the page its language."""
    st.html(_STATIC / "mekiki.css")
    script = (_STATIC / "mend.js").read_text(encoding="utf-8")
    script = script.replace("__LANGUAGE__", language()).replace(
        "__SKIP__", _("ui.theme.skip_main_content")
    )
    script = script.replace("__WORDS__", _labels(language()))
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


@cache
def _labels(to: Language) -> str:
    """What the framework itself says and what to say instead, as JSON: a name that is shown is in
    one language or the other."""
    said: dict[str, str] = yaml12.load((_HERE / "streamlit_labels.yaml").read_text("utf-8"))
    pairs = [(en, ja) if to == "ja" else (ja, en) for en, ja in said.items()]
    return json.dumps(pairs, ensure_ascii=False)


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
        button(
            "English" if to_english else "日本語",
            "language-switch",
            switch_language,
            "en" if to_english else "ja",
        )


log = logging.getLogger("mekiki.ui")
_once = threading.Lock()
DELAY = 1.0
"""Seconds left to the browser to fetch and paint the first page."""


def warm_up() -> None:
    """Start the warm-up in the background, once a process. Returns at once."""
    if _once.acquire(blocking=False):
        timer = threading.Timer(DELAY, _import_heavy_parts)
        timer.daemon = True
        timer.start()


def _import_heavy_parts() -> None:
    try:
        import assistant
        import desk  # noqa: F401
        import knowledge
        import rules

        rules.catalog()
        knowledge.warm()
        assistant.warm()
    except Exception as error:
        log.warning("warm-up failed: %s", type(error).__name__)
