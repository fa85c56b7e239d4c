"""Mode mondrian on the quasi-identifiers of a plan."""

from collections.abc import Mapping, Sequence

import numpy as np

from anonymizer.fields import Attribute, Field, widened_attribute
from anonymizer.lines import Line
from anonymizer.operations import Context
from anonymizer.plan import Plan
from anonymizer.quasi import Quasi, combinations, reachable
from anonymizer.search.constraint import Constraint
from anonymizer.search.mondrian import Partition, Side, partition, used_cuts
from core import ColumnType, Message
from core.progress import Progress, inherited
from measure.counting import Integers

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
