"""Full-domain generalisation: one level per attribute, provably the best under a limit.

Best first over the lattice of levels. What an evaluated node suppresses, every finer node
suppresses too; so each evaluation raises the lower bound of all nodes below it at once. The search
ends when no bound is below the best node found, which is then optimal.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.search.constraint import Constraint, Floats, Mask, choose_suppressed
from core import Counts, Progress, beat, inherited
from measure import Integers, combine, group

Node = tuple[int, ...]
EPS = 1e-12
"""Two sums of the same shares differ by less."""
WORK = 50_000_000
"""Items times nodes that one search may look at; beyond, the best node so far is given unproved."""

_LEAST = 30
"""Nodes that are looked at however many items there are."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best node, or the proof that none is allowed (`levels` None)."""

    levels: Node | None
    loss: float
    """Mean share (0-1) of a hierarchy that a cell stands for; a suppressed row counts 1."""
    suppressed: Mask = field(repr=False)
    """Which items are suppressed."""
    evaluated: int
    """Nodes looked at, of `nodes` in the lattice."""
    nodes: int
    proved: bool = True
    """False where the search was cut short: the node is allowed, and perhaps not the best."""


@dataclass(frozen=True, eq=False)
class _Look:
    """A node after evaluation."""

    loss: float
    """Infinite where the node suppresses more than the limit."""
    drop: Mask = field(repr=False)


class _Lattice:
    """Bounds and evaluations of all nodes for one data set and constraint."""

    def __init__(
        self,
        items: Integers,
        weights: Counts,
        hierarchies: Sequence[Hierarchy],
        constraint: Constraint,
        max_suppression: float,
    ) -> None:
        self.weights, self.constraint, self.limit = weights, constraint, max_suppression
        self.rows = int(weights.sum())
        self.nodes: list[list[Integers]] = [
            [nodes[items[:, j]].astype(np.int64) for nodes in h.nodes]
            for j, h in enumerate(hierarchies)
        ]
        self.sizes = [[len(labels) for labels in h.labels] for h in hierarchies]
        scale = weights / self.rows / len(hierarchies)
        heights = [h.height + 1 for h in hierarchies]
        self.starts = np.r_[0, np.cumsum(heights)].tolist()
        shares = [share[items[:, j]] for j, h in enumerate(hierarchies) for share in h.share]
        self.losses = np.stack(shares) * scale
        self.bound = reduce(
            np.add.outer, self._by_level(self.losses.sum(axis=1), [h - 1 for h in heights])
        )
        self.seen: dict[Node, _Look] = {}

    def look(self, node: Node) -> _Look:
        """Evaluate a node and tighten the bounds of all finer ones."""
        if node in self.seen:
            return self.seen[node]
        beat()
        index, sizes = self._classes(node)
        bad = ~self.constraint.holds(index, self.weights, len(sizes))
        lost = int(sizes[bad].sum())
        below = tuple(slice(0, level + 1) for level in node)
        if lost > self.limit * self.rows + EPS:
            if self.constraint.monotone:
                self.bound[below] = np.inf
            return self.seen.setdefault(node, _Look(np.inf, bad[index]))
        good = self._by_level(self.losses @ (~bad[index]).astype(np.float64), node)
        if self.constraint.monotone:
            least = reduce(np.add.outer, good) + lost / self.rows
            np.maximum(self.bound[below], least, out=self.bound[below])
        drop = choose_suppressed(bad, index, self.weights, sizes, self.constraint)
        count = int(sizes[drop].sum())
        if count > self.limit * self.rows + EPS:
            return self.seen.setdefault(node, _Look(np.inf, drop[index]))
        extra = np.flatnonzero((drop & ~bad)[index])
        loss = count / self.rows + sum(float(part[-1]) for part in good)
        for start, level in zip(self.starts, node, strict=False):
            loss -= float(self.losses[start + level, extra].sum())
        return self.seen.setdefault(node, _Look(loss, drop[index]))

    def _classes(self, node: Node) -> tuple[Integers, Counts]:
        """Each item's class and the rows per class; some classes may be empty."""
        spans = [self.sizes[j][level] for j, level in enumerate(node)]
        index = combine([self.nodes[j][level] for j, level in enumerate(node)], spans)
        many = math.prod(spans)
        if many > 8 * len(index):
            classes = group(index)
            index, many = classes.index.astype(np.int64), len(classes)
        return index, np.bincount(index, self.weights, many).astype(np.int64)

    def _by_level(self, losses: Floats, node: Sequence[int]) -> list[Floats]:
        """Per attribute, the losses of the levels up to the node's."""
        return [
            losses[start : start + level + 1]
            for start, level in zip(self.starts, node, strict=False)
        ]

    def path_up(self, node: Node, best: float) -> list[Node]:
        """From a node towards the top, by the cheapest raise, as long as it could still win."""
        path = [node]
        while True:
            raises = [
                (self.bound[up], up)
                for j in range(len(node))
                if path[-1][j] + 1 < self.bound.shape[j]
                and (up := (*path[-1][:j], path[-1][j] + 1, *path[-1][j + 1 :])) not in self.seen
            ]
            if not raises or min(raises)[0] >= best:
                return path
            path.append(min(raises)[1])


def find_optimum(
    items: Integers,
    weights: Counts,
    hierarchies: Sequence[Hierarchy],
    constraint: Constraint,
    max_suppression: float,
    work: int = WORK,
    progress: Progress = inherited,
) -> Optimum:
    """The node of least loss whose suppression stays within the limit.

    `items` has shape (items, attributes) and holds leaf numbers, `weights` (items,) rows;
    `max_suppression` is a share of rows (0-1). The search is cut short after `work` items times
    nodes, and then says so.
    """
    lattice = _Lattice(items, weights, hierarchies, constraint, max_suppression)
    top = tuple(h.height for h in hierarchies)
    first = lattice.look(top)
    best = first.loss
    best_node: Node | None = top if best < np.inf else None
    most = max(_LEAST, work // len(items))
    done = np.zeros(lattice.bound.shape, bool)
    while True:
        progress(min(1.0, len(lattice.seen) / most))
        open_bound = np.where(done, np.inf, lattice.bound)
        node: Node = tuple(int(i) for i in np.unravel_index(open_bound.argmin(), done.shape))
        if open_bound[node] >= best - EPS or len(lattice.seen) >= most:
            proved = bool(open_bound[node] >= best - EPS)
            break
        path = lattice.path_up(node, best) if constraint.monotone else [node]
        low, high = 0, len(path) - 1
        while low <= high:
            middle = (low + high + 1) // 2
            look = lattice.look(path[middle])
            done[path[middle]] = True
            if look.loss < best - EPS:
                best, best_node = look.loss, path[middle]
            if not middle or low == high:
                break
            if lattice.bound[node] >= best:
                low = middle
            else:
                high = middle - 1
    return Optimum(
        best_node,
        float(best),
        lattice.seen[best_node].drop if best_node else np.ones(len(items), bool),
        len(lattice.seen),
        done.size,
        proved,
    )
