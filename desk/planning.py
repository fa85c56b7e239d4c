"""The plan stack: propose, choose, change, describe."""

import anonymizer
import knowledge
from anonymizer import Alternative, Goal, Plan, Preview
from core import Message, Operation, Table, UsageError
from core.labels import OPERATIONS
from desk.grounds import passages
from desk.outcome import Outcome
from desk.settings import MAX_SUPPRESSION
from desk.words import joined, percent, percent_en
from desk.workspace import Workspace

GROUNDS = ("D-05", "D-08", "D-09", "D-17", "G-09")


def propose(session: Workspace, k: int, l: int | None, t: float | None) -> Outcome:  # noqa: E741
    """Two or three ways to reach the goal; the first becomes the plan in force."""
    found = alternatives(session, k, l, t)
    session.alternatives = found
    session.put_plan(found[0].plan, Message(ja=f"k={k}の加工案", en=f"the plan for k = {k}"))
    said = [
        Message(
            ja=f"k={k} になる加工案を{len(found)}つ作りました。まず案1を選んであります。",
            en=f"{len(found)} plans reach k = {k}. Plan 1 is chosen for now.",
        )
    ]
    said += [_line(a) for a in found]
    return Outcome(
        message=joined(said),
        data={"alternatives": [summary(a) for a in found]},
        citations=tuple(knowledge.citation(card) for card in GROUNDS),
        passages=passages(GROUNDS),
    )


def alternatives(
    session: Workspace,
    k: int,
    l: int | None = None,  # noqa: E741
    t: float | None = None,
) -> tuple[Alternative, ...]:
    """The ways to reach k (and l, and t), measured on their results; the plan stays as it is."""
    table = session.need_table()
    if k < 2:
        raise UsageError.of(
            "bad-k", ja="k は2以上の数で指定してください。", en="k must be 2 or more."
        )
    quasi = [name for name in session.examined.inspection.quasi if name in table]
    goal = Goal(k=k, l=l, t=t, max_suppression=MAX_SUPPRESSION)
    return anonymizer.propose(
        table, session.columns, goal, quasi=quasi, threshold=max(k, session.threshold)
    )


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
    plan = (session.plan or starting_plan(session, table)).change(column, operation, parameter)
    session.put_plan(
        plan,
        Message(
            ja=f"「{column}」の加工（{OPERATIONS[operation].ja}）",
            en=f"the step for “{column}” ({OPERATIONS[operation].en})",
        ),
    )
    done = Message(
        ja=f"「{column}」の加工を「{OPERATIONS[operation].ja}」にしました。",
        en=f"“{column}” is now set to: {OPERATIONS[operation].en.lower()}.",
    )
    after = describe(session)
    return after.model_copy(update={"message": joined([done, after.message])})


def starting_plan(session: Workspace, table: Table) -> Plan:
    """What a change starts from before anything was proposed: every quasi-identifier kept."""
    k = min(session.threshold, max(table.rows, 1))
    found = anonymizer.propose(
        table,
        session.columns,
        Goal(k=max(k, 2), max_suppression=1.0, mode="full-domain"),
        quasi=session.examined.inspection.quasi,
    )
    plan = found[0].plan
    kept = tuple(
        step.model_copy(update={"operation": Operation.KEEP, "parameter": None})
        if step.column in plan.quasi
        else step
        for step in plan.steps
    )
    return plan.model_copy(update={"steps": kept, "k": 1, "mode": "full-domain"})


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
