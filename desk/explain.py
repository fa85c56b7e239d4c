"""What the desk says about the data: its columns, its unusual cells, the people who are alone."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from core import (
    CATEGORIES,
    CELL_KINDS,
    MARKS,
    ROLES,
    SUBJECTS,
    TYPES,
    CellCause,
    CellExample,
    CellKind,
    CellNote,
    ColumnReport,
    ColumnType,
    Message,
    Review,
    RiskReport,
    Role,
    SchemaCheckKind,
    Severity,
    Subject,
    SubjectKind,
    UsageError,
    check_label,
    listed,
    mask,
    say,
    yaml12,
)
from desk.examination import risk_of
from desk.reply import Outcome, cited, grounds, joined, passages, percent, quoted
from desk.tools import tool
from desk.workspace import Workspace

EXAMPLES = 5
"""How many of a list the conversation names before it says how many more there are."""
MAIN = 3
"""How many findings the summary of a review says."""
SHOWN = 50
"""How many cells the data of a listing holds."""
_DATA = yaml12.load(Path(__file__).with_name("explain.yaml").read_text(encoding="utf-8"))
CELL_GROUNDS: dict[CellKind, tuple[str, ...]] = {
    CellKind(kind): tuple(cards) for kind, cards in _DATA["cell_grounds"].items()
}
ACCURACY: str = _DATA["accuracy"]
RISK_GROUNDS = ("A-01", "G-09")
LINK_GROUNDS = ("A-01",)


# --- columns ---------------------------------------------------------------------------


def subject_line(subject: Subject) -> Message:
    """What a table is about, in one sentence; where that is unsure, it asks to be confirmed."""
    about, people = SUBJECTS[subject.kind], subject.people_columns
    unit = subject.unit
    if subject.kind is SubjectKind.UNKNOWN:
        return say("desk.subject.unknown")
    if not subject.kind.of_people or subject.kind is SubjectKind.DECEASED:
        said = (
            say("desk.subject.with_people", subject=about, columns=_quoted(people))
            if people
            else say("desk.subject.without_people", subject=about)
        )
    elif subject.split is not None:
        said = say("desk.subject.split", subject=about, **subject.split.model_dump())
    elif unit is not None and unit.columns:
        rows = unit.rows_per_unit
        counted = {"subject": about, "columns": _quoted(unit.columns), "units": unit.units}
        said = (
            say("desk.subject.by_unit_once", **counted)
            if rows.max == 1
            else say("desk.subject.by_unit", **counted, median=rows.median, most=rows.max)
        )
    elif unit is not None:
        said = say("desk.subject.by_row", subject=about, units=unit.units)
    else:
        said = say("desk.subject.of_schema", subject=about)
    return said if subject.sure else joined([said, say("desk.subject.confirm")])


def _quoted(names: Sequence[str], most: int = 4) -> Message:
    shown = listed([say("desk.subject.quoted", name=name) for name in names[:most]], ja="")
    more = len(names) - most
    return shown if more <= 0 else say("desk.subject.and_more", shown=shown, n=more)


@tool(open=True)
def list_columns(
    session: Workspace, role: Role | None = None, type: ColumnType | None = None
) -> Outcome:
    """Columns of a role or type, or all."""
    review = session.review
    chosen = [
        c
        for c in review.columns
        if (role is None or c.role is role) and (type is None or c.type is type or type in c.parts)
    ]
    if role is not None:
        what = _marked(role)
    elif type is not None:
        what = TYPES[type]
    else:
        counts = Counter(c.role for c in chosen)
        each = listed(say("desk.columns.count", what=_marked(r), count=counts[r]) for r in Role)
        what = say("desk.columns.all", counts=each)
    if chosen:
        names = quoted(c.name for c in chosen)
        message = say("desk.columns.listed", what=what, names=names, count=len(chosen))
    else:
        message = say("desk.columns.none", what=what)
    data = [{"name": c.name, "type": c.type.value, "role": c.role.value} for c in chosen]
    if role is not None or type is not None:
        return Outcome(message=message, data={"columns": data})
    main = review.findings[:MAIN]
    return Outcome(
        message=joined([message, *_summary(review)]),
        data={"columns": data, "findings": [f.id for f in main]},
        citations=tuple(dict.fromkeys(c for f in main for c in f.citations[:1])),
        passages=passages(card for f in main for card in f.cards[:1]),
    )


def _marked(role: Role) -> Message:
    return Message(ja=f"{MARKS[role]} {ROLES[role].ja}", en=f"{MARKS[role]} {ROLES[role].en}")


def _summary(review: Review) -> list[Message]:
    """How many findings there are, and the gravest."""
    if not review.findings:
        return []
    counts = Counter(f.severity for f in review.findings)
    head = say(
        "desk.columns.findings",
        count=len(review.findings),
        high=counts[Severity.HIGH],
        medium=counts[Severity.MEDIUM],
    )
    return [head, *(f.message for f in review.findings[:MAIN])]


@tool(open=True)
def explain_column(session: Workspace, column: str) -> Outcome:
    """Why a column is flagged, with the article."""
    review = session.review
    report = next((c for c in review.columns if c.name == column), None)
    if report is None:
        raise UsageError.of("desk.columns.unknown-column", column=column)
    said = [
        say(
            "desk.columns.read_as",
            column=column,
            type=_lower(
                listed(
                    [TYPES[part] for part in report.parts or (report.type,)], ja="・", en=" and "
                )
            ),
            role=_lower(_marked(report.role)),
        ),
        report.why,
    ]
    if report.categories:
        categories = listed(CATEGORIES[c] for c in report.categories)
        said.append(say("desk.columns.categories", categories=categories))
    findings = [f for f in review.findings if f.target.column == column]
    said += [*report.evidence, *(f.message for f in findings[:2])]
    places = (*report.citations, *(place for f in findings[:2] for place in f.citations))
    return Outcome(
        message=joined(said),
        data={
            "columns": [{"name": column, "type": report.type.value, "role": report.role.value}],
            "confidence": report.confidence,
            "support": report.support.model_dump(),
            "findings": [f.id for f in findings],
        },
        citations=tuple(dict.fromkeys(places)),
        passages=passages((*report.cards, *(card for f in findings[:2] for card in f.cards))),
    )


def _lower(words: Message) -> Message:
    """The words within an English sentence."""
    return Message(ja=words.ja, en=words.en.lower())


@tool()
def compare_schema(session: Workspace) -> Outcome:
    """Where schema and data disagree."""
    if session.dataset.schema is None:
        raise UsageError.of("desk.compare_without_schema.nothing-to-compare")
    if session.dataset.table is None:
        raise UsageError.of("desk.compare_without_data.nothing-to-compare")
    checks = session.review.schema_check
    if not checks:
        return Outcome(message=say("desk.compare.agree"))
    kinds = tuple(SchemaCheckKind)
    by_kind = sorted(checks, key=lambda check: kinds.index(check.kind))
    counts = Counter(map(check_label, by_kind))
    each = listed(say("desk.compare.count", what=name, count=n) for name, n in counts.items())
    said = [say("desk.compare.disagree", counts=each), *(c.message for c in checks[:EXAMPLES])]
    if len(checks) > EXAMPLES:
        said.append(say("desk.compare.more", count=len(checks) - EXAMPLES))
    data = [c.model_dump(mode="json", exclude={"message"}) for c in checks]
    return Outcome(message=joined(said), data={"schema_check": data})


# --- cells -----------------------------------------------------------------------------


@tool()
def list_unusual(
    session: Workspace, kind: CellKind | None = None, column: str | None = None
) -> Outcome:
    """Causes of unusual cells, gravest first; `rare_combination`: the people who are alone."""
    inspection = session.examined.inspection
    totals = {
        k: n for k, n in inspection.totals(column).items() if n and (kind is None or k is kind)
    }
    if not totals:
        what = CELL_KINDS[kind] if kind else say("desk.cells.unusual")
        if column:
            return Outcome(message=say("desk.cells.none_in_column", what=what, column=column))
        return Outcome(message=say("desk.cells.none", what=what))
    each = listed(say("desk.cells.count", what=CELL_KINDS[k], count=n) for k, n in totals.items())
    said = [say("desk.cells.there_are", counts=each)]
    if kind is CellKind.RARE_COMBINATION and session.review.risk is not None and column is None:
        said.append(_alone(session, session.review.risk))
    causes = inspection.why(kind, column)
    if len(causes) == 1:
        notes = tuple(inspection.select(kind=kind, column=column, limit=SHOWN))
        said += [_of_cell(note, note.reason) for note in notes[:EXAMPLES]]
        cells = [(n.row, n.column, n.kind) for n in notes]
    else:
        said += [_of_cause(cause) for cause in causes[:EXAMPLES]]
        cells = [(c.examples[0].row, c.column, c.kind) for c in causes[:SHOWN]]
    if len(causes) > EXAMPLES:
        said.append(say("desk.cells.more_causes", count=len(causes) - EXAMPLES))
    cards = [card for k in totals for card in CELL_GROUNDS[k]]
    return Outcome(
        message=joined(said),
        data={
            "causes": [{"id": c.id, "column": c.column, "count": c.count} for c in causes],
            "cells": [{"row": r, "column": c, "kind": k.value} for r, c, k in cells],
            "totals": {k.value: n for k, n in totals.items()},
        },
        citations=cited(cards, ACCURACY),
        passages=passages(cards),
    )


def _of_cell(cell: CellNote | CellExample, reason: Message) -> Message:
    return say(
        "desk.cells.cell", row=cell.row, column=cell.column, shape=cell.masked, reason=reason
    )


def _of_cause(cause: CellCause) -> Message:
    """A cause with its count; the one cell itself where it has no more."""
    if cause.count == 1:
        return _of_cell(cause.examples[0], cause.reason)
    return say(
        "desk.cells.cause",
        title=cause.title,
        count=cause.count,
        reason=cause.reason,
        rows=listed(say("desk.cells.in_row", row=e.row) for e in cause.examples),
    )


def _alone(session: Workspace, risk: RiskReport) -> Message:
    """How many people are alone, over which columns, and over the further sets worth knowing."""
    said = [say("desk.cells.alone", columns=quoted(risk.quasi), count=risk.uniques)]
    said += [
        say("desk.cells.alone_with", columns=_added(risk, further), count=further.uniques)
        for further in session.further_risks
    ]
    return joined(said)


def _added(risk: RiskReport, further: RiskReport) -> Message:
    """The columns that a further set counts as well."""
    return quoted(name for name in further.quasi if name not in risk.quasi)


@tool()
def explain_cell(session: Workspace, row: int, column: str | None = None) -> Outcome:
    """Why a row (1 = first data row), or one cell of it, is unusual."""
    table = session.table
    if table is None:
        raise UsageError.of("desk.cells.no-data")
    if not 1 <= row <= table.rows:
        raise UsageError.of("desk.cells.unknown-row", row=row, rows=table.rows)
    report = None
    if column is not None:
        session.need_column(column)
        report = next(c for c in session.columns if c.name == column)
    notes = session.examined.inspection.at(row, column)
    said = [_head(session, row, report)]
    said += [say("desk.cells.note", kind=CELL_KINDS[n.kind], reason=n.reason) for n in notes]
    rules = {(n.rule, n.column) for n in notes}
    same = sum(
        c.count - 1 for c in session.examined.inspection.causes if (c.rule, c.column) in rules
    )
    if same:
        said.append(say("desk.cells.same_cause", count=same))
    cards = [card for n in notes for card in CELL_GROUNDS[n.kind]]
    alone = class_of_row(session, row, column)
    if alone is not None and not any(n.kind is CellKind.RARE_COMBINATION for n in notes):
        said.append(alone)
        cards += CELL_GROUNDS[CellKind.RARE_COMBINATION]
    if report is not None:
        said.append(report.why)
        cards += report.cards
    if len(said) == 1:
        said.append(say("desk.cells.nothing_in_row"))
    return Outcome(
        message=joined(said),
        data={
            "cells": [{"row": n.row, "column": n.column, "kind": n.kind.value} for n in notes]
            or [{"row": row, "column": column, "kind": None}],
        },
        citations=cited(cards, ACCURACY),
        passages=passages(cards),
    )


def _head(session: Workspace, row: int, column: ColumnReport | None) -> Message:
    if column is None:
        return say("desk.cells.row", row=row)
    held = session.need_table()[column.name]
    code = int(held.codes[row - 1])
    if not held.texts[code]:
        return say("desk.cells.empty", row=row, column=column.name)
    return say(
        "desk.cells.cell_of_type",
        row=row,
        column=column.name,
        type=_lower(TYPES[column.type]),
        shape=mask(held.texts[code]),
        count=int(held.counts[code]),
    )


# --- risk ------------------------------------------------------------------------------


def class_of_row(session: Workspace, row: int, column: str | None) -> Message | None:
    """How many share a row's combination, where that is fewer than the threshold."""
    quasi, classes = session.examined.inspection.quasi, session.classes
    if classes is None or (column is not None and column not in quasi):
        return None
    size = int(classes.sizes[classes.index[row - 1]])
    if size >= session.threshold:
        return None
    if size == 1:
        return say("desk.risk.nobody_else", columns=quoted(quasi))
    return say("desk.risk.few_others", columns=quoted(quasi), count=size)


