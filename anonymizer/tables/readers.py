"""Who looks at the published table, and what each of them knows besides what is printed.

Shared by the search for a pattern and by the audit; each builds its own linear programs on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import scipy.sparse as sp

from anonymizer.tables.primary import PrimaryRule, Zeros
from anonymizer.tables.system import Floats, Ints, Mask, System

Audit = Literal["linear", "rule_aware", "contributors"]
MANY = 30
AUDITS: tuple[Audit, ...] = ("linear", "rule_aware", "contributors")


@dataclass(frozen=True, eq=False)
class Reader:
    """Bounds (n,) on any cell that is suppressed, cells known anyway, and relations (m, n)."""

    audit: Audit
    lower: Floats
    upper: Floats
    knows: Mask
    relations: sp.csr_array
    own: Mask
    """Cells that are the reader's own contribution: knowing those gives nobody else away."""
    joint: Ints | None = None
    """Cells of one person each, where this reader stands for many people and knows of all."""

    def knows_like(self, other: "Reader") -> bool:
        """Whether two readers know the same."""
        return (
            self.relations.shape == other.relations.shape
            and np.array_equal(self.lower, other.lower)
            and np.array_equal(self.upper, other.upper)
            and np.array_equal(self.knows, other.knows)
        )


def readers(system: System, primary: Mask, rule: PrimaryRule, zeros: Zeros) -> list[Reader]:
    """The linear reader, the one who knows the rule, those who contribute, in this order.

    The linear reader knows x ≥ 0. The next also knows that a suppressed cell is at least 1 where
    zeros are printed, and what a cell that is small by the rule is at most (in tables of counts).
    The last knows what earlier publications printed as well, alone and once for every contributor
    who stands alone in a cell.
    """
    n = len(system.values)
    nothing = np.zeros(n, dtype=bool)
    zero, unbounded = np.zeros(n), np.full(n, np.inf)
    linear = Reader("linear", zero, unbounded, nothing, system.relations, nothing)

    lower, upper = zero, unbounded
    if system.count:
        if zeros == "publish":
            printed = np.arange(n) < system.cells
            lower = np.where(printed, np.fmin(1.0, np.nan_to_num(system.values)), 0.0)
        if rule.largest_small:
            small = primary & (system.values <= rule.largest_small)
            upper = np.where(small, float(rule.largest_small), np.inf)
    aware = Reader("rule_aware", lower, upper, nothing, system.relations, nothing)

    everything = sp.csr_array(sp.vstack([system.relations, system.earlier]))
    outside = Reader("contributors", lower, upper, system.public, everything, nothing)
    insiders = [
        Reader("contributors", lower, upper, system.public | alone, everything, alone)
        for alone in _alone(system)
    ]
    if system.count and zeros == "suppress":
        insiders += _counted(system, outside)
    return [linear, aware, outside, *insiders]


def _counted(system: System, outside: Reader) -> list[Reader]:
    """In a table of counts whoever is counted knows that their cell is at least 1.

    That matters for the cells that are 1. One reader per cell; where there are many, one reader
    who knows it of all of them, which is more than anyone knows.
    """
    cells = np.flatnonzero((system.values == 1) & (np.arange(len(system.values)) < system.cells))
    groups = [cells[i : i + 1] for i in range(len(cells))] if len(cells) <= MANY else [cells]
    found = []
    for group in groups:
        lower = outside.lower.copy()
        lower[group] = 1.0
        own = np.zeros(len(lower), dtype=bool)
        own[group] = len(group) == 1
        found.append(
            replace(outside, lower=lower, own=own, joint=group if len(group) > 1 else None)
        )
    return found


def _alone(system: System) -> Iterator[Mask]:
    """For each contributor who is alone in a cell: the cells that are theirs alone.

    In a table of counts nobody knows that they are alone: each knows only to be counted, that is
    a cell of at least 1, which the reader of the rule knows already where zeros are printed.
    """
    cells = np.flatnonzero(system.alone)
    if not len(cells):
        return
    links = sp.coo_array(system.relations[:, cells])
    parent = dict(zip(links.row[links.data < 0], links.col[links.data < 0], strict=True))
    # A parent and its child that both have one contributor have the same one.
    pairs = [
        (parent[row], column)
        for row, column, sign in zip(links.row, links.col, links.data, strict=True)
        if sign > 0 and row in parent
    ]
    up, down = zip(*pairs, strict=True) if pairs else ((), ())
    graph = sp.coo_array((np.ones(len(pairs)), (up, down)), shape=(len(cells), len(cells)))
    number, label = sp.csgraph.connected_components(graph, directed=False)
    for group in range(number):
        mask = np.zeros(len(system.values), dtype=bool)
        mask[cells[label == group]] = True
        yield mask
