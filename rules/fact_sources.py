"""How an inspection, a case and a plan become the facts that rules read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from core import (
    IN_TEXT,
    CaseFacts,
    CellKind,
    ColumnReport,
    Dataset,
    LegalCategory,
    Link,
    Message,
    RiskReport,
    Role,
    Schema,
    SchemaCheck,
    fold,
    listed,
    say,
)
from rules.detect import Inspection
from rules.facts import Fact

_HOME = ("日本", "国内", "東京", "大阪", "japan", "jp", "tokyo", "osaka")
"""One of these in the place of a server tells that it is not abroad."""
_SAYS = {True: "yes", False: "no", None: "silent"}
"""What a register may say of special-care information."""


def from_inspection(
    inspection: Inspection,
    case: CaseFacts | None = None,
    *,
    dataset: Dataset | None = None,
    risk: RiskReport | None = None,
    answers: Mapping[str, str] | None = None,
) -> tuple[Fact, ...]:
    """All facts of one inspected dataset and its case.

    Args:
        inspection: what the detectors found.
        case: what the case says about itself.
        dataset: for its rows and schema; facts about those are left out without it.
        risk: the risk as measured over the quasi-identifiers.
        answers: answers on the guided form, topic to answer.
    """
    facts = [
        *from_columns(inspection.about_people),
        *from_dataset(inspection.about_people, dataset, name=inspection.name, rows=inspection.rows),
        *_subject(inspection),
        *_cells(inspection),
        *_hidden(inspection),
        *_checks(inspection.schema_check),
        *from_answers(answers or {}),
    ]
    if case is not None:
        facts += [f for f in from_case(case) if inspection.of_people or f.kind != "case_missing"]
    if risk is not None:
        facts += from_risk(risk)
    return tuple(facts)


def _subject(inspection: Inspection) -> Iterator[Fact]:
    """What the rows are about, and the small counts of a table of counts."""
    subject, small = inspection.subject, inspection.small_counts
    if subject is not None:
        unit = subject.unit
        yield Fact.of(
            "subject",
            "subject",
            subject=subject.kind.value,
            confidence=subject.confidence,
            personal=inspection.personal,
            people_columns=len(subject.people_columns),
            units=unit.units if unit else None,
            rows_per_unit=unit.rows_per_unit.max if unit else None,
        )
    if small is not None:
        yield Fact.of(
            "small_counts",
            "small_counts",
            cells=small.cells,
            small=small.small,
            columns="・".join(small.columns[:3]),
        )


def from_columns(columns: Iterable[ColumnReport]) -> Iterator[Fact]:
    """One fact per column."""
    for column in columns:
        of = column.support.of
        yield Fact.of(
            "column",
            f"column:{column.position}",
            key=column.name,
            position=column.position,
            type=column.type.value,
            role=column.role.value,
            confidence=column.confidence,
            categories=[c.value for c in column.categories],
            parts=[p.value for p in column.parts],
            support=column.support.n,
            of=of,
            support_ratio=column.support.n / of if of else 0.0,
            unnamed=column.name.startswith("#"),
            empty=of == 0,
        )


def from_dataset(
    columns: Sequence[ColumnReport],
    dataset: Dataset | None = None,
    *,
    name: str | None = None,
    rows: int | None = None,
) -> Iterator[Fact]:
    """The one fact about the dataset as a whole."""
    roles = Counter(c.role for c in columns)
    schema = dataset.schema if dataset else None
    table = dataset.table if dataset else None
    yield Fact.of(
        "dataset",
        "dataset",
        name=dataset.name if dataset else name,
        rows=table.rows if table else rows or None,
        columns=len(columns),
        has_data=bool(rows) if dataset is None else table is not None,
        has_schema=None if dataset is None else schema is not None,
        layout=schema.layout if schema else None,
        purpose_present=_states_purpose(schema) if schema else None,
        recipients_present=bool(schema.recipients) if schema else None,
        special_care_declared=_SAYS[schema.special_care] if schema else None,
        direct=roles[Role.DIRECT_IDENTIFIER],
        quasi=roles[Role.QUASI_IDENTIFIER],
        sensitive=roles[Role.SENSITIVE],
        special_care=sum(LegalCategory.SPECIAL_CARE in c.categories for c in columns),
        types=[t.value for c in columns for t in (c.type, *c.parts)],
        categories=[k.value for c in columns for k in c.categories],
    )


def _states_purpose(schema: Schema) -> bool | None:
    """Whether a purpose is given; None for the annex of an assessment, which gives only items."""
    annex = schema.layout == "pia" and not (schema.record_scope or schema.collection)
    return True if schema.purpose.strip() else None if annex else False


def _cells(inspection: Inspection) -> Iterator[Fact]:
    for kind, count in inspection.cell_totals.items():
        yield Fact.of("cell_total", f"cells:{kind}", cell_kind=str(kind), count=count)
    by_name = {c.name: c for c in inspection.columns}
    for (name, kind), count in inspection.column_cells.items():
        column = by_name.get(name)
        if column is not None and count:
            hides = kind is CellKind.HIDDEN_PERSONAL_DATA
            what = _hidden_words(inspection, name) if hides else _causes(inspection, name, kind)
            yield Fact.of(
                "column_cells",
                f"cells:{kind}:{column.position}",
                column=name,
                type=column.type.value,
                role=column.role.value,
                cell_kind=str(kind),
                count=count,
                what_ja=what.ja if what else None,
                what_en=what.en if what else None,
            )


def _causes(inspection: Inspection, column: str, kind: CellKind) -> Message | None:
    """Why cells of a column are unusual, one clause a cause."""
    said = []
    for cause in (c for c in inspection.why(kind, column) if c.column == column):
        ja, en = cause.reason.ja.removesuffix("。"), cause.reason.en.removesuffix(".")
        said.append(say("rules.facts.cause", reason=Message(ja=ja, en=en), count=cause.count))
    return listed(said, en="; ") if said else None


def _hidden_words(inspection: Inspection, column: str) -> Message | None:
    """What hides in the texts of a column, in words with its counts, the most frequent first."""
    found = [(n, IN_TEXT[kind]) for (name, kind), n in inspection.hidden.items() if name == column]
    found.sort(key=lambda entry: (-entry[0], entry[1].ja))
    counted = [say("rules.facts.hidden_count", what=what, count=n) for n, what in found]
    return listed(counted) if counted else None


def _hidden(inspection: Inspection) -> Iterator[Fact]:
    """What hides in texts, by column and type."""
    for number, ((column, kind), count) in enumerate(sorted(inspection.hidden.items()), 1):
        what = IN_TEXT[kind]
        yield Fact.of(
            "hidden_data",
            f"hidden:{number}",
            column=column,
            type=kind.value,
            what_ja=what.ja,
            what_en=what.en,
            count=count,
        )


def _checks(checks: Iterable[SchemaCheck]) -> Iterator[Fact]:
    for number, check in enumerate(checks, 1):
        yield Fact.of(
            "schema_check",
            f"check:{number}",
            check=check.kind.value,
            declared=check.declared,
            column=check.column,
            rows=check.rows,
            match_confidence=check.match_confidence,
        )


def from_risk(risk: RiskReport) -> Iterator[Fact]:
    """The one fact about risk."""
    measured = risk.model_dump(exclude={"quasi", "threshold_source", "special", "units"})
    quasi = " × ".join(risk.quasi)
    yield Fact.of("risk", "risk", quasi=quasi, quasi_count=len(risk.quasi), **measured)


def from_links(links: Iterable[Link]) -> Iterator[Fact]:
    """One fact per pair of files."""
    for number, link in enumerate(links, 1):
        counts = link.model_dump(
            include={
                "left", "right", "by_identifier", "matched", "unique_before", "unique_after"
            }
        )  # fmt: skip
        yield Fact.of(
            "link",
            f"link:{number}",
            of=link.kind,
            keys=len(link.keys),
            key_names="・".join(a if a == b else f"{a}＝{b}" for a, b in link.keys),
            more=max(0, link.unique_after - link.unique_before),
            **counts,
        )


def from_case(case: CaseFacts) -> Iterator[Fact]:
    """The case's own description: what is said, what is missing, and the texts to read."""
    apart = {"title", "number", "sources", "contractor", "case_date", "subject", "unit"}
    said = case.model_dump(exclude=apart)
    said["recipients"] = len(case.recipients) or None
    contractor = {
        "contractor_used": case.contractor.used,
        "recontract": case.contractor.recontract,
        "selection": case.contractor.selection,
    }
    country = case.server_country
    yield Fact.of(
        "case",
        "case",
        date=case.case_date,
        server_abroad=None if country is None else not any(h in fold(country) for h in _HOME),
        **said,
        **contractor,
    )
    for field, value in {**said, "case_date": case.case_date, **contractor}.items():
        if value is None:
            yield Fact.of("case_missing", f"missing:{field}", field=field)
    texts = [("title", case.title), ("purpose", case.purpose), ("legal_ground", case.legal_ground)]
    texts += [("retention", case.retention), *(("source", text) for text in case.sources)]
    for number, (field, text) in enumerate(texts, 1):
        if text:
            yield Fact.of("case_text", f"text:{number}", field=field, text=normalize("NFKC", text))


