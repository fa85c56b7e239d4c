"""From columns to the steps of a plan: which columns stay, which go, and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import NUMBERS, READ, ladder
from anonymizer.hierarchies.loader import missing_values
from anonymizer.records.extreme_values import coded_at_ends
from anonymizer.records.fields import (
    Field,
    Readings,
    attribute,
    common_values,
    fields_at,
    fields_of,
    rare_rows,
)
from anonymizer.records.operations import Context, transform
from anonymizer.records.plan import Goal, Plan, Step, check_rows, check_sensitive, quoted
from anonymizer.records.replay import recorded, remember
from core import (
    Column,
    ColumnReport,
    ColumnType,
    InputError,
    Message,
    Operation,
    PlanError,
    Role,
    Table,
    column_types,
    listed,
    say,
)
from measure import STAR, canonical, code, count_classes

GUARDED = frozenset({"pairs", "triples", "visible"})
"""Readers against whom cells of the other columns are suppressed."""
REMOVED = frozenset({ColumnType.FREE_TEXT, ColumnType.SEQUENCE_NUMBER, ColumnType.URL})
"""Types that no generalisation makes safe, whatever their role."""


@dataclass(frozen=True, eq=False)
class Scope:
    """What is settled before any plan is searched for."""

    table: Table
    columns: Sequence[ColumnReport]
    base: Plan
    """The goal with its quasi-identifiers and sensitive columns, without steps."""
    others: tuple[Step, ...]
    """The steps for the columns that are no quasi-identifiers."""
    hierarchies: Mapping[str, Hierarchy]
    said: tuple[Message, ...]
    """Which columns are dropped, and why."""
    readings: Readings = field(repr=False)

    @property
    def reports(self) -> dict[str, ColumnReport]:
        """How each column is seen, by its name."""
        return {c.name: c for c in self.columns}


def scope_of(
    table: Table,
    columns: Sequence[ColumnReport],
    goal: Goal,
    hierarchies: Mapping[str, Hierarchy],
    quasi: Sequence[str] | None,
    follows: Mapping[str, str],
    seed_id: str,
    readings: Readings,
) -> Scope:
    """Settle which columns a plan is about, and what is done to all but its quasi-identifiers.

    Raises PlanError or InputError where columns, goal and hierarchies do not fit the table.
    """
    reports = {c.name: c for c in columns}
    if quasi is None:
        quasi = [c.name for c in columns if c.role is Role.QUASI_IDENTIFIER and c.name in table]
    missing = [
        name for name in dict.fromkeys((*quasi, *goal.sensitive, *goal.unit)) if name not in table
    ]
    if missing:
        raise PlanError.of("anonymizer.plan_steps.unknown_column", columns=quoted(missing))
    check_rows(table, goal.k, goal.unit)
    empty = {c.key for c in table if _is_blank(c)}
    seen = _seen(table, columns, goal) if GUARDED & {*goal.attackers} else ()
    diverse = goal.sensitive if goal.l is not None or goal.t is not None else ()
    left_out = {*empty, *diverse}
    chosen = tuple(name for name in dict.fromkeys((*quasi, *seen)) if name not in left_out)
    sensitive = goal.sensitive or tuple(
        c.name
        for c in columns
        if c.role is Role.SENSITIVE
        and c.name in table
        and c.type not in REMOVED
        and c.name not in chosen
    )
    check_sensitive(goal, sensitive)
    _check_hierarchies(table, reports, chosen, hierarchies, goal.k, readings)
    duplicates = duplicates_of(table, chosen)
    telling = _telling(follows, chosen, reports)
    staying = {
        name
        for name in table.keys
        if name not in {*empty, *duplicates, *telling}
        and stays(reports.get(name), name in goal.sensitive)
    }
    others = tuple(
        plain_step(table[name], reports.get(name), name in staying, goal.k, readings)
        for name in table.keys
        if name not in chosen
    )
    asked = goal.model_dump(exclude={"mode", "sensitive"})
    kept = tuple(s.column for s in others if s.operation is not Operation.DROP)
    kept = tuple(name for name in sensitive if name in (*kept, *chosen))
    check_sensitive(goal, kept)
    guarded = bool(GUARDED & {*goal.attackers})
    base = Plan(steps=(), quasi=chosen, sensitive=kept, seed_id=seed_id, guarded=guarded, **asked)
    said = _drop_reasons(table, others, empty, duplicates, telling, staying)
    return Scope(table, columns, base, others, hierarchies, tuple(said), readings)


def _seen(table: Table, columns: Sequence[ColumnReport], goal: Goal) -> tuple[str, ...]:
    """The columns that show what anyone can see of a person: they are quasi-identifiers too.

    Not those whose diversity is asked for: recoded together with the others they would have none.
    """
    diverse = {
        c.name
        for c in columns
        if (goal.l is not None or goal.t is not None)
        and (c.name in goal.sensitive if goal.sensitive else c.role is Role.SENSITIVE)
    }
    return tuple(
        c.name
        for c in columns
        if c.name in table
        and ({c.type, *c.parts} & column_types.having("visible"))
        and stays(c, c.name in goal.sensitive)
        and c.name not in diverse
    )


def _is_blank(column: Column) -> bool:
    return all(not text.strip() for text in column.texts)


def _check_hierarchies(
    table: Table,
    reports: Mapping[str, ColumnReport],
    quasi: Sequence[str],
    hierarchies: Mapping[str, Hierarchy],
    k: int,
    readings: Readings,
) -> None:
    problems = []
    for name in quasi:
        if name in hierarchies:
            (f,) = fields_of(table[name], kind_of(reports.get(name)), (), readings)
            unseen = attribute(f, hierarchies, k, readings).unseen
            problems += [missing_values(name, f.texts, f.counts, unseen)] if unseen else []
    if problems:
        raise InputError(problems)


def duplicates_of(table: Table, quasi: Sequence[str]) -> dict[str, str]:
    """Columns that say the same as a quasi-identifier in other words, and which one.

    Kept as they are they would undo whatever is done to it. Two columns are duplicates when each
    value of one goes with exactly one of the other, and values repeat often enough for that to be
    no accident.

    >>> duplicates_of(Table.of({"日": ["1", "2", "3"] * 2, "曜": ["月", "火", "水"] * 2}), ["日"])
    {'曜': '日'}
    """
    found: dict[str, str] = {}
    for name in quasi:
        mine = code(table[name], canonical)
        if not 2 < mine.size <= table.rows / 2:
            continue
        for column in table:
            if column.key in quasi or column.key in found:
                continue
            if not mine.size <= len(column.values) <= table.rows / 2:
                continue
            theirs = code(column, canonical)
            if theirs.size == mine.size == len(count_classes([mine, theirs])):
                found[column.key] = name
    return found


def _telling(
    follows: Mapping[str, str], quasi: Sequence[str], reports: Mapping[str, ColumnReport]
) -> dict[str, str]:
    """Columns that would stay as they are and tell the value of one that is widened or dropped."""

    def guarded(name: str) -> bool:
        return name in quasi or (name in reports and reports[name].role is Role.QUASI_IDENTIFIER)

    return {
        name: other
        for name, other in follows.items()
        if name not in quasi and guarded(other) and stays(reports.get(name), False)
    }


def _drop_reasons(
    table: Table,
    others: Sequence[Step],
    empty: set[str],
    duplicates: Mapping[str, str],
    telling: Mapping[str, str],
    staying: set[str],
) -> list[Message]:
    """Which columns a proposed plan takes away, and why."""

    def pairs(name: str, found: Mapping[str, str]) -> Message:
        each = (say(f"anonymizer.plan_steps.{name}", column=c, of=of) for c, of in found.items())
        return listed(each)

    said = []
    if duplicates:
        same = pairs("same_as", duplicates)
        said.append(say("anonymizer.plan_steps.duplicates_dropped", columns=same))
    if telling:
        following = pairs("follows_from", telling)
        said.append(say("anonymizer.plan_steps.followers_dropped", columns=following))
    dropped = [s for s in others if s.operation is Operation.DROP]
    lost = [s.column for s in dropped if s.column in staying]
    if lost:
        said.append(say("anonymizer.plan_steps.nothing_common", columns=quoted(lost)))
    blank = [name for name in table.keys if name in empty]
    if blank:
        said.append(say("anonymizer.plan_steps.blank_dropped", columns=quoted(blank)))
    taken = [s for s in dropped if s.column not in {*empty, *duplicates, *telling, *lost}]
    homes = [s.column for s in taken if s.type is ColumnType.ADDRESS]
    if taken:
        kind = "removed_with_addresses" if homes else "removed"
        names = quoted(s.column for s in taken)
        said.append(say(f"anonymizer.plan_steps.{kind}", columns=names, addresses=quoted(homes)))
    return said


def kind_of(report: ColumnReport | None) -> ColumnType:
    """How a column's values are read."""
    return report.type if report else ColumnType.UNKNOWN


