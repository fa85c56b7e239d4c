"""Facts: what the rules read, and how an inspection, a case and a plan become facts.

>>> fact = Fact.of("risk", "risk:1", k=1, uniques=29, share_at_risk=0.123456)
>>> fact["share_at_risk"], fact.get("rows")
(0.1235, None)
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol
from unicodedata import normalize

from core import (
    CaseFacts,
    CellKind,
    CellNote,
    ColumnReport,
    Dataset,
    LegalCategory,
    Link,
    RiskReport,
    Role,
    RuleError,
    SchemaCheck,
    fold,
)
from rules.kinds import KINDS, FactKind, FieldType, Value

__all__ = [
    "KINDS",
    "Fact",
    "FactKind",
    "FieldType",
    "Value",
    "from_answers",
    "from_case",
    "from_columns",
    "from_dataset",
    "from_inspection",
    "from_links",
    "from_plan",
    "from_risk",
]

_HOME = ("日本", "国内", "東京", "大阪", "japan", "jp", "tokyo", "osaka")


@dataclass(frozen=True)
class Fact:
    """One statement: its kind, an identity of our own, and its fields in their declared types.

    Raises:
        RuleError: unknown kind or field, a value of another type, a non-finite number.
    """

    kind: str
    id: str
    values: Mapping[str, Value]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise RuleError.of(
                "fact-kind",
                ja=f"「{self.kind}」という種類の事実はありません。",
                en=f"There is no kind of fact called {self.kind}.",
            )
        declared = KINDS[self.kind]
        kept = {k: declared.normalise(k, v) for k, v in self.values.items() if v is not None}
        object.__setattr__(self, "values", MappingProxyType(kept))

    @classmethod
    def of(cls, kind: str, id: str, **values: Any) -> "Fact":
        """A fact; fields given as None are left out."""
        return cls(kind, id, values)

    def __hash__(self) -> int:
        return hash((self.kind, self.id))

    def __getitem__(self, field: str) -> Value:
        return self.values[field]

    def get(self, field: str) -> Value | None:
        """The field's value, or None where the fact is silent."""
        return self.values.get(field)

    def record(self) -> dict[str, Any]:
        """The fact as plain JSON values, for a derivation tree."""
        plain = {
            k: sorted(v)
            if isinstance(v, frozenset)
            else v.isoformat()
            if isinstance(v, date)
            else v
            for k, v in sorted(self.values.items())
        }
        return {"kind": self.kind, "id": self.id, **plain}


class Inspected(Protocol):
    """What an inspection must offer to be turned into facts."""

    @property
    def name(self) -> str:
        """The dataset's name."""

    @property
    def rows(self) -> int:
        """How many rows it has; 0 for a schema alone."""

    @property
    def columns(self) -> Sequence[ColumnReport]:
        """What each column is."""

    @property
    def cells(self) -> Sequence[CellNote]:
        """Unusual cells, ranked and bounded."""

    @property
    def cell_totals(self) -> Mapping[CellKind, int]:
        """All unusual cells, by kind."""

    @property
    def column_cells(self) -> Mapping[tuple[str, CellKind], int]:
        """The same, by column and kind."""

    @property
    def schema_check(self) -> Sequence[SchemaCheck]:
        """Where schema and data disagree."""


def from_inspection(
    inspection: Inspected,
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
        *from_columns(inspection.columns),
        *from_dataset(inspection.columns, dataset, name=inspection.name, rows=inspection.rows),
        *_cells(inspection),
        *_hidden(inspection),
        *_checks(inspection.schema_check),
        *from_answers(answers or {}),
    ]
    if case is not None:
        facts += from_case(case)
    if risk is not None:
        facts += from_risk(risk)
    return tuple(facts)


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
    declared = None if schema is None else {True: "yes", False: "no", None: "silent"}
    yield Fact.of(
        "dataset",
        "dataset",
        name=dataset.name if dataset else name,
        rows=table.rows if table else rows or None,
        columns=len(columns),
        has_data=bool(rows) if dataset is None else table is not None,
        has_schema=None if dataset is None else schema is not None,
        layout=schema.layout if schema else None,
        purpose_present=bool(schema.purpose.strip()) if schema else None,
        recipients_present=bool(schema.recipients) if schema else None,
        special_care_declared=declared[schema.special_care] if schema and declared else None,
        direct=roles[Role.DIRECT_IDENTIFIER],
        quasi=roles[Role.QUASI_IDENTIFIER],
        sensitive=roles[Role.SENSITIVE],
        special_care=sum(LegalCategory.SPECIAL_CARE in c.categories for c in columns),
        types=[t.value for c in columns for t in (c.type, *c.parts)],
        categories=[k.value for c in columns for k in c.categories],
    )


def _cells(inspection: Inspected) -> Iterator[Fact]:
    for kind, count in inspection.cell_totals.items():
        yield Fact.of("cell_total", f"cells:{kind}", cell_kind=str(kind), count=count)
    by_name = {c.name: c for c in inspection.columns}
    for (name, kind), count in inspection.column_cells.items():
        column = by_name.get(name)
        if column is not None and count:
            yield Fact.of(
                "column_cells",
                f"cells:{kind}:{column.position}",
                column=name,
                type=column.type.value,
                role=column.role.value,
                cell_kind=str(kind),
                count=count,
            )


def _hidden(inspection: Inspected) -> Iterator[Fact]:
    """What hides in texts, by column and type, over the cells that are listed."""
    counts = Counter((n.column, s.type.value) for n in inspection.cells for s in n.spans)
    for number, ((column, kind), count) in enumerate(sorted(counts.items()), 1):
        yield Fact.of("hidden_data", f"hidden:{number}", column=column, type=kind, count=count)


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
    measured = risk.model_dump(exclude={"quasi", "threshold_source"})
    quasi = "、".join(risk.quasi)
    yield Fact.of("risk", "risk", quasi=quasi, quasi_count=len(risk.quasi), **measured)


def from_links(links: Iterable[Link]) -> Iterator[Fact]:
    """One fact per pair of files."""
    for number, link in enumerate(links, 1):
        counts = link.model_dump(
            include={"left", "right", "matched", "unique_before", "unique_after"}
        )
        yield Fact.of("link", f"link:{number}", keys=len(link.keys), **counts)


def from_case(case: CaseFacts) -> Iterator[Fact]:
    """The case's own description: what is said, what is missing, and the texts to read."""
    said = case.model_dump(exclude={"title", "number", "sources", "contractor", "case_date"})
    country = case.server_country
    said["recipients"] = len(case.recipients) or None
    yield Fact.of(
        "case",
        "case",
        date=case.case_date,
        contractor_used=case.contractor.used,
        recontract=case.contractor.recontract,
        selection=case.contractor.selection,
        server_abroad=None if country is None else not any(h in fold(country) for h in _HOME),
        **said,
    )
    missing = [k for k, v in said.items() if v is None]
    missing += [
        name
        for name, value in (
            ("case_date", case.case_date),
            ("contractor_used", case.contractor.used),
            ("recontract", case.contractor.recontract),
            ("selection", case.contractor.selection),
        )
        if value is None
    ]
    for field in missing:
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
