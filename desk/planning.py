"""The plan stack: propose, choose, change, look at what it makes of the data, take back."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

import anonymizer
from anonymizer import Alternative, Goal, Hierarchy, Plan, Readings, Step
from core import ColumnType, Message, Operation, PlanError, Role, UsageError, listed, say
from desk.reply import Outcome, grounds, joined, percent
from desk.tools import tool
from desk.treatments import treatment
from desk.workspace import Workspace

MAX_SUPPRESSION = 0.05
"""The share of rows a proposed plan may give up."""
LIMITED = ("k", "l", "l_kind", "c", "t", "max_suppression")
"""The parts of a goal that have a range of their own, in the order they are told."""
COUNTED = (Operation.SUPPRESS_CELLS, Operation.MICROAGGREGATE)
"""Operations whose parameter is a number of people, the threshold where none is given."""
GROUNDS = ("D-05", "D-08", "D-09", "D-17", "G-09")


@tool(changes="plan", open=True)
def propose_plan(
    session: Workspace,
    k: int,
    l: int | None = None,  # noqa: E741  the measure's own name
    t: float | None = None,
    *,
    sensitive: Sequence[str] = (),
    max_suppression: float = MAX_SUPPRESSION,
    mode: anonymizer.Mode = "local",
) -> Outcome:
    """Two or three ways to reach k (and l, and t), numbered from 1."""
    if session.table is not None and session.examined.inspection.is_counts:
        raise PlanError.of("desk.planning.of_counts")
    goal = goal_of(
        k=k, l=l, t=t, sensitive=list(sensitive), max_suppression=max_suppression, mode=mode
    )
    found = session.alternatives = alternatives(session, goal)
    numbers = (("k", k), ("l", l), ("t", None if t is None else f"{t:g}"))
    wanted = ", ".join(f"{name}={value}" for name, value in numbers if value is not None)
    session.put_plan(found[0].plan, say("desk.planning.plan_for", goal=wanted))
    said = [say("desk.planning.proposed", goal=wanted, n=len(found))]
    said += [
        say(
            "desk.planning.alternative",
            number=a.number,
            title=a.title,
            k=a.preview.after.k,
            difference=a.difference,
        )
        for a in found
    ]
    data = {"alternatives": [summary(a) for a in found]}
    return Outcome(message=joined(said), data=data, **grounds(GROUNDS))


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
    goal = goal if goal.unit else goal.model_copy(update={"unit": session.unit})
    homes = [c.name for c in session.columns if c.type is ColumnType.ADDRESS]
    base = quasi or [n for n in dict.fromkeys((*seen.quasi, *homes)) if n in table]
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
    limits = joined([say(f"desk.limit.{name}") for name in LIMITED if name in wrong])
    raise UsageError.of("desk.planning.bad-goal", limits=limits)


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


@tool(changes="plan")
def choose_plan(session: Workspace, number: int) -> Outcome:
    """Take one of the alternatives proposed last."""
    chosen = next((a for a in session.alternatives if a.number == number), None)
    if chosen is None and session.alternatives:
        most = len(session.alternatives)
        raise UsageError.of("desk.choose_plan.unknown-alternative", number=number, most=most)
    if chosen is None:
        raise UsageError.of("desk.choose_plan_early.unknown-alternative")
    session.put_plan(chosen.plan, say("desk.planning.choosing", number=number))
    return preview(session)


@tool(changes="plan")
def change_plan(
    session: Workspace,
    column: str,
    operation: Operation,
    parameter: int | float | str | None = None,
) -> Outcome:
    """Set one column's step in the plan."""
    session.need_column(column)
    quasi = session.examined.inspection.quasi
    plan = session.plan or anonymizer.untouched(
        session.need_table(), session.columns, quasi, k=session.threshold
    )
    before, was = plan.of(column), plan.quasi
    plan = changed(session, plan, column, operation, parameter, session.readings)
    name = _in_words([s for s in plan.of(column) if s not in before] or plan.of(column))
    session.put_plan(plan, say("desk.planning.step_for", column=column, step=name))
    step = Message(ja=name.ja, en=name.en[0].lower() + name.en[1:])
    said = [say("desk.planning.changed", column=column, step=step)]
    if column in plan.quasi and column not in was:
        said.append(say("desk.planning.counted_in"))
    after = preview(session)
    return after.model_copy(update={"message": joined([*said, after.message])})


def changed(
    session: Workspace,
    plan: Plan,
    column: str,
    operation: Operation,
    parameter: int | float | str | None,
    readings: Readings,
) -> Plan:
    """A plan with one column's step set, as a change would put it in force.

    A quasi-identifier that stays in any form is counted, whether or not it was before.
    """
    table, before = session.need_table(), plan.of(column)
    if operation == Operation.GENERALIZE and parameter is None and before:
        raised = iter(anonymizer.coarser(table[column], before, session.threshold))
        steps = tuple(next(raised) if s in before else s for s in plan.steps)
        return plan.model_copy(update={"steps": steps})
    if operation in COUNTED and parameter is None:
        parameter = session.threshold
    plan = plan.change(column, operation, parameter)
    report = next((c for c in session.columns if c.name == column), None)
    stays = any(step.operation is not Operation.DROP for step in plan.of(column))
    if report is not None and report.role is Role.QUASI_IDENTIFIER and stays:
        quasi = tuple(dict.fromkeys((*plan.quasi, column)))
        plan = plan.model_copy(update={"quasi": quasi})
    return anonymizer.remember(table, plan, session.threshold, readings)


def _in_words(steps: Sequence[Step]) -> Message:
    """What is done to a column and its parts, each once."""
    return listed(dict.fromkeys(treatment(s.operation, s.parameter, s.type) for s in steps))


@tool(open=True)
def preview(session: Workspace) -> Outcome:
    """What the plan makes of the data: risk before and after, and what is lost."""
    session.need_table()
    seen = session.preview_now()
    if seen is None:
        raise UsageError.of("desk.planning.no-plan")
    told = say(
        "desk.planning.before_and_after",
        alone=seen.before.uniques,
        alone_after=seen.after.uniques,
        k=seen.before.k,
        k_after=seen.after.k,
        detail=percent(seen.loss.granularity),
        rows=seen.loss.suppressed_rows,
    )
    return Outcome(
        message=joined([told, *seen.warnings]),
        data={
            "before": seen.before.model_dump(mode="json"),
            "after": seen.after.model_dump(mode="json"),
            "met": seen.processed.met,
            "granularity": round(seen.loss.granularity, 5),
            "suppressed_rows": seen.loss.suppressed_rows,
            "suppressed_cells": seen.loss.suppressed_cells,
        },
        **grounds(GROUNDS),
    )


@tool(changes="plan")
def undo(session: Workspace) -> Outcome:
    """Take back the last change of the plan or the case."""
    return Outcome(message=say("desk.planning.taken_back", change=session.take_back()))
