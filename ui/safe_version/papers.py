"""The draft papers to download; each is made when its button is pressed."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Language
from ui.boundary import describe
from ui.kit import paragraph, tag, text
from ui.language import _, language, spoken

if TYPE_CHECKING:
    from desk import Session
    from papers import Format

FORMAT_NAMES: "dict[Format, str]" = {"docx": "Word", "xlsx": "Excel", "html": "HTML"}


def draw(desk: "Session") -> None:
    """A row for each paper, with a button for each format."""
    from desk import PAPERS

    st.header(_("ui.papers.papers"), anchor=False)
    paragraph(
        _("ui.papers.every_paper_draft_values"),
        "mk-small",
    )
    for paper in PAPERS.values():
        name, holds = spoken(paper.title), spoken(paper.holds)
        about, formats = st.columns([3, 2], vertical_alignment="center")
        with about:
            st.html(tag("p", tag("b", text(name)), "mk-text") + tag("p", text(holds), "mk-small"))
        with formats, st.container(horizontal=True, key=f"paper-{paper.name}"):
            for form, label in FORMAT_NAMES.items():
                st.download_button(
                    label,
                    partial(made, desk, paper.name, form, language()),
                    file_name=f"{name}.{form}",
                    key=f"paper-{paper.name}-{form}",
                    help=_("ui.papers.download", name=name, form=label),
                    on_click="ignore",
                )


def made(desk: "Session", paper: str, form: "Format", lang: Language) -> bytes:
    """The bytes of a paper; an error is logged without its text and told as it is elsewhere."""
    try:
        return desk.report(paper, form, lang)
    except Exception as error:
        raise RuntimeError(describe(error).text(lang)) from None
