"""Re-identification risk of a table over its quasi-identifiers, from class sizes alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core import Counts, Message, PlanError, Problem, RiskReport, Table
from language import read_number
from measure.coding import canonical, code
from measure.counting import Classes, count_classes
from measure.diversity import Diversity, measure_diversity
from measure.population import expected_risk
from measure.stars import STAR, wildcard_sizes

Floats = npt.NDArray[np.float64]

THRESHOLD_SOURCE = Message(
    ja="実務で使われる値（3、5、10など）から選んだ設定値です。法令や規則に数値の定めはありません。",
    en="A setting chosen from values used in practice (3, 5, 10 …). "
    "Neither the Act nor the Rules state a number.",
)


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


def to_report(measures: Measures) -> RiskReport:
    """The part of the measures that every room shares."""
    return measures.report()


def _weighted(table: Table, weights: str, classes: Classes) -> Floats:
    numbers = [read_number(text) for text in table[weights].texts]
    if any(n is None or n < 1 for n in numbers):
        raise PlanError.of(
            "weights_not_numbers",
            ja=f"項目「{weights}」は抽出ウェイトとして使えません。"
            "すべての行に1以上の数値を入れてください。",
            en=f"Column “{weights}” cannot be used as sampling weights. "
            "Give every row a number of 1 or more.",
        )
    per_value = np.array(numbers, np.float64)
    weighed: Floats = np.bincount(
        classes.index, per_value[table[weights].codes], minlength=len(classes)
    ).astype(np.float64)
    return weighed


def _check(
    table: Table,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    threshold: int,
    sampling_fraction: float | None,
    weights: str | None,
) -> None:
    problems = []

    def add(code: str, ja: str, en: str) -> None:
        problems.append(Problem(code=code, message=Message(ja=ja, en=en)))

    named = [*quasi, *sensitive, *([weights] if weights else [])]
    missing = [name for name in dict.fromkeys(named) if name not in table]
    if missing:
        add(
            "unknown_column",
            f"ファイルに無い項目が指定されています：{'、'.join(missing)}。"
            "見出しの名前を確かめてください。",
            f"The file has no such column: {', '.join(missing)}. Check the headers.",
        )
    if not quasi:
        add(
            "no_quasi_identifier",
            "準識別子が一つも指定されていません。組み合わせで個人を特定し得る列を選んでください。",
            "No quasi-identifier was given. "
            "Choose the columns that together could single a person out.",
        )
    if not table.rows:
        add(
            "no_rows",
            "データの行がありません。見出しの下にデータのあるファイルを選んでください。",
            "There are no data rows. Choose a file with rows below its header.",
        )
    if threshold < 1 or not 0 < (1.0 if sampling_fraction is None else sampling_fraction) <= 1:
        add(
            "bad_setting",
            "しきい値は1以上の整数、抽出率は0より大きく1以下で指定してください。",
            "Give a threshold of 1 or more, and a sampling fraction above 0 and up to 1.",
        )
    if problems:
        raise PlanError(problems)
