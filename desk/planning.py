"""The plan stack: propose, choose, change, describe."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

import anonymizer
import knowledge
from anonymizer import Alternative, Goal, Hierarchy, Plan, Preview, Readings, Step
from core import Message, Operation, Role, Table, UsageError
from desk.grounds import passages
from desk.outcome import Outcome
from desk.steps import treatment
from desk.words import joined, percent, percent_en
from desk.workspace import Workspace

LIMITS = {
    "k": Message(ja="k は2以上の整数で指定してください。", en="k must be 2 or more."),
    "l": Message(ja="l は1以上の整数で指定してください。", en="l must be 1 or more."),
    "l_kind": Message(
        ja="l の数え方は distinct、entropy、recursive のどれかにしてください。",
        en="l is counted as distinct, entropy or recursive.",
    ),
    "c": Message(
        ja="recursive の l には、0より大きい c も指定してください。",
        en="Recursive l needs a c above 0 as well.",
    ),
    "t": Message(ja="t は0から1までの数で指定してください。", en="t must be from 0 to 1."),
    "max_suppression": Message(
        ja="秘匿の上限は0から1までの数で指定してください（0.05 は5%）。",
        en="The suppression limit must be from 0 to 1 (0.05 is 5%).",
    ),
}
COUNTED = (Operation.SUPPRESS_CELLS, Operation.MICROAGGREGATE)
"""Operations whose parameter is a number of people, the threshold where none is given."""
COUNTED_IN = Message(
    ja="この項目も準識別子に数えます。", en="It is now counted among the quasi-identifiers."
)
GROUNDS = ("D-05", "D-08", "D-09", "D-17", "G-09")


def propose(session: Workspace, goal: Goal) -> Outcome:
    """Two or three ways to reach the goal; the first becomes the plan in force."""
    found = alternatives(session, goal)
    session.alternatives = found
    wanted = named(goal)
    session.put_plan(found[0].plan, Message(ja=f"{wanted}の加工案", en=f"the plan for {wanted}"))
    many = "1 plan reaches" if len(found) == 1 else f"{len(found)} plans reach"
    said = [
        Message(
            ja=f"{wanted} になる加工案を{len(found)}つ作りました。まず案1を選んであります。",
            en=f"{many} {wanted}. Plan 1 is chosen for now.",
        )
    ]
    said += [_line(a) for a in found]
    return Outcome(
        message=joined(said),
        data={"alternatives": [summary(a) for a in found]},
        citations=tuple(knowledge.citation(card) for card in GROUNDS),
        passages=passages(GROUNDS),
    )


def named(goal: Goal) -> str:
    """The goal's numbers in short.

    >>> named(Goal(k=5, l=3))
    'k=5, l=3'
    """
    parts = [f"k={goal.k}"]
    parts += [f"l={goal.l}"] if goal.l is not None else []
    parts += [f"t={goal.t:g}"] if goal.t is not None else []
    return ", ".join(parts)


def alternatives(
    session: Workspace,
    goal: Goal,
    quasi: Sequence[str] | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
) -> tuple[Alternative, ...]:
    """The ways to reach a goal, measured on their results; the plan stays as it is.

    `quasi` overrides which columns count as quasi-identifiers; else one alternative keeps the
    days of events as well. `hierarchies` are used in place of those in force.
    """
    table = session.need_table()
    seen = session.examined.inspection
    base = quasi if quasi is not None else [name for name in seen.quasi if name in table]
    days = [d for d in seen.quasi_extended[-1] if d not in base] if seen.quasi_extended else []
    found = anonymizer.propose_widely(
        table,
        session.columns,
        goal,
        days=days if quasi is None else (),
        quasi=base,
        hierarchies=session.hierarchies if hierarchies is None else hierarchies,
        follows=seen.redundant,
        threshold=goal.k,
        readings=session.readings,
    )
    for alternative in reversed(found):
        session.keep_preview(alternative.plan, alternative.preview)
    return found


def goal_of(**wanted: Any) -> Goal:
    """A goal from what somebody asked for.

    Raises:
        UsageError: a number is out of its range.
    """
    try:
        return Goal(**wanted)
    except ValidationError as error:
        wrong = {
            str(e["loc"][0] if e["loc"] else e["type"])
            for e in error.errors(include_input=False, include_url=False)
        }
    said = [LIMITS[name] for name in LIMITS if name in wrong]
    raise UsageError.of("bad-goal", ja="".join(m.ja for m in said), en=" ".join(m.en for m in said))


def summary(alternative: Alternative) -> dict[str, object]:
    """An alternative as data, without cell values."""
    seen = alternative.preview
    return {
        "number": alternative.number,
        "title": alternative.title.model_dump(),
        "difference": alternative.difference.model_dump(),
        "risk": seen.after.model_dump(mode="json"),
        "granularity": round(seen.loss.granularity, 5),
        "suppressed_rows": seen.loss.suppressed_rows,
        "optimal": alternative.optimal,
    }


def _line(alternative: Alternative) -> Message:
    after = alternative.preview.after
    return Message(
        ja=f"案{alternative.number}（{alternative.title.ja}）：k={after.k}、"
        f"{alternative.difference.ja}",
        en=f"Plan {alternative.number} ({alternative.title.en}): k={after.k}. "
        f"{alternative.difference.en}",
    )


def choose(session: Workspace, number: int) -> Outcome:
    """Take one of the alternatives proposed last.

    Raises:
        UsageError: no such alternative.
    """
    chosen = next((a for a in session.alternatives if a.number == number), None)
    if chosen is None:
        most = len(session.alternatives)
        raise UsageError.of(
            "unknown-alternative",
            ja=f"案{number}はありません。1から{most}までの番号で選んでください。"
            if most
            else "まだ加工案がありません。先に「k=5で安全にして」などと頼んでください。",
            en=f"There is no plan {number}. Choose from 1 to {most}."
            if most
            else "There is no plan yet. Ask for one first, such as “make it safe with k = 5”.",
        )
    session.put_plan(chosen.plan, Message(ja=f"案{number}の選択", en=f"choosing plan {number}"))
    return describe(session)


def change(
    session: Workspace, column: str, operation: Operation, parameter: float | str | None
) -> Outcome:
    """Set one column's step. Without a plan yet, it starts from the data as it is."""
    table = session.need_table()
    if column not in table:
        raise UsageError.of(
            "unknown-column",
            ja=f"「{column}」という項目はありません。",
            en=f"There is no column “{column}”.",
        )
    plan = session.plan or starting_plan(session, table)
    before, was = plan.of(column), plan.quasi
    plan = changed(session, plan, column, operation, parameter, session.readings)
    name = in_words_of([s for s in plan.of(column) if s not in before] or plan.of(column))
    session.put_plan(
        plan,
        Message(ja=f"「{column}」の加工（{name.ja}）", en=f"the step for “{column}” ({name.en})"),
    )
    done = Message(
        ja=f"「{column}」の加工を「{name.ja}」にしました。",
        en=f"“{column}” is now set to: {name.en[0].lower()}{name.en[1:]}.",
    )
    said = [done, COUNTED_IN] if column in plan.quasi and column not in was else [done]
    after = describe(session)
    return after.model_copy(update={"message": joined([*said, after.message])})


