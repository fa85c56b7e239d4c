"""Two or three safe versions that differ in what they keep, each measured on its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.loader import missing_values
from anonymizer.records import words
from anonymizer.records.apply import apply, published, sensitive_of
from anonymizer.records.checks import check_goal
from anonymizer.records.fields import Attribute, Readings, attribute, fields_of
from anonymizer.records.plan import Goal, Plan, Step
from anonymizer.records.plan_steps import (
    REMOVED,
    attributes_of,
    best_levels,
    kind_of,
    plain_step,
    plan_at,
    stays,
)
from anonymizer.records.preview import Preview, measure_before, preview
from anonymizer.search.constraint import Sensitive
from anonymizer.search.full_domain import Node
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
from measure import canonical, code, count_classes


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


# FROM titles: 'How alternatives are told apart, in words.'


def title_of(kind: str, seen: Preview, column: str = "") -> tuple[Message, Message]:
    """A title, and what this version keeps that others do not."""
    lost = seen.loss.suppressed_rows
    kept = f"{seen.loss.granularity:.0%}"
    gone = Message(
        ja=f"条件に合わない{lost:,}行を秘匿します" if lost else "1行も秘匿しません",
        en=f"{lost:,} rows that do not fit are suppressed" if lost else "no row is suppressed",
    )
    return {
        "local": (
            Message(ja="細かさを優先", en="Keep detail"),
            Message(
                ja=f"すべての行を残し、行ごとに必要な分だけ粗くします（細かさ {kept}）。"
                "同じ項目に粗い値と細かい値が混ざります。",
                en=f"Every row stays and is widened only as far as it must be (detail {kept}). "
                "A column mixes wide and narrow values.",
            ),
        ),
        "mondrian": (
            Message(ja="数値を細かく残す", en="Keep numbers finer"),
            Message(
                ja="年齢などの数値や日付を、人数が半分ずつになる所で切り分けます（細かさ "
                f"{kept}）。すべての行を残しますが、幅は行によって違います。",
                en="Ages, other numbers and dates are cut where they halve the people (detail "
                f"{kept}). Every row stays; the ranges differ from row to row.",
            ),
        ),
        "uniform": (
            Message(ja="そろった区分を優先", en="Keep uniform categories"),
            Message(
                ja=f"どの項目も同じ粗さでそろえ、{gone.ja}（細かさ {kept}）。集計しやすい形です。",
                en=f"Each column has one width throughout; {gone.en} (detail {kept}). "
                "Easy to tabulate.",
            ),
        ),
        "whole": (
            Message(ja="行を失わない", en="Keep every row"),
            Message(
                ja=f"どの項目も同じ粗さでそろえ、1行も秘匿しません（細かさ {kept}）。その分、"
                "区分は粗くなります。",
                en="Each column has one width throughout and no row is suppressed (detail "
                f"{kept}); "
                "the categories are wider for it.",
            ),
        ),
        "favour": (
            Message(ja=f"「{column}」を優先", en=f"Keep “{column}” finer"),
            Message(
                ja=(
                    f"ほかの項目をはじめから粗くして、「{column}」をより細かく残します"
                    f"（細かさ {kept}）。"
                ),
                en=(
                    f"Widens the other columns first, so that “{column}” "
                    f"stays finer (detail {kept})."
                ),
            ),
        ),
        "plain": (
            Message(ja="直接識別子などを除く", en="Remove identifiers"),
            Message(
                ja="準識別子に当たる項目がないため、直接識別子などの項目を除くだけです。",
                en="There are no quasi-identifiers; identifiers and free text are removed.",
            ),
        ),
    }[kind]


# FROM variants: 'Alternatives beside those of one search: the days of events kept, a stubborn column dropped.'

_WORTH = 0.95
"""A column that loses more than this tells nothing any more."""
_SPENT = 0.3
"""Below this granularity a plan that also asks for l or t is hardly of use."""
_MOST = 3


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
    found = propose(table, columns, goal, quasi=quasi, **options)
    extra = [
        *_without_sensitive(table, columns, goal, quasi, found, options),
        *(_with_days(table, columns, goal, quasi, days, options) if days else ()),
    ][:1]
    kept = found[: _MOST - len(extra)]
    return (*kept, *(replace(a, number=len(kept) + 1) for a in extra))


def _with_days(
    table: Table,
    columns: Sequence[ColumnReport],
    goal: Goal,
    quasi: Sequence[str],
    days: Sequence[str],
    options: dict[str, Any],
) -> list[Alternative]:
    try:
        wider = propose(table, columns, goal, quasi=(*quasi, *days), **options)[0]
    except PlanError:
        return []
    lost = {c.column: c.loss for c in wider.preview.loss.columns}
    kept = [day for day in days if lost.get(day, 1.0) < _WORTH]
    if not kept:
        return []
    ja, en = "・".join(kept), ", ".join(kept)
    detail = f"{wider.preview.loss.granularity:.0%}"
    difference = Message(
        ja=f"ほかの案では落とす「{ja}」を、準識別子に数えたうえで粗くして残します"
        f"（細かさ {detail}）。その分、ほかの項目は粗くなります。",
        en=f"Keeps “{en}”, which the other plans drop, in wider steps and counted among the "
        f"quasi-identifiers (detail {detail}). The other columns are wider for it.",
    )
    title = Message(ja=f"「{ja}」も残す", en=f"Keep “{en}” too")
    return [replace(wider, title=title, difference=difference)]


def _without_sensitive(
    table: Table,
    columns: Sequence[ColumnReport],
    goal: Goal,
    quasi: Sequence[str],
    found: Sequence[Alternative],
    options: dict[str, Any],
) -> list[Alternative]:
    names = found[0].plan.sensitive
    spent = max(a.preview.loss.granularity for a in found) < _SPENT
    if (goal.l is None and goal.t is None) or not names or not spent:
        return []
    eased = goal.model_copy(update={"l": None, "t": None, "sensitive": ()})
    free = propose(table, columns, eased, quasi=quasi, **options)[0]
    others = tuple(step for step in free.plan.steps if step.column not in names)
    dropped = tuple(Step(column=name, operation=Operation.DROP) for name in names)
    plan = free.plan.model_copy(update={"steps": (*others, *dropped), "sensitive": ()})
    handed = {
        name: options[name]
        for name in ("hierarchies", "threshold", "readings", "progress")
        if name in options
    }
    seen = preview(table, plan, columns, **handed)
    if seen.loss.granularity < _SPENT:
        return []
    ja, en = "・".join(names), ", ".join(names)
    wanted = " ".join(f"{n}={v:g}" for n, v in (("l", goal.l), ("t", goal.t)) if v is not None)
    difference = Message(
        ja=f"「{ja}」は値のかたよりが大きく、{wanted} を守ると細かさがほとんど残りません。"
        f"この項目を落とせば、ほかの項目を細かく残せます（細かさ {seen.loss.granularity:.0%}）。",
        en=f"“{en}” is so uneven that {wanted} leaves almost no detail. Without it, the other "
        f"columns stay finer (detail {seen.loss.granularity:.0%}).",
    )
    title = Message(ja=f"「{ja}」を落とす", en=f"Drop “{en}”")
    return [Alternative(0, title, difference, plan, seen, False)]


# FROM twins: 'Columns that repeat a quasi-identifier in other words.'


def twins_of(table: Table, quasi: Sequence[str]) -> dict[str, str]:
    """Columns that say the same as a quasi-identifier in other words, and which one.

    Kept as they are they would undo whatever is done to it. Two columns are twins when each value
    of one goes with exactly one of the other, and values repeat often enough for that to be no
    accident.

    >>> twins_of(Table.of({"日": ["1", "2", "3"] * 2, "曜": ["月", "火", "水"] * 2}), ["日"])
    {'曜': '日'}
    """
    found: dict[str, str] = {}
    for name in quasi:
        mine = code(table[name], canonical)
        if not 2 < mine.size <= table.rows / 2:
            continue
        for column in table:
            if column.key in quasi or column.key in found:
                continue
            if not mine.size <= len(column.values) <= table.rows / 2:
                continue
            theirs = code(column, canonical)
            if theirs.size == mine.size == len(count_classes([mine, theirs])):
                found[column.key] = name
    return found
