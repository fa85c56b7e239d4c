"""The few things a council member should see first."""

from collections.abc import Sequence

import streamlit as st

from core import Finding, Review, RiskReport, SchemaCheckKind
from core.labels import CELL_KINDS, CHECK_KINDS
from ui.html import items, notice, paragraph, text
from ui.language import _, say
from ui.review.findings import draw_finding, ordered
from ui.review.header import further_lines, percent, quasi_line

SHOWN = 5


def draw(review: Review, further: Sequence[RiskReport] = ()) -> None:
    """The gravest findings, the risk in a sentence, and where to read on."""
    st.header(_("まず見るところ"), anchor=False)
    gravest = first(review.findings)
    if not gravest:
        paragraph(_("規則に当てはまる指摘はありませんでした。"))
    for number, finding in enumerate(gravest):
        draw_finding(finding, f"first-{number}", brief=True)
    rest = len(review.findings) - len(gravest)
    if rest > 0:
        paragraph(_("ほかの {n} 件は「指摘」にあります。").format(n=rest), "mk-small")
    _risk(review, further)
    for link in review.links:
        notice(say(link.message), "warning")
    _counts(review)


def first(findings: Sequence[Finding]) -> list[Finding]:
    """The gravest findings, one for each column and one for each other rule."""
    seen: dict[str, Finding] = {}
    for finding in ordered(findings):
        seen.setdefault(finding.target.column or finding.rule, finding)
    return list(seen.values())[:SHOWN]


def _risk(review: Review, further: Sequence[RiskReport]) -> None:
    if not (risk := review.risk):
        return
    st.subheader(_("いまのリスク"), anchor=False)
    paragraph(
        _(
            "{rows} 行のうち {uniques} 行は、同じ組合せの人がほかにいません。"
            "{share} の行が、{threshold} 人に満たない集まりに入っています。"
        ).format(
            rows=f"{risk.rows:,}",
            uniques=f"{risk.uniques:,}",
            share=percent(risk.share_at_risk),
            threshold=risk.threshold,
        )
    )
    if risk.special:
        paragraph(say(risk.special.message))
    if line := quasi_line(review):
        paragraph(say(line), "mk-small")
    for line_more in further_lines(review, further):
        paragraph(line_more)
    paragraph(say(risk.threshold_source), "mk-small")


def _counts(review: Review) -> None:
    lines = [
        _("{kind}：{n} 件").format(kind=say(CELL_KINDS[kind]), n=f"{n:,}")
        for kind, n in review.cell_totals.items()
        if n
    ]
    if lines:
        st.subheader(_("特異なデータ"), anchor=False)
        st.html(items(map(text, lines)))
    kinds = [check.kind for check in review.schema_check]
    if kinds:
        st.subheader(_("定義書と実データの食い違い"), anchor=False)
        st.html(
            items(
                text(_("{kind}：{n} 件").format(kind=say(CHECK_KINDS[k]), n=kinds.count(k)))
                for k in SchemaCheckKind
                if k in kinds
            )
        )
