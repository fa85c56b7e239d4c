"""Re-identification risk of a table over its quasi-identifiers, from class sizes alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core import Counts, Message, PlanError, Problem, RiskReport, Table, listed, say
from language import read_number
from measure.coding import canonical, code
from measure.counting import STAR, Classes, count_classes, wildcard_sizes
from measure.diversity import Diversity, measure_diversity

Floats = npt.NDArray[np.float64]

THRESHOLD_SOURCE = say("measure.risk.threshold_source")


@dataclass(frozen=True, eq=False)
class Measures:
    """Risk over the quasi-identifiers. Shares and risks are 0-1.

    Rows whose quasi-identifiers are all `*` are suppressed: they are counted in `rows`, and form no
    class. In the other rows `*` is a value of its own for `k`; `k_wildcard` lets it match any
    value, `k_all_rows` counts the suppressed rows as one class more.
    """

    quasi: tuple[str, ...]
    rows: int
    suppressed: int
    """Rows with nothing but `*`."""
    sizes: Counts = field(repr=False)
    """Class sizes, shape (classes,), suppressed rows left out."""
    threshold: int
    threshold_source: Message
    k_wildcard: int
    k_all_rows: int
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
        """Rows that are alone in their class."""
        return int((self.sizes == 1).sum())

    @property
    def rows_at_risk(self) -> int:
        """Rows in classes smaller than the threshold."""
        return int(self.sizes[self.sizes < self.threshold].sum())

    @property
    def share_at_risk(self) -> float:
        """`rows_at_risk` as a share of all rows."""
        return self.rows_at_risk / self.rows if self.rows else 0.0

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
        """Expected share of rows picked right when everyone is looked for."""
        released = self.rows - self.suppressed
        if not released:
            return 0.0
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
        """Mean class size in rows."""
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
        )


def measure_risk(
    table: Table,
    quasi: Sequence[str],
    *,
    threshold: int = 5,
    threshold_source: Message = THRESHOLD_SOURCE,
    sensitive: Sequence[str] = (),
    sampling_fraction: float | None = None,
    weights: str | None = None,
    read: Mapping[str, Callable[[str], str]] | None = None,
) -> Measures:
    """Count the classes of `quasi` and what follows from their sizes.

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
    classes = count_classes(coded)
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
    wildcard = wildcard_sizes(combos, starred, classes.sizes)[kept]
    return Measures(
        quasi=tuple(quasi),
        rows=table.rows,
        suppressed=int(classes.sizes[~kept].sum()),
        sizes=sizes,
        threshold=threshold,
        threshold_source=threshold_source,
        k_wildcard=int(wildcard.min()) if len(wildcard) else 0,
        k_all_rows=int(classes.sizes.min()),
        population_sizes=population,
        diversity=tuple(
            measure_diversity(classes, code(table[name], readers.get(name, canonical)), kept)
            for name in sensitive
            if kept.any()
        ),
    )


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
    from scipy.special import hyp2f1  # a third of a second, which only samples with weights need

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
