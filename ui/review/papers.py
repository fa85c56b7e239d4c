"""The draft papers to download; each is made when its button is pressed."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Language
from ui.boundary import describe
from ui.html import paragraph, tag, text
from ui.language import _, language, say

if TYPE_CHECKING:
    from desk import Paper, Session
    from papers import Format

FORMAT_NAMES: "dict[Format, str]" = {"docx": "Word", "xlsx": "Excel", "html": "HTML"}


def contents() -> "dict[Paper, str]":
    """What each paper holds, the most used first."""
    return {
        "draft_report": _(
            "項目ごとの区分・加工方法・根拠・残るリスクと、意見の欄をまとめた案です。"
        ),
        "review": _("項目、特異なデータ、定義書との食い違い、リスクの一覧です。"),
        "plan": _("どの項目をどう加工するかと、加工の前後のリスクです。"),
        "findings": _("指摘と理由、対応、根拠の一覧です。"),
        "register": _("記録項目などを実データに合わせた案です。"),
        "contract": _("委託契約に書くべき事項の確認表です。"),
        "screening": _("提案を審査するときの確認表です。"),
    }


def draw(desk: "Session") -> None:
    """A row for each paper, with a button for each format."""
    from desk import TITLES

    st.header(_("書類"), anchor=False)
    paragraph(
        _("どの書類も案です。値は伏せた形で載せ、ファイル名と指紋、規則と法令の版を記します。"),
        "mk-small",
    )
    for paper, holds in contents().items():
        name = say(TITLES[paper])
        about, formats = st.columns([3, 2], vertical_alignment="center")
        with about:
            st.html(tag("p", tag("b", text(name)), "mk-text") + tag("p", text(holds), "mk-small"))
        with formats, st.container(horizontal=True, key=f"paper-{paper}"):
            for form, label in FORMAT_NAMES.items():
                st.download_button(
                    label,
                    partial(made, desk, paper, form, language()),
                    file_name=f"{name}.{form}",
                    key=f"paper-{paper}-{form}",
                    help=_("{name}を{form}で受け取る").format(name=name, form=label),
                    on_click="ignore",
                )


def made(desk: "Session", paper: "Paper", form: "Format", lang: Language) -> bytes:
    """The bytes of a paper; an error is logged without its text and told as it is elsewhere."""
    try:
        return desk.report(paper, form, lang)
    except Exception as error:
        raise RuntimeError(describe(error).text(lang)) from None
