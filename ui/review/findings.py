"""Findings by severity: what, why, what to do, on which ground, derived how."""

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from core import Finding, Review, Severity, Trace
from core.labels import SEVERITIES
from ui.citation import chips
from ui.html import paragraph, tag, text
from ui.language import _, say

PER_PAGE = 20


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first; the rules' own order within a severity."""
    return sorted(findings, key=lambda finding: finding.severity.order)


def draw(review: Review) -> None:
    """All findings, filtered by severity, a page at a time."""
    st.header(_("指摘"), anchor=False)
    if not review.findings:
        paragraph(_("規則に当てはまる指摘はありませんでした。"))
        return
    totals = Counter(finding.severity for finding in review.findings)
    chosen = st.pills(
        _("重さで絞る"),
        [severity for severity in Severity if totals[severity]],
        format_func=lambda s: f"{say(SEVERITIES[s])} {totals[s]}",
        key="finding-severity",
    )
    shown = [f for f in ordered(review.findings) if chosen in (None, f.severity)]
    page = 1
    if len(shown) > PER_PAGE:
        page = st.pagination(-(-len(shown) // PER_PAGE), key=f"finding-page-{chosen}")
    start = (page - 1) * PER_PAGE
    for number, finding in enumerate(shown[start : start + PER_PAGE], start):
        draw_finding(finding, f"finding-{number}")


def draw_finding(finding: Finding, key: str, *, brief: bool = False) -> None:
    """One finding; `brief` leaves the derivation out."""
    st.html(entry(finding))
    chips(finding.citations, key)
    if not brief:
        with st.expander(_("この指摘の導き方")):
            st.html(tag("ul", derivation(finding.trace), "mk-list"))


def entry(finding: Finding) -> str:
    """A finding as HTML."""
    badge = tag("span", text(say(SEVERITIES[finding.severity])), f"mk-badge mk-{finding.severity}")
    about = tag("b", text(_target(finding))) if _target(finding) else ""
    reason = tag("p", text(say(finding.reason)), "mk-small") if finding.reason else ""
    remedy = tag("p", tag("b", text(_("どうするか："))) + text(say(finding.remedy)))
    return tag(
        "div",
        tag("p", badge + about, "mk-entry-title")
        + tag("p", text(say(finding.message)))
        + reason
        + remedy,
        f"mk-entry e-{finding.severity}",
    )


def _target(finding: Finding) -> str:
    target = finding.target
    column = _("項目「{name}」").format(name=target.column) if target.column else ""
    row = _("{row} 行目").format(row=target.row) if target.row else ""
    return " ".join(part for part in (column, row) if part)


def derivation(trace: Trace) -> str:
    """The tree of rules and the facts they read, as nested lists; facts as they are recorded."""
    facts = "".join(tag("li", tag("code", text(_fact(fact)))) for fact in trace.facts)
    because = "".join(derivation(node) for node in trace.because)
    inner = tag("ul", facts + because) if facts or because else ""
    name = tag("code", text(trace.rule))
    return tag("li", text(_("規則：")) + text(titles().get(trace.rule, "")) + " " + name + inner)


def titles() -> dict[str, str]:
    """What each rule is called in the session's language."""
    from rules import catalog

    return {checked.rule.id: say(checked.rule.title) for checked in catalog().rules}


def _fact(fact: dict[str, object]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in fact.items() if value not in (None, ""))
