"""Carrying a plan out on a table, in memory."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from anonymizer import words
from anonymizer.fields import Field, attribute, fields_of, joined
from anonymizer.hierarchy import Hierarchy
from anonymizer.operations import Context, transform
from anonymizer.plan import Plan, Step
from anonymizer.search.constraint import Constraint, Sensitive, choose_suppressed
from anonymizer.search.local import recode_locally
from anonymizer.words import list_columns
from core import Codes, Column, Message, Operation, PlanError, Table, mask
from measure import STAR, canonical, code
from measure.counting import combine, group

Mask = npt.NDArray[np.bool_]


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


@dataclass(frozen=True, eq=False)
class _Quasi:
    """One quasi-identifying field on its way through the plan."""

    before: Field
    after: Field
    shares: npt.NDArray[np.float64]
    """Per row: the share of the hierarchy a cell stands for."""
    leaves: int


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
    _check(table, plan)
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
        _Quasi(originals[n][i], f, *_shares(originals[n][i], f, given.get(n)))
        for n, i in quasi
        if (f := results[n][i]) is not None
    ]
    suppressed = np.zeros(table.rows, bool)
    met = True
    if spans:
        if plan.mode == "local":
            spans, met = _local(spans, constraint, context, warnings)
            suppressed = _all_stars(spans)
            count = int(suppressed.sum())
            if met and count > plan.max_suppression * table.rows:
                met = False
                warnings.append(words.limit_passed(count, table.rows, plan.max_suppression))
        else:
            suppressed, met = _suppressed(spans, constraint, plan, table.rows, warnings)
            spans = [_with_stars(span, suppressed) for span in spans]
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


def granularity(losses: Sequence[tuple[float, int]]) -> float:
    """From (mean share, leaves) per attribute; 1 where there is nothing to lose.

    >>> granularity([(0.5, 2), (1.0, 4)]), granularity([(0.25, 4)])
    (0.4, 1.0)
    """
    losses = [(share, leaves) for share, leaves in losses if leaves > 1]
    if not losses:
        return 1.0
    share = sum(s for s, _ in losses) / len(losses)
    finest = sum(1 / n for _, n in losses) / len(losses)
    return (1 - share) / (1 - finest)


def _check(table: Table, plan: Plan) -> None:
    missing = [name for name in plan.columns if name not in table]
    if missing:
        raise PlanError.of(
            "plan_for_other_columns",
            ja=f"加工計画の列がファイルにありません: {list_columns(missing)}。"
            "別のファイルの計画でないか確かめるか、計画からその列を外してください。",
            en=f"The file lacks columns of the plan: {', '.join(missing)}. "
            "Check that the plan belongs to this file, or take them out of it.",
        )
    unplanned = [name for name in (*plan.quasi, *plan.sensitive) if name not in plan.columns]
    if unplanned:
        raise PlanError.of(
            "quasi_without_step",
            ja=f"加工の指定がない列が準識別子などに挙げられています: {list_columns(unplanned)}。"
            "列ごとの加工を加えてください。",
            en=f"Columns named as quasi-identifiers or sensitive have no step: "
            f"{', '.join(unplanned)}. Add a step for each.",
        )
    if (plan.l is not None or plan.t is not None) and not plan.sensitive:
        raise words.no_sensitive()
    if not table.rows:
        raise PlanError.of(
            "no_rows",
            ja="データの行がありません。見出しの下にデータのあるファイルを選んでください。",
            en="There are no data rows. Choose a file with rows below its header.",
        )
    if plan.quasi and plan.k > table.rows:
        raise PlanError.of(
            "k_above_rows",
            ja=f"k={plan.k} はデータの行数({table.rows}行)より大きいため、満たせません。"
            "kを小さくしてください。",
            en=f"k = {plan.k} is more than the {table.rows} rows of the file. Choose a smaller k.",
        )


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


def _shares(
    before: Field, after: Field, hierarchy: Hierarchy | None
) -> tuple[npt.NDArray[np.float64], int]:
    """Per row, the share of the field's values a published text stands for; and how many there are.

    The values are the leaves of a given hierarchy, else the different values of the field.
    """
    pairs = group(combine([after.codes, before.codes], [len(after.texts), len(before.texts)]))
    first = pairs.first_rows()
    share = np.bincount(after.codes[first], minlength=len(after.texts)) / len(before.texts)
    leaves = len(before.texts)
    if hierarchy is not None:
        leaves = len(hierarchy.leaves)
        under = {
            label: float(at[nodes == number].max())
            for labels, nodes, at in zip(
                hierarchy.labels, hierarchy.nodes, hierarchy.share, strict=True
            )
            for number, label in enumerate(labels)
        }
        share = np.array([under.get(text, 1.0) for text in after.texts])
    share[[i for i, text in enumerate(after.texts) if text == STAR]] = 1.0
    return np.minimum(share, 1.0)[after.codes], leaves


def _local(
    spans: list[_Quasi], constraint: Constraint, context: Context, warnings: list[Message]
) -> tuple[list[_Quasi], bool]:
    attributes = [attribute(s.after, context.hierarchies, constraint.k) for s in spans]
    columns: list[Codes] = [a.leaf for a in attributes]
    sizes = [len(a.hierarchy.leaves) for a in attributes]
    for column in constraint.sensitive:
        columns.append(column.codes)
        sizes.append(len(column.shares))
    grouped = group(combine(columns, sizes))
    first = grouped.first_rows()
    items = np.stack([a.leaf[first] for a in attributes], axis=1)
    small = Constraint(
        constraint.k,
        constraint.l,
        constraint.t,
        [Sensitive(c.codes[first], c.shares) for c in constraint.sensitive],
    )
    whole = np.zeros(len(items), np.int32)
    if not small.holds(whole, grouped.sizes, 1, np.arange(len(items))).all():
        warnings.append(words.goal_out_of_reach())
        return spans, False
    found = recode_locally(
        items, grouped.sizes, [a.hierarchy for a in attributes], small, context.seed
    )
    piece = found.piece_of_rows(grouped.index, context.seed)
    done = []
    for j, (span, a) in enumerate(zip(spans, attributes, strict=True)):
        level = found.levels[:, j].astype(np.int64)
        leaf = items[found.origin, j]
        texts: dict[str, int] = {}
        codes = np.zeros(len(leaf), np.int32)
        for n, labels in enumerate(a.hierarchy.labels):
            at = level == n
            recode = np.fromiter(
                (texts.setdefault(x, len(texts)) for x in labels), np.int32, len(labels)
            )
            codes[at] = recode[a.hierarchy.nodes[n][leaf[at]]]
        f = span.after
        after = Field(f.column, f.part, f.kind, tuple(texts), codes[piece])
        share = np.stack(a.hierarchy.share)[level, leaf][piece]
        if not a.given:
            share = np.maximum(share, span.shares)
        done.append(_Quasi(span.before, after, share, max(span.leaves, len(a.hierarchy.leaves))))
    return done, True


def _suppressed(
    spans: Sequence[_Quasi],
    constraint: Constraint,
    plan: Plan,
    rows: int,
    warnings: list[Message],
) -> tuple[Mask, bool]:
    """Rows whose class breaks the goal, where the plan's limit allows to suppress them."""
    classes = group(combine([s.after.codes for s in spans], [len(s.after.texts) for s in spans]))
    ones = np.ones(rows, np.int64)
    bad = ~constraint.holds(classes.index, ones, len(classes))
    drop = choose_suppressed(bad, classes.sizes, constraint.k)
    count = int(classes.sizes[drop].sum())
    if not count:
        return np.zeros(rows, bool), True
    if count > plan.max_suppression * rows:
        warnings.append(words.limit_exceeded(count, rows, plan.max_suppression))
        return np.zeros(rows, bool), False
    return drop[classes.index], True


def _all_stars(spans: Sequence[_Quasi]) -> Mask:
    """Rows of which nothing but `*` is left."""
    gone: Mask = np.ones(len(spans[0].after.codes), bool)
    for span in spans:
        gone &= np.array([text == STAR for text in span.after.texts])[span.after.codes]
    return gone


def _with_stars(span: _Quasi, rows: Mask) -> _Quasi:
    if not rows.any():
        return span
    f = span.after
    star = f.texts.index(STAR) if STAR in f.texts else len(f.texts)
    texts = f.texts if STAR in f.texts else (*f.texts, STAR)
    codes = np.where(rows, star, f.codes).astype(np.int32)
    after = Field(f.column, f.part, f.kind, texts, codes)
    return _Quasi(span.before, after, np.where(rows, 1.0, span.shares), span.leaves)


def _made(column: Column, before: Sequence[Field], after: Sequence[Field | None]) -> Column | None:
    """The published column; the very same object where nothing was done to it."""
    if not any(f is not None for f in after):
        return None
    if all(a is b for a, b in zip(after, before, strict=True)):
        return column
    return joined(after, column)


def _change(
    column: Column, steps: tuple[Step, ...], made: Column | None, spans: Sequence[_Quasi]
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
