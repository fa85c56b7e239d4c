"""審査: the evidence on the left, the conversation on the right."""

import streamlit as st

from ui.html import tag, text
from ui.language import _
from ui.review import columns, empty, findings, header, papers, plan, schema, summary, talk, unusual
from ui.state import screen

st.html(tag("a", text(_("相談の欄へ")), "mk-totalk", href="#talk"))
evidence, conversation = st.columns([17, 10], gap="medium")
with conversation:
    talk.draw()
with evidence:
    desk = screen().desk
    if desk is None or not screen().is_open:
        empty.draw()
    else:
        review = desk.review
        header.draw(review)
        names = [
            _("要点"),
            _("項目"),
            _("特異なデータ"),
            _("台帳と実データ"),
            _("リスクと加工"),
            _("指摘"),
            _("書類"),
        ]
        tabs = st.tabs(names, key=f"part-{screen().files}", on_change="rerun")
        draws = [
            lambda: summary.draw(review),
            lambda: columns.draw(review),
            lambda: unusual.draw(review, desk.table),
            lambda: schema.draw(review),
            lambda: plan.draw(desk),
            lambda: findings.draw(review),
            lambda: papers.draw(desk),
        ]
        for tab, draw in zip(tabs, draws, strict=True):
            if tab.open:
                with tab:
                    draw()
