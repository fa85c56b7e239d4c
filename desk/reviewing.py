"""From a dataset and a case to a review: inspect, measure, conclude, cite."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import rules
from core import (
    Beside,
    CaseFacts,
    ColumnReport,
    Dataset,
    Finding,
    Link,
    Proposal,
    Review,
    RiskReport,
)
from desk.counts import count_column, risk_of_counts
from desk.grounds import cited
from desk.settings import THRESHOLD
from measure import measure_risk
from rules import Fact, Inspection, RulePack

_OF_DATA = ("column.", "cells.", "risk.", "dataset.", "schema.")
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
    counts = count_column(table, inspection.columns) if table else None
    if table is not None and counts is not None:
        return Examined(dataset, inspection, risk_of_counts(table, counts, threshold))
    risk = risk_of(dataset, inspection.quasi, threshold)
    if risk is not None:
        risk = risk.model_copy(update={"special": inspection.special})
    return Examined(dataset, inspection, risk)


def reopened(review: Review) -> Examined:
    """What can be known again from a review that was stored: everything but the cells' data."""
    columns = Counter((note.column, note.kind) for note in review.cells)
    hidden = Counter((n.column, type_) for n in review.cells for type_ in {s.type for s in n.spans})
    inspection = Inspection(
        name=review.inputs[0].name if review.inputs else "",
        rows=review.risk.rows if review.risk else 0,
        columns=review.columns,
        cells=review.cells,
        cell_totals=review.cell_totals,
        column_cells=dict(columns),
        hidden=dict(hidden),
        schema_check=review.schema_check,
        quasi=review.risk.quasi if review.risk else (),
        special=review.risk.special if review.risk else None,
        lint=review.lint,
    )
    return Examined(Dataset(name=inspection.name), inspection, review.risk)


def risk_of(
    dataset: Dataset, quasi: Sequence[str], threshold: int = THRESHOLD
) -> RiskReport | None:
    """The risk over some columns; None without rows or without such columns."""
    table = dataset.table
    if table is None or not table.rows or not quasi:
        return None
    return measure_risk(table, tuple(quasi), threshold=threshold).report()


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


def conclude(
    examined: Examined | None,
    case: CaseFacts,
    pack: RulePack,
    as_of: date,
    more: Iterable[Fact] = (),
    answers: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """The findings of the rules in force on a date, with their citations."""
    found = rules.evaluate((*facts_of(examined, case, answers), *more), pack, as_of)
    return tuple(_with_grounds(finding, case) for finding in found)


def _with_grounds(finding: Finding, case: CaseFacts) -> Finding:
    cards = rules.binding(finding.cards, case.body_type)
    said = cited(cards, _said(finding))
    return finding.model_copy(update={"cards": cards, "citations": said})


def _said(finding: Finding) -> str:
    parts = (finding.message, finding.reason, finding.remedy)
    return "".join(part.ja for part in parts if part is not None)


def assemble(
    examined: Examined,
    findings: Sequence[Finding],
    links: Sequence[Link],
    pack: RulePack,
    as_of: date,
    case: CaseFacts,
    proposal: Proposal | None,
    others: Sequence[Examined] = (),
) -> Review:
    """The review as it is shown, stored and printed; findings about the other datasets follow."""
    inspection, dataset = examined.inspection, examined.dataset
    sources = (*dataset.sources, *(s for other in others for s in other.dataset.sources))
    further = (f for other in others for f in _about(other, pack, as_of, case))
    return Review(
        inputs=sources,
        columns=tuple(with_citations(c, case) for c in inspection.columns),
        schema_check=tuple(inspection.schema_check),
        cells=tuple(inspection.cells),
        cell_totals=dict(inspection.cell_totals),
        findings=(*findings, *further),
        risk=examined.risk,
        links=tuple(links),
        others=tuple(_beside(other, case) for other in others),
        lint=dataset.lint,
        proposal=proposal,
        case=case,
        as_of=as_of.isoformat(),
        rule_revision=pack.revision,
    )


def _about(other: Examined, pack: RulePack, as_of: date, case: CaseFacts) -> Iterator[Finding]:
    """What the data of another dataset says, under its name; the case is judged once."""
    name = other.dataset.name
    alone = CaseFacts(body_type=case.body_type, uses_my_number=case.uses_my_number)
    for finding in conclude(other, alone, pack, as_of):
        if finding.rule.startswith(_OF_DATA):
            target = finding.target.model_copy(update={"dataset": name})
            yield finding.model_copy(update={"id": f"{name}:{finding.id}", "target": target})


def _beside(other: Examined, case: CaseFacts) -> Beside:
    inspection = other.inspection
    return Beside(
        name=other.dataset.name,
        columns=tuple(with_citations(c, case) for c in inspection.columns),
        cells=tuple(inspection.cells),
        cell_totals=dict(inspection.cell_totals),
        risk=other.risk,
    )


def with_citations(column: ColumnReport, case: CaseFacts) -> ColumnReport:
    """A column with the places its cards rest on."""
    cards = rules.binding(column.cards, case.body_type)
    said = cited(cards, column.why.ja)
    return column.model_copy(update={"cards": cards, "citations": said})
