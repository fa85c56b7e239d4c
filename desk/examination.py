"""From a dataset, a case and a plan to a review: inspect, measure, conclude, cite."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import law
import rules
from anonymizer import Plan, Preview
from core import (
    Beside,
    CaseFacts,
    CellKind,
    ColumnReport,
    Dataset,
    Finding,
    Link,
    Operation,
    Proposal,
    ProposedStep,
    Review,
    RiskReport,
    Role,
    Table,
    fold,
    yaml12,
)
from desk.reply import cited
from intake import CountTable, read_count_table
from measure import THRESHOLD_SOURCE, measure_risk, owners_of
from rules import Fact, Inspection, RulePack

THRESHOLD = 5
"""The smallest class that is not called small; `measure` states where the number comes from."""
MOST_DIMENSIONS = 6
"""A table of counts has few; with more columns beside the count, rows are rather single people."""
_HEADERS = yaml12.load(Path(__file__).with_name("examination.yaml").read_text(encoding="utf-8"))
_COUNT = re.compile(f"({'|'.join(_HEADERS['counted'])})数$|^({'|'.join(_HEADERS['whole'])})$")
_ANONYMISED = "D-"
"""Cards on anonymised information."""
_OF_COLUMN = ("column.", "cells.")
"""Rules that speak of one column each."""
_OF_ROWS = frozenset({"dataset.breach_over_100", "dataset.register_below_1000"})
"""Rules that take each row for a person."""
_OF_DATA = ("column.", "cells.", "risk.", "dataset.", "schema.", "table.", "subject.")
"""Rules that speak of data, not of the case."""


@dataclass(frozen=True)
class Examined:
    """One dataset, what the detectors saw in it, and its risk as it came."""

    dataset: Dataset
    inspection: Inspection
    risk: RiskReport | None


def examine(dataset: Dataset, settings: rules.Settings, threshold: int = THRESHOLD) -> Examined:
    """Inspect a dataset and measure its risk over the quasi-identifiers found.

    In a table of counts each row stands for as many people as its count says.
    """
    inspection = rules.inspect(dataset, settings)
    table = dataset.table
    counts = listed_counts(table, inspection.columns) if table else None
    if counts is not None:
        return Examined(dataset, inspection, risk_of_counts(counts, threshold))
    if inspection.subject is not None and not inspection.subject.kind.of_people:
        return Examined(dataset, inspection, None)
    subject = inspection.subject
    unit = subject.unit.columns if subject is not None and subject.unit is not None else ()
    risk = risk_of(dataset, inspection.quasi, threshold, unit)
    if risk is not None:
        risk = risk.model_copy(update={"special": inspection.special})
    return Examined(dataset, inspection, risk)


def reopened(review: Review) -> Examined:
    """What can be known again from a review that was stored: everything but the cells' data."""
    columns: Counter[tuple[str, CellKind]] = Counter()
    for cause in review.causes:
        columns[cause.column, cause.kind] += cause.count
    hidden = Counter((n.column, type_) for n in review.cells for type_ in {s.type for s in n.spans})
    inspection = Inspection(
        name=review.inputs[0].name if review.inputs else "",
        rows=review.risk.rows if review.risk else 0,
        columns=review.columns,
        subject=review.subject,
        causes=review.causes,
        cells=review.cells,
        cell_totals=review.cell_totals,
        column_cells=dict(columns),
        hidden=dict(hidden),
        schema_check=review.schema_check,
        quasi=review.risk.quasi if review.risk else (),
        special=review.risk.special if review.risk else None,
        lint=review.lint,
    )
    dataset = Dataset(name=inspection.name, schema=review.declared)
    return Examined(dataset, inspection, review.risk)


def risk_of(
    dataset: Dataset,
    quasi: Sequence[str],
    threshold: int = THRESHOLD,
    unit: Sequence[str] = (),
) -> RiskReport | None:
    """The risk over some columns, in units; None without rows or without such columns."""
    table = dataset.table
    if table is None or not table.rows or not quasi:
        return None
    owners = owners_of(table, unit)
    return measure_risk(table, tuple(quasi), threshold=threshold, owners=owners).report()


