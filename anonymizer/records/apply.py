"""Carrying a plan out on a table, in memory."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import NUMBERS, OTHER, READ
from anonymizer.records import words
from anonymizer.records.checks import check_plan
from anonymizer.records.fields import Field, Readings, fields_of, joined
from anonymizer.records.operations import Context, transform
from anonymizer.records.plan import Plan, Step
from anonymizer.records.recoding import (
    Cuts,
    Quasi,
    all_stars,
    granularity,
    halve,
    one_class_holds,
    recode,
    shares_of,
    suppress,
    with_stars,
)
from anonymizer.records.replay import ends, has_record, rare_rows
from anonymizer.search.constraint import Constraint, Mask, Sensitive
from core import Column, Message, Operation, PlanError, Table, mask
from core.progress import Progress, inherited, part, watchable
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


# FROM changes: 'What happened to each column, and the column that is published.'


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


# FROM remarks: 'What to say of one step once it is carried out.'


def remarks(
    before: Field, after: Field | None, step: Step, unread: Sequence[int], plan: Plan
) -> list[Message]:
    """Values grouped, suppressed, kept though rare or not known; promises of noise and keys."""
    said = []
    name = step.column
    if step.parameter in ("other", "group") and after is not None:
        grouped = int(after.counts[[t == OTHER for t in after.texts]].sum())
        say = words.unlisted if step.parameter == "other" else words.ungrouped
        if grouped:
            said.append(say(name, grouped))
    if step.operation in (Operation.TOP_CODE, Operation.BOTTOM_CODE) and after is not None:
        above = int(after.counts[[t.endswith("以上") for t in after.texts]].sum())
        below = int(after.counts[[t.endswith("以下") for t in after.texts]].sum())
        said.append(words.ends_grouped(name, above, below))
    least = max(plan.k, 2)
    open_ends = step.operation is Operation.KEEP and step.type in NUMBERS
    if open_ends and name not in plan.quasi and ends(before, least) != (None, None):
        said.append(words.ends_kept(name, least))
    if step.operation is Operation.NOISE:
        said.append(words.noise(name, float(step.parameter or 0)))
    if step.operation is Operation.PSEUDONYMIZE:
        said.append(words.pseudonyms(name))
    if step.operation is Operation.SUPPRESS_CELLS:
        least = int(step.parameter or plan.k)
        rare = rare_rows(before, least)
        if rare:
            said.append(words.rare_suppressed(name, rare, least))
    if step.type not in READ and step.operation is Operation.KEEP and not has_record(step):
        said.append(words.no_record(name))
    if step.operation is Operation.KEEP and name not in plan.quasi and step.type not in READ:
        rare = rare_rows(after, plan.k) if after is not None else 0
        if rare:
            said.append(words.rare_kept(name, rare, plan.k))
    if unread:
        rows = int(before.counts[list(unread)].sum())
        shapes = dict.fromkeys(mask(before.texts[i]) for i in unread if before.texts[i] != STAR)
        said.append(words.unread(name, rows, list(shapes)[:3]))
    return said


# FROM sensitive: 'Sensitive columns as they are published: what l and t are about.'


def sensitive_of(columns: Iterable[Column], plan: Plan) -> list[Sensitive]:
    """The columns for a constraint; values in their order where all are numbers or all dates."""
    if plan.l is None and plan.t is None:
        return []
    found = []
    for column in columns:
        coded = code(column, canonical)
        ranks = None if plan.t is None else coded.ranks
        found.append(Sensitive(coded.codes, coded.counts / max(len(coded.codes), 1), ranks))
    return found


def published(table: Table, plan: Plan, readings: Readings) -> list[Column]:
    """The plan's sensitive columns after its own steps; without those it drops."""
    found = []
    for name in plan.sensitive:
        steps = plan.of(name)
        if name in plan.quasi or not steps:
            found.append(table[name])
            continue
        (f,) = fields_of(table[name], steps[0].type, readings=readings)
        after, _ = transform(f, steps[0], Context(k=plan.k, readings=readings))
        if after is not None:
            found.append(joined([after], table[name]))
    return found
