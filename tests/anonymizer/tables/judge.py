"""A second opinion on a protected table: its own reading of the tables, its own linear programs.

Shares no code with the audits. Tables are plain dictionaries as in a JSON specification, with
`names`; cells that tables share are those with the same codes below the total.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Key = frozenset[tuple[str, str]]
Spec = Mapping[str, Any]
EPSILON = 1e-6


def codes(dimension: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(c for parent, children in dimension for c in (parent, *children)))


def leaves(dimension: Sequence[Any], code: str) -> set[str]:
    below = next((children for parent, children in dimension if parent == code), None)
    return {code} if below is None else set().union(*(leaves(dimension, c) for c in below))


def key(spec: Spec, where: Sequence[str]) -> Key:
    def is_total(dimension: Sequence[Any], code: str) -> bool:
        return leaves(dimension, code) == leaves(dimension, dimension[0][0])

    parts = zip(spec["names"], spec["dims"], where, strict=True)
    return frozenset((name, code) for name, d, code in parts if not is_total(d, code))


def all_cells(spec: Spec) -> Iterator[tuple[str, ...]]:
    return product(*(codes(d) for d in spec["dims"]))


def sums(spec: Spec, at: int = 1, part: str | None = None) -> dict[Key, float]:
    """Every cell as the sum of its leaves: of values, or of a `part` of the third entry."""
    given = {
        tuple(c[0]): float(c[at] if part is None else (c[2] or {}).get(part, 0))
        for c in spec["cells"]
    }
    found = {}
    for where in all_cells(spec):
        below = product(*(leaves(d, c) for d, c in zip(spec["dims"], where, strict=True)))
        found[key(spec, where)] = sum(given.get(leaf, 0.0) for leaf in below)
    return found


def equations(spec: Spec) -> Iterator[tuple[Key, list[Key]]]:
    for axis, dimension in enumerate(spec["dims"]):
        others = [codes(d) if i != axis else [""] for i, d in enumerate(spec["dims"])]
        for where in product(*others):
            for parent, children in dimension:

                def at(code: str, where: tuple[str, ...] = where, axis: int = axis) -> Key:
                    return key(spec, (*where[:axis], code, *where[axis + 1 :]))

                yield at(parent), [at(child) for child in children]


class Reader:
    """Someone who sees the printed cells of some tables and knows bounds on the others."""

    def __init__(
        self,
        specs: Iterable[Spec],
        printed: Mapping[Key, float],
        lower: Mapping[Key, float] | None = None,
        upper: Mapping[Key, float] | None = None,
    ) -> None:
        lines = [line for spec in specs for line in equations(spec)]
        hidden = {k for parent, parts in lines for k in (parent, *parts)} - printed.keys()
        self.number = {k: i for i, k in enumerate(sorted(hidden, key=sorted))}
        self.printed = printed
        self.bounds = [((lower or {}).get(k, 0.0), (upper or {}).get(k)) for k in self.number]
        self.matrix = np.zeros((len(lines), len(self.number)))
        self.right = np.zeros(len(lines))
        for row, (parent, parts) in enumerate(lines):
            for k, sign in ((parent, -1.0), *((p, 1.0) for p in parts)):
                if k in self.number:
                    self.matrix[row, self.number[k]] += sign
                else:
                    self.right[row] -= sign * printed[k]

    def interval(self, cell: Key) -> tuple[float, float]:
        if cell not in self.number:
            return self.printed[cell], self.printed[cell]
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.number))
            cost[self.number[cell]] = sign
            solved = linprog(
                cost, A_eq=self.matrix, b_eq=self.right, bounds=self.bounds, method="highs"
            )
            assert solved.status in (0, 3), solved.message
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        return ends[0], ends[1]

    def knows(self, cell: Key) -> bool:
        low, high = self.interval(cell)
        return not high - low > EPSILON * max(1.0, abs(low))

    def knows_whole(self, cell: Key, value: float) -> bool:
        """Whether no solution in whole numbers gives the cell another value than this."""
        if cell not in self.number:
            return True
        at = self.number[cell]
        low, high = np.array([[a, np.inf if b is None else b] for a, b in self.bounds]).T
        for end, limit in ((low, value + 1), (high, value - 1)):
            ends = {id(low): low.copy(), id(high): high.copy()}
            ends[id(end)][at] = max(end[at], limit) if end is low else min(end[at], limit)
            if ends[id(low)][at] > ends[id(high)][at]:
                continue
            solved = milp(
                np.zeros(len(low)),
                integrality=np.ones(len(low)),
                bounds=Bounds(ends[id(low)], ends[id(high)]),
                constraints=LinearConstraint(self.matrix, self.right, self.right),
            )
            assert solved.status in (0, 2), solved.message
            if solved.status == 0:
                return False
        return True
