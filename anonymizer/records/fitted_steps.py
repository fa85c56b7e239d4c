"""How coarse the columns that are no quasi-identifiers must leave, so that few of their cells have
to be suppressed against readers who know any few columns."""

import math
from collections.abc import Iterator
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
    suppressed is counted. A column whose diversity is asked for is never dropped.
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
        fits = [_fit(scope, plan, guard, level) for level in _levels(scope, step)]
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


def _levels(scope: Scope, step: Step) -> Iterator[Step]:
    """The step as it is, and coarser ones; ends that were cut stay cut, widths suit the rest."""
    yield step
    (f,) = fields_at(scope.table[step.column], [step], scope.readings)
    common = common_values(f, scope.base.k)
    top: int | float | str | None = None
    bottom: int | float | str | None = None
    if step.operation is Operation.TOP_CODE:
        top, bottom = step.parameter, step.bottom
    elif step.operation is Operation.BOTTOM_CODE:
        bottom = step.parameter
    texts = f.texts
    if step.has_ends:
        texts = _between(f, float(bottom or -math.inf), float(top or math.inf), scope)
    for rung in ladder(f.kind, texts, common):
        named = common if rung.parameter == "other" else ()
        update = {"operation": rung.operation, "parameter": rung.parameter, "listed": named}
        yield step.model_copy(update=update | {"bottom": bottom, "top": top})


def _between(f: Field, low: float, high: float, scope: Scope) -> tuple[str, ...]:
    """The texts of numbers between two bounds."""
    spans = numbers_of(f, scope.readings)
    held = zip(f.texts, spans, strict=True)
    return tuple(t for t, span in held if span and low < span[0] and span[1] < high)


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
