"""The plans worth a look: each quasi-identifier at its finest, or at the level that loses least."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from anonymizer.hierarchies.ladders import READ
from anonymizer.hierarchies.places import CUTS
from anonymizer.records.apply import apply
from anonymizer.records.fields import (
    Attribute,
    Field,
    Readings,
    attribute,
    fields_at,
    fields_of,
    joined,
)
from anonymizer.records.keyed import LOOKING
from anonymizer.records.operations import Context, transform
from anonymizer.records.plan import Mode, Plan, Step
from anonymizer.records.plan_steps import Scope, kind_of, parts_of
from anonymizer.records.recoding import by_unit, combinations, constraint_of
from anonymizer.records.replay import recorded, unknown
from anonymizer.search.constraint import Constraint
from anonymizer.search.full_domain import Node, find_optimum
from core import Column, ColumnType, Operation, Progress, part
from measure import owners_of

Kind = Literal["local", "mondrian", "uniform", "whole", "favour", "plain"]
_MOST_NODES = 500_000
"""Largest lattice that is searched; above it levels are left out. Its bounds then fill 4 MB."""


@dataclass(frozen=True)
class Draft:
    """A plan that may become an alternative."""

    kind: Kind
    plan: Plan
    optimal: bool = False
    column: str = ""
    """The column that it favours."""


def drafts_of(
    scope: Scope, attributes: Sequence[Attribute], mode: Mode, progress: Progress
) -> list[Draft]:
    """The plans to try, the goal's own mode first."""
    if not attributes:
        return [Draft("plain", scope.base.model_copy(update={"steps": scope.others}))]
    limit = scope.base.max_suppression
    local = Draft("local", plan_at(scope, attributes, None, "local", limit))
    limits: list[tuple[Kind, float]] = [("uniform", limit), ("whole", 0.0)]
    owners = owners_of(scope.table, scope.base.unit)
    constraint = constraint_of(scope.base, _sensitive_columns(scope), owners)
    uniform: list[Draft] = []
    for number, (kind, most) in enumerate(limits[: 2 if limit else 1]):
        watched = part(progress, number / 2, (number + 1) / 2)
        best = best_levels(attributes, constraint, most, watched)
        if best is None:
            continue
        levels, proved = best
        plan = plan_at(scope, attributes, levels, "full-domain", most)
        if all(plan.steps != other.plan.steps for other in uniform):
            uniform.append(Draft(kind if most else "whole", plan, proved))
    if mode == "full-domain":
        return [*uniform, local]
    if mode == "mondrian":
        return [Draft("mondrian", _cut_plan(scope, attributes)), local, *uniform]
    return [local, *uniform]


def attributes_of(scope: Scope) -> list[Attribute]:
    """The quasi-identifiers with their hierarchies, unreadable rare values as `*`."""
    k, given, readings, reports = scope.base.k, scope.hierarchies, scope.readings, scope.reports
    found = []
    for name in scope.base.quasi:
        parts = parts_of(reports.get(name)) if name not in given else ()
        for f in fields_of(scope.table[name], kind_of(reports.get(name)), parts, readings):
            if f.kind is ColumnType.ADDRESS and name not in given:
                found.append(_from_town(f, k, readings))
                continue
            if f.kind not in READ or name in given:
                found.append(attribute(f, given, k, readings))
                continue
            step = Step(column=name, operation=Operation.KEEP, part=f.part, type=f.kind)
            step = recorded(f, step, k, readings)
            strange = unknown(f, step, readings)
            star = partial(f.starred, strange)
            guarded = readings.once(("guarded", f, strange), star) if strange else f
            found.append(replace(attribute(guarded, given, k, readings), keeping=step))
    return found


def _from_town(f: Field, k: int, readings: Readings) -> Attribute:
    """An address, which is a home: its finest level is the town, however many share the house."""
    step = Step(
        column=f.column, part=f.part, type=f.kind, operation=Operation.TRUNCATE, parameter=CUTS[0]
    )
    after, _ = transform(f, step, Context(k=k, readings=readings))
    return replace(attribute(after or f, {}, k, readings), source=f, keeping=step)


def plan_at(
    scope: Scope, attributes: Sequence[Attribute], levels: Node | None, mode: Mode, limit: float
) -> Plan:
    """The base plan with every attribute at a level; at its finest where none are given."""
    chosen = levels or (0,) * len(attributes)
    steps = [_step_at(a, level) for a, level in zip(attributes, chosen, strict=True)]
    update = {"steps": (*steps, *scope.others), "mode": mode, "max_suppression": limit}
    return scope.base.model_copy(update=update)


def _step_at(a: Attribute, level: int) -> Step:
    """The step that makes a level.

    At level 0 a column whose values cannot be read keeps those the plan lists. A value that fewer
    than k rows share could not stay in any class, so nothing is lost, and the next file's unknown
    values do not slip through.
    """
    if not level and a.keeping is not None:
        return a.keeping
    operation: Operation
    parameter: int | float | str | None
    if a.given:
        operation, parameter = Operation.GENERALIZE, level
    elif not level:
        operation, parameter = Operation.GENERALIZE, "other"
    elif level > len(a.rungs):
        operation, parameter = Operation.DROP, None
    else:
        operation, parameter = a.rungs[level - 1].operation, a.rungs[level - 1].parameter
    return Step(
        column=a.source.column,
        operation=operation,
        parameter=parameter,
        part=a.source.part,
        type=a.source.kind,
        listed=a.listed if parameter == "other" else (),
        within=a.keeping.within if a.keeping and not a.given else None,
    )


def _sensitive_columns(scope: Scope) -> Iterator[Column]:
    """The sensitive columns after their own steps; without those that are dropped."""
    context = Context(k=scope.base.k, readings=scope.readings)
    steps = {step.column: step for step in scope.others}
    for name in scope.base.sensitive:
        column = scope.table[name]
        if name not in steps:
            yield column
            continue
        (f,) = fields_at(column, [steps[name]], scope.readings)
        after, _ = transform(f, steps[name], context)
        if after is not None:
            yield joined([after], column)


def _cut_plan(scope: Scope, attributes: Sequence[Attribute]) -> Plan:
    """The plan of mode mondrian, with the cuts it makes on this table."""
    plan = plan_at(scope, attributes, None, "mondrian", scope.base.max_suppression)
    cuts = apply(
        scope.table, plan, hierarchies=scope.hierarchies, secret=LOOKING, readings=scope.readings
    ).cuts
    steps = tuple(
        step.model_copy(update={"cuts": cuts.get((step.column, step.part), ())})
        for step in plan.steps
    )
    return plan.model_copy(update={"steps": steps})


def best_levels(
    attributes: Sequence[Attribute], constraint: Constraint, limit: float, progress: Progress
) -> tuple[Node, bool] | None:
    """The best levels under a suppression limit, and whether they are proved to be the best."""
    offered = _thinned([a.hierarchy.height for a in attributes])
    if offered is None:
        return None
    leaves, constraint, _ = by_unit([a.leaf for a in attributes], constraint)
    sizes = [len(a.hierarchy.leaves) for a in attributes]
    grouped, items, small = combinations(leaves, sizes, constraint)
    trees = [a.hierarchy.only(levels) for a, levels in zip(attributes, offered, strict=True)]
    found = find_optimum(items, grouped.sizes, trees, small, limit, progress=progress)
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
