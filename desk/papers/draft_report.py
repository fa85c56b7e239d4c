"""答申案 and 加工計画書: what is done to each column, with the risk before and after."""

from collections import Counter
from collections.abc import Sequence

from core import TYPES, ColumnReport, Operation, ProposedStep, Role, Severity, listed
from desk.papers.brief import Brief, category, closing, files, paper, revisions, risk
from desk.treatments import treatment
from measure import STAR
from papers import Block, Document, Heading, Paragraph

GRAVE = 8
"""How many findings the report itself lists; the rest are in the list of findings."""


@paper("draft_report", 1)
def draft_report(brief: Brief) -> Document:
    """The draft report. What the council concludes is left open: it is the council's to write."""
    t, case = brief.t, brief.review.case
    blank, later = t("desk.draft_report.not_stated"), t("desk.draft_report.after_discussion")
    blocks: list[Block] = [
        Heading(text=t("desk.draft_report.case")),
        brief.pairs(
            title=case.title or blank,
            purpose=case.purpose or blank,
            legal_ground=case.legal_ground or blank,
            recipients=brief.say(listed(case.recipients)) or blank,
            retention=case.retention or blank,
        ),
        *files(brief),
        *_summary(brief),
        *_columns(brief),
        *risk(brief),
        *_losses(brief),
        Heading(text=t("desk.draft_report.opinion")),
        brief.pairs(conclusion=later, conditions=later, date_of_discussion=later),
        *revisions(brief),
        closing(brief),
    ]
    return brief.document("desk.draft_report.paper", blocks)


def _summary(brief: Brief) -> list[Block]:
    findings = brief.review.findings
    counts = Counter(f.severity for f in findings)
    text = brief.t(
        "desk.draft_report.findings",
        count=len(findings),
        high=counts[Severity.HIGH],
        medium=counts[Severity.MEDIUM],
    )
    rows = (
        (brief.say(f.message), brief.say(f.remedy), brief.grounds(f.citations))
        for f in findings[:GRAVE]
    )
    heading, table = brief.section("desk.draft_report.main_findings", rows, (3, 3, 2))
    return [heading, Paragraph(text=text), *([table] if findings else [])]


def _columns(brief: Brief) -> list[Block]:
    review = brief.review
    steps: dict[str, list[ProposedStep]] = {}
    for step in review.proposal.steps if review.proposal else ():
        steps.setdefault(step.column, []).append(step)
    rows = (_row(brief, column, steps.get(column.name, [])) for column in review.columns)
    return brief.section(
        "desk.draft_report.columns", rows, (1.3, 1.5, 1.0, 1.4, 1.4, 1.9, 2.0, 1.2)
    )


def _row(brief: Brief, column: ColumnReport, steps: list[ProposedStep]) -> tuple[str, ...]:
    return (
        column.name,
        category(brief, column),
        _granularity(brief, steps) if steps else "",
        "\n".join(dict.fromkeys(_method(brief, column, s) for s in steps)),
        _examples(brief, steps[0].after[:2]) if steps else "",
        brief.grounds(column.citations),
        _remaining(brief, column, steps),
        "",
    )


def _granularity(brief: Brief, steps: list[ProposedStep]) -> str:
    """How many different values there are before and after."""
    step = steps[0]
    if step.operation is Operation.DROP and len(steps) == 1:
        return brief.t("desk.draft_report.no_values")
    before, after = step.distinct_before, step.distinct_after
    return brief.t("desk.draft_report.values", before=before, after=after)


def _method(brief: Brief, column: ColumnReport, step: ProposedStep) -> str:
    """The operation in words, with its parameter; for a part, which one."""
    if step.operation is Operation.KEEP and step.loss:
        text = brief.t("desk.draft_report.widen_where_needed")
    else:
        text = brief.say(treatment(step.operation, step.parameter, step.part or column.type))
    if step.part is None or step.operation is Operation.DROP:
        return text
    return brief.t("desk.draft_report.part", part=TYPES[step.part], step=text)


def _examples(brief: Brief, after: Sequence[str]) -> str:
    """What values look like afterwards; a suppressed one is named as such."""
    hidden = brief.t("desk.draft_report.suppressed")
    return "\n".join(hidden if text == STAR else text for text in after)


def _remaining(brief: Brief, column: ColumnReport, steps: list[ProposedStep]) -> str:
    """What risk stays with a column."""
    proposal = brief.review.proposal
    if not steps:
        return brief.t("desk.remaining.no_plan")
    if all(step.operation is Operation.DROP for step in steps):
        return brief.t("desk.remaining.none")
    if proposal is not None and column.name in proposal.after.quasi:
        return brief.t("desk.remaining.shared", k=proposal.after.k)
    if column.role is Role.SENSITIVE:
        return brief.t("desk.remaining.inferred")
    if column.role is Role.DIRECT_IDENTIFIER:
        return brief.t("desk.remaining.traced")
    return brief.t("desk.remaining.small")


def _losses(brief: Brief) -> list[Block]:
    proposal = brief.review.proposal
    if proposal is None:
        return []
    return [
        Heading(text=brief.t("desk.draft_report.losses")),
        brief.pairs(
            detail_kept=f"{proposal.granularity:.0%}",
            rows_suppressed=f"{proposal.suppressed_rows:,}",
            cells_suppressed=f"{proposal.suppressed_cells:,}",
        ),
        *(Paragraph(text=brief.say(w)) for w in proposal.warnings),
    ]


@paper("plan", 3)
def processing_plan(brief: Brief) -> Document:
    """The processing plan; says so where there is none."""
    proposal = brief.review.proposal
    if proposal is None:
        text = Paragraph(text=brief.t("desk.processing_plan.no_plan"))
        return brief.document("desk.processing_plan.paper", [*files(brief), text])
    reports = {column.name: column for column in brief.review.columns}
    rows = (
        (
            step.column,
            _method(brief, reports[step.column], step),
            _granularity(brief, [step]),
            _examples(brief, step.after),
            f"{step.loss:.0%}",
        )
        for step in proposal.steps
    )
    blocks: list[Block] = [
        *files(brief),
        *brief.section("desk.processing_plan.columns", rows, (1.5, 2, 1.5, 2, 1)),
        *risk(brief),
        *revisions(brief),
        *(Paragraph(text=brief.say(w)) for w in proposal.warnings),
        closing(brief),
    ]
    return brief.document("desk.processing_plan.paper", blocks)
