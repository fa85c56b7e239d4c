"""Sensitive columns as they are published: what l and t are about."""

from collections.abc import Iterable

from anonymizer.fields import fields_of, joined
from anonymizer.operations import Context, transform
from anonymizer.plan import Plan
from anonymizer.readings import Readings
from anonymizer.search.constraint import Sensitive
from core import Column, Table
from measure import canonical, code


def sensitive_of(columns: Iterable[Column], plan: Plan) -> list[Sensitive]:
    """The columns for a constraint; values in their order where all are numbers or all dates."""
    if plan.l is None and plan.t is None:
        return []
    found = []
    for column in columns:
        coded = code(column, canonical)
        ranks = None if plan.t is None else coded.ranks
        found.append(Sensitive(coded.codes, coded.counts / max(len(coded.codes), 1), ranks))
    return found


def published(table: Table, plan: Plan, readings: Readings) -> list[Column]:
    """The plan's sensitive columns after its own steps; without those it drops."""
    found = []
    for name in plan.sensitive:
        steps = plan.of(name)
        if name in plan.quasi or not steps:
            found.append(table[name])
            continue
        (f,) = fields_of(table[name], steps[0].type, readings=readings)
        after, _ = transform(f, steps[0], Context(k=plan.k, readings=readings))
        if after is not None:
            found.append(joined([after], table[name]))
    return found
