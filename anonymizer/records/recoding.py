"""Quasi-identifiers on their way through a plan: recoded or suppressed until the goal is met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ordered_axis import Line
from anonymizer.records import words
from anonymizer.records.fields import Attribute, Field, widened_attribute
from anonymizer.records.operations import Context
from anonymizer.records.plan import Plan
from anonymizer.search.constraint import Constraint, Mask, choose_suppressed
from anonymizer.search.local import recode_locally
from anonymizer.search.mondrian import Partition, Side, partition, used_cuts
from core import Codes, ColumnType, Message
from core.progress import Progress, inherited
from measure import STAR
from measure.counting import Classes, Integers, combine, group


@dataclass(frozen=True, eq=False)
class Quasi:
    """One quasi-identifying field on its way through the plan."""

    before: Field
    after: Field
    shares: npt.NDArray[np.float64]
    """Per row: the share of the hierarchy a cell stands for."""
    leaves: int


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


def shares_of(
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


def combinations(
    columns: Sequence[Codes], sizes: Sequence[int], constraint: Constraint
) -> tuple[Classes, Integers, Constraint]:
    """The distinct combinations of some codes and the sensitive values: their rows, the codes of
    each (combinations, columns), and the constraint on them."""
    every = [*columns, *(c.codes for c in constraint.sensitive)]
    grouped = group(combine(every, [*sizes, *(len(c.shares) for c in constraint.sensitive)]))
    first = grouped.first_rows()
    small = replace(constraint, sensitive=[c.at(first) for c in constraint.sensitive])
    return grouped, np.stack([c[first] for c in columns], axis=1), small


def reachable(grouped: Classes, constraint: Constraint, warnings: list[Message]) -> bool:
    """Whether all rows together satisfy the constraint; it is said where they do not."""
    many = len(grouped)
    if constraint.holds(np.zeros(many, np.int32), grouped.sizes, 1, np.arange(many)).all():
        return True
    warnings.append(words.goal_out_of_reach())
    return False


def one_class_holds(constraint: Constraint, rows: int, warnings: list[Message]) -> bool:
    """Whether the goal is met where no quasi-identifier is left to tell rows apart."""
    one = np.zeros(rows, np.int32)
    if constraint.holds(one, np.ones(rows, np.int64), 1).all():
        return True
    warnings.append(words.goal_out_of_reach())
    return False


def recode(
    spans: list[Quasi],
    constraint: Constraint,
    context: Context,
    warnings: list[Message],
    progress: Progress = inherited,
) -> tuple[list[Quasi], bool]:
    """Widen each row as little as the goal allows; and whether the goal is met."""
    attributes = [
        widened_attribute(s.after, context.hierarchies, constraint.k, context.readings)
        for s in spans
    ]
    sizes = [len(a.hierarchy.leaves) for a in attributes]
    grouped, items, small = combinations([a.leaf for a in attributes], sizes, constraint)
    if not reachable(grouped, small, warnings):
        return spans, False
    found = recode_locally(
        items, grouped.sizes, [a.hierarchy for a in attributes], small, context.seed, progress
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
        done.append(Quasi(span.before, after, share, max(span.leaves, len(a.hierarchy.leaves))))
    return done, True


def suppress(
    spans: Sequence[Quasi],
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


def all_stars(spans: Sequence[Quasi]) -> Mask:
    """Rows of which nothing but `*` is left."""
    gone: Mask = np.ones(len(spans[0].after.codes), bool)
    for span in spans:
        gone &= np.array([text == STAR for text in span.after.texts])[span.after.codes]
    return gone


def with_stars(span: Quasi, rows: Mask) -> Quasi:
    """The field with `*` in some rows."""
    if not rows.any():
        return span
    f = span.after
    star = f.texts.index(STAR) if STAR in f.texts else len(f.texts)
    texts = f.texts if STAR in f.texts else (*f.texts, STAR)
    codes = np.where(rows, star, f.codes).astype(np.int32)
    after = Field(f.column, f.part, f.kind, texts, codes)
    return Quasi(span.before, after, np.where(rows, 1.0, span.shares), span.leaves)


# FROM halving: 'Mode mondrian on the quasi-identifiers of a plan.'

Place = tuple[str, ColumnType | None]
"""A column, or one part of it."""
Cuts = Mapping[Place, tuple[float, ...]]


def halve(
    spans: list[Quasi],
    constraint: Constraint,
    plan: Plan,
    context: Context,
    warnings: list[Message],
    progress: Progress = inherited,
) -> tuple[list[Quasi], bool, Cuts]:
    """Cut the table at medians as far as the goal allows; whether it is met; and the cuts used."""
    wanted = {(step.column, step.part): step.cuts for step in plan.steps}
    axes = [_axis(s.after, wanted[s.after.column, s.after.part], context) for s in spans]
    codes = [
        axis.points[s.after.codes] if isinstance(axis, Line) else axis.leaf
        for axis, s in zip(axes, spans, strict=True)
    ]
    sizes = [a.size if isinstance(a, Line) else len(a.hierarchy.leaves) for a in axes]
    grouped, items, small = combinations(codes, sizes, constraint)
    if not reachable(grouped, small, warnings):
        return spans, False, {}
    trees = [a if isinstance(a, Line) else a.hierarchy for a in axes]
    found = partition(items, grouped.sizes, trees, small, context.seed, progress)
    part = found.index[grouped.index]
    done, cuts = [], {}
    for j, (span, axis) in enumerate(zip(spans, axes, strict=True)):
        if isinstance(axis, Line):
            cuts[span.after.column, span.after.part] = used_cuts(found, j, axis)
        done.append(_recoded(span, axis, found, j, part, codes[j]))
    return done, True, cuts


def _axis(f: Field, cuts: Sequence[float], context: Context) -> Line | Attribute:
    return Line.of(f.kind, f.texts, cuts) or widened_attribute(
        f, context.hierarchies, context.k, context.readings
    )


def _recoded(
    span: Quasi, axis: Line | Attribute, found: Partition, j: int, part: Integers, leaf: Integers
) -> Quasi:
    sides = [box[j] for box in found.boxes]
    texts: dict[str, int] = {}

    def number(label: str) -> int:
        return texts.setdefault(label, len(texts))

    if isinstance(axis, Line):
        labels = np.array([number(axis.label(*side)) for side in sides], np.int32)
        share = np.array([_share(side, axis) for side in sides])
        codes, shares, leaves = labels[part], share[part], axis.size
    else:
        level = np.array([side[0] for side in sides])[part]
        codes = np.zeros(len(part), np.int32)
        for n, names in enumerate(axis.hierarchy.labels):
            at = level == n
            recode = np.array([number(name) for name in names], np.int32)
            codes[at] = recode[axis.hierarchy.nodes[n][leaf[at]]]
        shares = np.stack(axis.hierarchy.share)[level, leaf]
        leaves = len(axis.hierarchy.leaves)
        if not axis.given:
            shares = np.maximum(shares, span.shares)
    f = span.after
    after = Field(f.column, f.part, f.kind, tuple(texts), codes)
    return Quasi(span.before, after, shares, max(span.leaves, leaves))


def _share(side: Side, line: Line) -> float:
    """Share of the different values that a stretch stands for; 1 where it is written `*`."""
    return 1.0 if line.label(*side) == "*" else (side[1] - side[0]) / line.size
