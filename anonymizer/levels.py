"""Choosing one level per attribute for a whole table."""

import math
from collections.abc import Sequence

import numpy as np

from anonymizer.fields import Attribute
from anonymizer.plan import Plan
from anonymizer.search.constraint import Constraint, Sensitive
from anonymizer.search.full_domain import Node, find_optimum
from core.progress import Progress, inherited
from measure.counting import combine, group

_MOST_NODES = 500_000
"""Largest lattice that is searched; above it levels are left out."""


def best_levels(
    attributes: Sequence[Attribute],
    plan: Plan,
    sensitive: Sequence[Sensitive],
    limit: float,
    progress: Progress = inherited,
) -> tuple[Node, bool] | None:
    """The best levels under a suppression limit, and whether they are proved to be the best."""
    offered = _thinned([a.hierarchy.height for a in attributes])
    if offered is None:
        return None
    columns = [a.leaf for a in attributes]
    sizes = [len(a.hierarchy.leaves) for a in attributes]
    columns += [c.codes for c in sensitive]
    sizes += [len(c.shares) for c in sensitive]
    grouped = group(combine(columns, sizes))
    first = grouped.first_rows()
    held = [c.at(first) for c in sensitive]
    constraint = Constraint(plan.k, plan.l, plan.t, held, plan.l_kind, plan.c)
    items = np.stack([a.leaf[first] for a in attributes], axis=1)
    trees = [a.hierarchy.only(levels) for a, levels in zip(attributes, offered, strict=True)]
    found = find_optimum(items, grouped.sizes, trees, constraint, limit, progress=progress)
    if found.levels is None:
        return None
    levels = tuple(offer[level] for offer, level in zip(offered, found.levels, strict=True))
    complete = all(
        len(offer) == a.hierarchy.height + 1 for offer, a in zip(offered, attributes, strict=True)
    )
    return levels, found.proved and complete


def _thinned(heights: Sequence[int]) -> list[list[int]] | None:
    """Levels to offer per attribute so that the lattice stays searchable; None if it cannot.

    >>> _thinned([2, 1])
    [[0, 1, 2], [0, 1]]
    >>> max(len(levels) for levels in _thinned([6] * 10))
    4
    """
    offered = [list(range(height + 1)) for height in heights]
    while math.prod(map(len, offered)) > _MOST_NODES:
        longest = max(offered, key=len)
        if len(longest) <= 2:
            return None
        del longest[len(longest) // 2]
    return offered
