"""Carrying a plan out on a table, in memory: read, transform, reach the goal."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import NUMBERS, OTHER, READ
from anonymizer.records.extreme_values import extremes
from anonymizer.records.fields import Field, Readings, fields_at, joined, rare_rows
from anonymizer.records.keyed import pseudonym_keys, seed_number
from anonymizer.records.operations import Context, transform
from anonymizer.records.plan import Plan, Step, check_plan, quoted
from anonymizer.records.recoding import (
    Cuts,
    Quasi,
    Reached,
    all_stars,
    constraint_of,
    granularity,
    reach_goal,
    shares_of,
    still_holds,
)
from anonymizer.records.replay import has_record
from anonymizer.search.cell_suppression import guarded
from anonymizer.search.constraint import Mask
from core import Column, Message, Operation, Progress, Table, inherited, mask, part, say, watchable
from measure import STAR, canonical, code, owners_of


@dataclass(frozen=True)
class ColumnLoss:
    """What one column loses."""

    column: str
    distinct_before: int
    distinct_after: int
    rows_changed: int
    cells_suppressed: int
    """Cells that became `*`, those of suppressed rows among them."""
    loss: float
    """Mean share (0-1) of the column's values that a cell now stands for; 1 where it is gone."""


@dataclass(frozen=True, eq=False)
class Change(ColumnLoss):
    """What happened to one column."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class Processed:
    """A table after a plan, with what was done and what was lost."""

    table: Table
    plan: Plan
    changes: tuple[Change, ...]
    suppressed: Mask = field(repr=False)
    """Which rows lost all their quasi-identifiers, shape (rows,)."""
    granularity: float
    """1 = nothing lost in the quasi-identifiers, 0 = nothing left (the measure of ARX)."""
    met: bool
    """Whether every class satisfies the plan's goal (checked again by `certify`)."""
    cuts: Cuts = field(default_factory=dict)
    """Where numbers were cut in mode mondrian."""
    warnings: tuple[Message, ...] = ()

    @property
    def suppressed_rows(self) -> int:
        """How many rows were suppressed."""
        return int(self.suppressed.sum())


_ROUNDS = 4
"""How often what is left of a column, after cells of it were suppressed, is recoded anew."""
Before = Mapping[str, Sequence[Field]]
After = Mapping[str, Sequence[Field | None]]


@watchable
def apply(
    table: Table,
    plan: Plan,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    keys: Mapping[str, bytes] | None = None,
    secret: bytes = b"",
    progress: Progress = inherited,
    readings: Readings | None = None,
) -> Processed:
    """Carry out a plan: the steps first, then the recoding or suppression that reaches its goal.

    `keys` holds a secret of 16 bytes or more per recipient for pseudonyms; a recipient without one
    gets a fresh key that is forgotten. `secret` decides ties and noise, so that a run can be
    repeated under the same one; without one it is drawn afresh, and nobody can. Columns the plan
    does not name are left out and reported. `progress` is told the share done and may raise
    Cancelled. `readings`, kept by the caller beside the table, saves reading the same values again.
    Raises PlanError where the plan does not fit the table.
    """
    check_plan(table, plan)
    known_keys, warnings = pseudonym_keys(plan, keys or {})
    extra = [key for key in table.keys if key not in plan.columns]
    if extra:
        warnings = [say("anonymizer.apply.left_out", columns=quoted(extra)), *warnings]
    secret = secret or secrets.token_bytes(32)
    seed = seed_number(plan.seed_id, secret)
    context = Context(hierarchies or {}, known_keys, seed, secret, plan.k, readings or Readings())
    before = {
        name: fields_at(table[name], plan.of(name), context.readings)
        for name in plan.columns
        if not _drops_whole(plan.of(name)[0])
    }
    after, said = _transformed(before, plan, context, progress)
    rest = part(progress, 0.4, 0.95)
    made, reached, stars = _reached(table, plan, before, after, context, rest)
    said += stars
    planned = [column for column in table if plan.of(column.key)]
    columns = [column for column in made.values() if column is not None]
    changes = [_change_of(c, plan.of(c.key), made[c.key], reached.spans) for c in planned]
    progress(1.0)
    losses = [(float(s.shares.mean()), s.leaves) for s in reached.spans]
    return Processed(
        table=Table(tuple(columns), table.rows),
        plan=plan,
        changes=tuple(changes),
        suppressed=all_stars(reached.spans) if reached.spans else np.zeros(table.rows, bool),
        granularity=granularity([*losses, *_dropped(table, before, after, plan)]),
        met=reached.met,
        cuts=reached.cuts,
        warnings=(*warnings, *said, *reached.warnings),
    )


