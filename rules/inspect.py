"""Looking at a dataset: what its columns are, and which cells are unusual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core import (
    CellKind,
    CellNote,
    ColumnReport,
    ColumnType,
    Dataset,
    Link,
    LintNote,
    Message,
    Schema,
    SchemaCheck,
    SpecialUniques,
    Table,
)
from measure import count_classes
from rules.detect import quasi
from rules.detect.cells import Alarm, rank, totals
from rules.detect.cells.column import column_alarms, hidden_totals, hidden_types
from rules.detect.cells.combinations import singled_out
from rules.detect.coded import coded
from rules.detect.columns import decide, decide_declared
from rules.detect.decision import Decision
from rules.detect.declared import about_register, check_schema, match_columns
from rules.detect.difference import differences
from rules.detect.link import Side, link_sides
from rules.detect.profile import Profile
from rules.detect.relations import redundant
from rules.detect.roles import as_statistics, holds_counts, report
from rules.detect.settings import Settings


@dataclass(frozen=True)
class Inspection:
    """What is seen in one dataset."""

    name: str
    rows: int
    columns: tuple[ColumnReport, ...]
    counts: bool = False
    """Whether each row is a group of people and its count, not one person."""
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

    def select(
        self, kind: CellKind | None = None, column: str | None = None, limit: int | None = None
    ) -> tuple[CellNote, ...]:
        """Unusual cells of a kind or in a column, the weightiest first; all where no limit."""
        if not self.alarms:
            return self._listed(kind, column)[:limit]
        chosen = [
            a
            for a in self.alarms
            if (kind is None or a.kind is kind)
            and (column is None or a.column.key == column or column in a.columns)
        ]
        return rank(chosen, limit)

    def at(self, row: int, column: str | None = None) -> tuple[CellNote, ...]:
        """What is unusual about a row (1 = first), or about one cell of it."""
        if not self.alarms:
            return tuple(note for note in self._listed(None, column) if note.row == row)
        notes = (
            note
            for a in self.alarms
            if column is None or a.column.key == column or column in a.columns
            for note in a.at(row)
        )
        return tuple(sorted(notes, key=lambda n: (-n.weight, n.column, n.kind)))

    def _listed(self, kind: CellKind | None, column: str | None) -> tuple[CellNote, ...]:
        """From the bounded list, where an inspection was read back without its data."""
        return tuple(
            note
            for note in self.cells
            if (kind is None or note.kind is kind)
            and (column is None or note.column == column or column in note.columns)
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


def _schema_only(dataset: Dataset, settings: Settings) -> Inspection:
    schema = dataset.schema or Schema(name=dataset.name, layout="list", columns=())
    reports = tuple(
        report(d.name, d.position, decide_declared(d), None, hidden=frozenset(), settings=settings)
        for d in schema.columns
    )
    chosen = settings.quasi or quasi.primary(reports, {r.name: 2 for r in reports}, {})
    return Inspection(
        name=dataset.name,
        rows=0,
        columns=reports,
        schema_check=tuple(about_register(schema, reports)),
        quasi=chosen,
        lint=dataset.lint,
    )


def _with_table(dataset: Dataset, table: Table, settings: Settings) -> Inspection:
    profiles = {c.key: Profile.of(c) for c in table}
    decisions = {c.key: _decide(c.header, profiles[c.key], settings) for c in table}
    per_column = {c.key: column_alarms(c, decisions[c.key], profiles[c.key]) for c in table}
    alarms: list[Alarm] = [alarm for found in per_column.values() for alarm in found]
    reports = tuple(
        report(
            c.key,
            c.position,
            decisions[c.key],
            profiles[c.key],
            hidden=hidden_types(per_column[c.key]),
            settings=settings,
        )
        for c in table
    )
    follows = redundant([table[r.name] for r in reports])
    reports = tuple(_with_relation(r, follows) for r in reports)
    grouped = holds_counts(reports) and _rows_are_groups(table, reports, profiles)
    if grouped:
        reports = tuple(as_statistics(r) for r in reports)
        alarms = [a for a in alarms if a.kind is not CellKind.RARE_VALUE]
    checks: tuple[SchemaCheck, ...] = ()
    if dataset.schema is not None:
        matches = match_columns(dataset.schema.columns, reports, follows)
        checks, breaches = check_schema(dataset.schema, table, profiles, reports, matches)
        alarms += breaches
    distinct = {key: p.distinct for key, p in profiles.items()}
    chosen = settings.quasi or quasi.primary(reports, distinct, follows)
    people = () if grouped else chosen
    counted = [coded(table[key], decisions[key].type, profiles[key]) for key in people]
    singled = singled_out([table[key] for key in people], counted, settings.rare_count)
    alarms += singled.alarms
    by_kind, by_column = totals(alarms)
    return Inspection(
        name=dataset.name,
        rows=table.rows,
        columns=reports,
        counts=grouped,
        cells=rank(alarms, settings.cells_limit),
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


def _rows_are_groups(
    table: Table, reports: Sequence[ColumnReport], profiles: Mapping[str, Profile]
) -> bool:
    """Whether the labels of each row occur once, as in a published table of counts."""
    labels = [r for r in reports if r.type != ColumnType.QUANTITY and profiles[r.name].distinct]
    if not labels or table.rows < 2:
        return False
    counted = [coded(table[r.name], r.type, profiles[r.name]) for r in labels]
    return len(count_classes(counted)) == table.rows


def _decide(header: str, profile: Profile, settings: Settings) -> Decision:
    return decide(header, profile, profile.sampled(settings.sample))


def _with_relation(report: ColumnReport, follows: Mapping[str, str]) -> ColumnReport:
    other = follows.get(report.name)
    if other is None:
        return report
    words = Message(
        ja=f"「{other}」が決まればこの列の値も決まります（同じことの言い換え）。",
        en=f"Its values follow from {other}: the same fact in other words.",
    )
    return report.model_copy(update={"evidence": (*report.evidence, words)})


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
