"""Quasi-identifiers recoded or suppressed until the goal of a plan is met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from anonymizer.hierarchies.hierarchy import Hierarchy, numbered
from anonymizer.hierarchies.ordered_axis import OrderedAxis
from anonymizer.records.fields import Attribute, Field, widened_attribute
from anonymizer.records.operations import Context
from anonymizer.records.plan import Plan
from anonymizer.search.constraint import Constraint, Floats, Mask, Sensitive, choose_suppressed
from anonymizer.search.local import recode_locally
from anonymizer.search.mondrian import Partition, partition, used_cuts
from core import Codes, Column, ColumnType, Message, Progress, say
from measure import STAR, Classes, Integers, canonical, code, combine, group, in_units

Cuts = Mapping[tuple[str, ColumnType | None], tuple[float, ...]]
"""Where the numbers of a column, or of one part of it, were cut."""


@dataclass(frozen=True, eq=False)
class Quasi:
    """One quasi-identifying field on its way through the plan."""

    before: Field
    after: Field
    shares: Floats
    """Per row: the share of the hierarchy a cell stands for."""
    leaves: int


@dataclass(frozen=True, eq=False)
class Reached:
    """The quasi-identifiers as they are published."""

    spans: Sequence[Quasi]
    met: bool
    """Whether every class satisfies the goal."""
    cuts: Cuts = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()


def constraint_of(plan: Plan, columns: Iterable[Column], owners: Codes | None = None) -> Constraint:
    """What a plan asks of every class, `columns` being the sensitive ones as they are published.

    For t, values are in their order where all are numbers or all dates. `owners` says whose row
    each is, where units have several.
    """
    about: list[Sensitive] = []
    if plan.l is not None or plan.t is not None:
        for column in columns:
            coded = code(column, canonical)
            ranks = None if plan.t is None else coded.ranks
            rows = group(coded.codes.astype(np.int64))
            held = np.zeros(coded.size)
            held[coded.codes[rows.first_rows()]] = in_units(rows, owners).sizes
            about.append(Sensitive(coded.codes, held / max(held.sum(), 1), ranks))
    return Constraint(plan.k, plan.l, plan.t, about, plan.l_kind, plan.c, owners)


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


def shares_of(before: Field, after: Field, hierarchy: Hierarchy | None) -> tuple[Floats, int]:
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


def combinations(
    columns: Sequence[Codes], sizes: Sequence[int], constraint: Constraint
) -> tuple[Classes, Integers, Constraint]:
    """The distinct combinations of some codes, the sensitive values and the unit: their rows, the
    codes of each (combinations, columns), and the constraint on them."""
    every = [*columns, *(c.codes for c in constraint.sensitive)]
    spans = [*sizes, *(len(c.shares) for c in constraint.sensitive)]
    if constraint.owners is not None:
        every.append(constraint.owners)
        spans.append(int(constraint.owners.max()) + 1)
    grouped = group(combine(every, spans))
    first = grouped.first_rows()
    return grouped, np.stack([c[first] for c in columns], axis=1), constraint.at(first)


def by_unit(
    columns: Sequence[Codes], constraint: Constraint
) -> tuple[Sequence[Codes], Constraint, Codes | None]:
    """One row for each unit where all its rows are alike, so that its rows stay alike.

    Returns the columns and the constraint of those rows, and the row of each row's unit; None
    where rows of one unit differ, or each row is a unit.
    """
    owners = constraint.owners
    if owners is None:
        return columns, constraint, None
    first = Classes(owners, np.bincount(owners)).first_rows()
    every = [*columns, *(c.codes for c in constraint.sensitive)]
    if not all((c == c[first][owners]).all() for c in every):
        return columns, constraint, None
    alone = replace(constraint.at(first), owners=None)
    return [c[first] for c in columns], alone, owners


def reach_goal(
    spans: Sequence[Quasi],
    constraint: Constraint,
    plan: Plan,
    context: Context,
    rows: int,
    progress: Progress,
) -> Reached:
    """Recode or suppress what is left of the quasi-identifiers, by the mode of the plan."""
    if not spans:
        met = not plan.quasi or _one_class_holds(constraint, np.ones(rows, np.int64))
        return Reached((), met, warnings=() if met else _out_of_reach())
    if plan.mode == "full-domain":
        reached = _suppress_records(spans, constraint, plan, rows)
    elif plan.mode == "local":
        reached = _recode_locally(spans, constraint, context, progress)
    else:
        reached = _cut_at_medians(spans, constraint, plan, context, progress)
    count = int(all_stars(reached.spans).sum())
    if reached.met and count > plan.max_suppression * rows:
        said = say(
            "anonymizer.recoding.limit_passed", count=count, rows=rows, limit=plan.max_suppression
        )
        return replace(reached, met=False, warnings=(*reached.warnings, said))
    return reached


def still_holds(reached: Reached, constraint: Constraint) -> bool:
    """Whether every class that is not wholly suppressed satisfies a constraint on other columns."""
    spans = reached.spans
    rows = len(constraint.sensitive[0].codes)
    if not spans:
        return _one_class_holds(constraint, np.ones(rows, np.int64))
    classes = group(combine([s.after.codes for s in spans], [len(s.after.texts) for s in spans]))
    good = constraint.holds(classes.index, np.ones(rows, np.int64), len(classes))
    return bool((good | all_stars(spans)[classes.first_rows()]).all())


def all_stars(spans: Sequence[Quasi]) -> Mask:
    """Rows of which nothing but `*` is left."""
    stars = [np.array([t == STAR for t in s.after.texts])[s.after.codes] for s in spans]
    gone: Mask = np.logical_and.reduce(stars)
    return gone


def _out_of_reach() -> tuple[Message, ...]:
    return (say("anonymizer.recoding.goal_out_of_reach"),)


def _one_class_holds(constraint: Constraint, weights: npt.NDArray[np.int64]) -> bool:
    """Whether all rows together satisfy the constraint."""
    one = np.zeros(len(weights), np.int32)
    return bool(constraint.holds(one, weights, 1, np.arange(len(weights))).all())


def _suppress_records(
    spans: Sequence[Quasi], constraint: Constraint, plan: Plan, rows: int
) -> Reached:
    """Local suppression of whole records: `*` in rows whose class breaks the goal, where the plan's
    limit allows it."""
    classes = group(combine([s.after.codes for s in spans], [len(s.after.texts) for s in spans]))
    bad = ~constraint.holds(classes.index, np.ones(rows, np.int64), len(classes))
    ones = np.ones(rows, np.int64)
    drop = choose_suppressed(bad, classes.index, ones, classes.sizes, constraint)
    count = int(classes.sizes[drop].sum())
    if not count:
        return Reached(spans, met=True)
    if count > plan.max_suppression * rows:
        said = say(
            "anonymizer.recoding.limit_exceeded", count=count, rows=rows, limit=plan.max_suppression
        )
        return Reached(spans, met=False, warnings=(said,))
    gone = drop[classes.index]
    return Reached([_with_stars(span, gone) for span in spans], met=True)


def _with_stars(span: Quasi, rows: Mask) -> Quasi:
    f = span.after
    star = f.texts.index(STAR) if STAR in f.texts else len(f.texts)
    texts = f.texts if STAR in f.texts else (*f.texts, STAR)
    after = replace(f, texts=texts, codes=np.where(rows, star, f.codes).astype(np.int32))
    return replace(span, after=after, shares=np.where(rows, 1.0, span.shares))


def _recode_locally(
    spans: Sequence[Quasi], constraint: Constraint, context: Context, progress: Progress
) -> Reached:
    """Widen each row as little as the goal allows."""
    attributes = [
        widened_attribute(s.after, context.hierarchies, constraint.k, context.readings)
        for s in spans
    ]
    trees = [a.hierarchy for a in attributes]
    leaves, constraint, unit = by_unit([a.leaf for a in attributes], constraint)
    grouped, items, small = combinations(leaves, [len(tree.leaves) for tree in trees], constraint)
    if not _one_class_holds(small, grouped.sizes):
        return Reached(spans, met=False, warnings=_out_of_reach())
    found = recode_locally(items, grouped.sizes, trees, small, context.seed, progress)
    piece = found.piece_of_rows(grouped.index, context.seed)
    piece = piece if unit is None else piece[unit]
    done = [
        _at_levels(span, a, found.levels[:, j].astype(np.int64), items[found.origin, j], piece)
        for j, (span, a) in enumerate(zip(spans, attributes, strict=True))
    ]
    return Reached(done, met=True)


def _at_levels(
    span: Quasi, a: Attribute, level: Integers, leaf: Integers, rows: Integers | slice
) -> Quasi:
    """The field with each piece at a level of its hierarchy; `rows` gives the piece of each row."""
    texts: dict[str, int] = {}
    codes = np.zeros(len(leaf), np.int32)
    for n, labels in enumerate(a.hierarchy.labels):
        at = level == n
        recode = np.array([texts.setdefault(x, len(texts)) for x in labels], np.int32)
        codes[at] = recode[a.hierarchy.nodes[n][leaf[at]]]
    shares = np.stack(a.hierarchy.share)[level, leaf][rows]
    if not a.given:
        shares = np.maximum(shares, span.shares)
    after = replace(span.after, texts=tuple(texts), codes=codes[rows])
    return Quasi(span.before, after, shares, max(span.leaves, len(a.hierarchy.leaves)))


def _cut_at_medians(
    spans: Sequence[Quasi],
    constraint: Constraint,
    plan: Plan,
    context: Context,
    progress: Progress,
) -> Reached:
    """Mondrian: cut the table at medians as far as the goal allows."""
    wanted = {(step.column, step.part): step.cuts for step in plan.steps}
    axes = [
        OrderedAxis.of(s.after.kind, s.after.texts, wanted[s.after.column, s.after.part])
        or widened_attribute(s.after, context.hierarchies, context.k, context.readings)
        for s in spans
    ]
    codes = [
        axis.points[s.after.codes] if isinstance(axis, OrderedAxis) else axis.leaf
        for axis, s in zip(axes, spans, strict=True)
    ]
    trees = [axis if isinstance(axis, OrderedAxis) else axis.hierarchy for axis in axes]
    sizes = [t.size if isinstance(t, OrderedAxis) else len(t.leaves) for t in trees]
    alone, constraint, unit = by_unit(codes, constraint)
    grouped, items, small = combinations(alone, sizes, constraint)
    if not _one_class_holds(small, grouped.sizes):
        return Reached(spans, met=False, warnings=_out_of_reach())
    found = partition(items, grouped.sizes, trees, small, context.seed, progress)
    index = found.index[grouped.index]
    index = index if unit is None else index[unit]
    done, cuts = [], {}
    for j, (span, axis) in enumerate(zip(spans, axes, strict=True)):
        if isinstance(axis, OrderedAxis):
            cuts[span.after.column, span.after.part] = used_cuts(found, j, axis)
            done.append(_in_stretches(span, axis, found, j, index))
        else:
            level = np.array([box[j][0] for box in found.boxes])[index]
            done.append(_at_levels(span, axis, level, codes[j], slice(None)))
    return Reached(done, met=True, cuts=cuts)


def _in_stretches(
    span: Quasi, axis: OrderedAxis, found: Partition, j: int, index: Integers
) -> Quasi:
    """The field with each part of the table named by its stretch of the line."""
    sides = [box[j] for box in found.boxes]
    labels = [axis.label(*side) for side in sides]
    share = [
        1.0 if label == STAR else (side[1] - side[0]) / axis.size
        for label, side in zip(labels, sides, strict=True)
    ]
    texts, codes = numbered(labels)
    after = replace(span.after, texts=texts, codes=codes[index])
    return Quasi(span.before, after, np.array(share)[index], max(span.leaves, axis.size))
