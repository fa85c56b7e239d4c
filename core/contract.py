"""What a review says, and where it rests: the parts of the JSON contract of `mekiki review`."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from core.case import CaseFacts, Subject
from core.dataset import LintNote, Schema, Source
from core.message import Message
from core.vocabulary import (
    CellKind,
    ColumnType,
    LegalCategory,
    Operation,
    Role,
    SchemaCheckKind,
    Severity,
    Status,
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Citation(_Part):
    """Where a statement rests: a place in a law, a guideline or a document, as it was checked.

    `article` is a bare number ("60", "28-2"), `revision` the text that was checked,
    `effective_from` an ISO date.
    """

    id: str
    """The card it comes from, or the imported passage."""
    kind: Literal["law", "guideline", "document"]
    law: str
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    title: str = ""
    revision: str | None = None
    effective_from: str | None = None
    url: str | None = None
    status: Status


class Support(_Part):
    """n of the `of` non-empty rows agree with the type."""

    n: int
    of: int


class ColumnReport(_Part):
    """One column, what it is and why."""

    name: str
    """The column's key in the table (or its declared name where there is only a schema)."""
    position: int
    type: ColumnType
    parts: tuple[ColumnType, ...] = ()
    """The types inside a composite column such as 年代・性別."""
    role: Role
    confidence: float
    support: Support
    categories: tuple[LegalCategory, ...] = ()
    why: Message
    evidence: tuple[Message, ...] = ()
    cards: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


class Span(_Part):
    """Where in a cell personal data hides: character offsets in the original text."""

    type: ColumnType
    start: int
    end: int


class CellNote(_Part):
    """One unusual cell."""

    row: int
    column: str
    kind: CellKind
    masked: str
    reason: Message
    rule: str
    count: int | None = None
    """How many rows share the value or combination, where that is the reason."""
    weight: float = 0.0
    """0–1, sorts the list: what a reader should see first."""
    columns: tuple[str, ...] = ()
    """For a combination: the columns it is made of."""
    fewest: tuple[str, ...] = ()
    """Of those, the fewest that single the row out by themselves (a minimal sample unique)."""
    score: float | None = None
    """The row's SUDA2 score: the more and the smaller its minimal sample uniques, the higher."""
    spans: tuple[Span, ...] = ()


class CellExample(_Part):
    """One of the cells of a cause: its row (1 = first data row), its column, its value's shape."""

    row: int
    column: str
    masked: str


class CellCause(_Part):
    """What makes cells unusual, told once for all of them."""

    id: str
    kind: CellKind
    rule: str
    column: str
    columns: tuple[str, ...]
    """The column, or for a combination all that it is made of."""
    title: Message
    reason: Message
    count: int
    """How many cells it is about, over all rows."""
    share: float
    """The same as a share of the rows, 0–1."""
    examples: tuple[CellExample, ...]
    """At most five, of different values where there are several."""


class SchemaCheck(_Part):
    """One disagreement between schema and data."""

    kind: SchemaCheckKind
    declared: str | None = None
    column: str | None = None
    rows: int | None = None
    """How many rows break the declaration."""
    at: tuple[int, ...] = ()
    """The first of those rows (1 = first data row), at most 20."""
    match_confidence: float | None = None
    message: Message


class Target(_Part):
    """What a finding is about."""

    dataset: str | None = None
    column: str | None = None
    row: int | None = None


class Trace(_Part):
    """A node of the derivation: the rule, the facts it read, and what those rest on."""

    rule: str
    facts: tuple[dict[str, Any], ...] = ()
    because: tuple["Trace", ...] = ()


class Finding(_Part):
    """What a rule says, about what, why, and what to do."""

    id: str
    rule: str
    severity: Severity
    target: Target
    message: Message
    reason: Message | None = None
    remedy: Message
    cards: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    trace: Trace


class Combination(_Part):
    """Columns that single rows out while no part of them does."""

    columns: tuple[str, ...]
    rows: int