@tool(open=True)
def measure_risk(session: Workspace, quasi: Sequence[str] | None = None) -> Outcome:
    """k, uniques and share at risk over the given columns, or those of the review."""
    table = session.table
    if table is None:
        raise UsageError.of("desk.risk.no-data")
    inspection = session.examined.inspection
    chosen = tuple(quasi) if quasi else inspection.quasi
    if unknown := [name for name in chosen if name not in table]:
        raise UsageError.of("desk.risk.unknown-column", columns=quoted(unknown))
    counted = not quasi and session.count_table
    risk = (
        session.examined.risk
        if counted
        else risk_of(session.dataset, chosen, session.threshold, session.unit)
    )
    if risk is None:
        return Outcome(message=say("desk.risk.no_quasi_identifier"))
    said = [
        say(
            "desk.risk.measured",
            columns=quoted(risk.quasi),
            k=risk.k,
            alone=risk.uniques,
            threshold=risk.threshold,
            share=percent(risk.share_at_risk),
            rows=risk.rows,
            source=risk.threshold_source,
        )
    ]
    if not quasi and inspection.special:
        said.append(inspection.special.message)
    if not quasi:
        said += [
            say("desk.risk.with_more", columns=_added(risk, more), count=more.uniques)
            for more in session.further_risks
        ]
    data = risk.model_dump(mode="json")
    return Outcome(message=joined(said), data=data, **grounds(RISK_GROUNDS))


@tool()
def link_check(session: Workspace, other: str | None = None) -> Outcome:
    """What becomes known when the file is matched with another, or with all at hand."""
    if len(session.datasets) < 2:
        message = say("desk.links.nothing_to_match")
        return Outcome(message=message, data={"links": []}, **grounds(LINK_GROUNDS))
    found = [link for link in session.links if other is None or other in (link.left, link.right)]
    said = [link.message for link in found] or [say("desk.links.nothing_shared")]
    data = {"links": [link.model_dump(mode="json", exclude={"message"}) for link in found]}
    return Outcome(message=joined(said), data=data, **grounds(LINK_GROUNDS))
