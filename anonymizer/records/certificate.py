"""The certificate: k, l and t measured again on the file that leaves, by another engine.

Nothing of the search or of the counting is used here. The written file is read back and counted in
SQL by DuckDB.
"""

import codecs
import csv
import hashlib
import io
import math
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pydantic import BaseModel, ConfigDict
from python_calamine import CalamineWorkbook

from anonymizer.records.plan import LKind, Plan, named_l
from anonymizer.records.write import neutral
from core import Message, PlanError, say
from core.progress import Progress, beat, each, inherited, watchable
from language import read_date, read_place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_PAIRS = 25_000_000
"""Pairs of classes that are compared for `*` as any value: some seconds."""


class Goals(BaseModel):
    """What was asked for."""

    model_config = ConfigDict(frozen=True)

    k: int
    l: int | None  # noqa: E741
    l_kind: LKind = "distinct"
    c: float | None = None
    t: float | None
    max_suppression: float


class Certificate(BaseModel):
    """What the written file was found to satisfy."""

    model_config = ConfigDict(frozen=True)

    file: str
    sha256: str
    plan_sha256: str
    engine: str
    rows: int
    columns: tuple[str, ...]
    quasi: tuple[str, ...]
    """Quasi-identifiers that are in the file; those the plan dropped are not."""
    goal: Goals
    classes: int
    k: int
    """Smallest class, wholly suppressed rows left out and `*` a value of its own."""
    k_all_rows: int
    """The same with the suppressed rows as one class more."""
    k_wildcard: int | None
    """The same with `*` matching any value; None where there are too many classes to compare."""
    suppressed_rows: int
    l: dict[str, int]  # noqa: E741
    """Fewest different values in a class, per sensitive column."""
    l_entropy: dict[str, float] = {}
    """exp of the lowest entropy of a class, per sensitive column."""
    l_ratio: dict[str, float | None] = {}
    """Where recursive l was asked for: the least c above which it holds; None where no c does."""
    t: dict[str, float]
    """Largest distance of a class from the file, per sensitive column."""
    t_ordered: tuple[str, ...] = ()
    """The columns whose distance is in steps of their order; of others all values are equally far
    apart."""
    passed: bool
    failures: tuple[Message, ...] = ()


@watchable
def certify(path: str | Path, plan: Plan, *, progress: Progress = inherited) -> Certificate:
    """Read a written file (CSV or XLSX) again and measure it against the plan's goal.

    Raises PlanError where the file is not the plan's.
    """
    target = Path(path)
    return certify_content(target.name, target.read_bytes(), plan, progress=progress)


@watchable
def certify_content(
    name: str, content: bytes, plan: Plan, *, progress: Progress = inherited
) -> Certificate:
    """As `certify`, for a file that is in memory and must stay there."""
    import duckdb  # 24 MB that a review does without

    with duckdb.connect(":memory:") as engine:
        engine.execute("SET temp_directory = ''")
        columns = _load(engine, name, content)
        progress(0.5)
        safe = {neutral(name): name for name in plan.columns}
        kept = {safe[c]: f"c{i}" for i, c in enumerate(columns) if c in safe}
        unknown = [c for c in columns if c not in safe]
        if unknown:
            raise PlanError.of("anonymizer.certificate.not_the_plans_file", source=name)
        quasi = [name for name in plan.quasi if name in kept]
        return _measure(engine, (name, content), plan, tuple(columns), quasi, kept)


