"""Carrying a plan out on a table, in memory."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from anonymizer import words
from anonymizer.changes import Change, change_of, made_of
from anonymizer.checks import check_plan
from anonymizer.fields import Field, fields_of
from anonymizer.halving import Cuts, halve
from anonymizer.hierarchy import Hierarchy
from anonymizer.operations import Context, transform
from anonymizer.plan import Plan
from anonymizer.quasi import (
    Quasi,
    all_stars,
    granularity,
    one_class_holds,
    recode,
    shares_of,
    suppress,
    with_stars,
)
from anonymizer.readings import Readings
from anonymizer.remarks import remarks
from anonymizer.search.constraint import Constraint, Mask
from anonymizer.sensitive import sensitive_of
from core import Column, Message, Operation, PlanError, Table
from core.progress import Progress, inherited, part, watchable


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
    gets a fresh key that is forgotten. `secret` makes the tie-breaks of a run unknowable from the
    plan; noise is the same again under the same secret only. Columns the plan does not name are
    left out and reported. `progress` is told the share done and may raise Cancelled. `readings`,
    kept by the caller beside the table, saves reading the same values again. Raises PlanError where
    the plan does not fit the table.
    """
    check_plan(table, plan)
    warnings: list[Message] = []
    extra = [key for key in table.keys if key not in plan.columns]
    if extra:
        warnings.append(words.left_out(extra))
    seed = seed_number(plan.seed_id, secret)
    given = hierarchies or {}
    held = readings or Readings()
    context = Context(given, _keys(plan, keys or {}, warnings), seed, secret, plan.k, held)
    gone: list[tuple[float, int]] = []
    originals: dict[str, tuple[Field, ...]] = {}
    results: dict[str, list[Field | None]] = {}
    for number, name in enumerate(plan.columns):
        progress(0.4 * number / len(plan.columns))
        steps = plan.of(name)
        if steps[0].operation is Operation.DROP and steps[0].part is None:
            if name in plan.quasi:
                gone.append((1.0, len(table[name].values)))
            continue
        parts = tuple(step.part for step in steps if step.part is not None)
        originals[name] = fields_of(table[name], steps[0].type, parts, held)
        results[name] = []
        for before, step in zip(originals[name], steps, strict=True):
            after, unread = transform(before, step, context)
            results[name].append(after)
            warnings += remarks(before, after, step, unread, plan)
            if after is None and name in plan.quasi:
                gone.append((1.0, len(before.texts)))
    quasi = [
        (name, i)
        for name in plan.quasi
        if name in results
        for i, f in enumerate(results[name])
        if f is not None
    ]
    made = {
        name: _made(table[name], originals[name], results[name], plan, held)
        for name in plan.sensitive
        if name in results
    }
    shown = [table[n] if n in plan.quasi else made.get(n) for n in plan.sensitive]
    about = sensitive_of([column for column in shown if column is not None], plan)
    constraint = Constraint(plan.k, plan.l, plan.t, about, plan.l_kind, plan.c)
    spans = [
        Quasi(originals[n][i], f, *shares_of(originals[n][i], f, given.get(n)))
        for n, i in quasi
        if (f := results[n][i]) is not None
    ]
    suppressed = np.zeros(table.rows, bool)
    met = True
    cuts: Cuts = {}
    if spans:
        rest = part(progress, 0.4, 0.95)
        if plan.mode == "full-domain":
            suppressed, met = suppress(spans, constraint, plan, table.rows, warnings)
            spans = [with_stars(span, suppressed) for span in spans]
            suppressed = all_stars(spans)
        else:
            if plan.mode == "local":
                spans, met = recode(spans, constraint, context, warnings, rest)
            else:
                spans, met, cuts = halve(spans, constraint, plan, context, warnings, rest)
            suppressed = all_stars(spans)
        count = int(suppressed.sum())
        if met and count > plan.max_suppression * table.rows:
            met = False
            warnings.append(words.limit_passed(count, table.rows, plan.max_suppression))
    elif plan.quasi:
        met = one_class_holds(constraint, table.rows, warnings)
    for (name, i), span in zip(quasi, spans, strict=True):
        results[name][i] = span.after
    columns, changes = [], []
    for column in table:
        steps = plan.of(column.key)
        if not steps:
            continue
        done = results.get(column.key, [])
        result = _made(column, originals.get(column.key, ()), done, plan, held)
        mine = [span for span in spans if span.before.column == column.key]
        changes.append(change_of(column, steps, result, mine))
        if result is not None:
            columns.append(result)
    progress(1.0)
    return Processed(
        table=Table(tuple(columns), table.rows),
        plan=plan,
        changes=tuple(changes),
        suppressed=suppressed,
        granularity=granularity([*((float(s.shares.mean()), s.leaves) for s in spans), *gone]),
        met=met,
        cuts=cuts,
        warnings=tuple(warnings),
    )


def _made(
    column: Column,
    before: Sequence[Field],
    after: Sequence[Field | None],
    plan: Plan,
    readings: Readings,
) -> Column | None:
    """The published column; kept for the next preview where it will be the same."""
    fresh = {Operation.NOISE, Operation.PSEUDONYMIZE} & {s.operation for s in plan.of(column.key)}
    if fresh or column.key in plan.quasi:
        return made_of(column, before, after)
    key = ("made", column, *after)
    return readings.once(key, partial(made_of, column, before, after))


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
