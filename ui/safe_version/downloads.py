"""What can be taken away: the processed file with its certificate, the plan, the draft papers."""

from functools import partial

import streamlit as st

from core import Language
from desk import PAPERS, FileFormat, Session, bundle, processed_files
from papers import Format
from ui.boundary import made
from ui.kit import paragraph, tag, text
from ui.language import _, language, spoken
from ui.state import screen


def draw(desk: Session) -> None:
    """The processed file and the plan; each is made when its button is pressed."""
    st.subheader(_("ui.download.take_away"), anchor=False)
    paragraph(_("ui.download.processed_data_come_certificate"), "mk-small")
    with st.container(horizontal=True, key="takeaway"):
        formats: tuple[tuple[FileFormat, str], ...] = (("csv", "CSV"), ("xlsx", "Excel"))
        for form, name in formats:
            st.download_button(
                _("ui.download.processed_data", name=name),
                partial(_data_file, desk, form),
                file_name=_("ui.download.processed_data_2") + ".zip",
                key=f"takeaway-{form}-{screen().files}",
                on_click="ignore",
                wrap=True,
            )
        plan = desk.plan
        st.download_button(
            _("ui.download.plan_yaml"),
            plan.to_yaml() if plan else "",
            file_name="plan.yaml",
            key=f"takeaway-plan-{screen().files}",
            on_click="ignore",
            wrap=True,
        )


FORMAT_NAMES: "dict[Format, str]" = {"docx": "Word", "xlsx": "Excel", "html": "HTML"}


def _data_file(desk: Session, form: FileFormat) -> bytes:
    return made(lambda: bundle(processed_files(desk, form)), language())


def draw_papers(desk: Session) -> None:
    """A row for each paper, with a button for each format."""
    st.header(_("ui.papers.papers"), anchor=False)
    paragraph(_("ui.papers.every_paper_draft_values"), "mk-small")
    for paper in PAPERS.values():
        name, holds = spoken(paper.title), spoken(paper.holds)
        about, formats = st.columns([3, 2], vertical_alignment="center")
        with about:
            st.html(tag("p", tag("b", text(name)), "mk-text") + tag("p", text(holds), "mk-small"))
        with formats, st.container(horizontal=True, key=f"paper-{paper.name}"):
            for form, label in FORMAT_NAMES.items():
                st.download_button(
                    label,
                    partial(paper_file, desk, paper.name, form, language()),
                    file_name=f"{name}.{form}",
                    key=f"paper-{paper.name}-{form}",
                    help=_("ui.papers.download", name=name, form=label),
                    on_click="ignore",
                )


def paper_file(desk: Session, paper: str, form: Format, lang: Language) -> bytes:
    """The bytes of a paper."""
    return made(partial(desk.report, paper, form, lang), lang)
