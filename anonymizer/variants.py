"""Alternatives beside those of one search: the days of events kept, a stubborn column dropped."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from anonymizer.plan import Goal, Step
from anonymizer.preview import preview
from anonymizer.propose import Alternative, propose
from core import ColumnReport, Message, Operation, PlanError, Table

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
