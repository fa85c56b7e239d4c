"""Two or three safe versions that differ in what they keep, each measured on its result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.drafts import Draft, attributes_of, drafts_of, plan_at
from anonymizer.records.fields import Attribute, Readings
from anonymizer.records.fitted_steps import fitted
from anonymizer.records.plan import Goal, Plan, Step
from anonymizer.records.plan_steps import Scope, scope_of
from anonymizer.records.preview import Preview, measure_before, preview
from core import (
    ColumnReport,
    Message,
    Operation,
    PlanError,
    Progress,
    Table,
    inherited,
    listed,
    part,
    say,
    watchable,
)

_MOST = 3
"""Alternatives that people can compare at a glance."""
_COARSE = 0.05
"""A whole table below this granularity is worth no look where there is another."""
_FINER = 0.02
"""A favoured column must lose this much less, or the alternative is no other."""
_WORTH = 0.95
"""A column that loses more than this tells nothing any more."""
_SPENT = 0.3
"""Below this granularity a plan that also asks for l or t is hardly of use."""


@dataclass(frozen=True, eq=False)
class Alternative:
    """One way to do it."""

    number: int
    title: Message
    difference: Message
    """What it keeps that the others do not, in plain words."""
    plan: Plan
    preview: Preview
    optimal: bool
    """Whether it is proved that no other plan of this kind loses less."""


Look = Callable[[Draft, float], tuple[Draft, Preview]]
"""A draft with its other columns fitted, and what it does, told at a share of the progress."""


@watchable
def propose(
    table: Table,
    columns: Sequence[ColumnReport],
    goal: Goal | None = None,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    quasi: Sequence[str] | None = None,
    follows: Mapping[str, str] | None = None,
    seed_id: str = "0",
    threshold: int | None = None,
    progress: Progress = inherited,
    readings: Readings | None = None,
) -> tuple[Alternative, ...]:
    """Plans that reach the goal, the goal's own mode first.

    `quasi` overrides which columns count as quasi-identifiers. `follows` names columns whose
    values follow from another's (a weekday from a date): kept as they are, they would tell what
    the other no longer tells. `progress` is told the share done and may raise Cancelled. Raises
    PlanError or InputError where columns, goal and hierarchies do not fit the table.
    """
    goal = goal or Goal()
    held = readings or Readings()
    scope = scope_of(table, columns, goal, hierarchies or {}, quasi, follows or {}, seed_id, held)
    attributes = attributes_of(scope)
    progress(0.1)
    drafts = drafts_of(scope, attributes, goal.mode, part(progress, 0.1, 0.4))
    least = threshold or max(goal.k, 2)
    before = measure_before(table, drafts[0].plan, least, readings=held)

    def look(draft: Draft, start: float) -> tuple[Draft, Preview]:
        plan, lost = fitted(scope, draft.plan)
        seen = preview(
            table,
            plan,
            columns,
            hierarchies=scope.hierarchies,
            threshold=least,
            before=before,
            progress=part(progress, start, start + 0.1),
            readings=held,
        )
        seen = replace(seen, warnings=(*seen.warnings, *scope.said, *lost))
        return replace(draft, plan=plan), seen

    found = _met(drafts, look)
    found += _favouring(scope, attributes, found, look)
    if not found:
        raise PlanError.of("anonymizer.alternatives.goal_out_of_reach")
    return tuple(
        Alternative(i, *_titles(draft, seen), draft.plan, seen, draft.optimal)
        for i, (draft, seen) in enumerate(found[:_MOST], 1)
    )


def _met(drafts: Sequence[Draft], look: Look) -> list[tuple[Draft, Preview]]:
    """The drafts that reach their goal and leave something to use."""
    found: list[tuple[Draft, Preview]] = []
    for number, draft in enumerate(drafts):
        draft, seen = look(draft, 0.4 + 0.5 * number / len(drafts))
        nothing_left = not seen.processed.table.columns and bool(draft.plan.quasi)
        coarse = draft.kind == "whole" and seen.loss.granularity < _COARSE and bool(found)
        if seen.processed.met and not nothing_left and not coarse:
            found.append((draft, seen))
    return found


def _favouring(
    scope: Scope,
    attributes: Sequence[Attribute],
    found: Sequence[tuple[Draft, Preview]],
    look: Look,
) -> list[tuple[Draft, Preview]]:
    """Local recoding for the column that loses most: all others begin one step up."""
    local = next((seen for draft, seen in found if draft.kind == "local"), None)
    if local is None or len(found) >= _MOST:
        return []
    name = max((a.source.column for a in attributes), key=lambda n: _loss_of(local, n))
    levels = tuple(int(a.source.column != name and a.hierarchy.height > 1) for a in attributes)
    plan = plan_at(scope, attributes, levels, "local", scope.base.max_suppression)
    draft = Draft("favour", plan, column=name)
    draft, seen = look(draft, 0.9)
    finer = _loss_of(seen, name) < _loss_of(local, name) - _FINER
    return [(draft, seen)] if seen.processed.met and finer else []


def _loss_of(seen: Preview, name: str) -> float:
    return next((c.loss for c in seen.loss.columns if c.column == name), 1.0)


def _titles(draft: Draft, seen: Preview) -> tuple[Message, Message]:
    """A title, and what this version keeps that others do not."""
    lost = seen.loss.suppressed_rows
    kind = "uniform_complete" if draft.kind == "uniform" and not lost else draft.kind
    kept = seen.loss.granularity
    return (
        say(f"anonymizer.alternatives.{draft.kind}", column=draft.column),
        say(
            f"anonymizer.alternatives.{kind}_difference", column=draft.column, kept=kept, rows=lost
        ),
    )


def propose_widely(
    table: Table,
    columns: Sequence[ColumnReport],
    goal: Goal,
    *,
    quasi: Sequence[str],
    days: Sequence[str] = (),
    **options: Any,
) -> tuple[Alternative, ...]:
    """The alternatives of `propose`, and one that answers what they give up; at most three.

    `days` are days of events that are no quasi-identifiers here. Who read the news knows them, so
    they are dropped, and the file is worth less: one alternative counts them in instead. Where l
    or t costs nearly all detail, one alternative drops the sensitive column that stands in the
    way. `options` are those of `propose`.
    """

    def again(goal: Goal, quasi: Sequence[str]) -> tuple[Alternative, ...]:
        return propose(table, columns, goal, quasi=quasi, **options)

    found = again(goal, quasi)
    extra = None
    if _is_spent(goal, found):
        eased = goal.model_copy(update={"l": None, "t": None, "sensitive": ()})
        taken = {"hierarchies", "threshold", "readings", "progress"} & options.keys()
        look = partial(preview, table, columns=columns, **{name: options[name] for name in taken})
        extra = _without_sensitive(goal, found[0].plan.sensitive, again(eased, quasi)[0].plan, look)
    if extra is None and days:
        extra = _with_days(days, lambda: again(goal, (*quasi, *days)))
    if extra is None:
        return found
    kept = found[: _MOST - 1]
    return (*kept, replace(extra, number=len(kept) + 1))


def _with_days(
    days: Sequence[str], wider: Callable[[], tuple[Alternative, ...]]
) -> Alternative | None:
    try:
        best = wider()[0]
    except PlanError:
        return None
    kept = [day for day in days if _loss_of(best.preview, day) < _WORTH]
    if not kept:
        return None
    names, detail = listed(kept, ja="・"), best.preview.loss.granularity
    title = say("anonymizer.alternatives.days", columns=names)
    difference = say("anonymizer.alternatives.days_difference", columns=names, kept=detail)
    return replace(best, title=title, difference=difference)


def _is_spent(goal: Goal, found: Sequence[Alternative]) -> bool:
    """Whether l or t costs nearly all detail."""
    asked = (goal.l is not None or goal.t is not None) and bool(found[0].plan.sensitive)
    return asked and max(a.preview.loss.granularity for a in found) < _SPENT


def _without_sensitive(
    goal: Goal, names: Sequence[str], free: Plan, look: Callable[[Plan], Preview]
) -> Alternative | None:
    """The plan that asks for neither l nor t, without the columns that they are about."""
    others = tuple(step for step in free.steps if step.column not in names)
    dropped = tuple(Step(column=name, operation=Operation.DROP) for name in names)
    plan = free.model_copy(update={"steps": (*others, *dropped), "sensitive": ()})
    seen = look(plan)
    detail = seen.loss.granularity
    if detail < _SPENT:
        return None
    shown = listed(names, ja="・")
    wanted = " ".join(f"{n}={v:g}" for n, v in (("l", goal.l), ("t", goal.t)) if v is not None)
    title = say("anonymizer.alternatives.without", columns=shown)
    difference = say(
        "anonymizer.alternatives.without_difference", columns=shown, goal=wanted, kept=detail
    )
    return Alternative(0, title, difference, plan, seen, False)
