"""What a class gives away about a sensitive value: l-diversity, t-closeness and relatives.

All figures come from the counts of (class, value) pairs that occur. The alpha, beta and delta
figures follow the definitions of pyCANON (Sáinz-Pardo Díaz and López García 2022).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core import Codes, Counts
from measure.coding import Coded
from measure.counting import Classes, combine, group, in_units

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Diversity:
    """The worst class, per definition, for one sensitive column."""

    column: str
    distinct_l: int
    """Fewest different values in a class."""
    entropy_l: float
    """exp of the lowest entropy of a class, 1 or more."""
    recursive_c: float | None
    """Largest r1 / (rl + ... + rm) over the classes, l being `distinct_l`: recursive
    (c, l)-diversity holds for every larger c. None where a class is homogeneous (l = 1)."""
    t_equal: float
    """Largest distance (0-1) between a class's distribution and the file's, all values equally far
    apart."""
    t_ordered: float | None
    """The same with values in their order, one step between neighbours; None where the values are
    neither numbers nor dates."""
    alpha: float
    """Largest share of one value in a class."""
    beta: float
    """Largest relative gain (q - p) / p: basic beta-likeness."""
    enhanced_beta: float
    """The lesser of `beta` and -ln p of the rarest value."""
    delta: float
    """Largest |ln(q / p)| over the values a class holds: delta-disclosure."""

    @property
    def t(self) -> float:
        """The distance for t-closeness: in steps of their order for numbers and dates."""
        return self.t_equal if self.t_ordered is None else self.t_ordered


@dataclass(frozen=True, eq=False)
class Pairs:
    """Counts of (class, value) pairs, sorted by class: each of shape (pairs,)."""

    of: npt.NDArray[np.int64]
    value: npt.NDArray[np.int64]
    count: Counts


def count_pairs(classes: Classes, sensitive: Coded, owners: Codes | None = None) -> Pairs:
    """Count the pairs that occur, in units where `owners` says whose row each is."""
    key = combine([classes.index, sensitive.codes], [len(classes), sensitive.size])
    pairs = group(key)
    first = key[pairs.first_rows()]
    order = np.argsort(first, kind="stable")
    sizes = in_units(pairs, owners).sizes[order]
    return Pairs(first[order] // sensitive.size, first[order] % sensitive.size, sizes)


def measure_diversity(
    classes: Classes,
    sensitive: Coded,
    keep: npt.NDArray[np.bool_] | None = None,
    owners: Codes | None = None,
) -> Diversity:
    """The worst figures over the classes (over those in `keep`, if given).

    The file's own distribution is that of all its rows; where `owners` says whose row each is,
    a unit counts once for each value it has. At least one class must be left.
    """
    pairs = count_pairs(classes, sensitive, owners)
    held = np.bincount(pairs.value, pairs.count, sensitive.size)
    shares = held / max(held.sum(), 1)
    if keep is not None and not keep.all():
        used = keep[pairs.of]
        pairs = Pairs(pairs.of[used], pairs.value[used], pairs.count[used])
    starts = np.flatnonzero(np.r_[True, pairs.of[1:] != pairs.of[:-1]])
    sizes = np.add.reduceat(pairs.count, starts).astype(np.float64)
    width = np.diff(np.r_[starts, len(pairs.of)])
    place = np.repeat(np.arange(len(starts)), width)
    q = pairs.count / sizes[place]
    p = shares[pairs.value]
    entropy = -np.add.reduceat(q * np.log(q), starts)
    distinct = int(width.min())
    ranks = sensitive.ranks
    beta = float(((q - p) / p).max())
    return Diversity(
        column=sensitive.name,
        distinct_l=distinct,
        entropy_l=float(np.exp(entropy.min())),
        recursive_c=_recursive(pairs.count, place, starts, distinct),
        t_equal=float(np.add.reduceat(np.maximum(q - p, 0.0), starts).max()),
        t_ordered=None if ranks is None else _ordered(place, starts, pairs.value, q, shares, ranks),
        alpha=float(q.max()),
        beta=beta,
        enhanced_beta=min(beta, float(-np.log(shares[shares > 0].min()))),
        delta=float(np.abs(np.log(q / p)).max()),
    )


def hierarchical_t(
    classes: Classes, levels: Sequence[Coded], keep: npt.NDArray[np.bool_] | None = None
) -> float:
    """Largest distance (0-1) of a class from the file, values as far apart as in their hierarchy.

    `levels` is the sensitive column at each level of its hierarchy, the finest first, the one where
    all are alike last. Two values are as far apart as the level at which they meet is high (Li, Li
    and Venkatasubramanian 2007); the distance is then the mean, over the levels below the top, of
    the equal distance there.

    >>> from core import Table
    >>> from measure import code, count_classes
    >>> parts = {"q": "aabb", "s": "胃肺腕腕", "g": "内内外外", "*": "****"}
    >>> t = Table.of({name: list(texts) for name, texts in parts.items()})
    >>> hierarchical_t(count_classes([code(t["q"])]), [code(t[x]) for x in ("s", "g", "*")])
    0.5
    """
    total = np.zeros(len(classes))
    for level in levels[:-1]:
        pairs = count_pairs(classes, level)
        q = pairs.count / classes.sizes[pairs.of]
        p = level.counts[pairs.value] / max(len(level.codes), 1)
        total += np.bincount(pairs.of, np.maximum(q - p, 0.0), len(classes))
    if keep is not None:
        total = total[keep]
    return float(total.max(initial=0.0)) / max(len(levels) - 1, 1)


def _recursive(
    count: Counts, place: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], distinct: int
) -> float | None:
    if distinct < 2:
        return None
    order = np.lexsort((-count, place))
    falling = count[order]
    rank = np.arange(len(count)) - starts[place]
    tail = np.add.reduceat(np.where(rank >= distinct - 1, falling, 0), starts)
    return float((falling[starts] / tail).max())


def _ordered(
    place: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    value: npt.NDArray[np.int64],
    q: Floats,
    shares: Floats,
    ranks: npt.NDArray[np.int64],
) -> float:
    """Earth mover's distance on ranks, from the steps of the two cumulative distributions.

    Between two values that a class holds, its cumulative share is constant and the file's rises,
    so the distance of a stretch is a difference of prefix sums: found without a dense matrix.
    """
    levels = int(ranks.max()) + 1
    if levels < 2:
        return 0.0
    whole = np.cumsum(np.bincount(ranks, weights=shares, minlength=levels))
    prefix = np.r_[0.0, np.cumsum(whole)]
    order = np.lexsort((ranks[value], place))
    rank, held = ranks[value][order], q[order]
    cumulative = np.cumsum(held)
    cumulative -= (cumulative - held)[starts][place]
    following = np.r_[rank[1:], levels]
    following[np.r_[starts[1:] - 1, len(rank) - 1]] = levels

    def area(level: Floats, begin: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> Floats:
        cross = np.clip(np.searchsorted(whole, level), begin, end)
        below = level * (cross - begin) - (prefix[cross] - prefix[begin])
        above = (prefix[end] - prefix[cross]) - level * (end - cross)
        total: Floats = below + above
        return total

    inner = area(cumulative, rank, following)
    lead = area(np.zeros(len(starts)), np.zeros(len(starts), np.int64), rank[starts])
    return float(((np.add.reduceat(inner, starts) + lead) / (levels - 1)).max())
