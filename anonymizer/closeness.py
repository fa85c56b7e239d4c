"""Diversity and closeness of the classes of a written file, in SQL."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from core.progress import beat, each
from language import read_date, read_place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT class, value, count(*) AS n FROM
    (SELECT {keys}, coalesce({column}, '') AS value FROM data) JOIN classes USING ({listed})
WHERE NOT gone GROUP BY ALL
"""
_WHOLE = """
CREATE OR REPLACE TEMP TABLE whole AS
SELECT coalesce({column}, '') AS value, count(*) / (SELECT count(*) FROM data) AS p
FROM data GROUP BY ALL
"""
_FEWEST = "SELECT min(l) FROM (SELECT count(*) AS l FROM pairs GROUP BY class)"
_ENTROPY = """
SELECT min(h) FROM (
    SELECT -sum(n / size * ln(n / size)) AS h
    FROM pairs JOIN classes USING (class) GROUP BY class
)
"""
_RATIO = """
SELECT max(ratio) FROM (
    SELECT max(n) / sum(n) FILTER (place >= {l}) AS ratio FROM (
        SELECT class, n, row_number() OVER (PARTITION BY class ORDER BY n DESC) AS place FROM pairs
    ) GROUP BY class
)
"""
_EQUAL = """
SELECT max(t) FROM (
    SELECT sum(greatest(n / size - p, 0)) AS t
    FROM pairs JOIN whole USING (value) JOIN classes USING (class) GROUP BY class
)
"""
_STEPS = """
CREATE OR REPLACE TEMP TABLE steps AS
SELECT rank, share, coalesce(sum(share) OVER (
    ORDER BY rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS below
FROM (
    SELECT rank, sum(p) OVER (ORDER BY rank) AS share
    FROM (SELECT rank, sum(p) AS p FROM whole JOIN ranks USING (value) GROUP BY rank)
    UNION ALL SELECT {levels}, NULL
)
"""
_ORDERED = """
WITH held AS (
    SELECT class, rank AS a, sum(n / size) AS q
    FROM pairs JOIN ranks USING (value) JOIN classes USING (class) GROUP BY class, rank
), stretches AS (
    SELECT class, a, sum(q) OVER w AS c, lead(a, 1, {levels}) OVER w AS b,
        row_number() OVER w = 1 AS first
    FROM held WINDOW w AS (PARTITION BY class ORDER BY a)
), crossed AS (
    SELECT s.*, greatest(a, least(b, coalesce(f.rank, {levels}))) AS x
    FROM stretches s ASOF LEFT JOIN (SELECT * FROM steps WHERE share IS NOT NULL) f
    ON s.c <= f.share
)
SELECT max(t) FROM (
    SELECT sum(c * (2 * x - a - b) - 2 * sx.below + sa.below + sb.below
        + CASE WHEN first THEN sa.below ELSE 0 END) / ({levels} - 1) AS t
    FROM crossed JOIN steps sx ON sx.rank = x JOIN steps sa ON sa.rank = a
        JOIN steps sb ON sb.rank = b
    GROUP BY class
)
"""


class Spread(NamedTuple):
    """What the classes of a file show of one sensitive column."""

    fewest: int
    """Fewest different values in a class."""
    entropy: float
    """exp of the lowest entropy of a class."""
    ratio: float
    """Largest ratio of the commonest value's rows to those of the l-th commonest and all rarer
    ones; infinite where a class has fewer than l values."""
    farthest: float
    """Largest distance of a class from the file."""
    ordered: bool


def spread_of(
    engine: "DuckDBPyConnection",
    column: str,
    keys: str,
    listed: str,
    l: int = 1,  # noqa: E741
) -> Spread:
    """Measure one sensitive column.

    The distance of ordered values is the earth mover's over their ranks; else all values are
    equally far apart.
    """
    engine.execute(_PAIRS.format(column=column, keys=keys, listed=listed))
    engine.execute(_WHOLE.format(column=column))
    fewest = int(_one(engine, _FEWEST))
    entropy = math.exp(_one(engine, _ENTROPY))
    ratio = _one(engine, _RATIO.format(l=l)) if fewest >= l else math.inf
    values = [str(row[0]) for row in engine.execute("SELECT value FROM whole").fetchall()]
    ranks = _ranks(values)
    if ranks is None:
        return Spread(fewest, entropy, ratio, _one(engine, _EQUAL), ordered=False)
    levels = max(ranks, default=0) + 1
    if levels < 2:
        return Spread(fewest, entropy, ratio, 0.0, ordered=True)
    engine.register("ranks", pa.table({"value": values, "rank": pa.array(ranks, pa.int64())}))
    engine.execute(_STEPS.format(levels=levels))
    farthest = max(0.0, _one(engine, _ORDERED.format(levels=levels)))
    return Spread(fewest, entropy, ratio, farthest, ordered=True)


def _one(engine: "DuckDBPyConnection", query: str) -> float:
    beat()
    row = engine.execute(query).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def _ranks(values: Sequence[str]) -> list[int] | None:
    """Places of numbers, or of dates, in their order; None where some value is neither.

    >>> _ranks(["20", "100", "3"]), _ranks(["重度", "3"])
    ([1, 2, 0], None)
    """
    readers: tuple[Callable[[str], object | None], ...] = (read_place, _day)
    for read in readers:
        found = [read(value) for value in each(values)]
        if all(n is not None for n in found):
            place = {n: i for i, n in enumerate(sorted(set(found)))}  # type: ignore[type-var]
            return [place[n] for n in found]
    return None


def _day(text: str) -> int | None:
    reading = read_date(text)
    return reading.date.toordinal() if reading else None
