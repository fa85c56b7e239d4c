"""Findings by rule: what, why, what to do, on which ground, derived how."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import SEVERITIES, Finding, Review, Severity, Trace, own_rules
from ui.kit.citation import chips
from ui.kit.html import paragraph, tag, text
from ui.language import _, listed, named, spoken

PER_PAGE = 12
NAMED = 8
"""Columns of a group that are named; the others are counted."""
CASE = "case_missing"
"""The kind of fact that says what the case does not say."""


@dataclass(frozen=True)
class Group:
    """What one rule says, about one thing or several."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The gravest, which speaks for all."""
        return self.findings[0]

    @property
    def about_case(self) -> bool:
        """Whether it is about what the case leaves unsaid, not about the data."""
        facts = self.first.trace.facts
        return bool(facts) and all(fact.get("kind") == CASE for fact in facts)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first; the rules' own order within a severity."""
    return sorted(findings, key=lambda finding: finding.severity.order)


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """The findings of each rule together, the gravest group first."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in ordered(findings):
        by_rule.setdefault(finding.rule, []).append(finding)
    return [Group(tuple(same)) for same in by_rule.values()]


def draw(review: Review) -> None:
    """All findings, a group for each rule, filtered by severity, a page at a time."""
    st.header(_("ui.findings.findings"), anchor=False)
    if not review.findings:
        paragraph(_("ui.findings.no_rule_found_anything"))
        return
    groups = grouped(review.findings)
    paragraph(
        _("ui.findings.findings_put_together_into", n=len(review.findings), groups=len(groups)),
        "mk-small",
    )
    totals = Counter(finding.severity for finding in review.findings)
    chosen = st.pills(
        _("ui.findings.filter_severity"),
        [severity for severity in Severity if totals[severity]],
        format_func=lambda s: f"{spoken(SEVERITIES[s])} {totals[s]}",
        key="finding-severity",
    )
    shown = [g for g in groups if chosen in (None, g.first.severity)]
    page = 1
    if len(shown) > PER_PAGE:
        page = st.pagination(-(-len(shown) // PER_PAGE), key=f"finding-page-{chosen}")
    start = (page - 1) * PER_PAGE
    for number, group in enumerate(shown[start : start + PER_PAGE], start):
        draw_group(group, f"finding-{number}")


def draw_group(group: Group, key: str, *, brief: bool = False) -> None:
    """One group; `brief` leaves out the single findings and how they were derived."""
    st.html(entry(group))
    chips(group.first.citations, key)
    if brief:
        return
    many = len(group.findings)
    name = _("ui.findings.see_one_one", n=many) if many > 1 else _("ui.findings.how_derived")
    with st.expander(name, type="compact"):
        st.html(tag("ul", "".join(map(partial(_single, many), group.findings)), "mk-list"))


def _single(many: int, finding: Finding) -> str:
    if many == 1:
        return derivation(finding.trace)
    return tag("li", text(spoken(finding.message)) + tag("ul", derivation(finding.trace)))


def entry(group: Group) -> str:
    """A group as HTML."""
    finding = group.first
    many = len(group.findings)
    badge = tag(
        "span", text(spoken(SEVERITIES[finding.severity])), f"mk-badge mk-{finding.severity}"
    )
    title = (_target(finding) if many == 1 else "") or titles().get(finding.rule, "")
    about = tag("b", text(title)) if title else ""
    count = tag("span", text(_("ui.about.n_entries", n=many)), "mk-small") if many > 1 else ""
    said = targets(group.findings) if many > 1 else spoken(finding.message)
    reason = tag("p", text(spoken(finding.reason)), "mk-small") if finding.reason else ""
    remedy = tag("p", tag("b", text(_("ui.findings.what_do"))) + text(spoken(finding.remedy)))
    return tag(
        "div",
        tag("p", badge + about + count, "mk-entry-title") + tag("p", text(said)) + reason + remedy,
        f"mk-entry e-{finding.severity}",
    )


def targets(findings: Iterable[Finding]) -> str:
    """The columns or rows that findings are about; their messages where they name none."""
    columns = list(dict.fromkeys(f.target.column for f in findings if f.target.column))
    if not columns:
        return listed(dict.fromkeys(spoken(f.message) for f in findings))
    more = len(columns) - NAMED
    shown = named(columns[:NAMED])
    return _("ui.findings.more_columns", names=shown, n=more) if more > 0 else shown


def _target(finding: Finding) -> str:
    target = finding.target
    column = _("ui.findings.column", name=target.column) if target.column else ""
    row = _("ui.actions.row_2", row=target.row) if target.row else ""
    return " ".join(part for part in (column, row) if part)


def derivation(trace: Trace) -> str:
    """The tree of rules and the facts they read, as nested lists; facts as they are recorded."""
    facts = "".join(tag("li", tag("code", text(_fact(fact)))) for fact in trace.facts)
    because = "".join(derivation(node) for node in trace.because)
    inner = tag("ul", facts + because) if facts or because else ""
    name = tag("code", text(trace.rule))
    return tag(
        "li", text(_("ui.findings.rule")) + text(titles().get(trace.rule, "")) + " " + name + inner
    )


def titles() -> dict[str, str]:
    """What each rule is called in the session's language."""
    from rules import in_force

    rules = in_force(own_rules()).rules
    return {checked.rule.id: spoken(checked.rule.title) for checked in rules}


def _fact(fact: dict[str, object]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in fact.items() if value not in (None, ""))
