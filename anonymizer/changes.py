"""What happened to each column, and the column that is published."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymizer.fields import Field, joined
from anonymizer.plan import Step
from anonymizer.quasi import Quasi
from core import Column
from measure import STAR, canonical, code


@dataclass(frozen=True, eq=False)
class Change:
    """What happened to one column."""

    column: str
    steps: tuple[Step, ...]
    rows_changed: int
    cells_suppressed: int
    """Cells that became `*`, those of suppressed rows among them."""
    distinct_before: int
    distinct_after: int
    loss: float
    """Mean share (0-1) of the column's values that a cell now stands for; 1 where it is gone."""


def made_of(
    column: Column, before: Sequence[Field], after: Sequence[Field | None]
) -> Column | None:
    """The published column; the very same object where nothing was done to it.

    Spellings of one value leave as the one that came first: whoever counts the file must find the
    classes that were counted here.
    """
    if not any(f is not None for f in after):
        return None
    one_spelling = code(column, canonical).size == len(column.texts)
    if one_spelling and all(a is b for a, b in zip(after, before, strict=True)):
        return column
    return joined(after, column)


def change_of(
    column: Column, steps: tuple[Step, ...], made: Column | None, spans: Sequence[Quasi]
) -> Change:
    """A column's change, from what it was and what is published."""
    before = len(column.values)
    if made is None:
        return Change(column.key, steps, len(column.codes), 0, before, 0, 1.0)
    if made is column:
        return Change(column.key, steps, 0, 0, before, before, 0.0)
    old = {text: i for i, text in enumerate(column.texts)}
    same = np.array([old.get(text, -1) for text in made.texts])
    stars = np.array([text == STAR for text in made.texts])
    used = int((made.counts > 0).sum())
    loss = 0.0
    for span in spans:
        finest = 1 / span.leaves
        if finest < 1:
            loss += (float(span.shares.mean()) - finest) / (1 - finest) / len(spans)
    return Change(
        column=column.key,
        steps=steps,
        rows_changed=int((same[made.codes] != column.codes).sum()),
        cells_suppressed=int(stars[made.codes].sum()),
        distinct_before=before,
        distinct_after=used,
        loss=loss,
    )
