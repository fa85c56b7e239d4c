"""Two or three safe versions that differ in what they keep, each measured on its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anonymizer import words
from anonymizer.apply import apply
from anonymizer.checks import check_goal
from anonymizer.fields import Attribute, attribute, fields_of
from anonymizer.hierarchy import Hierarchy
from anonymizer.levels import best_levels
from anonymizer.loader import missing_values
from anonymizer.plan import Goal, Plan, Step
from anonymizer.preview import Preview, measure_before, preview
from anonymizer.readings import Readings
from anonymizer.search.constraint import Sensitive
from anonymizer.search.full_domain import Node
from anonymizer.sensitive import published, sensitive_of
from anonymizer.steps import REMOVED, attributes_of, kind_of, plain_step, plan_at, stays
from anonymizer.titles import title_of
from anonymizer.twins import twins_of
from core import (
    ColumnReport,
    ColumnType,
    InputError,
    Message,
    Operation,
    PlanError,
    Role,
    Table,
    mask,
)
from core.progress import Progress, inherited, part, watchable


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
    the other no longer tells. `progress` is told the share done
    and may raise Cancelled. Raises PlanError or InputError where columns, goal and hierarchies do
    not fit the table.
    """
    goal = goal or Goal()
    given = hierarchies or {}
    held = readings or Readings()
    chosen = (
        tuple(dict.fromkeys(quasi))
        if quasi is not None
        else tuple(c.name for c in columns if c.role is Role.QUASI_IDENTIFIER and c.name in table)
    )
    reports = {c.name: c for c in columns}
    check_goal(table, chosen, goal)
    empty = {c.key for c in table if all(not text.strip() for text in c.texts)}
    chosen = tuple(name for name in chosen if name not in empty)
    sensitive = goal.sensitive or tuple(
        c.name
        for c in columns
        if c.role is Role.SENSITIVE
        and c.name in table
        and c.type not in REMOVED
        and c.name not in chosen
    )
    if (goal.l is not None or goal.t is not None) and not sensitive:
        raise words.no_sensitive()
    _check_missing(table, reports, chosen, given, goal.k, held)
    twins = twins_of(table, chosen)
    telling = _telling(follows or {}, chosen, reports)
    useless = {*empty, *twins, *telling}
    staying = {
        name
        for name in table.keys
        if name not in useless and stays(reports.get(name), name in goal.sensitive)
    }
    others = tuple(
        plain_step(table[name], reports.get(name), name in staying, goal.k, held)
        for name in table.keys
        if name not in chosen
    )
    base = Plan(
        steps=(),
        quasi=chosen,
        sensitive=tuple(name for name in sensitive if name not in empty),
        k=goal.k,
        l=goal.l,
        l_kind=goal.l_kind,
        c=goal.c,
        t=goal.t,
        max_suppression=goal.max_suppression,
        seed_id=seed_id,
    )
    if not chosen:
        drafts = [_Draft("plain", base.model_copy(update={"steps": others}))]
        attributes: list[Attribute] = []
    else:
        attributes = attributes_of(table, reports, chosen, given, goal.k, held)
        progress(0.1)
        about = sensitive_of(
            published(table, base.model_copy(update={"steps": others}), held), base
        )
        drafts = _drafts(attributes, about, base, others, goal, part(progress, 0.1, 0.4))
        if goal.mode == "mondrian":
            plan = _halving(table, base, attributes, others, given, held)
            drafts = [_Draft("mondrian", plan), *drafts]
    least = threshold or max(goal.k, 2)
    lost = [s.column for s in others if s.operation is Operation.DROP and s.column in staying]
    said = [words.twins_dropped(twins)] if twins else []
    said += [words.follows_dropped(telling)] if telling else []
    said += [words.nothing_common(lost)] if lost else []
    blank = [name for name in table.keys if name in empty]
    said += [words.blank(blank)] if blank else []
    taken = [s for s in others if s.operation is Operation.DROP]
    taken = [s for s in taken if s.column not in {*useless, *lost}]
    homes = [s.column for s in taken if s.type is ColumnType.ADDRESS]
    said += [words.removed([s.column for s in taken], homes)] if taken else []
    before = measure_before(table, drafts[0].plan, least, readings=held)

    def look(draft: _Draft, start: float) -> Preview:
        seen = preview(
            table,
            draft.plan,
            columns,
            hierarchies=given,
            threshold=least,
            before=before,
            progress=part(progress, start, start + 0.1),
            readings=held,
        )
        return replace(seen, warnings=(*seen.warnings, *said))

    found: list[tuple[_Draft, Preview]] = []
    for number, draft in enumerate(drafts):
        seen = look(draft, 0.4 + 0.5 * number / len(drafts))
        empty_file = not seen.processed.table.columns and bool(chosen)
        needless = empty_file or (draft.kind == "whole" and seen.loss.granularity < 0.05)
        if seen.processed.met and not (needless and (found or empty_file)):
            found.append((draft, seen))
    local = next((seen for draft, seen in found if draft.kind == "local"), None)
    if local is not None and len(found) < 3:
        name, levels = _favoured(local, attributes)
        plan = plan_at(base, attributes, levels, others, "local", goal.max_suppression)
        draft = _Draft("favour", plan, column=name)
        seen = look(draft, 0.9)
        if seen.processed.met and _loss_of(seen, name) < _loss_of(local, name) - 0.02:
            found.append((draft, seen))
    if not found:
        raise PlanError.of(
            "goal_out_of_reach",
            ja="どの方法でも条件を満たせません。kやlを小さくするか、"
            "tや秘匿の上限をゆるめてください。",
            en="No plan reaches the goal. Lower k or l, or relax t or the suppression limit.",
        )
    return tuple(
        Alternative(i, *title_of(draft.kind, seen, draft.column), draft.plan, seen, draft.optimal)
        for i, (draft, seen) in enumerate(found[:3], 1)
    )


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


