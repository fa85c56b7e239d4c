"""Re-identification risk of a table over its quasi-identifiers, from class sizes alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from core import Codes, Counts, Message, PlanError, Problem, RiskReport, Table, listed, say
from language import read_number
from measure.coding import canonical, code
from measure.counting import (
    STAR,
    Classes,
    count_classes,
    in_units,
    wildcard_sizes,
)
from measure.diversity import Diversity, measure_diversity

Floats = npt.NDArray[np.float64]

_MOST_PAIRS = 20_000_000
"""Pairs of rows of one unit that are compared: some seconds."""
THRESHOLD_SOURCE = say("measure.risk.threshold_source")


@dataclass(frozen=True)
class History:
    """Units among which nobody can be told apart by some of their rows."""

    known: int | None
    """How many rows of a unit the reader knows; None for all of them."""
    k: int
    """Fewest units that share what is known."""
    alone: int
    below: int
    """Units that fewer than the threshold share what is known with."""


@dataclass(frozen=True, eq=False)
class Measures:
    """Risk over the quasi-identifiers, in units (people, households). Shares and risks are 0-1.

    Rows whose quasi-identifiers are all `*` are suppressed: they are counted in `rows`, and form no
    class. In the other rows `*` is a value of its own for `k`; `k_wildcard` lets it match any
    value, `k_all_rows` counts the suppressed rows as one class more.
    """

    quasi: tuple[str, ...]
    rows: int
    units: int
    suppressed: int
    """Rows with nothing but `*`."""
    sizes: Counts = field(repr=False)
    """Class sizes in units, shape (classes,), suppressed rows left out."""
    threshold: int
    threshold_source: Message
    k_wildcard: int
    k_all_rows: int
    smallest: Counts | None = field(default=None, repr=False)
    """Per unit that is not wholly suppressed, the size of its smallest class; None where each row
    is a unit of its own."""
    population_sizes: Floats | None = field(default=None, repr=False)
    """Estimated size of each class in the population, where a sampling fraction was given."""
    diversity: tuple[Diversity, ...] = ()
    """One per sensitive column."""

    @property
    def k(self) -> int:
        """The smallest class; 0 where every row is suppressed."""
        return int(self.sizes.min()) if len(self.sizes) else 0

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.sizes)

    @property
    def uniques(self) -> int:
        """Units that are alone in a class."""
        return int(((self.sizes if self.smallest is None else self.smallest) == 1).sum())

    @property
    def units_at_risk(self) -> int:
        """Units that are in a class smaller than the threshold."""
        if self.smallest is not None:
            return int((self.smallest < self.threshold).sum())
        return int(self.sizes[self.sizes < self.threshold].sum())

    @property
    def share_at_risk(self) -> float:
        """`units_at_risk` as a share of all units."""
        return self.units_at_risk / self.units if self.units else 0.0

    @property
    def prosecutor(self) -> float:
        """Highest chance to pick the right row for a person known to be in the file: 1/k."""
        return 1 / self.k if self.k else 0.0

    @property
    def journalist(self) -> float:
        """The same where presence is not known: over the class's size in the population.

        Equal to `prosecutor` where no sampling fraction was given, the cautious reading.
        """
        sizes = self.population_sizes
        return float((1 / sizes).max()) if sizes is not None and len(sizes) else self.prosecutor

    @property
    def marketer(self) -> float:
        """Expected share of units picked right when everyone is looked for."""
        released = self.rows - self.suppressed
        if not released:
            return 0.0
        if self.smallest is not None and self.population_sizes is None:
            return float((1 / self.smallest).mean())
        sizes = self.population_sizes if self.population_sizes is not None else self.sizes
        return float((self.sizes / sizes).sum()) / released

    @property
    def population_risk(self) -> float | None:
        """Expected share of rows re-identified, weighted for sampling; None without a sample."""
        released = self.rows - self.suppressed
        if self.population_sizes is None or not released:
            return None
        risk = expected_risk(self.sizes, self.population_sizes)
        return float((self.sizes * risk).sum()) / released

    @property
    def average_size(self) -> float:
        """Mean class size in units."""
        return float(self.sizes.mean()) if len(self.sizes) else 0.0

    def histogram(self) -> dict[int, int]:
        """How many classes have each size, smallest size first."""
        sizes, classes = np.unique(self.sizes, return_counts=True)
        return dict(zip(sizes.tolist(), classes.tolist(), strict=True))

    def report(self) -> RiskReport:
        """The part every room shares."""
        return RiskReport(
            quasi=self.quasi,
            k=self.k,
            classes=self.classes,
            uniques=self.uniques,
            share_at_risk=self.share_at_risk,
            threshold=self.threshold,
            threshold_source=self.threshold_source,
            rows=self.rows,
            units=self.units,
        )


def measure_risk(
    table: Table,
    quasi: Sequence[str],
    *,
    threshold: int = 5,
    threshold_source: Message = THRESHOLD_SOURCE,
    sensitive: Sequence[str] = (),
    owners: Codes | None = None,
    sampling_fraction: float | None = None,
    weights: str | None = None,
    read: Mapping[str, Callable[[str], str]] | None = None,
) -> Measures:
    """Count the classes of `quasi` and what follows from their sizes.

    `owners` (rows,) says whose row each is (`owners_of`): classes then count units, not rows.
    `sampling_fraction` (0-1] or `weights` (a column of sampling weights, one person each standing
    for so many) say how the file was drawn from the population. `read` overrides, per column, how
    spellings of one value are recognised. Raises PlanError for unknown columns or settings that
    make no sense.

    >>> table = Table.of({"区": ["北", "北", "南"], "年齢": ["40", "４０", "40"]})
    >>> risk = measure_risk(table, ["区", "年齢"])
    >>> risk.k, risk.classes, risk.uniques, round(risk.marketer, 2)
    (1, 2, 1, 0.67)
    """
    _check(table, quasi, sensitive, threshold, sampling_fraction, weights)
    readers = read or {}
    coded = [code(table[name], readers.get(name, canonical)) for name in quasi]
    of_rows = count_classes(coded)
    classes = in_units(of_rows, owners)
    combos = np.stack([c.codes[classes.first_rows()] for c in coded], axis=1).astype(np.int64)
    stars = [np.array([label == STAR for label in c.labels]) for c in coded]
    starred = np.stack([star[combos[:, i]] for i, star in enumerate(stars)], axis=1)
    kept: npt.NDArray[np.bool_] = ~np.all(starred, axis=1)
    sizes = classes.sizes[kept]
    population = None
    if weights is not None:
        population = np.maximum(_weighted(table, weights, classes)[kept], sizes)
    elif sampling_fraction is not None:
        population = sizes / sampling_fraction
    wildcard = wildcard_sizes(combos, starred, classes.sizes)[kept] if owners is None else sizes
    smallest = None if owners is None else _smallest(classes, owners, kept)
    return Measures(
        quasi=tuple(quasi),
        rows=table.rows,
        units=table.rows if owners is None else int(owners.max()) + 1,
        suppressed=int(of_rows.sizes[~kept].sum()),
        sizes=sizes,
        threshold=threshold,
        threshold_source=threshold_source,
        k_wildcard=int(wildcard.min()) if len(wildcard) else 0,
        k_all_rows=int(classes.sizes.min()),
        smallest=smallest,
        population_sizes=population,
        diversity=tuple(
            measure_diversity(
                classes, code(table[name], readers.get(name, canonical)), kept, owners
            )
            for name in sensitive
            if kept.any()
        ),
    )


def _smallest(classes: Classes, owners: Codes, kept: npt.NDArray[np.bool_]) -> Counts:
    """Per unit that has a class left, the size of its smallest."""
    rows = kept[classes.index]
    found = np.full(int(owners.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(found, owners[rows], classes.sizes[classes.index[rows]])
    return found[found < np.iinfo(np.int64).max]


def histories(
    table: Table, quasi: Sequence[str], owners: Codes, threshold: int = 5
) -> tuple[History, ...]:
    """What one, two and all rows of a unit tell, where rows of a unit can be put together.

    With two rows known, a unit is as safe as its worst pair of classes, a class with itself
    among them. All rows are compared as a whole, by a sum of hashes (64 bits).
    """
    index = count_classes([code(table[name], canonical) for name in quasi]).index
    frame = pd.DataFrame({"owner": owners, "a": index}).value_counts(sort=False).reset_index()
    held = frame[["owner", "a"]]
    pairs = held.merge(held.rename(columns={"a": "b"}), on="owner")
    told = np.zeros(int(owners.max()) + 1, np.uint64)
    np.add.at(told, frame["owner"], pd.util.hash_pandas_object(frame[["a", "count"]], index=False))
    every = pd.DataFrame({"owner": range(len(told)), "a": told})
    known: list[tuple[int | None, pd.DataFrame]] = [(1, held), (None, every)]
    if len(pairs) <= _MOST_PAIRS:
        known.insert(1, (2, pairs[pairs["a"] <= pairs["b"]]))
    found = []
    for rows, told_by in known:
        shared = told_by.groupby([c for c in told_by if c != "owner"])["owner"].transform("size")
        worst = shared.groupby(told_by["owner"]).min()
        alone, below = int((worst == 1).sum()), int((worst < threshold).sum())
        found.append(History(rows, int(worst.min()), alone, below))
    return tuple(found)


def expected_risk(sizes: Counts, population: Floats) -> Floats:
    """Chance that a row of each class is matched to its person: E(1/F | f), 0-1.

    F is the class's unknown size in the population, f its size in the file and `population` the
    estimate of F from sampling weights; F given f is taken as negative binomial with success
    probability f/F (Benedetti and Franconi 1998; the individual risk of sdcMicro and mu-ARGUS).

    >>> import numpy as np
    >>> expected_risk(np.array([1, 1, 10]), np.array([1.0, 100.0, 1000.0])).round(4).tolist()
    [1.0, 0.0465, 0.0011]
    """
    f = sizes.astype(np.float64)
    p = np.clip(f / np.maximum(population, f), 1e-12, 1.0)
    risk = np.where(p < 1, _small(f, p), 1 / f)
    return np.clip(risk, 0.0, 1.0)


def _small(f: Floats, p: Floats) -> Floats:
    """Exact to f = 40, beyond that the first terms of the expansion in 1/f."""
    from scipy.special import hyp2f1  # slow to load, and for samples only

    few = np.minimum(f, 40.0)
    exact: Floats = np.power(p, few) / few * hyp2f1(few, few, few + 1, 1 - p)
    q = 1 - p
    many: Floats = p / f * (1 + q / (f + 1) + 2 * q**2 / ((f + 1) * (f + 2)))
    return np.where(f <= 40, exact, many)


def _weighted(table: Table, weights: str, classes: Classes) -> Floats:
    """The sum of the sampling weights of each class, shape (classes,)."""
    numbers = [read_number(text) for text in table[weights].texts]
    if any(n is None or n < 1 for n in numbers):
        raise PlanError.of("measure.risk.weights_not_numbers", column=weights)
    per_row = np.array(numbers, np.float64)[table[weights].codes]
    return np.bincount(classes.index, per_row, minlength=len(classes)).astype(np.float64)


def _check(
    table: Table,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    threshold: int,
    sampling_fraction: float | None,
    weights: str | None,
) -> None:
    problems = []
    named = [*quasi, *sensitive, *([weights] if weights else [])]
    if missing := [name for name in dict.fromkeys(named) if name not in table]:
        problems.append(Problem.of("measure.risk.unknown_column", names=listed(missing)))
    if not quasi:
        problems.append(Problem.of("measure.risk.no_quasi_identifier"))
    if not table.rows:
        problems.append(Problem.of("measure.risk.no_rows"))
    if threshold < 1 or not 0 < (1.0 if sampling_fraction is None else sampling_fraction) <= 1:
        problems.append(Problem.of("measure.risk.bad_setting"))
    if problems:
        raise PlanError(problems)
