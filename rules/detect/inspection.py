"""Looking at a dataset: what its columns are, which say the same, and which cells are unusual."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import pyarrow as pa

from core import (
    CellCause,
    CellKind,
    CellNote,
    Column,
    ColumnReport,
    ColumnType,
    Dataset,
    Link,
    LintNote,
    Schema,
    SchemaCheck,
    SpecialUniques,
    Subject,
    SubjectKind,
    Table,
    say,
)
from intake import CountTable, read_count_table
from measure import combine, count_classes, group
from rules.detect import quasi
from rules.detect.cells import (
    CATEGORICAL,
    Alarm,
    causes,
    format_breaks,
    missing_codes,
    missing_notes,
    outliers,
    rank,
    rare_values,
    running_numbers,
    singled_out,
    totals,
    very_old,
    width_mismatches,
)
from rules.detect.coded import coded
from rules.detect.columns import corrected, decide, decide_declared
from rules.detect.decision import Decision
from rules.detect.linkage import Side, differences, link_sides
from rules.detect.profile import Profile
from rules.detect.roles import as_statistics, holds_counts, report
from rules.detect.schema_check import about_register, check_schema
from rules.detect.settings import Settings
from rules.detect.subject import (
    SmallCounts,
    in_light_of,
    of_people,
    small_counts,
    stays,
    subject_of,
)
from rules.detect.text import DIRECT, hidden_data, hidden_totals, hidden_types

_T = ColumnType
_TEXTUAL = frozenset({_T.FREE_TEXT, _T.UNKNOWN})
"""Columns whose texts are read for every kind of statement."""
_WORDS = CATEGORICAL - {_T.MUNICIPALITY_CODE, _T.INSURER_NUMBER, _T.FLAG}
"""Columns of words, where a number or address of a person is out of place."""
_SAMPLE = 4_000
"""Rows that are compared first: most columns turn out there to say different things."""

FIRST_ROWS = 5_000
"""Rows that tell what the columns of a table are."""


@dataclass(frozen=True)
class Inspection:
    """What is seen in one dataset."""

    name: str
    rows: int
    columns: tuple[ColumnReport, ...]
    subject: Subject | None = None
    """What its rows are about; None where it was read back from before that was asked."""
    small_counts: SmallCounts | None = None
    """The small counts of people; None where nobody is counted."""
    count_table: CountTable | None = field(default=None, repr=False)
    """The counts as they stand; None where its rows are no counts, or cannot be told apart."""
    counts: bool = False
    """Whether each row is a group of people and its count, not one person."""
    causes: tuple[CellCause, ...] = ()
    """Why cells are unusual, the weightiest first."""
    cells: tuple[CellNote, ...] = ()
    """The cells that matter most, the weightiest first."""
    cell_totals: Mapping[CellKind, int] = field(default_factory=dict)
    """Unusual cells per kind, over all rows."""
    column_cells: Mapping[tuple[str, CellKind], int] = field(default_factory=dict)
    """The same per column and kind."""
    hidden: Mapping[tuple[str, ColumnType], int] = field(default_factory=dict)
    """Cells that hold personal data inside their text, per column and type, over all rows."""
    schema_check: tuple[SchemaCheck, ...] = ()
    quasi: tuple[str, ...] = ()
    """The columns taken as quasi-identifiers, each fact once."""
    quasi_extended: tuple[tuple[str, ...], ...] = ()
    """Larger sets worth showing, with days of events."""
    redundant: Mapping[str, str] = field(default_factory=dict)
    """Columns whose values follow from another: {column: the one it follows}."""
    special: SpecialUniques | None = None
    """Which combinations of the quasi-identifiers single people out; None without any."""
    lint: tuple[LintNote, ...] = ()
    alarms: tuple[Alarm, ...] = field(default=(), repr=False)

    @property
    def about_people(self) -> tuple[ColumnReport, ...]:
        """The columns that are about people: what the rules on personal information read."""
        subject = self.subject
        return tuple(c for c in self.columns if subject is None or stays(subject, c))

    @property
    def of_people(self) -> bool:
        """Whether its rows are about the living, or may be."""
        kind = self.subject.kind if self.subject is not None else SubjectKind.UNKNOWN
        return kind.of_people and kind is not SubjectKind.DECEASED

    @property
    def is_counts(self) -> bool:
        """Whether its rows are counts: what is protected there are cells, not rows."""
        return self.subject is not None and self.subject.kind is SubjectKind.COUNT

    @property
    def personal(self) -> bool:
        """Whether anything in it is about the living: a table of toilets asks for no purpose."""
        return self.of_people or bool(self.about_people)

    def select(
        self, kind: CellKind | None = None, column: str | None = None, limit: int | None = None
    ) -> Iterator[CellNote]:
        """Unusual cells of a kind or in a column, the weightiest first; all where no limit.

        Each is made as it is taken, so that a million of them need no room.
        """
        if not self.alarms:
            return islice(self._listed(kind, column), limit)
        about = (a for a in self.alarms if column is None or column in (a.column.key, *a.columns))
        return rank((a for a in about if kind is None or a.kind is kind), limit)

    def why(self, kind: CellKind | None = None, column: str | None = None) -> list[CellCause]:
        """The causes of a kind or in a column, the weightiest first."""
        return [
            c
            for c in self.causes
            if kind in (None, c.kind) and (column is None or column in c.columns)
        ]

    def at(self, row: int, column: str | None = None) -> tuple[CellNote, ...]:
        """What is unusual about a row (1 = first), or about one cell of it."""
        if not self.alarms:
            return tuple(note for note in self._listed(None, column) if note.row == row)
        about = (a for a in self.alarms if column is None or column in (a.column.key, *a.columns))
        notes = (note for alarm in about for note in alarm.at(row))
        return tuple(sorted(notes, key=lambda n: (-n.weight, n.column, n.kind)))

    def _listed(self, kind: CellKind | None, column: str | None) -> tuple[CellNote, ...]:
        """From the bounded list, where an inspection was read back without its data."""
        return tuple(
            note
            for note in self.cells
            if (kind is None or note.kind is kind)
            and (column is None or column in (note.column, *note.columns))
        )

    def totals(self, column: str | None = None) -> dict[CellKind, int]:
        """Unusual cells per kind, of one column or of all."""
        if column is None:
            return dict(self.cell_totals)
        return {kind: n for (key, kind), n in self.column_cells.items() if key == column}


def inspect(dataset: Dataset, settings: Settings | None = None) -> Inspection:
    """Everything the detectors see in a schema, a table, or both.

    >>> table = Table.of({"氏名": ["山田 太郎", "佐藤 花子"], "年齢": ["34", "71"]})
    >>> [c.role.value for c in inspect(Dataset("例", table)).columns]
    ['direct_identifier', 'quasi_identifier']
    """
    settings = settings or Settings()
    if dataset.table is None:
        return _schema_only(dataset, settings)
    return _with_table(dataset, dataset.table, settings)


def recognise(table: Table, settings: Settings, name: str = "") -> Inspection:
    """What the columns are and whose rows they are, from the first rows of a table.

    `settings` hold what somebody said of them; `name` is the file's.
    """
    first = {c.header: c.values.take(pa.array(c.codes[:FIRST_ROWS])) for c in table}
    head = Table.from_arrow(list(first), list(first.values()))
    return inspect(Dataset(name=name, table=head), settings)


def _schema_only(dataset: Dataset, settings: Settings) -> Inspection:
    schema = dataset.schema or Schema(name=dataset.name, layout="list", columns=())
    reports = tuple(
        report(
            d.name,
            d.position,
            corrected(decide_declared(d), settings.columns.get(d.name)),
            None,
            hidden=frozenset(),
            settings=settings,
        )
        for d in schema.columns
    )
    subject = _subject(dataset, reports, {}, settings)
    reports = tuple(in_light_of(subject, r) for r in reports)
    chosen = settings.quasi or quasi.primary(reports, {r.name: 2 for r in reports}, {})
    return Inspection(
        name=dataset.name,
        rows=0,
        subject=subject,
        columns=reports,
        schema_check=tuple(about_register(schema, reports)),
        quasi=chosen,
        lint=dataset.lint,
    )


def _with_table(dataset: Dataset, table: Table, settings: Settings) -> Inspection:
    profiles = {c.key: Profile.of(c) for c in table}
    decisions = {
        c.key: corrected(
            decide(c.header, profiles[c.key], profiles[c.key].sampled(settings.sample)),
            settings.columns.get(c.key),
        )
        for c in table
    }
    per_column = {c.key: _column_alarms(c, decisions[c.key], profiles[c.key]) for c in table}
    alarms = [alarm for found in per_column.values() for alarm in found]
    follows = redundant(table.columns)
    reports = tuple(
        _with_relation(
            report(
                c.key,
                c.position,
                decisions[c.key],
                profiles[c.key],
                hidden=hidden_types(per_column[c.key]),
                settings=settings,
            ),
            follows,
        )
        for c in table
    )
    subject = _subject(dataset, reports, profiles, settings)
    small = small_counts(subject, dataset, table, reports, profiles)
    grouped = holds_counts(reports) and _rows_are_groups(table, reports, profiles)
    reports = tuple(in_light_of(subject, r) for r in reports)
    if grouped:
        reports = tuple(as_statistics(r) for r in reports)
    alarms = of_people(subject, alarms, {key: d.type for key, d in decisions.items()})
    checks: tuple[SchemaCheck, ...] = ()
    if dataset.schema is not None:
        checks, breaches = check_schema(dataset.schema, table, profiles, reports, follows)
        alarms += breaches
    distinct = {key: p.distinct for key, p in profiles.items()}
    chosen = settings.quasi or quasi.primary(reports, distinct, follows)
    people = chosen if subject.kind.of_people and not grouped else ()
    counted = [coded(table[key], decisions[key].type, profiles[key]) for key in people]
    singled = singled_out([table[key] for key in people], counted, settings.rare_count)
    alarms += singled.alarms
    by_kind, by_column = totals(alarms)
    return Inspection(
        name=dataset.name,
        rows=table.rows,
        columns=reports,
        subject=subject,
        small_counts=small,
        count_table=read_count_table(table) if subject.kind is SubjectKind.COUNT else None,
        counts=grouped,
        causes=causes(alarms, table.rows),
        cells=tuple(rank(alarms, settings.cells_limit)),
        cell_totals=by_kind,
        column_cells=by_column,
        hidden=hidden_totals(alarms),
        schema_check=checks,
        quasi=chosen,
        quasi_extended=quasi.extended(reports, distinct, follows, chosen),
        redundant=follows,
        special=singled.special,
        lint=dataset.lint,
        alarms=tuple(alarms),
    )


def _subject(
    dataset: Dataset,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    settings: Settings,
) -> Subject:
    return subject_of(
        dataset,
        reports,
        profiles,
        given=settings.subject,
        unit=settings.unit,
        said_by=settings.said_by,
    )


def _column_alarms(column: Column, decision: Decision, profile: Profile) -> list[Alarm]:
    """What is unusual in a column taken by itself."""
    codes = missing_codes(decision, profile)
    alarms = [
        *rare_values(column, decision.type, profile),
        *very_old(column, decision.type, profile),
        *missing_notes(column, decision, profile, codes),
        *format_breaks(column, decision, profile, codes),
        *width_mismatches(column, decision, profile),
        *outliers(column, decision, profile, codes),
    ]
    if decision.type in _TEXTUAL:
        alarms += [*hidden_data(column, profile), *running_numbers(column, profile)]
    elif decision.type in _WORDS:
        alarms += hidden_data(column, profile, DIRECT)
    return alarms


def _rows_are_groups(
    table: Table, reports: Sequence[ColumnReport], profiles: Mapping[str, Profile]
) -> bool:
    """Whether the labels of each row occur once, as in a published table of counts."""
    labels = [r for r in reports if r.type != ColumnType.QUANTITY and profiles[r.name].distinct]
    if not labels or table.rows < 2:
        return False
    counted = [coded(table[r.name], r.type, profiles[r.name]) for r in labels]
    return len(count_classes(counted)) == table.rows


def redundant(columns: Sequence[Column]) -> dict[str, str]:
    """Columns whose value follows from an earlier or finer one: {column: the one it follows}.

    A column follows another when every value of the other always stands beside one and the same
    value of it, over enough repeated values to be no accident.

    >>> from core import Table
    >>> days = ["2020-01-05", "2020-01-06"] * 20
    >>> short = [day[5:] for day in days]
    >>> redundant(Table.of({"日": days, "短": short, "区": ["北"] * 39 + ["南"]}).columns)
    {'短': '日'}
    """
    follows: dict[str, str] = {}
    order = sorted(columns, key=lambda c: (-len(c.values), c.position))
    for i, coarse in enumerate(order):
        for fine in order[:i]:
            if fine.key in follows or not _determines(fine, coarse):
                continue
            follows[coarse.key] = fine.key
            break
    return follows


def _determines(fine: Column, coarse: Column) -> bool:
    rows = len(fine.codes)
    used = int((fine.counts > 0).sum())
    if len(coarse.values) < 2 or rows < 20 or used > 0.5 * rows:
        return False
    sizes = [len(fine.values), len(coarse.values)]
    return all(
        len(group(combine([fine.codes[part], coarse.codes[part]], sizes)))
        == len(np.unique(fine.codes[part]))
        for part in (slice(0, _SAMPLE), slice(None))
    )


def _with_relation(report: ColumnReport, follows: Mapping[str, str]) -> ColumnReport:
    other = follows.get(report.name)
    if other is None:
        return report
    said = say("rules.inspection.follows", column=other)
    return report.model_copy(update={"evidence": (*report.evidence, said)})


def link(
    left: Dataset, right: Dataset, seen: tuple[Inspection, Inspection] | None = None
) -> tuple[Link, ...]:
    """What two datasets give away together; nothing where one of them has no data.

    Args:
        left: the dataset whose people are told apart.
        right: the dataset it is linked with.
        seen: both inspections, where they exist already.

    >>> a = Table.of({"生年月日": ["1980-01-05", "1990-02-03"], "病名": ["風邪", "骨折"]})
    >>> b = Table.of({"生年月日": ["S55.1.5", "H2.2.3"], "氏名": ["山田 太郎", "佐藤 花子"]})
    >>> found = link(Dataset("A", a), Dataset("B", b))[0]
    >>> found.keys, found.matched
    ((('生年月日', '生年月日'),), 2)
    """
    known = seen or (inspect(left), inspect(right))
    sides = [_side(dataset, look) for dataset, look in zip((left, right), known, strict=True)]
    if not all(side.table.rows for side in sides):
        return ()
    if any(look.counts for look in known):
        return differences(*sides)
    return link_sides(*sides)


def _side(dataset: Dataset, seen: Inspection) -> Side:
    table = dataset.table if dataset.table is not None else Table((), 0)
    return Side(dataset.name, table, seen.columns, seen.quasi, frozenset(seen.redundant))
