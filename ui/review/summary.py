"""The few things a council member should see first."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Review, RiskReport, Severity
from ui.files import schema_table
from ui.kit.html import items, notice, paragraph, text
from ui.language import _, listed, spoken
from ui.review.findings import Group, draw_group, grouped
from ui.review.title import further_lines, percent, quasi_line
from ui.tabs import Part, go_to

if TYPE_CHECKING:
    from desk import Stated

SHOWN = CAUSES = 5


def draw(
    review: Review, further: Sequence[RiskReport] = (), stated: "Sequence[Stated]" = ()
) -> None:
    """The gravest findings about the data, the risk in a sentence, what the case must still say."""
    st.header(_("ui.summary.what_look_at_first"), anchor=False)
    groups = grouped(review.findings)
    gravest = first(groups)
    if not gravest:
        paragraph(_("ui.findings.no_rule_found_anything"))
    for number, group in enumerate(gravest):
        draw_group(group, f"first-{number}", brief=True)
    unsaid = [group for group in groups if group.about_case]
    rest = len(groups) - len(gravest) - len(unsaid)
    if rest > 0:
        st.button(
            _("ui.summary.see_other_findings_kinds", n=rest),
            key="to-findings",
            on_click=partial(go_to, Part.FINDINGS),
        )
    _unsaid(unsaid, stated)
    _risk(review, further)
    for link in review.links:
        notice(spoken(link.message), "warning")
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
    st.subheader(_("ui.summary.what_case_does_say"), anchor=False)
    st.html(items(text(spoken(group.first.message)) for group in groups))
    if stated:
        from desk import FIELDS

        paragraph(
            _(
                "ui.summary.states_under_case_you",
                names=listed(spoken(FIELDS[offer.name]) for offer in stated),
                source=stated[0].source,
            )
        )
    st.button(_("ui.summary.write_case"), key="to-case", on_click=partial(go_to, Part.CASE))


def _risk(review: Review, further: Sequence[RiskReport]) -> None:
    if not (risk := review.risk):
        return
    st.subheader(_("ui.summary.risk_now"), anchor=False)
    paragraph(
        _(
            "ui.summary.rows_alone_their_combination",
            rows=f"{risk.rows:,}",
            uniques=f"{risk.uniques:,}",
            share=percent(risk.share_at_risk),
            threshold=risk.threshold,
        )
    )
    if risk.special:
        paragraph(spoken(risk.special.message))
    if line := quasi_line(risk):
        paragraph(line, "mk-small")
    for line_more in further_lines(risk, further):
        paragraph(line_more)
    paragraph(spoken(risk.threshold_source), "mk-small")


def _counts(review: Review) -> None:
    """How many unusual cells and disagreements there are, side by side where there is room."""
    cells, checks = st.columns(2)
    with cells:
        _cells(review)
    with checks:
        _checks(review)


def _cells(review: Review) -> None:
    lines = [
        _("ui.summary.kind_and_count", kind=spoken(cause.title), n=f"{cause.count:,}")
        for cause in review.causes[:CAUSES]
    ]
    if (more := len(review.causes) - CAUSES) > 0:
        lines.append(_("desk.cells.more_causes", count=more))
    if lines:
        st.subheader(_("ui.about.unusual_data"), anchor=False)
        st.html(items(map(text, lines)))


def _checks(review: Review) -> None:
    found = schema_table.sorts(review)
    if found:
        st.subheader(_("ui.summary.where_schema_data_disagree"), anchor=False)
        lines = (
            _("ui.summary.kind_and_count", kind=name, n=len(checks))
            for name, checks in found.items()
        )
        st.html(items(map(text, lines)))
