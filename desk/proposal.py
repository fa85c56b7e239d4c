"""The plan in force as the review reports it, and as facts for the rules."""

from collections.abc import Sequence

import rules
from anonymizer import Plan, Preview, Step
from core import ColumnReport, Operation, Proposal, ProposedStep


def summarize(plan: Plan | None, seen: Preview | None) -> Proposal | None:
    """The plan and what was measured on its result; None without a plan."""
    if plan is None or seen is None:
        return None
    losses = {loss.column: loss for loss in seen.loss.columns}
    return Proposal(
        k=plan.k,
        steps=tuple(
            ProposedStep(
                column=step.column,
                operation=step.operation,
                parameter=step.parameter,
                part=step.part,
                after=tuple(dict.fromkeys(e.after for e in seen.changes.get(step.column, ()))),
                distinct_before=losses[step.column].distinct_before,
                distinct_after=losses[step.column].distinct_after,
                loss=losses[step.column].loss,
            )
            for step in plan.steps
        ),
        before=seen.before,
        after=seen.after,
        granularity=seen.loss.granularity,
        suppressed_rows=seen.loss.suppressed_rows,
        suppressed_cells=seen.loss.suppressed_cells,
        warnings=seen.warnings,
    )


def facts(
    plan: Plan | None, seen: Preview | None, columns: Sequence[ColumnReport]
) -> tuple[rules.Fact, ...]:
    """The plan in force as facts for the rules; none without a plan."""
    if plan is None or seen is None:
        return ()
    lost = {loss.column: loss.loss for loss in seen.loss.columns}
    return tuple(
        rules.from_plan(
            [(s.column, _done(s, lost[s.column]), s.parameter) for s in plan.steps],
            columns,
            k=plan.k,
            k_after=seen.after.k,
            uniques_after=seen.after.uniques,
            share_at_risk_after=seen.after.share_at_risk,
            suppressed_share=seen.loss.suppressed_share,
        )
    )


def _done(step: Step, loss: float) -> str:
    """What a step comes to: local recoding widens a kept column where it must."""
    widened = step.operation is Operation.KEEP and loss > 0
    return (Operation.GENERALIZE if widened else step.operation).value
