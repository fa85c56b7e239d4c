"""Special uniques: the smallest combinations of columns that single a row out (SUDA2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from core import Codes, Counts
from measure.coding import Coded
from measure.counting import combine, group, in_units

_DENSE = 1 << 22
"""Up to so many possible combinations a plain array counts faster than a hash table."""


@dataclass(frozen=True, eq=False)
class Suda:
    """Minimal sample uniques (MSU): combinations that single out a row while no part of them does.

    All arrays have shape (rows,).
    """

    smallest: npt.NDArray[np.int8] = field(repr=False)
    """Size of the row's smallest MSU; 0 where it has none up to the size searched."""
    count: npt.NDArray[np.int32] = field(repr=False)
    """How many MSUs the row has."""
    scores: npt.NDArray[np.float64] = field(repr=False)
    """Sum over the row's MSUs, each weighed by how many larger combinations it makes unique."""
    by_size: dict[int, int]
    """MSUs found per size."""
    by_column: dict[str, float]
    """Share of all scores (0-1) from MSUs that use the column."""
    by_subset: dict[tuple[str, ...], int]
    """MSUs found per combination of columns, the smallest combinations first."""
    first: npt.NDArray[np.int32] = field(repr=False)
    """Place in `by_subset` of the first of the row's smallest MSUs; -1 where it has none."""

    def fewest(self, row: int) -> tuple[str, ...]:
        """The fewest columns that single a row (0-based) out; empty where none do."""
        return list(self.by_subset)[self.first[row]] if self.first[row] >= 0 else ()


def suda2(coded: Sequence[Coded], max_size: int = 3, owners: Codes | None = None) -> Suda:
    """Search all combinations of up to `max_size` columns.

    Where `owners` (rows,) says whose row each is, a row is unique that no other unit's row is like.

    A row that is unique in a combination is unique in every larger one and can be minimal in none,
    so it is left out there. The weight of an MSU of size s among n columns is the product of n - i
    for i from s to the largest size searched (Elliot, Manning and Ford 2002).

    >>> from core import Table
    >>> from measure.coding import code
    >>> table = Table.of({"区": ["北", "北", "北", "南"], "性": ["男", "男", "女", "男"]})
    >>> found = suda2([code(c) for c in table])
    >>> found.smallest.tolist(), found.by_size
    ([0, 0, 1, 1], {1: 2})
    >>> found.by_subset, found.fewest(3)
    ({('区',): 1, ('性',): 1}, ('区',))
    """
    columns, rows = len(coded), len(coded[0].codes) if coded else 0
    largest = min(max_size, columns)
    smallest = np.zeros(rows, np.int8)
    count = np.zeros(rows, np.int32)
    scores = np.zeros(rows)
    first = np.full(rows, -1, np.int32)
    by_size: dict[int, int] = {}
    by_subset: dict[tuple[str, ...], int] = {}
    by_column = dict.fromkeys((c.name for c in coded), 0.0)
    below: dict[tuple[int, ...], npt.NDArray[np.bool_]] = {}
    for size in range(1, largest + 1):
        weight = float(math.prod(columns - i for i in range(size, min(largest, columns - 1) + 1)))
        here: dict[tuple[int, ...], npt.NDArray[np.bool_]] = {}
        for subset in combinations(range(columns), size):
            known = np.zeros(rows, bool)
            for left_out in range(size if size > 1 else 0):
                known |= below[subset[:left_out] + subset[left_out + 1 :]]
            left = np.flatnonzero(~known)
            found = left[_alone([coded[j] for j in subset], left, owners)]
            if size < largest:
                known[found] = True
                here[subset] = known
            if not len(found):
                continue
            new = found[smallest[found] == 0]
            smallest[new], first[new] = size, len(by_subset)
            by_subset[tuple(coded[j].name for j in subset)] = len(found)
            count[found] += 1
            scores[found] += weight
            by_size[size] = by_size.get(size, 0) + len(found)
            for j in subset:
                by_column[coded[j].name] += weight * len(found)
        below = here
    total = float(scores.sum())
    shares = {name: value / total if total else 0.0 for name, value in by_column.items()}
    return Suda(smallest, count, scores, by_size, shares, by_subset, first)


def _alone(
    columns: Sequence[Coded], rows: npt.NDArray[np.int64], owners: Codes | None
) -> npt.NDArray[np.bool_]:
    """Which of the rows share their combination with no other unit among them."""
    everything = len(rows) == len(columns[0].codes)
    codes = [c.codes if everything else c.codes[rows] for c in columns]
    sizes = [c.size for c in columns]
    span = math.prod(sizes)
    key = combine(codes, sizes)
    if owners is None and span <= _DENSE:
        held: Counts = np.bincount(key, minlength=span)[key]
    else:
        classes = in_units(group(key), None if owners is None else owners[rows])
        held = classes.sizes[classes.index]
    alone: npt.NDArray[np.bool_] = held == 1
    return alone
