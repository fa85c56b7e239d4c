"""The processed file with its certificate, and the plan, to take away."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.kit.html import notice, paragraph
from ui.language import _, language
from ui.running.boundary import describe
from ui.state import screen

if TYPE_CHECKING:
    from anonymizer import Preview
    from desk import FileFormat, Session


def goal(desk: "Session", preview: "Preview") -> None:
    """Whether the plan reaches what was asked for, said before anything else."""
    after, least = preview.after, desk.threshold
    if after.k >= least and preview.processed.met:
        notice(
            _("ui.download.goal_more_expected_met", n=least),
            "info",
        )
    else:
        notice(
            _("ui.download.goal_met_smallest_group", k=f"{after.k:,}", n=least),
            "error",
        )


def draw(desk: "Session") -> None:
    """The downloads; each is made when its button is pressed."""
    st.subheader(_("ui.download.take_away"), anchor=False)
    paragraph(
        _("ui.download.processed_data_come_certificate"),
        "mk-small",
    )
    with st.container(horizontal=True, key="takeaway"):
        formats: tuple[tuple[FileFormat, str], ...] = (("csv", "CSV"), ("xlsx", "Excel"))
        for form, name in formats:
            st.download_button(
                _("ui.download.processed_data", name=name),
                partial(_made, desk, form),
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


def _made(desk: "Session", form: "FileFormat") -> bytes:
    from desk import bundle, processed_files

    try:
        return bundle(processed_files(desk, form))
    except Exception as error:
        raise RuntimeError(describe(error).text(language())) from None