def _reached(
    table: Table,
    plan: Plan,
    before: Before,
    after: dict[str, list[Field | None]],
    context: Context,
    progress: Progress,
) -> tuple[dict[str, Column | None], Reached, list[Message]]:
    """The columns that leave, None for one that is dropped; and what to say of suppressed cells.

    `after` gets the recoded quasi-identifiers. Where cells of a column are suppressed whose
    diversity is asked for, what is left of it is recoded anew; where that never ends well, the
    column keeps its cells, and the certificate says who finds somebody by them.
    """
    owners, readings = owners_of(table, plan.unit), context.readings
    spans = [
        Quasi(b, a, *shares_of(b, a, context.hierarchies.get(name)))
        for name in plan.quasi
        for b, a in zip(before.get(name, ()), after.get(name, ()), strict=True)
        if a is not None
    ]
    others = {
        c.key: None if c.key in plan.quasi else _published(c, before, after, plan, readings)
        for c in table
        if plan.of(c.key)
    }
    diverse = plan.sensitive if plan.l is not None or plan.t is not None else ()
    left = dict(others)
    number = 0
    while True:
        left = dict(others) if number == _ROUNDS else left
        shown = (table[n] if n in plan.quasi else left[n] for n in diverse)
        constraint = constraint_of(plan, (c for c in shown if c is not None), owners)
        reached = reach_goal(spans, constraint, plan, context, table.rows, progress)
        _put_back(after, plan, reached)
        made = {
            name: _published(table[name], before, after, plan, readings)
            if name in plan.quasi
            else column
            for name, column in left.items()
        }
        if not plan.guarded:
            return made, reached, []
        columns = [column for column in made.values() if column is not None]
        fixed = (*plan.quasi, *(diverse if number == _ROUNDS else ()))
        safe = guarded(columns, plan, fixed, owners)
        shown = (table[n] if n in plan.quasi else safe.get(n) for n in diverse)
        constraint = constraint_of(plan, (c for c in shown if c is not None), owners)
        hopeless = not constraint.sensitive or (not number and not reached.met)
        if hopeless or number == _ROUNDS or (reached.met and still_holds(reached, constraint)):
            break
        number = number + 1 if reached.met else _ROUNDS
        left |= {n: safe[n] for n in diverse if n in safe and n not in plan.quasi}
    said = list(_guarded_cells([c for c in others.values() if c is not None], safe, table.rows))
    return {**made, **safe}, reached, said


def _put_back(after: dict[str, list[Field | None]], plan: Plan, reached: Reached) -> None:
    """Put the recoded fields in the place of those that were recoded."""
    recoded = iter(reached.spans)
    for name in plan.quasi:
        if name in after:
            after[name] = [f if f is None else next(recoded).after for f in after[name]]


def _drops_whole(step: Step) -> bool:
    return step.operation is Operation.DROP and step.part is None


def _transformed(
    before: Before, plan: Plan, context: Context, progress: Progress
) -> tuple[dict[str, list[Field | None]], list[Message]]:
    """Each column's fields after its steps, None for a part that was dropped; and what to say."""
    found: dict[str, list[Field | None]] = {}
    said: list[Message] = []
    for number, name in enumerate(plan.columns):
        progress(0.4 * number / len(plan.columns))
        if name not in before:
            continue
        found[name] = []
        for f, step in zip(before[name], plan.of(name), strict=True):
            after, unread = transform(f, step, context)
            found[name].append(after)
            said += _remarks(f, after, step, plan, context.readings)
            said += _unread(f, unread)
    return found, said


def _dropped(table: Table, before: Before, after: After, plan: Plan) -> Iterator[tuple[float, int]]:
    """What dropped quasi-identifiers count for in the granularity: all of their values are lost."""
    for name in plan.columns:
        if name in plan.quasi and name not in before:
            yield 1.0, len(table[name].values)
        elif name in plan.quasi:
            for f, left in zip(before[name], after[name], strict=True):
                if left is None:
                    yield 1.0, len(f.texts)


def _published(
    column: Column, before: Before, after: After, plan: Plan, readings: Readings
) -> Column | None:
    """The column that leaves; kept for the next preview where it will be the same."""
    name = column.key
    left = after.get(name, ())
    fresh = {Operation.NOISE, Operation.PSEUDONYMIZE} & {s.operation for s in plan.of(name)}
    make = partial(_joined, column, before.get(name, ()), left)
    return make() if fresh or name in plan.quasi else readings.once(("made", column, *left), make)