@dataclass(frozen=True)
class _Draft:
    kind: str
    plan: Plan
    optimal: bool = False
    column: str = ""


def _halving(
    table: Table,
    base: Plan,
    attributes: Sequence[Attribute],
    others: Sequence[Step],
    given: Mapping[str, Hierarchy],
    readings: Readings,
) -> Plan:
    """The plan of mode mondrian, with the cuts it makes on this table."""
    plan = plan_at(base, attributes, None, others, "mondrian", base.max_suppression)
    cuts = apply(table, plan, hierarchies=given, readings=readings).cuts
    steps = tuple(
        step.model_copy(update={"cuts": cuts.get((step.column, step.part), ())})
        for step in plan.steps
    )
    return plan.model_copy(update={"steps": steps})


def _drafts(
    attributes: Sequence[Attribute],
    sensitive: Sequence[Sensitive],
    base: Plan,
    others: Sequence[Step],
    goal: Goal,
    progress: Progress,
) -> list[_Draft]:
    """The plans to try, the goal's own mode first."""
    limit = goal.max_suppression
    local = _Draft("local", plan_at(base, attributes, None, others, "local", limit))
    uniform: list[_Draft] = []
    for number, (most, kind) in enumerate(((limit, "uniform"), (0.0, "whole"))):
        if kind == "whole" and not limit:
            continue
        watched = part(progress, number / 2, (number + 1) / 2)
        best = best_levels(attributes, base, sensitive, most, watched)
        if best is None:
            continue
        plan = plan_at(base, attributes, best[0], others, "full-domain", most)
        if all(plan.steps != other.plan.steps for other in uniform):
            uniform.append(_Draft(kind if most else "whole", plan, best[1]))
    return [*uniform, local] if goal.mode == "full-domain" else [local, *uniform]


def _favoured(local: Preview, attributes: Sequence[Attribute]) -> tuple[str, Node]:
    """The column that loses most, and levels that begin one step up in all others."""
    name = max((a.source.column for a in attributes), key=lambda n: _loss_of(local, n))
    return name, tuple(int(a.source.column != name and a.hierarchy.height > 1) for a in attributes)


def _loss_of(seen: Preview, name: str) -> float:
    return next(c.loss for c in seen.loss.columns if c.column == name)


def _check_missing(
    table: Table,
    reports: Mapping[str, ColumnReport],
    quasi: Sequence[str],
    given: Mapping[str, Hierarchy],
    k: int,
    readings: Readings,
) -> None:
    problems = []
    for name in quasi:
        if name not in given:
            continue
        (f,) = fields_of(table[name], kind_of(reports.get(name)), readings=readings)
        unseen = attribute(f, given, k, readings).unseen
        if unseen:
            shapes = list(dict.fromkeys(mask(f.texts[i]) for i in unseen))[:3]
            problems.append(missing_values(name, int(f.counts[list(unseen)].sum()), shapes))
    if problems:
        raise InputError(problems)
