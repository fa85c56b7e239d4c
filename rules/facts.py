"""Facts: how an inspection, a case and a plan become what the rules read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from core import (
    IN_TEXT,
    CaseFacts,
    CellKind,
    ColumnReport,
    ColumnType,
    Dataset,
    LegalCategory,
    Link,
    Message,
    RiskReport,
    Role,
    Schema,
    SchemaCheck,
)
from rules.case_facts import from_answers, from_case, from_plan
from rules.fact import Fact
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
    def cell_totals(self) -> Mapping[CellKind, int]:
        """All unusual cells, by kind."""

    @property
    def column_cells(self) -> Mapping[tuple[str, CellKind], int]:
        """The same, by column and kind."""

    @property
    def hidden(self) -> Mapping[tuple[str, ColumnType], int]:
        """Cells with personal data inside their text, by column and type."""

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
        purpose_present=_states_purpose(schema) if schema else None,
        recipients_present=bool(schema.recipients) if schema else None,
        special_care_declared=declared[schema.special_care] if schema and declared else None,
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


def _cells(inspection: Inspected) -> Iterator[Fact]:
    for kind, count in inspection.cell_totals.items():
        yield Fact.of("cell_total", f"cells:{kind}", cell_kind=str(kind), count=count)
    by_name = {c.name: c for c in inspection.columns}
    for (name, kind), count in inspection.column_cells.items():
        column = by_name.get(name)
        if column is not None and count:
            what = (
                _hidden_words(inspection, name) if kind is CellKind.HIDDEN_PERSONAL_DATA else None
            )
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


def _hidden_words(inspection: Inspected, column: str) -> Message | None:
    """What hides in the texts of a column, in words with its counts, the most frequent first."""
    found = [(n, IN_TEXT[kind]) for (name, kind), n in inspection.hidden.items() if name == column]
    if not found:
        return None
    found.sort(key=lambda entry: (-entry[0], entry[1].ja))
    return Message(
        ja="、".join(f"{what.ja} {n:,} 件" for n, what in found),
        en=", ".join(f"{what.en}: {n:,}" for n, what in found),
    )


def _hidden(inspection: Inspected) -> Iterator[Fact]:
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
    measured = risk.model_dump(exclude={"quasi", "threshold_source", "special"})
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