def _joined(
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


def _change_of(
    column: Column, steps: tuple[Step, ...], made: Column | None, every: Sequence[Quasi]
) -> Change:
    """A column's change, from what it was and what is published."""
    before = len(column.values)
    if made is None:
        return Change(column.key, before, 0, len(column.codes), 0, 1.0, steps)
    if made is column:
        return Change(column.key, before, before, 0, 0, 0.0, steps)
    old = {text: i for i, text in enumerate(column.texts)}
    same = np.array([old.get(text, -1) for text in made.texts])
    stars = np.array([text == STAR for text in made.texts])
    loss = 0.0
    spans = [span for span in every if span.before.column == column.key]
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
        distinct_after=int((made.counts > 0).sum()),
        loss=loss,
    )


def _guarded_cells(
    before: Sequence[Column], after: Mapping[str, Column], rows: int
) -> Iterator[Message]:
    """Where cells were suppressed because few columns together would have shown somebody."""
    for column in before:
        changed = after.get(column.key, column)
        if changed is not column:
            stars = [int(c.counts[[t == STAR for t in c.texts]].sum()) for c in (column, changed)]
            said = {"column": column.key, "cells": stars[1] - stars[0]}
            yield say("anonymizer.apply.guarded", **said, share=(stars[1] - stars[0]) / rows)


def _rows_of(f: Field, texts: Sequence[bool]) -> int:
    return int(f.counts[list(texts)].sum())


def _remarks(
    before: Field, after: Field | None, step: Step, plan: Plan, readings: Readings
) -> Iterator[Message]:
    """What to say of one step: values grouped, suppressed or kept though rare; what noise and keys
    promise."""
    name, operation = step.column, step.operation
    if step.parameter in ("other", "group") and after is not None:
        rows = _rows_of(after, [t == OTHER for t in after.texts])
        if rows:
            said = "unlisted" if step.parameter == "other" else "ungrouped"
            yield say(f"anonymizer.apply.{said}", column=name, rows=rows)
    if operation is Operation.KEEP:
        yield from _remarks_on_keeping(before, after, step, plan, readings)
    elif step.has_ends and after is not None:
        above = _rows_of(after, [t.endswith("以上") for t in after.texts])
        below = _rows_of(after, [t.endswith("以下") for t in after.texts])
        ends = ("ends_none", "ends_above", "ends_below", "ends_both")[bool(above) + 2 * bool(below)]
        yield say(f"anonymizer.apply.{ends}", column=name, above=above, below=below)
    elif operation is Operation.NOISE:
        yield say("anonymizer.apply.noise", column=name, epsilon=float(step.parameter or 0))
    elif operation is Operation.PSEUDONYMIZE:
        yield say("anonymizer.apply.pseudonyms", column=name)
    elif operation is Operation.SUPPRESS_CELLS:
        least = int(step.parameter or plan.k)
        if rows := rare_rows(before, least):
            yield say("anonymizer.apply.rare_suppressed", column=name, rows=rows, least=least)


def _remarks_on_keeping(
    before: Field, after: Field | None, step: Step, plan: Plan, readings: Readings
) -> Iterator[Message]:
    """Extreme and rare values that stay, and a column of which the plan does not say what it may
    hold."""
    name, least = step.column, max(plan.k, 2)
    watched = name not in plan.quasi
    if watched and step.type in NUMBERS and extremes(before, least, readings) != (None, None):
        yield say("anonymizer.apply.ends_kept", column=name, least=least)
    if step.type in READ:
        return
    if not has_record(step):
        yield say("anonymizer.apply.no_record", column=name)
    rows = rare_rows(after, plan.k) if watched and after is not None else 0
    if rows:
        yield say("anonymizer.apply.rare_kept", column=name, rows=rows, least=plan.k)


def _unread(f: Field, unread: Sequence[int]) -> Iterator[Message]:
    """Values that became `*`, by their shapes."""
    if unread:
        rows = int(f.counts[list(unread)].sum())
        shapes = dict.fromkeys(mask(f.texts[i]) for i in unread if f.texts[i] != STAR)
        shown = "、".join(list(shapes)[:3])
        yield say("anonymizer.apply.unread", column=f.column, rows=rows, shapes=shown)
