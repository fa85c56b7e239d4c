"""Carrying a plan out on a table, in memory."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from anonymizer import words
from anonymizer.checks import check_plan
from anonymizer.fields import Field, fields_of, joined
from anonymizer.hierarchy import Hierarchy
from anonymizer.ladders import OTHER
from anonymizer.operations import Context, transform
from anonymizer.plan import Plan, Step
from anonymizer.quasi import (
    Quasi,
    all_stars,
    granularity,
    recode,
    shares_of,
    suppress,
    with_stars,
)
from anonymizer.search.constraint import Constraint, Mask, Sensitive
from core import Column, Message, Operation, PlanError, Table, mask
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
    warnings: tuple[Message, ...] = ()

    @property
    def suppressed_rows(self) -> int:
        """How many rows were suppressed."""
        return int(self.suppressed.sum())


def apply(
    table: Table,
    plan: Plan,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    keys: Mapping[str, bytes] | None = None,
    secret: bytes = b"",
) -> Processed:
    """Carry out a plan: the steps first, then the recoding or suppression that reaches its goal.

    `keys` holds a secret of 16 bytes or more per recipient for pseudonyms; a recipient without one
    gets a fresh key that is forgotten. `secret` makes the tie-breaks of a run unknowable from the
    plan. Columns the plan does not name are left out and reported. Raises PlanError where the plan
    names columns the table lacks, or its goal cannot be reached by any means.
    """
    check_plan(table, plan)
    warnings: list[Message] = []
    extra = [key for key in table.keys if key not in plan.columns]
    if extra:
        warnings.append(words.left_out(extra))
    seed = seed_number(plan.seed_id, secret)
    given = hierarchies or {}
    context = Context(given, _keys(plan, keys or {}, warnings), seed, plan.k)
    gone: list[tuple[float, int]] = []
    originals: dict[str, tuple[Field, ...]] = {}
    results: dict[str, list[Field | None]] = {}
    for name in plan.columns:
        steps = plan.of(name)
        if steps[0].operation is Operation.DROP and steps[0].part is None:
            if name in plan.quasi:
                gone.append((1.0, len(table[name].values)))
            continue
        parts = tuple(step.part for step in steps if step.part is not None)
        originals[name] = fields_of(table[name], steps[0].type, parts)
        results[name] = []
        for before, step in zip(originals[name], steps, strict=True):
            after, unread = transform(before, step, context)
            results[name].append(after)
            if step.parameter == "other" and after is not None:
                grouped = int(after.counts[[t == OTHER for t in after.texts]].sum())
                if grouped:
                    warnings.append(words.unlisted(name, grouped))
            if step.operation is Operation.NOISE:
                warnings.append(words.noise(name, float(step.parameter or 0)))
            if step.operation is Operation.PSEUDONYMIZE:
                warnings.append(words.pseudonyms(name))
            if after is None and name in plan.quasi:
                gone.append((1.0, len(before.texts)))
            if unread:
                rows = int(before.counts[list(unread)].sum())
                shapes = dict.fromkeys(mask(before.texts[i]) for i in unread)
                warnings.append(words.unread(name, rows, list(shapes)[:3]))
    quasi = [
        (name, i)
        for name in plan.quasi
        if name in results
        for i, f in enumerate(results[name])
        if f is not None
    ]
    constraint = Constraint(plan.k, plan.l, plan.t, _sensitive(table, plan))
    spans = [
        Quasi(originals[n][i], f, *shares_of(originals[n][i], f, given.get(n)))
        for n, i in quasi
        if (f := results[n][i]) is not None
    ]
    suppressed = np.zeros(table.rows, bool)
    met = True
    if spans:
        if plan.mode == "local":
            spans, met = recode(spans, constraint, context, warnings)
            suppressed = all_stars(spans)
            count = int(suppressed.sum())
            if met and count > plan.max_suppression * table.rows:
                met = False
                warnings.append(words.limit_passed(count, table.rows, plan.max_suppression))
        else:
            suppressed, met = suppress(spans, constraint, plan, table.rows, warnings)
            spans = [with_stars(span, suppressed) for span in spans]
    for (name, i), span in zip(quasi, spans, strict=True):
        results[name][i] = span.after
    columns, changes = [], []
    for column in table:
        steps = plan.of(column.key)
        if not steps:
            continue
        done = results.get(column.key, [])
        made = _made(column, originals.get(column.key, ()), done)
        mine = [span for span in spans if span.before.column == column.key]
        changes.append(_change(column, steps, made, mine))
        if made is not None:
            columns.append(made)
    return Processed(
        table=Table(tuple(columns), table.rows),
        plan=plan,
        changes=tuple(changes),
        suppressed=suppressed,
        granularity=granularity([*((float(s.shares.mean()), s.leaves) for s in spans), *gone]),
        met=met,
        warnings=tuple(warnings),
    )


def seed_number(seed_id: str, secret: bytes = b"") -> int:
    """The seed that an id names under a secret.

    >>> seed_number("a") == seed_number("a"), seed_number("a") == seed_number("a", b"s")
    (True, False)
    """
    made = hmac.new(secret or b"mekiki", seed_id.encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big")


def _keys(plan: Plan, keys: Mapping[str, bytes], warnings: list[Message]) -> Mapping[str, bytes]:
    wanted = {str(s.parameter or "") for s in plan.steps if s.operation is Operation.PSEUDONYMIZE}
    if any(len(keys.get(name, b"x" * 16)) < 16 for name in wanted):
        raise PlanError.of(
            "key_too_short",
            ja="仮名の鍵が短すぎます。16バイト以上の鍵を指定してください。",
            en="A pseudonym key is too short. Give at least 16 bytes.",
        )
    if wanted - keys.keys():
        warnings.append(words.forgotten_key())
    return {name: keys.get(name) or secrets.token_bytes(32) for name in wanted}


def _sensitive(table: Table, plan: Plan) -> list[Sensitive]:
    if plan.l is None and plan.t is None:
        return []
    coded = [code(table[name], canonical) for name in plan.sensitive if name in table]
    return [Sensitive(c.codes, c.counts / table.rows) for c in coded]


def _made(column: Column, before: Sequence[Field], after: Sequence[Field | None]) -> Column | None:
    """The published column; the very same object where nothing was done to it."""
    if not any(f is not None for f in after):
        return None
    if all(a is b for a, b in zip(after, before, strict=True)):
        return column
    return joined(after, column)


def _change(
    column: Column, steps: tuple[Step, ...], made: Column | None, spans: Sequence[Quasi]
) -> Change:
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
