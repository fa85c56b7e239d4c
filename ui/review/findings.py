"""What was found: what to see first, every finding by rule, and where the schema disagrees."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import (
    SEVERITIES,
    Finding,
    Review,
    RiskReport,
    SchemaCheck,
    SchemaCheckKind,
    Severity,
    Trace,
    check_label,
    own_rules,
)
from desk import FIELDS, Stated
from rules import in_force
from ui.boundary import button
from ui.kit import badge, chips, entry, items, notice, page_of, paragraph, table, tag, text
from ui.language import _, first_rows, listed, named, percent, spoken
from ui.state import Part, go_to

SHOWN = CAUSES = 5
"""Findings, and causes of unusual cells, to see first."""
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
    start, paged = page_of(shown, PER_PAGE, f"finding-page-{chosen}")
    for number, group in enumerate(paged, start):
        draw_group(group, f"finding-{number}")


def draw_group(group: Group, key: str, *, brief: bool = False) -> None:
    """One group; `brief` leaves out the single findings and how they were derived."""
    st.html(group_entry(group))
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


def group_entry(group: Group) -> str:
    """A group as HTML."""
    finding = group.first
    many = len(group.findings)
    severity = badge(spoken(SEVERITIES[finding.severity]), finding.severity)
    title = (_target(finding) if many == 1 else "") or titles().get(finding.rule, "")
    about = tag("b", text(title)) if title else ""
    count = tag("span", text(_("ui.about.n_entries", n=many)), "mk-small") if many > 1 else ""
    said = targets(group.findings) if many > 1 else spoken(finding.message)
    reason = tag("p", text(spoken(finding.reason)), "mk-small") if finding.reason else ""
    remedy = tag("p", tag("b", text(_("ui.findings.what_do"))) + text(spoken(finding.remedy)))
    body = (tag("p", text(said)), reason, remedy)
    return entry((severity, about, count), body, finding.severity)


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
    rules = in_force(own_rules()).rules
    return {checked.rule.id: spoken(checked.rule.title) for checked in rules}


def _fact(fact: dict[str, object]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in fact.items() if value not in (None, ""))


def draw_summary(
    review: Review, further: Sequence[RiskReport] = (), stated: Sequence[Stated] = ()
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
        button(
            _("ui.summary.see_other_findings_kinds", n=rest), "to-findings", go_to, Part.FINDINGS
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


def _unsaid(groups: Sequence[Group], stated: Sequence[Stated]) -> None:
    """What the case leaves open, what of it a file states, and the way to the form."""
    if not groups:
        return
    st.subheader(_("ui.summary.what_case_does_say"), anchor=False)
    st.html(items(text(spoken(group.first.message)) for group in groups))
    if stated:
        paragraph(
            _(
                "ui.summary.states_under_case_you",
                names=listed(spoken(FIELDS[offer.name]) for offer in stated),
                source=stated[0].source,
            )
        )
    button(_("ui.summary.write_case"), "to-case", go_to, Part.CASE)


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


def quasi_line(risk: RiskReport | None) -> str | None:
    """Which columns were counted together, in words; None without a measured risk."""
    if risk is None:
        return None
    return _(
        "ui.title.columns_counted_together_quasi",
        names=named(risk.quasi) or _("ui.correction.none"),
    )


def further_lines(risk: RiskReport | None, further: Iterable[RiskReport]) -> list[str]:
    """How many would be alone if more columns were known, a line for each set of columns."""
    counted = risk.quasi if risk else ()
    return [
        _(
            "ui.title.known_well_people_have",
            added=named(key for key in more.quasi if key not in counted),
            n=f"{more.uniques:,}",
        )
        for more in further
    ]


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
    found = disagreements(review)
    if found:
        st.subheader(_("ui.summary.where_schema_data_disagree"), anchor=False)
        lines = (
            _("ui.summary.kind_and_count", kind=name, n=len(checks))
            for name, checks in found.items()
        )
        st.html(items(map(text, lines)))


def draw_disagreements(review: Review) -> None:
    """Disagreements by kind, and notes of reading."""
    st.header(_("ui.schema_table.schema_data"), anchor=False)
    kinds = {source.kind for source in review.inputs}
    if "schema" not in kinds or len(kinds) < 2:
        paragraph(_("ui.schema_table.give_schema_data_together"))
    elif not review.schema_check:
        paragraph(_("ui.schema_table.schema_data_agree"))
    for name, checks in disagreements(review).items():
        st.subheader(name, anchor=False)
        st.html(_disagreed(name, checks))
    notes = [(s.name, note) for s in review.inputs for note in s.notes]
    if notes:
        st.subheader(_("ui.schema_table.how_files_were_read"), anchor=False)
        st.html(items(text(f"{name}：{spoken(note)}") for name, note in notes))


def disagreements(review: Review) -> dict[str, list[SchemaCheck]]:
    """The disagreements by what they are called, in the order of their kinds."""
    found: dict[str, list[SchemaCheck]] = {}
    for kind in SchemaCheckKind:
        for check in review.schema_check:
            if check.kind is kind:
                found.setdefault(spoken(check_label(check)), []).append(check)
    return found


def _disagreed(name: str, checks: list[SchemaCheck]) -> str:
    return table(
        name,
        [
            _("ui.correction.schema"),
            _("ui.correction.data"),
            _("ui.reading.what_different"),
            _("ui.reading.row"),
        ],
        [
            (
                check.declared or "—",
                check.column or "—",
                spoken(check.message),
                first_rows(check.at, check.rows),
            )
            for check in checks
        ],
    )