class SpecialUniques(_Part):
    """Which combinations single people out (SUDA2), and which columns contribute most."""

    rows: int
    """Rows singled out by fewer columns than the whole set."""
    searched: tuple[str, ...]
    """The columns searched, in combinations of up to three."""
    by_size: dict[int, int]
    """Minimal sample uniques per number of columns."""
    by_column: dict[str, float]
    """Share of all scores (0–1) that involves the column; the largest first."""
    combinations: tuple[Combination, ...]
    """Those that single out the most rows, at most ten."""
    message: Message


class RiskReport(_Part):
    """Re-identification risk of a table over its quasi-identifiers.

    Counted in units (people, households), which are the rows where no column tells whose row it
    is. `share_at_risk` is the share of units (0–1) in classes smaller than `threshold`.
    """

    quasi: tuple[str, ...]
    k: int
    classes: int
    uniques: int
    share_at_risk: float
    threshold: int
    threshold_source: Message
    rows: int
    units: int | None = None
    """How many units the rows are about; None where each row counts for itself."""
    special: SpecialUniques | None = None


class Link(_Part):
    """What several files give away together."""

    left: str
    right: str
    kind: Literal["records", "counts"] = "records"
    """People recognised in both, or published counts taken from one another."""
    keys: tuple[tuple[str, str], ...]
    by_identifier: bool = False
    """Whether a key says whose record it is (a number of the person, a name)."""
    quasi: tuple[str, ...] = ()
    """The quasi-identifiers of both sides, which people are told apart by after linking."""
    matched: int
    """Rows that meet exactly one row of the other side; groups both tables count."""
    unique_before: int
    """Matched rows alone in the left side's own quasi-identifiers."""
    unique_after: int
    """Matched rows alone in those of both sides together; of counts, the groups that differ by
    so few that people show."""
    rows: tuple[int, ...] = ()
    """The first of the rows at the left that become so (1 = first data row)."""
    message: Message


class ProposedStep(_Part):
    """What a plan does to one column, and what comes of it."""

    column: str
    operation: Operation
    parameter: int | float | str | None = None
    part: ColumnType | None = None
    after: tuple[str, ...] = ()
    """What values look like afterwards: group labels, never a rare value."""
    distinct_before: int
    distinct_after: int
    loss: float
    """0 = as it was, 1 = gone."""


class Proposal(_Part):
    """The plan in force, with the risk and the loss measured on its result."""

    k: int
    steps: tuple[ProposedStep, ...]
    before: RiskReport
    after: RiskReport
    granularity: float
    suppressed_rows: int
    suppressed_cells: int
    warnings: tuple[Message, ...] = ()


class Beside(_Part):
    """What is seen in another dataset given together with the one under review."""

    name: str
    subject: Subject | None = None
    columns: tuple[ColumnReport, ...]
    causes: tuple[CellCause, ...] = ()
    cells: tuple[CellNote, ...]
    cell_totals: dict[CellKind, int]
    risk: RiskReport | None


class Review(_Part):
    """The whole review of one case."""

    version: Literal[1] = 1
    inputs: tuple[Source, ...]
    subject: Subject | None = None
    """What the rows of the data under review are about, and whose row each is."""
    columns: tuple[ColumnReport, ...]
    declared: Schema | None = None
    """The schema given with the data, in full: papers are made of its words."""
    schema_check: tuple[SchemaCheck, ...]
    causes: tuple[CellCause, ...] = ()
    """Why cells are unusual, the weightiest first; `cells` lists them one by one."""
    cells: tuple[CellNote, ...]
    cell_totals: dict[CellKind, int]
    findings: tuple[Finding, ...]
    risk: RiskReport | None
    links: tuple[Link, ...] = ()
    others: tuple[Beside, ...] = ()
    """The other datasets; their findings stand among `findings`, under their name."""
    lint: tuple[LintNote, ...] = ()
    proposal: Proposal | None = None
    case: CaseFacts = CaseFacts()
    answers: dict[str, str] = {}
    """What was answered on the guided form, topic to answer: checklists are filled in by it."""
    as_of: str
    rule_revision: str = ""