def parts_of(report: ColumnReport | None) -> tuple[ColumnType, ...]:
    """The parts of a composite column; none where it is a whole."""
    return report.parts if report and len(report.parts) > 1 else ()


def stays(report: ColumnReport | None, sensitive: bool) -> bool:
    """Whether a column that is no quasi-identifier may stay; what nobody described may not."""
    if report is None or sensitive:
        return sensitive
    return report.role in (Role.SENSITIVE, Role.OTHER) and report.type not in REMOVED


def plain_step(
    column: Column, report: ColumnReport | None, stay: bool, k: int, readings: Readings
) -> Step:
    """What is done to a column that is no quasi-identifier: rare values are suppressed.

    One in which no value is common is dropped, since nothing of it would be left.
    """
    if not stay:
        return Step(column=column.key, operation=Operation.DROP, type=kind_of(report))
    kind = ColumnType.UNKNOWN if parts_of(report) else kind_of(report)
    (f,) = fields_of(column, kind, (), readings)
    step = Step(column=f.column, operation=Operation.KEEP, type=f.kind)
    if f.kind in READ:
        step = recorded(f, step, k, readings)
        return coded_at_ends(f, step, k, readings) if f.kind in NUMBERS else step
    common = common_values(f, k)
    if not rare_rows(f, k):
        return step.model_copy(update={"listed": common})
    if not common:
        return step.model_copy(update={"operation": Operation.DROP})
    changes = {"operation": Operation.SUPPRESS_CELLS, "parameter": k, "listed": common}
    return step.model_copy(update=changes)