def listed_counts(table: Table, columns: Sequence[ColumnReport]) -> CountTable | None:
    """The counts of a list that has one column of them; None where the rows are people.

    That column is named for what it counts, only categories stand beside it, and each combination
    of those once.

    >>> listed_counts(Table.of({"町": ["北", "南"], "世帯数": ["3", "12"]}), ()).counted
    ('世帯数',)
    """
    named = [c.key for c in table if _COUNT.search(fold(c.header))]
    people = any(c.role is Role.DIRECT_IDENTIFIER for c in columns)
    if len(named) != 1 or not 1 < len(table.columns) <= MOST_DIMENSIONS + 1 or people:
        return None
    found = read_count_table(table)
    return found if found is not None and list(found.counted) == named else None


def risk_of_counts(found: CountTable, threshold: int) -> RiskReport:
    """The risk of printing the counts as they are: small cells are small groups of people."""
    cells = found.leaves
    present = cells[cells > 0]
    people = int(present.sum())
    small = int(present[present < threshold].sum())
    return RiskReport(
        quasi=found.names,
        k=int(present.min()) if len(present) else 0,
        classes=len(present),
        uniques=int((present == 1).sum()),
        share_at_risk=small / people if people else 0.0,
        threshold=threshold,
        threshold_source=THRESHOLD_SOURCE,
        rows=people,
    )


def facts_of(
    examined: Examined | None, case: CaseFacts, answers: Mapping[str, str] | None = None
) -> tuple[Fact, ...]:
    """What is known of a case; before the first upload, what it says about itself."""
    if examined is None:
        return (*rules.from_case(case), *rules.from_answers(answers or {}))
    return rules.from_inspection(
        examined.inspection,
        case,
        dataset=examined.dataset,
        risk=examined.risk,
        answers=answers,
    )


def facts_of_plan(
    plan: Plan | None, seen: Preview | None, columns: Sequence[ColumnReport]
) -> tuple[Fact, ...]:
    """The plan in force as facts for the rules; none without a plan.

    Local recoding widens a kept column where it must: such a step is told as a generalisation.
    """
    if plan is None or seen is None:
        return ()
    lost = {loss.column: loss.loss for loss in seen.loss.columns}
    done = {
        step: Operation.GENERALIZE
        if step.operation is Operation.KEEP and lost[step.column] > 0
        else step.operation
        for step in plan.steps
    }
    return tuple(
        rules.from_plan(
            [(s.column, done[s].value, s.parameter) for s in plan.steps],
            columns,
            k=plan.k,
            k_after=seen.after.k,
            uniques_after=seen.after.uniques,
            share_at_risk_after=seen.after.share_at_risk,
            suppressed_share=seen.loss.suppressed_share,
        )
    )


def in_scope(findings: Iterable[Finding], inspection: Inspection) -> tuple[Finding, ...]:
    """The findings that speak of what the rows are: nobody makes anonymised information of a list
    of facilities, things, events, bodies or counts.

    There, what anonymised information asks for is no ground, rows are no number of people, and a
    column is spoken of once, by the gravest.
    """
    if inspection.of_people:
        return tuple(findings)
    told: set[str] = set()
    kept = []
    for finding in sorted(findings, key=lambda f: f.severity.order):
        cards = finding.cards
        if finding.rule.startswith(_OF_DATA):
            cards = tuple(c for c in cards if not c.startswith(_ANONYMISED))
        column = finding.target.column if finding.rule.startswith(_OF_COLUMN) else None
        if finding.rule in _OF_ROWS or (finding.cards and not cards) or column in told:
            continue
        told |= {column} if column else set()
        cites = {"cards": cards, "citations": cited(cards, finding.message.ja)}
        kept.append(finding if cards == finding.cards else finding.model_copy(update=cites))
    return tuple(kept)


