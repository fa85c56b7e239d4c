"""Two or three safe versions that differ in what they keep, each measured on its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anonymizer import words
from anonymizer.checks import check_goal
from anonymizer.fields import Attribute, attribute, fields_of
from anonymizer.hierarchy import Hierarchy
from anonymizer.levels import best_levels
from anonymizer.loader import missing_values
from anonymizer.plan import Goal, Mode, Plan, Step
from anonymizer.preview import Preview, preview
from anonymizer.search.full_domain import Node
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
        _plain(name, reports.get(name), name in empty or name in twins)
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
    drafts: list[tuple[str, Plan]] = []
    proved: dict[str, bool] = {}
    if not chosen:
        drafts.append(("plain", base.model_copy(update={"steps": others})))
    else:
        attributes = _attributes(table, reports, chosen, given, goal.k)
        limits = [goal.max_suppression] + ([0.0] if goal.max_suppression > 0 else [])
        drafts.append(
            ("local", _with(base, attributes, None, others, "local", goal.max_suppression))
        )
        for limit in limits:
            best = best_levels(table, attributes, base, limit)
            if best is not None:
                levels, optimal = best
                kind = "uniform" if limit else "whole"
                plan = _with(base, attributes, levels, others, "full-domain", limit)
                if all(plan.steps != other.steps for _, other in drafts):
                    drafts.append((kind, plan))
                    proved[kind] = optimal
        if goal.mode == "full-domain":
            drafts = drafts[1:] + drafts[:1]
    found: list[tuple[Message, Message, Plan, Preview, bool]] = []
    for kind, plan in drafts:
        seen = preview(
            table, plan, columns, hierarchies=given, threshold=threshold or max(goal.k, 2)
        )
        if seen.processed.met and (kind != "whole" or seen.loss.granularity >= 0.05 or not found):
            title, difference = _words(kind, seen)
            if twins:
                said = (*seen.warnings, words.twins_dropped(twins))
                seen = replace(seen, warnings=said)
            found.append((title, difference, plan, seen, proved.get(kind, False)))
    if not found:
        raise PlanError.of(
            "goal_out_of_reach",
            ja="どの方法でも条件を満たせません。kやlを小さくするか、"
            "tや秘匿の上限をゆるめてください。",
            en="No plan reaches the goal. Lower k or l, or relax t or the suppression limit.",
        )
    return tuple(Alternative(i, *rest) for i, rest in enumerate(found, 1))


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


def _plain(name: str, report: ColumnReport | None, empty: bool) -> Step:
    """What is done to a column that is no quasi-identifier. What nobody described is dropped."""
    drop = (
        report is None
        or empty
        or report.role is Role.DIRECT_IDENTIFIER
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
    operation = Operation.KEEP
    parameter: int | float | str | None = None
    if a.given:
        operation, parameter = Operation.GENERALIZE, level
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


def _words(kind: str, seen: Preview) -> tuple[Message, Message]:
    lost = seen.loss.suppressed_rows
    kept = f"{seen.loss.granularity:.0%}"
    return {
        "local": (
            Message(ja="細かさを優先", en="Keep detail"),
            Message(
                ja=f"すべての行を残し、行ごとに必要な分だけ粗くします(細かさ {kept})。"
                "同じ列に粗い値と細かい値が混ざります。",
                en=f"Every row stays and is widened only as far as it must be (detail {kept}). "
                "A column mixes wide and narrow values.",
            ),
        ),
        "uniform": (
            Message(ja="そろった区分を優先", en="Keep uniform categories"),
            Message(
                ja=f"どの列も同じ粗さでそろえ、条件に合わない{lost}行を秘匿します(細かさ "
                f"{kept})。集計しやすい形です。",
                en=f"Each column has one width throughout; {lost} rows that do not fit are "
                f"suppressed (detail {kept}). Easy to tabulate.",
            ),
        ),
        "whole": (
            Message(ja="行を失わない", en="Keep every row"),
            Message(
                ja=f"どの列も同じ粗さでそろえ、1行も秘匿しません(細かさ {kept})。その分、"
                "区分は粗くなります。",
                en="Each column has one width throughout and no row is suppressed (detail "
                f"{kept}); "
                "the categories are wider for it.",
            ),
        ),
        "plain": (
            Message(ja="直接識別子などを除く", en="Remove identifiers"),
            Message(
                ja="準識別子に当たる列がないため、直接識別子などの列を除くだけです。",
                en="There are no quasi-identifiers; identifiers and free text are removed.",
            ),
        ),
    }[kind]
