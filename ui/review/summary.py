"""The few things a council member should see first."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import CELL_KINDS, Review, RiskReport, Severity
from ui.html import items, notice, paragraph, text
from ui.language import _, listed, say
from ui.review import schema
from ui.review.findings import Group, draw_group, grouped
from ui.review.header import further_lines, percent, quasi_line
from ui.review.parts import Part, go_to

if TYPE_CHECKING:
    from desk import Stated

SHOWN = 5


def draw(
    review: Review, further: Sequence[RiskReport] = (), stated: "Sequence[Stated]" = ()
) -> None:
    """The gravest findings about the data, the risk in a sentence, what the case must still say."""
    st.header(_("まず見るところ"), anchor=False)
    groups = grouped(review.findings)
    gravest = first(groups)
    if not gravest:
        paragraph(_("規則に当てはまる指摘はありませんでした。"))
    for number, group in enumerate(gravest):
        draw_group(group, f"first-{number}", brief=True)
    unsaid = [group for group in groups if group.about_case]
    rest = len(groups) - len(gravest) - len(unsaid)
    if rest > 0:
        st.button(
            _("ほかの指摘（{n} 種類）を見る").format(n=rest),
            key="to-findings",
            on_click=partial(go_to, Part.FINDINGS),
        )
    _unsaid(unsaid, stated)
    _risk(review, further)
    for link in review.links:
        notice(say(link.message), "warning")
    _counts(review)


def first(groups: Sequence[Group]) -> list[Group]:
    """The gravest groups about the data: one for each column and one for each other rule.

    What is only for information is not among them.
    """
    seen: dict[str, Group] = {}
    for group in groups:
        finding = group.first
        if not group.about_case and finding.severity is not Severity.INFO:
            alone = finding.target.column if len(group.findings) == 1 else None
            seen.setdefault(alone or finding.rule, group)
    return list(seen.values())[:SHOWN]


def _unsaid(groups: Sequence[Group], stated: "Sequence[Stated]") -> None:
    """What the case leaves open, what of it a file states, and the way to the form."""
    if not groups:
        return
    st.subheader(_("案件について、まだ書かれていないこと"), anchor=False)
    st.html(items(text(say(group.first.message)) for group in groups))
    if stated:
        from desk import FIELDS

        paragraph(
            _(
                "{names}は「{source}」に書かれています。案件の欄で、その内容を使うかどうかを選べます。"
            ).format(
                names=listed(say(FIELDS[offer.name]) for offer in stated), source=stated[0].source
            )
        )
    st.button(_("案件の欄に書く"), key="to-case", on_click=partial(go_to, Part.CASE))


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
    if line := quasi_line(risk):
        paragraph(line, "mk-small")
    for line_more in further_lines(risk, further):
        paragraph(line_more)
    paragraph(say(risk.threshold_source), "mk-small")


def _counts(review: Review) -> None:
    """How many unusual cells and disagreements there are, side by side where there is room."""
    cells, checks = st.columns(2)
    with cells:
        _cells(review)
    with checks:
        _checks(review)


def _cells(review: Review) -> None:
    lines = [
        _("{kind}：{n} 件").format(kind=say(CELL_KINDS[kind]), n=f"{n:,}")
        for kind, n in review.cell_totals.items()
        if n
    ]
    if lines:
        st.subheader(_("特異なデータ"), anchor=False)
        st.html(items(map(text, lines)))


def _checks(review: Review) -> None:
    found = schema.sorts(review)
    if found:
        st.subheader(_("定義書と実データの食い違い"), anchor=False)
        lines = (
            _("{kind}：{n} 件").format(kind=name, n=len(checks)) for name, checks in found.items()
        )
        st.html(items(map(text, lines)))
