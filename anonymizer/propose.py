"""Two or three safe versions that differ in what they keep, each measured on its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anonymizer import words
from anonymizer.checks import check_goal
from anonymizer.fields import Attribute, attribute, fields_of
from anonymizer.hierarchy import Hierarchy
from anonymizer.ladders import READ
from anonymizer.levels import best_levels
from anonymizer.loader import missing_values
from anonymizer.plan import Goal, Mode, Plan, Step
from anonymizer.preview import Preview, preview
from anonymizer.search.full_domain import Node
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

REMOVED = frozenset({ColumnType.FREE_TEXT, ColumnType.SEQUENCE_NUMBER, ColumnType.URL})
"""Types that no generalisation makes safe, whatever their role."""


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


def propose(
    table: Table,
    columns: Sequence[ColumnReport],
    goal: Goal | None = None,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    quasi: Sequence[str] | None = None,
    seed_id: str = "0",
    threshold: int | None = None,
) -> tuple[Alternative, ...]:
    """Plans that reach the goal, the goal's own mode first.

    `quasi` overrides which columns count as quasi-identifiers. Raises PlanError or InputError where
    columns, goal and hierarchies do not fit the table.
    """
    goal = goal or Goal()
    given = hierarchies or {}
    chosen = (
        tuple(quasi)
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
    _check_missing(table, reports, chosen, given, goal.k)
    twins = twins_of(table, chosen)
    others = tuple(
        _plain(name, reports.get(name), name in empty or name in twins, name in goal.sensitive)
        for name in table.keys
        if name not in chosen
    )
    base = Plan(
        steps=(),
        quasi=chosen,
        sensitive=tuple(name for name in sensitive if name not in empty),
        k=goal.k,
        l=goal.l,
        t=goal.t,
        max_suppression=goal.max_suppression,
        seed_id=seed_id,
    )
    if not chosen:
        drafts = [_Draft("plain", base.model_copy(update={"steps": others}))]
        attributes: list[Attribute] = []
    else:
        attributes = _attributes(table, reports, chosen, given, goal.k)
        drafts = _drafts(table, base, attributes, others, goal)
    least = threshold or max(goal.k, 2)

    def look(draft: _Draft) -> Preview:
        seen = preview(table, draft.plan, columns, hierarchies=given, threshold=least)
        if not twins:
            return seen
        return replace(seen, warnings=(*seen.warnings, words.twins_dropped(twins)))

    found: list[tuple[_Draft, Preview]] = []
    for draft in drafts:
        seen = look(draft)
        useless = draft.kind == "whole" and seen.loss.granularity < 0.05
        if seen.processed.met and not (useless and found):
            found.append((draft, seen))
    local = next((seen for draft, seen in found if draft.kind == "local"), None)
    if local is not None and len(found) < 3:
        name, levels = _favoured(local, attributes)
        plan = _with(base, attributes, levels, others, "local", goal.max_suppression)
        draft = _Draft("favour", plan, column=name)
        seen = look(draft)
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
        for i, (draft, seen) in enumerate(found, 1)
    )


@dataclass(frozen=True)
class _Draft:
    kind: str
    plan: Plan
    optimal: bool = False
    column: str = ""


def _drafts(
    table: Table, base: Plan, attributes: Sequence[Attribute], others: Sequence[Step], goal: Goal
) -> list[_Draft]:
    """The plans to try, the goal's own mode first."""
    limit = goal.max_suppression
    local = _Draft("local", _with(base, attributes, None, others, "local", limit))
    uniform: list[_Draft] = []
    for most, kind in ((limit, "uniform"), (0.0, "whole")):
        if kind == "whole" and not limit:
            continue
        best = best_levels(table, attributes, base, most)
        if best is None:
            continue
        plan = _with(base, attributes, best[0], others, "full-domain", most)
        if all(plan.steps != other.plan.steps for other in uniform):
            uniform.append(_Draft(kind if most else "whole", plan, best[1]))
    return [*uniform, local] if goal.mode == "full-domain" else [local, *uniform]


def _favoured(local: Preview, attributes: Sequence[Attribute]) -> tuple[str, Node]:
    """The column that loses most, and levels that begin one step up in all others."""
    name = max((a.source.column for a in attributes), key=lambda n: _loss_of(local, n))
    return name, tuple(int(a.source.column != name and a.hierarchy.height > 1) for a in attributes)


def _loss_of(seen: Preview, name: str) -> float:
    return next(c.loss for c in seen.loss.columns if c.column == name)


def _kind(report: ColumnReport | None) -> ColumnType:
    return report.type if report else ColumnType.UNKNOWN


def _check_missing(
    table: Table,
    reports: Mapping[str, ColumnReport],
    quasi: Sequence[str],
    given: Mapping[str, Hierarchy],
    k: int,
) -> None:
    problems = []
    for name in quasi:
        if name not in given:
            continue
        (f,) = fields_of(table[name], _kind(reports.get(name)))
        unseen = attribute(f, given, k).unseen
        if unseen:
            shapes = list(dict.fromkeys(mask(f.texts[i]) for i in unseen))[:3]
            problems.append(missing_values(name, int(f.counts[list(unseen)].sum()), shapes))
    if problems:
        raise InputError(problems)


def _plain(name: str, report: ColumnReport | None, useless: bool, sensitive: bool) -> Step:
    """What is done to a column that is no quasi-identifier. What nobody described is dropped."""
    drop = useless or (
        not sensitive
        if report is None
        else report.role is Role.DIRECT_IDENTIFIER
        or report.type in REMOVED
        or report.role is Role.QUASI_IDENTIFIER
    )
    operation = Operation.DROP if drop else Operation.KEEP
    return Step(column=name, operation=operation, type=_kind(report))


def _attributes(
    table: Table,
    reports: Mapping[str, ColumnReport],
    quasi: Sequence[str],
    given: Mapping[str, Hierarchy],
    k: int,
) -> list[Attribute]:
    found = []
    for name in quasi:
        report = reports.get(name)
        parts = report.parts if report and len(report.parts) > 1 and name not in given else ()
        found += [attribute(f, given, k) for f in fields_of(table[name], _kind(report), parts)]
    return found


def _step(a: Attribute, level: int) -> Step:
    """The step that makes a level.

    At level 0 a column whose values cannot be read keeps those the plan lists. A value that fewer
    than k rows share could not stay in any class, so nothing is lost, and the next file's unknown
    values do not slip through.
    """
    operation = Operation.KEEP
    parameter: int | float | str | None = None
    if a.given:
        operation, parameter = Operation.GENERALIZE, level
    elif not level and a.source.kind not in READ:
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
    )


def _with(
    base: Plan,
    attributes: Sequence[Attribute],
    levels: Node | None,
    others: Sequence[Step],
    mode: Mode,
    limit: float,
) -> Plan:
    chosen = levels or (0,) * len(attributes)
    steps = [_step(a, level) for a, level in zip(attributes, chosen, strict=True)]
    return base.model_copy(
        update={"steps": (*steps, *others), "mode": mode, "max_suppression": limit}
    )
