"""From columns to the steps of a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from anonymizer.fields import Attribute, attribute, fields_of
from anonymizer.hierarchy import Hierarchy
from anonymizer.known import kept, recorded, remember, unknown
from anonymizer.ladders import READ
from anonymizer.plan import Mode, Plan, Step
from anonymizer.readings import Readings
from anonymizer.search.full_domain import Node
from core import Column, ColumnReport, ColumnType, Operation, Role, Table
from measure import STAR

REMOVED = frozenset({ColumnType.FREE_TEXT, ColumnType.SEQUENCE_NUMBER, ColumnType.URL})
"""Types that no generalisation makes safe, whatever their role."""


def kind_of(report: ColumnReport | None) -> ColumnType:
    """How a column's values are read."""
    return report.type if report else ColumnType.UNKNOWN


def stays(report: ColumnReport | None, sensitive: bool) -> bool:
    """Whether a column that is no quasi-identifier may stay; what nobody described may not."""
    if report is None:
        return sensitive
    return report.role in (Role.SENSITIVE, Role.OTHER) and report.type not in REMOVED


def plain_step(
    column: Column,
    report: ColumnReport | None,
    stay: bool,
    k: int,
    readings: Readings | None = None,
) -> Step:
    """What is done to a column that is no quasi-identifier: rare values are suppressed."""
    if not stay:
        return Step(column=column.key, operation=Operation.DROP, type=kind_of(report))
    parted = report is not None and len(report.parts) > 1
    kind = ColumnType.UNKNOWN if parted else kind_of(report)
    (f,) = fields_of(column, kind, readings=readings)
    return kept(f, k, readings)


def attributes_of(
    table: Table,
    reports: Mapping[str, ColumnReport],
    quasi: Sequence[str],
    given: Mapping[str, Hierarchy],
    k: int,
    readings: Readings,
) -> list[Attribute]:
    """The quasi-identifiers with their hierarchies, unreadable rare values as `*`."""
    found = []
    for name in quasi:
        report = reports.get(name)
        parts = report.parts if report and len(report.parts) > 1 and name not in given else ()
        for f in fields_of(table[name], kind_of(report), parts, readings):
            if f.kind not in READ or name in given:
                found.append(attribute(f, given, k, readings))
                continue
            step = Step(column=name, operation=Operation.KEEP, part=f.part, type=f.kind)
            step = recorded(f, step, k, readings)
            strange = set(unknown(f, step, readings))
            shown = [STAR if i in strange else text for i, text in enumerate(f.texts)]
            key = ("guarded", f, tuple(strange))
            guarded = readings.once(key, partial(f.mapped, shown)) if strange else f
            found.append(replace(attribute(guarded, given, k, readings), keeping=step))
    return found


def step_at(a: Attribute, level: int) -> Step:
    """The step that makes a level.

    At level 0 a column whose values cannot be read keeps those the plan lists. A value that fewer
    than k rows share could not stay in any class, so nothing is lost, and the next file's unknown
    values do not slip through.
    """
    if not level and a.keeping is not None:
        return a.keeping
    operation = Operation.KEEP
    parameter: int | float | str | None = None
    if a.given:
        operation, parameter = Operation.GENERALIZE, level
    elif not level:
        operation, parameter = Operation.GENERALIZE, "other"
    elif level > len(a.rungs):
        operation = Operation.DROP
    elif level:
        operation, parameter = a.rungs[level - 1].operation, a.rungs[level - 1].parameter
    listed = a.listed if parameter == "other" else ()
    return Step(
        column=a.source.column,
        operation=operation,
        parameter=parameter,
        part=a.source.part,
        type=a.source.kind,
        listed=listed,
        within=a.keeping.within if a.keeping and not a.given else None,
    )


def plan_at(
    base: Plan,
    attributes: Sequence[Attribute],
    levels: Node | None,
    others: Sequence[Step],
    mode: Mode,
    limit: float,
) -> Plan:
    """The base plan with every attribute at a level; at its finest where none are given."""
    chosen = levels or (0,) * len(attributes)
    steps = [step_at(a, level) for a, level in zip(attributes, chosen, strict=True)]
    return base.model_copy(
        update={"steps": (*steps, *others), "mode": mode, "max_suppression": limit}
    )


def untouched(
    table: Table, columns: Sequence[ColumnReport], quasi: Sequence[str], k: int = 5
) -> Plan:
    """A plan to start from: quasi-identifiers as they are, the rest as `propose` treats it.

    It has no goal (k = 1); `k` says which values of the other columns count as common.
    """
    reports = {c.name: c for c in columns}
    steps: list[Step] = []
    for column in table:
        report = reports.get(column.key)
        if column.key not in quasi:
            blank = all(not text.strip() for text in column.texts)
            stay = stays(report, sensitive=False) and not blank
            steps.append(plain_step(column, report, stay, k))
            continue
        parts = report.parts if report and len(report.parts) > 1 else (None,)
        steps += [
            Step(column=column.key, operation=Operation.KEEP, part=p, type=p or kind_of(report))
            for p in parts
        ]
    sensitive = tuple(
        s.column
        for s in steps
        if s.operation is not Operation.DROP
        and s.column not in quasi
        and (report := reports.get(s.column)) is not None
        and report.role is Role.SENSITIVE
    )
    made = Plan(
        steps=tuple(steps),
        quasi=tuple(name for name in table.keys if name in quasi),
        sensitive=sensitive,
        k=1,
        max_suppression=1.0,
        mode="full-domain",
    )
    return remember(table, made, k)


def proposed_hierarchy(column: Column, kind: ColumnType, k: int = 5) -> Hierarchy:
    """The built-in hierarchy over a column's own values, to be written with `to_csv` and edited.

    It names every value of the column, the rare ones too: the file is as confidential as the data.

    >>> column = Table.of({"年齢": ["41", "44", "48"]})["年齢"]
    >>> print(proposed_hierarchy(column, ColumnType.AGE).to_csv(), end="")
    41;40～44歳;*
    44;40～44歳;*
    48;45～49歳;*
    """
    (f,) = fields_of(column, kind)
    return attribute(f.mapped([text or STAR for text in f.texts]), {}, k).hierarchy