def conclude(
    facts: Iterable[Fact], case: CaseFacts, pack: RulePack, as_of: date
) -> tuple[Finding, ...]:
    """The findings of the rules in force on a date, with their citations."""
    found = []
    for finding in rules.evaluate(tuple(facts), pack, as_of):
        cards = law.binding(finding.cards, case.body_type)
        parts = (finding.message, finding.reason, finding.remedy)
        said = "".join(part.ja for part in parts if part is not None)
        cites = {"cards": cards, "citations": cited(cards, said, case.case_date)}
        found.append(finding.model_copy(update=cites))
    return tuple(found)


def assemble(
    datasets: Sequence[Examined],
    findings: Sequence[Finding],
    *,
    links: Sequence[Link],
    pack: RulePack,
    as_of: date,
    case: CaseFacts,
    answers: Mapping[str, str],
    proposal: Proposal | None,
) -> Review:
    """The review of the first dataset as it is shown, stored and printed.

    `findings` are about it; those about the others follow.
    """
    examined, *others = datasets
    inspection, dataset = examined.inspection, examined.dataset
    sources = tuple(
        source.model_copy(update={"subject": e.inspection.subject})
        for e in datasets
        for source in e.dataset.sources
    )
    further = (f for other in others for f in _about(other, pack, as_of, case))
    return Review(
        inputs=sources,
        subject=inspection.subject,
        columns=_with_citations(inspection, case),
        declared=dataset.schema,
        schema_check=tuple(inspection.schema_check),
        causes=inspection.causes,
        cells=inspection.cells,
        cell_totals=dict(inspection.cell_totals),
        findings=(*findings, *further),
        risk=examined.risk,
        links=tuple(links),
        others=tuple(
            Beside(
                name=other.dataset.name,
                subject=other.inspection.subject,
                columns=_with_citations(other.inspection, case),
                causes=other.inspection.causes,
                cells=other.inspection.cells,
                cell_totals=dict(other.inspection.cell_totals),
                risk=other.risk,
            )
            for other in others
        ),
        lint=dataset.lint,
        proposal=proposal,
        case=case,
        answers=dict(answers),
        as_of=as_of.isoformat(),
        rule_revision=pack.revision,
    )


def _about(other: Examined, pack: RulePack, as_of: date, case: CaseFacts) -> Iterator[Finding]:
    """What the data of another dataset says, under its name; the case is judged once."""
    name = other.dataset.name
    alone = CaseFacts(body_type=case.body_type, uses_my_number=case.uses_my_number)
    found = conclude(facts_of(other, alone), alone, pack, as_of)
    for finding in in_scope(found, other.inspection):
        if finding.rule.startswith(_OF_DATA):
            target = finding.target.model_copy(update={"dataset": name})
            yield finding.model_copy(update={"id": f"{name}:{finding.id}", "target": target})


def _with_citations(inspection: Inspection, case: CaseFacts) -> tuple[ColumnReport, ...]:
    """The columns with the places their cards rest on."""
    found = []
    for column in inspection.columns:
        cards = law.binding(column.cards, case.body_type)
        cites = {"cards": cards, "citations": cited(cards, column.why.ja, case.case_date)}
        found.append(column.model_copy(update=cites))
    return tuple(found)


def summarize(plan: Plan | None, seen: Preview | None) -> Proposal | None:
    """The plan and what was measured on its result, as the review reports it; None without one."""
    if plan is None or seen is None:
        return None
    losses = {loss.column: loss for loss in seen.loss.columns}
    return Proposal(
        k=plan.k,
        steps=tuple(
            ProposedStep(
                column=step.column,
                operation=step.operation,
                parameter=step.parameter,
                part=step.part,
                after=tuple(dict.fromkeys(e.after for e in seen.changes.get(step.column, ()))),
                distinct_before=losses[step.column].distinct_before,
                distinct_after=losses[step.column].distinct_after,
                loss=losses[step.column].loss,
            )
            for step in plan.steps
        ),
        before=seen.before,
        after=seen.after,
        granularity=seen.loss.granularity,
        suppressed_rows=seen.loss.suppressed_rows,
        suppressed_cells=seen.loss.suppressed_cells,
        warnings=seen.warnings,
    )
