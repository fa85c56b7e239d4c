"""Local recoding: every class as fine as it can be, no record lost.

Top down. All records begin in one class at the top of every hierarchy. In each round every class
is split along the attribute that gains most: its children that satisfy the constraint go down one
level, what is left stays. All classes are handled at once, on distinct combinations, not rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from anonymizer.hierarchy import Hierarchy
from anonymizer.search.constraint import Constraint
from core import Codes, Counts
from measure.counting import Integers, group

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Recoding:
    """Which level each item is shown at: `levels` (items, attributes), `index` (items,)."""

    levels: Levels = field(repr=False)
    index: Codes = field(repr=False)
    loss: float
    """Mean share (0-1) of a hierarchy that a cell stands for."""


def stack(hierarchy: Hierarchy) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Nodes and shares as arrays of shape (levels, leaves)."""
    return np.stack(hierarchy.nodes).astype(np.int64), np.stack(hierarchy.share)


def recode_locally(
    items: Integers,
    weights: Counts,
    hierarchies: Sequence[Hierarchy],
    constraint: Constraint,
    seed: int = 0,
) -> Recoding:
    """Split as long as every class satisfies the constraint.

    `items` has shape (items, attributes) and holds leaf numbers, `weights` (items,) rows. The whole
    must satisfy the constraint. `seed` decides ties.
    """
    trees = [stack(h) for h in hierarchies]
    tops = np.array([h.height for h in hierarchies], np.int8)
    levels = np.tile(tops, (len(items), 1))
    index = np.zeros(len(items), np.int64)
    active = np.arange(len(items))
    random = np.random.default_rng(seed)
    while len(active):
        grouped = group(index[active])
        here, classes = grouped.index.astype(np.int64), len(grouped)
        best = np.zeros(classes)
        choice = np.full(classes, -1)
        down = np.zeros((len(hierarchies), len(active)), bool)
        for j in random.permutation(len(hierarchies)):
            nodes, share = trees[j]
            leaf = items[active, j]
            level = levels[active, j].astype(np.int64)
            lower = np.maximum(level - 1, 0)
            parts = group(here * nodes.max(initial=0) + here + nodes[lower, leaf])
            gain = weights[active] * (share[level, leaf] - share[lower, leaf] + 1e-9 * (level > 0))
            first = parts.first_rows()
            moved = _movable(parts.index, first, here, classes, active, weights, constraint)
            moved &= level > 0
            gained = np.bincount(here, gain * moved, minlength=classes)
            better = gained > best
            best[better], choice[better] = gained[better], j
            down[j] = moved
        go = choice[here] >= 0
        moved = down[np.maximum(choice[here], 0), np.arange(len(active))] & go
        child = levels[active, np.maximum(choice[here], 0)].astype(np.int64) - 1
        part = np.full(len(active), -1, np.int64)
        for j in range(len(hierarchies)):
            mine = moved & (choice[here] == j)
            part[mine] = trees[j][0][child[mine], items[active[mine], j]]
            levels[active[mine], j] -= 1
        active = active[go]
        fresh = group(here[go] * (part.max(initial=0) + 2) + part[go] + 1)
        index[active] = fresh.index + (index.max(initial=0) + 1)
    shares = np.stack([s[levels[:, j], items[:, j]] for j, (_, s) in enumerate(trees)])
    loss = float((shares.mean(axis=0) * weights).sum() / weights.sum())
    return Recoding(levels, group(index).index, loss)


def _movable(
    part: Integers,
    first: Counts,
    here: Ints,
    classes: int,
    active: Ints,
    weights: Counts,
    constraint: Constraint,
) -> npt.NDArray[np.bool_]:
    """Which items may go down: those whose part is good, while what stays is good or nothing."""
    parts = len(first)
    mine = weights[active]
    sizes = np.bincount(part, mine, minlength=parts)
    of = here[first]
    good = constraint.holds(part, mine, parts, active)
    stays = np.bincount(of, sizes * ~good, minlength=classes)
    for _ in range(2):
        rest = ~good[part]
        fine = constraint.holds(here[rest], mine[rest], classes, active[rest]) | (stays == 0)
        if fine.all():
            break
        order = np.lexsort((sizes, of))
        order = order[good[order] & ~fine[of[order]]]
        smallest = order[np.r_[True, of[order][1:] != of[order][:-1]]] if len(order) else order
        good[smallest] = False
        stays = np.bincount(of, sizes * ~good, minlength=classes)
    rest = ~good[part]
    fine = constraint.holds(here[rest], mine[rest], classes, active[rest]) | (stays == 0)
    down: npt.NDArray[np.bool_] = good[part] & fine[here]
    return down
