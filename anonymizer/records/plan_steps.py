"""From columns to the steps of a plan."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import READ, ladder
from anonymizer.records.fields import (
    Attribute,
    Field,
    Readings,
    attribute,
    common_values,
    fields_of,
)
from anonymizer.records.operations import Context, transform
from anonymizer.records.plan import Mode, Plan, Step
from anonymizer.records.replay import kept, recorded, remember, unknown
from anonymizer.search.constraint import Constraint, Sensitive
from anonymizer.search.full_domain import Node, find_optimum
from core import Column, ColumnReport, ColumnType, Operation, PlanError, Role, Table
from core.progress import Progress, inherited
from measure import STAR
from measure.counting import combine, group

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


# FROM coarser: "One rung up: a column's steps made one level coarser than they are."


def coarser(column: Column, steps: Sequence[Step], k: int) -> tuple[Step, ...]:
    """The steps of a column, or of its parts, each one rung up its ladder.

    A part that has no rung left stays as it is.

    Raises:
        PlanError: no rung is left for any of them.
    """
    parts = [step.part for step in steps if step.part is not None]
    fields = fields_of(column, steps[0].type, parts)
    raised = tuple(_raised(f, step, k) for f, step in zip(fields, steps, strict=True))
    if raised == tuple(steps):
        raise PlanError.of(
            "no_coarser",
            ja=f"項目「{column.key}」は、これ以上粗くする段階がありません。"
            "項目を削除するか、少ない値を伏せてください。",
            en=f"Column “{column.key}” has no coarser level. Drop it, or suppress its rare values.",
        )
    return raised


def _raised(f: Field, step: Step, k: int) -> Step:
    after, _ = transform(f, step, Context(k=k))
    held = len((after or f).texts)
    common = common_values(f, k)
    for rung in ladder(f.kind, f.texts, common):
        if len({rung.label(text) for text in f.texts}) < held:
            listed = common if rung.parameter == "other" else ()
            update = {"operation": rung.operation, "parameter": rung.parameter, "listed": listed}
            update |= {"within": None, "cuts": ()}
            return step.model_copy(update=update)
    return step


# FROM levels: 'Choosing one level per attribute for a whole table.'

_MOST_NODES = 500_000
"""Largest lattice that is searched; above it levels are left out."""


def best_levels(
    attributes: Sequence[Attribute],
    plan: Plan,
    sensitive: Sequence[Sensitive],
    limit: float,
    progress: Progress = inherited,
) -> tuple[Node, bool] | None:
    """The best levels under a suppression limit, and whether they are proved to be the best."""
    offered = _thinned([a.hierarchy.height for a in attributes])
    if offered is None:
        return None
    columns = [a.leaf for a in attributes]
    sizes = [len(a.hierarchy.leaves) for a in attributes]
    columns += [c.codes for c in sensitive]
    sizes += [len(c.shares) for c in sensitive]
    grouped = group(combine(columns, sizes))
    first = grouped.first_rows()
    held = [c.at(first) for c in sensitive]
    constraint = Constraint(plan.k, plan.l, plan.t, held, plan.l_kind, plan.c)
    items = np.stack([a.leaf[first] for a in attributes], axis=1)
    trees = [a.hierarchy.only(levels) for a, levels in zip(attributes, offered, strict=True)]
    found = find_optimum(items, grouped.sizes, trees, constraint, limit, progress=progress)
    if found.levels is None:
        return None
    levels = tuple(offer[level] for offer, level in zip(offered, found.levels, strict=True))
    complete = all(
        len(offer) == a.hierarchy.height + 1 for offer, a in zip(offered, attributes, strict=True)
    )
    return levels, found.proved and complete


def _thinned(heights: Sequence[int]) -> list[list[int]] | None:
    """Levels to offer per attribute so that the lattice stays searchable; None if it cannot.

    >>> _thinned([2, 1])
    [[0, 1, 2], [0, 1]]
    >>> max(len(levels) for levels in _thinned([6] * 10))
    4
    """
    offered = [list(range(height + 1)) for height in heights]
    while math.prod(map(len, offered)) > _MOST_NODES:
        longest = max(offered, key=len)
        if len(longest) <= 2:
            return None
        del longest[len(longest) // 2]
    return offered