def from_answers(answers: Mapping[str, str]) -> Iterator[Fact]:
    """The answers on the guided form."""
    for topic, answer in answers.items():
        yield Fact.of("case_answer", f"answer:{topic}", topic=topic, answer=answer)


def from_plan(
    steps: Iterable[tuple[str, str, object]],
    columns: Sequence[ColumnReport],
    *,
    name: str = "plan",
    k: int | None = None,
    k_after: int | None = None,
    uniques_after: int | None = None,
    share_at_risk_after: float | None = None,
    suppressed_share: float | None = None,
) -> Iterator[Fact]:
    """A plan and what it does to each column; columns without a step are kept.

    Args:
        steps: (column, operation, parameter), as the plan lists them.
        columns: all columns of the data the plan is for.
        name: what the plan is called.
        k: the k that was asked for.
        k_after: the k measured on the result; likewise the other measures.
    """
    chosen = {column: (operation, parameter) for column, operation, parameter in steps}
    yield Fact.of(
        "plan",
        "plan",
        name=name,
        k=k,
        k_after=k_after,
        uniques_after=uniques_after,
        share_at_risk_after=share_at_risk_after,
        suppressed_share=suppressed_share,
        steps=len(chosen),
    )
    for column in columns:
        operation, parameter = chosen.get(column.name, ("keep", None))
        yield Fact.of(
            "plan_column",
            f"plan:{column.position}",
            column=column.name,
            type=column.type.value,
            role=column.role.value,
            operation=str(operation),
            level=None if parameter is None else str(parameter),
            categories=[c.value for c in column.categories],
        )