def changed(
    session: Workspace,
    plan: Plan,
    column: str,
    operation: Operation,
    parameter: float | str | None,
    readings: Readings,
) -> Plan:
    """A plan with one column's step set, as a change would put it in force."""
    table, before = session.need_table(), plan.of(column)
    if operation is Operation.GENERALIZE and parameter is None and before:
        raised = iter(anonymizer.coarser(table[column], before, session.threshold))
        steps = tuple(next(raised) if s in before else s for s in plan.steps)
        return plan.model_copy(update={"steps": steps})
    if operation in COUNTED and parameter is None:
        parameter = session.threshold
    made = _counting_in(session, plan.change(column, operation, parameter), column)
    return anonymizer.remember(table, made, session.threshold, readings)


def _counting_in(session: Workspace, plan: Plan, column: str) -> Plan:
    """A quasi-identifier that stays in any form is counted, whether or not it was before."""
    report = next((c for c in session.columns if c.name == column), None)
    stays = any(step.operation is not Operation.DROP for step in plan.of(column))
    if report is None or report.role is not Role.QUASI_IDENTIFIER or not stays:
        return plan
    return plan.model_copy(update={"quasi": tuple(dict.fromkeys((*plan.quasi, column)))})


def in_words_of(steps: Sequence[Step]) -> Message:
    """What is done to a column and its parts, each once."""
    said = dict.fromkeys(treatment(s.operation, s.parameter, s.type) for s in steps)
    return Message(ja="、".join(m.ja for m in said), en=", ".join(m.en for m in said))


def starting_plan(session: Workspace, table: Table) -> Plan:
    """What a change starts from before anything was proposed: every quasi-identifier kept."""
    quasi = session.examined.inspection.quasi
    return anonymizer.untouched(table, session.columns, quasi, k=session.threshold)


def describe(session: Workspace) -> Outcome:
    """What the plan makes of the data: risk before and after, what is lost, in words."""
    session.need_table()
    seen = session.preview_now()
    if seen is None:
        raise UsageError.of(
            "no-plan",
            ja="まだ加工案がありません。「k=5で安全にして」などと頼んでください。",
            en="There is no plan yet. Ask for one, such as “make it safe with k = 5”.",
        )
    return Outcome(
        message=joined([in_words(seen), *seen.warnings]),
        data={
            "before": seen.before.model_dump(mode="json"),
            "after": seen.after.model_dump(mode="json"),
            "met": seen.processed.met,
            "granularity": round(seen.loss.granularity, 5),
            "suppressed_rows": seen.loss.suppressed_rows,
            "suppressed_cells": seen.loss.suppressed_cells,
        },
        citations=tuple(knowledge.citation(card) for card in GROUNDS),
        passages=passages(GROUNDS),
    )


def in_words(seen: Preview) -> Message:
    """Before and after in two sentences."""
    before, after, loss = seen.before, seen.after, seen.loss
    return Message(
        ja=f"一人しかいない人は{before.uniques:,}人から{after.uniques:,}人に、"
        f"最も小さい集まりは{before.k:,}人から{after.k:,}人になります。"
        f"残る細かさは{percent(loss.granularity)}、秘匿する行は{loss.suppressed_rows:,}行です。",
        en=f"People who are alone: from {before.uniques:,} to {after.uniques:,}. Smallest group: "
        f"from {before.k:,} to {after.k:,}. Detail kept: {percent_en(loss.granularity)}; "
        f"{loss.suppressed_rows:,} rows are suppressed.",
    )
