"""One rung up: a column's steps made one level coarser than they are."""

from collections.abc import Sequence

from anonymizer.fields import Field, common_values, fields_of
from anonymizer.ladders import ladder
from anonymizer.operations import Context, transform
from anonymizer.plan import Step
from core import Column, PlanError


def coarser(column: Column, steps: Sequence[Step], k: int) -> tuple[Step, ...]:
    """The steps of a column, or of its parts, each one rung up its ladder.

    A part that has no rung left stays as it is.

    Raises:
        PlanError: no rung is left for any of them.
    """
    parts = [step.part for step in steps if step.part is not None]
    fields = fields_of(column, steps[0].type, parts)
    raised = tuple(_raised(f, step, k) for f, step in zip(fields, steps, strict=True))
    if raised == tuple(steps):
        raise PlanError.of(
            "no_coarser",
            ja=f"項目「{column.key}」は、これ以上粗くする段階がありません。"
            "項目を削除するか、少ない値を伏せてください。",
            en=f"Column “{column.key}” has no coarser level. Drop it, or suppress its rare values.",
        )
    return raised


def _raised(f: Field, step: Step, k: int) -> Step:
    after, _ = transform(f, step, Context(k=k))
    held = len((after or f).texts)
    common = common_values(f, k)
    for rung in ladder(f.kind, f.texts, common):
        if len({rung.label(text) for text in f.texts}) < held:
            listed = common if rung.parameter == "other" else ()
            update = {"operation": rung.operation, "parameter": rung.parameter, "listed": listed}
            update |= {"within": None, "cuts": ()}
            return step.model_copy(update=update)
    return step
