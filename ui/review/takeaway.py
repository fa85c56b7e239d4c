"""The processed file with its certificate, and the plan, to take away."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.boundary import describe
from ui.html import notice, paragraph
from ui.language import _, language
from ui.state import screen

if TYPE_CHECKING:
    from anonymizer import Preview
    from desk import FileFormat, Session


def goal(desk: "Session", preview: "Preview") -> None:
    """Whether the plan reaches what was asked for, said before anything else."""
    after, least = preview.after, desk.threshold
    if after.k >= least and preview.processed.met:
        notice(
            _(
                "目安の {n} 人以上になる見込みです。書き出した後のファイルでもう一度確かめます。"
            ).format(n=least),
            "success",
        )
    else:
        notice(
            _(
                "目安に届いていません。最も小さい集まりは {k} 人で、目安は {n} 人以上です。"
                "幅を広げるか、ほかの案を選んでください。"
            ).format(k=f"{after.k:,}", n=least),
            "error",
        )


def draw(desk: "Session") -> None:
    """The downloads; each is made when its button is pressed."""
    st.subheader(_("受け取る"), anchor=False)
    paragraph(
        _(
            "加工後のデータに、書き出したファイルを別の方法で数え直した証明書と、加工計画を添えます。"
            "目安に届かないときは、証明書にそう書かれます。"
        ),
        "mk-small",
    )
    with st.container(horizontal=True, key="takeaway"):
        formats: tuple[tuple[FileFormat, str], ...] = (("csv", "CSV"), ("xlsx", "Excel"))
        for form, name in formats:
            st.download_button(
                _("加工後のデータ（{name}）").format(name=name),
                partial(_made, desk, form),
                file_name=_("加工後のデータ") + ".zip",
                key=f"takeaway-{form}-{screen().files}",
                on_click="ignore",
                wrap=True,
            )
        plan = desk.plan
        st.download_button(
            _("加工計画（YAML）"),
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