def _load(engine: "DuckDBPyConnection", name: str, content: bytes) -> list[str]:
    if name.lower().endswith(".xlsx"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        header = [str(x) for x in rows[0]]
        made = pa.table(
            {
                f"c{i}": pa.array([str(row[i]) for row in rows[1:]], pa.string())
                for i in range(len(header))
            }
        )
    else:
        text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
        header = next(csv.reader(text))
        made = _csv(content, len(header)).slice(1)
    engine.register("file", made)
    engine.execute("CREATE TABLE data AS SELECT * FROM file")
    return header


def _csv(content: bytes, width: int) -> pa.Table:
    """Every cell as text, the header as the first row."""
    names = [f"c{i}" for i in range(width)]
    return arrow_csv.read_csv(
        io.BytesIO(content.removeprefix(codecs.BOM_UTF8)),
        read_options=arrow_csv.ReadOptions(column_names=names),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _measure(
    engine: "DuckDBPyConnection",
    file: tuple[str, bytes],
    plan: Plan,
    columns: tuple[str, ...],
    quasi: list[str],
    kept: dict[str, str],
) -> Certificate:
    names = [f"coalesce({kept[name]}, '')" for name in quasi]
    keys = ", ".join(f"{name} AS q{i}" for i, name in enumerate(names)) or "'' AS q0"
    listed = ", ".join(f"q{i}" for i in range(max(len(names), 1)))
    starred = " AND ".join(f"q{i} = '*'" for i in range(len(names))) or "FALSE"
    engine.execute(
        f"CREATE TABLE classes AS SELECT *, {starred} AS gone, row_number() OVER () AS class FROM "  # noqa: S608
        f"(SELECT {keys}, count(*) AS size FROM data GROUP BY ALL)"
    )
    rows = _int(engine, "SELECT coalesce(sum(size), 0) FROM classes")
    gone = _int(engine, "SELECT coalesce(sum(size), 0) FROM classes WHERE gone")
    k = _int(engine, "SELECT coalesce(min(size), 0) FROM classes WHERE NOT gone")
    classes = _int(engine, "SELECT count(*) FROM classes WHERE NOT gone")
    sensitive = [name for name in plan.sensitive if name in kept and name not in quasi]
    found_of = {
        name: spread_of(engine, kept[name], keys, listed, plan.l or 1) for name in sensitive
    }
    recursive = plan.l is not None and plan.l_kind == "recursive"
    found = Certificate(
        file=file[0],
        sha256=hashlib.sha256(file[1]).hexdigest(),
        plan_sha256=hashlib.sha256(plan.to_yaml().encode()).hexdigest(),
        engine=f"DuckDB {version('duckdb')}",
        rows=rows,
        columns=columns,
        quasi=tuple(quasi),
        goal=Goals(**{name: getattr(plan, name) for name in Goals.model_fields}),
        classes=classes,
        k=k,
        k_all_rows=_int(engine, "SELECT coalesce(min(size), 0) FROM classes"),
        k_wildcard=_wildcard(engine, max(len(names), 1), classes),
        suppressed_rows=gone,
        l={name: found.fewest for name, found in found_of.items()},
        l_entropy={name: found.entropy for name, found in found_of.items()},
        l_ratio={
            name: found.ratio if math.isfinite(found.ratio) else None
            for name, found in found_of.items()
            if recursive
        },
        t={name: found.farthest for name, found in found_of.items()},
        t_ordered=tuple(name for name, found in found_of.items() if found.ordered),
        passed=False,
    )
    failures = tuple(_failures(found))
    return found.model_copy(update={"passed": not failures, "failures": failures})


def _int(engine: "DuckDBPyConnection", query: str) -> int:
    beat()
    row = engine.execute(query).fetchone()
    return int(row[0]) if row else 0


def _wildcard(engine: "DuckDBPyConnection", width: int, classes: int) -> int | None:
    if not classes:
        return 0
    total = _int(engine, "SELECT count(*) FROM classes")
    if total * total > _MOST_PAIRS:
        return None
    agree = " AND ".join(f"(a.q{i} = b.q{i} OR a.q{i} = '*' OR b.q{i} = '*')" for i in range(width))
    return _int(
        engine,
        f"SELECT min(n) FROM (SELECT a.class, sum(b.size) AS n FROM classes a JOIN classes b "  # noqa: S608
        f"ON {agree} WHERE NOT a.gone GROUP BY a.class)",
    )


def _diverse(found: Certificate, wanted: int) -> bool:
    if found.goal.l_kind == "entropy":
        return all(n >= wanted - 1e-9 for n in found.l_entropy.values())
    if found.goal.l_kind == "recursive":
        most = found.goal.c or 0.0
        return all(ratio is not None and ratio < most for ratio in found.l_ratio.values())
    return all(n >= wanted for n in found.l.values())


def _failures(found: Certificate) -> Iterator[Message]:
    goal = found.goal
    if found.rows and found.k < goal.k and found.suppressed_rows < found.rows:
        yield say("anonymizer.certificate.k_not_met", k=goal.k, found=found.k)
    if goal.l is not None and found.classes and not _diverse(found, goal.l):
        asked, fewest = named_l(goal.l, goal.l_kind, goal.c), min(found.l.values())
        yield say("anonymizer.certificate.l_not_met", goal=asked, fewest=fewest)
    farthest = max(found.t.values(), default=0.0)
    if goal.t is not None and farthest > goal.t + 1e-9:
        yield say("anonymizer.certificate.t_not_met", t=goal.t, farthest=farthest)
    if found.suppressed_rows > goal.max_suppression * found.rows + 1e-9:
        yield say("anonymizer.certificate.too_many_suppressed", rows=found.suppressed_rows)


def check_met(met: bool, certificate: Certificate) -> None:
    """Raise PlanError where a result may not leave: its plan or its certificate says so."""
    if met and certificate.passed:
        return
    why = Message(
        ja="".join(m.ja for m in certificate.failures),
        en="".join(f"{m.en} " for m in certificate.failures),
    )
    source = certificate.file
    raise PlanError.of("anonymizer.certificate.goal_not_met", source=source, why=why)


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