def untouched(
    table: Table, columns: Sequence[ColumnReport], quasi: Sequence[str], k: int = 5
) -> Plan:
    """A plan to start from: quasi-identifiers as they are, the rest as `propose` treats it.

    It has no goal (k = 1); `k` says which values of the other columns count as common.
    """
    reports = {c.name: c for c in columns}
    readings = Readings()
    steps: list[Step] = []
    for column in table:
        report = reports.get(column.key)
        if column.key not in quasi:
            stay = stays(report, sensitive=False) and not _is_blank(column)
            steps.append(plain_step(column, report, stay, k, readings))
            continue
        steps += [
            Step(column=column.key, operation=Operation.KEEP, part=p, type=p or kind_of(report))
            for p in parts_of(report) or (None,)
        ]
    sensitive = tuple(
        s.column
        for s in steps
        if s.operation is not Operation.DROP
        and s.column not in quasi
        and (report := reports.get(s.column)) is not None
        and report.role is Role.SENSITIVE
    )
    chosen = tuple(name for name in table.keys if name in quasi)
    made = Plan(steps=tuple(steps), quasi=chosen, sensitive=sensitive, k=1, max_suppression=1.0)
    return remember(table, made, k, readings)


def proposed_hierarchy(column: Column, kind: ColumnType, k: int = 5) -> Hierarchy:
    """The built-in hierarchy over a column's own values, to be written with `to_csv` and edited.

    It names every value of the column, the rare ones too: the file is as confidential as the data.

    >>> column = Table.of({"年齢": ["41", "44", "48"]})["年齢"]
    >>> print(proposed_hierarchy(column, ColumnType.AGE).to_csv(), end="")
    41;40～44歳;*
    44;40～44歳;*
    48;45～49歳;*
    """
    readings = Readings()
    (f,) = fields_of(column, kind, (), readings)
    return attribute(f.mapped([text or STAR for text in f.texts]), {}, k, readings).hierarchy


def coarser(column: Column, steps: Sequence[Step], k: int) -> tuple[Step, ...]:
    """The steps of a column, or of its parts, each one rung up its ladder.

    A part that has no rung left stays as it is, and so does what is no generalisation.

    Raises:
        PlanError: no rung is left for any of them.
    """
    fields = fields_at(column, steps, Readings())
    raised = tuple(_raised(f, step, k) for f, step in zip(fields, steps, strict=True))
    if raised == tuple(steps):
        raise PlanError.of("anonymizer.plan_steps.no_coarser", column=column.key)
    return raised


def _raised(f: Field, step: Step, k: int) -> Step:
    if step.operation is Operation.PSEUDONYMIZE:
        return step
    after, _ = transform(f, step, Context(k=k))
    held = len((after or f).texts)
    common = common_values(f, k)
    for rung in ladder(f.kind, f.texts, common):
        if len({rung.label(text) for text in f.texts}) < held:
            named = common if rung.parameter == "other" else ()
            update = {"operation": rung.operation, "parameter": rung.parameter, "listed": named}
            return step.model_copy(update=update | {"within": None, "cuts": ()})
    return step
