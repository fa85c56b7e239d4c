"""How coarse the columns that are no quasi-identifiers must leave, so that few of their cells have
to be suppressed against readers who know any few columns."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from anonymizer.hierarchies.ladders import ladder
from anonymizer.records.apply import apply
from anonymizer.records.fields import Field, common_values, fields_at, joined, numbers_of
from anonymizer.records.keyed import LOOKING
from anonymizer.records.operations import Context, transform
from anonymizer.records.plan import Plan, Step, quoted
from anonymizer.records.plan_steps import Scope
from anonymizer.records.recoding import shares_of
from anonymizer.search.cell_suppression import Guard, known_sets, visible
from core import Message, Operation, say
from measure import owners_of

_MOST_STARS = 0.5
"""A column of which more than half would be suppressed is dropped."""
Fit = tuple[float, Step, Guard]


def fitted(scope: Scope, plan: Plan) -> tuple[Plan, tuple[Message, ...]]:
    """A plan with each of the other columns at the level that loses least, and what to say.

    One column after another, the sensitive ones first: at each of its levels it is put beside the
    quasi-identifiers as they leave, and the columns fitted before it, and what would have to be
    suppressed is counted. A column whose diversity is asked for keeps its values.
    """
    left = [s for s in scope.others if s.operation is not Operation.DROP]
    if not plan.guarded or not left:
        return plan, ()
    alone = {"guarded": False, "steps": tuple(s for s in plan.steps if s.column in plan.quasi)}
    bare = plan.model_copy(update=alone | {"l": None, "t": None, "sensitive": ()})
    done = apply(
        scope.table, bare, hierarchies=scope.hierarchies, secret=LOOKING, readings=scope.readings
    ).table
    guard = Guard(plan.k, owners_of(scope.table, plan.unit), frozenset(plan.quasi))
    for column in done:
        guard.put(column)
    kept = plan.sensitive if plan.l is not None or plan.t is not None else ()
    chosen: dict[str, Step] = {}
    dropped = []
    for step in sorted(left, key=lambda s: s.column not in plan.sensitive):
        fits = [_fit(scope, plan, guard, level) for level in _levels(scope, step, kept)]
        _, best, after = min(fits, key=lambda fit: fit[0])
        if after.starred(step.column).mean() > _MOST_STARS and step.column not in kept:
            best = Step(column=step.column, operation=Operation.DROP, type=step.type)
            dropped.append(step.column)
        else:
            guard = after
        chosen[step.column] = best
    steps = tuple(chosen.get(step.column, step) for step in plan.steps)
    said = (say("anonymizer.fitted_steps.dropped", columns=quoted(dropped)),) if dropped else ()
    return plan.model_copy(update={"steps": steps}), said


def _levels(scope: Scope, step: Step, kept: Sequence[str]) -> Iterator[Step]:
    """The step as it is, and coarser ones; ends that were cut stay cut, and widths suit the rest."""
    yield step
    if step.column in kept:
        return
    (f,) = fields_at(scope.table[step.column], [step], scope.readings)
    common = common_values(f, scope.base.k)
    top, bottom = step.parameter, step.bottom
    if step.operation is Operation.BOTTOM_CODE:
        top, bottom = None, top
    cut = step.has_ends and not isinstance(top, str) and not isinstance(bottom, str)
    texts = _between(f, bottom, top, scope) if cut else f.texts
    for rung in ladder(f.kind, texts, common):
        named = common if rung.parameter == "other" else ()
        update = {"operation": rung.operation, "parameter": rung.parameter, "listed": named}
        ends = {"bottom": bottom, "top": top} if cut else {}
        yield step.model_copy(update=update | ends)


def _between(f: Field, bottom: float | None, top: float | None, scope: Scope) -> Sequence[str]:
    """The texts of numbers between two bounds."""
    low, high = -math.inf if bottom is None else bottom, math.inf if top is None else top
    spans = numbers_of(f, scope.readings)
    return [t for t, s in zip(f.texts, spans, strict=True) if s and low < s[0] and s[1] < high]


def _fit(scope: Scope, plan: Plan, guard: Guard, step: Step) -> Fit:
    """What a step costs: the mean share (0-1) of its values that a cell stands for, 1 for a
    suppressed one, and what it takes from the columns before it."""
    (f,) = fields_at(scope.table[step.column], [step], scope.readings)
    context = Context(scope.hierarchies, k=scope.base.k, readings=scope.readings)
    after, _ = transform(f, step, context)
    made: Field = f if after is None else after
    trial = replace(guard, codes=dict(guard.codes), sizes=dict(guard.sizes))
    trial.put(joined([made], scope.table[step.column]))
    names = list(trial.codes)
    seen = visible(plan, names)
    sets = [s for s in known_sets(plan.attackers, names, seen) if step.column in s]
    trial.suppress(sets)
    share, _ = shares_of(f, made, scope.hierarchies.get(step.column))
    loss = float(np.where(trial.starred(step.column), 1.0, share).mean())
    taken = (trial.starred(n).mean() - guard.starred(n).mean() for n in guard.codes)
    return loss + float(sum(taken)), step, trial
