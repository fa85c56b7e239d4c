"""The certificate: who can be found in the file that leaves, measured by another engine.

Nothing of the search or of the counting is used here. The written file is read back and counted by
DuckDB, with the queries of `certificate.sql`.
"""

import codecs
import csv
import hashlib
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv
from pydantic import BaseModel, ConfigDict
from python_calamine import CalamineWorkbook

from anonymizer.records.plan import LKind, Plan, named_l
from anonymizer.release.attackers import SKEWED, Aside, Attack, Readers, not_held
from anonymizer.release.write import neutral
from core import Codes, Message, PlanError, Progress, beat, each, inherited, say, watchable
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


class UnitCount(BaseModel):
    """Whose rows they are."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[str, ...]
    """What told units apart in the source; in the file it need not stand any more."""
    units: int


class Certificate(BaseModel):
    """What the written file was found to satisfy."""

    model_config = ConfigDict(frozen=True)

    file: str
    sha256: str
    plan_sha256: str
    engine: str
    rows: int
    unit: UnitCount
    columns: tuple[str, ...]
    quasi: tuple[str, ...]
    """Quasi-identifiers that are in the file; those the plan dropped are not."""
    goal: Goals
    classes: int
    k: int
    """Smallest class in units, wholly suppressed rows left out and `*` a value of its own."""
    k_all_rows: int
    """The same with the suppressed rows as one class more."""
    k_wildcard: int | None
    """The same with `*` matching any value; None where there are too many classes to compare, or
    units have several rows."""
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
    attackers: tuple[Attack, ...] = ()
    """Who may read the file, and what each would find."""
    passed: bool
    """Whether the goal is met and every reader in force fails."""
    failures: tuple[Message, ...] = ()


@watchable
def certify(
    path: str | Path, plan: Plan, aside: Aside | None = None, *, progress: Progress = inherited
) -> Certificate:
    """Read a written file (CSV or XLSX) again and measure it against the plan's goal.

    `aside` is what does not stand in the file: whose row each is, and where it stood; without it
    the order counts as known. Raises PlanError where the file is not the plan's, or where the plan
    is about units and nothing says whose row each is.
    """
    target = Path(path)
    return certify_content(target.name, target.read_bytes(), plan, aside, progress=progress)


@watchable
def certify_content(
    name: str,
    content: bytes,
    plan: Plan,
    aside: Aside | None = None,
    *,
    progress: Progress = inherited,
) -> Certificate:
    """As `certify`, for a file that is in memory and must stay there."""
    import duckdb  # 24 MB that a review does without

    with duckdb.connect(":memory:") as connection:
        connection.execute("SET temp_directory = ''")
        columns, cells = _load(name, content)
        aside = aside or Aside()
        _take_in(connection, cells, aside.owners)
        engine = _Engine(connection, aside.owners is not None)
        progress(0.3)
        safe = {neutral(name): name for name in plan.columns}
        if any(c not in safe for c in columns):
            raise PlanError.of("anonymizer.certificate.not_the_plans_file", source=name)
        kept = {safe[c]: f"c{i}" for i, c in enumerate(columns)}
        found, skewed = _measure(engine, (name, content), plan, tuple(columns), kept)
        progress(0.5)
        coded = [cells.column(i).combine_chunks().dictionary_encode() for i in range(len(columns))]
        held = {
            safe[name]: (column.dictionary.to_pylist(), column.indices.to_numpy())
            for name, column in zip(columns, coded, strict=True)
        }
        attacks = Readers(connection, held, plan, aside).judge(skewed)
        found = found.model_copy(update={"attackers": attacks})
    failures = tuple(_failures(found))
    return found.model_copy(update={"passed": not failures, "failures": failures})


class _Engine:
    """The queries of `certificate.sql` on one file."""

    def __init__(self, connection: "DuckDBPyConnection", several: bool) -> None:
        self.connection, self.queries = connection, _queries()
        self.units = "count(DISTINCT unit)" if several else "count(*)"

    def row(self, query: str, **fields: object) -> tuple[float, ...]:
        """The first row of a query's result, 0 where it has nothing to count."""
        beat()
        found = self.connection.execute(
            self.queries[query].format(units=self.units, **fields)
        ).fetchall()
        return tuple(n or 0 for n in (found[0] if found else ()))

    def number(self, query: str, **fields: object) -> float:
        """The first number of a query's result."""
        return float(self.row(query, **fields)[0])


@cache
def _queries() -> dict[str, str]:
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    return dict(re.findall(r"^-- (\w+)(?:: .*)?\n((?:.+\n)+)", text, re.MULTILINE))


def _load(name: str, content: bytes) -> tuple[list[str], pa.Table]:
    """The headers, and every cell as text in columns c0, c1 …"""
    if name.lower().endswith(".xlsx"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        header = [str(x) for x in rows[0]]
        cells = [[str(row[i]) for row in rows[1:]] for i in range(len(header))]
        made = pa.table({f"c{i}": pa.array(texts, pa.string()) for i, texts in enumerate(cells)})
    else:
        text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
        header = next(csv.reader(text))
        names = [f"c{i}" for i in range(len(header))]
        made = arrow_csv.read_csv(
            io.BytesIO(content.removeprefix(codecs.BOM_UTF8)),
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        ).slice(1)
    return header, made


def _take_in(connection: "DuckDBPyConnection", cells: pa.Table, owners: Codes | None) -> None:
    unit = np.arange(cells.num_rows) if owners is None else owners
    if len(unit) != cells.num_rows:
        raise PlanError.of("anonymizer.certificate.not_the_plans_rows")
    connection.register("file", cells.append_column("unit", pa.array(unit, pa.int32())))
    connection.execute("CREATE TABLE data AS SELECT * FROM file")


def _measure(
    engine: _Engine,
    file: tuple[str, bytes],
    plan: Plan,
    columns: tuple[str, ...],
    kept: Mapping[str, str],
) -> tuple[Certificate, dict[str, tuple[int, int]]]:
    """The certificate of a file in `data`, not yet judged, and what its classes give away.

    `kept` gives the name of each column.
    """
    quasi = [name for name in plan.quasi if name in kept]
    names = [f"q{i}" for i in range(len(quasi))]
    keys = ", ".join(
        f"coalesce({kept[column]}, '') AS {q}" for column, q in zip(quasi, names, strict=True)
    )
    keys, listed = keys or "'' AS q0", ", ".join(names) or "q0"
    starred = " AND ".join(f"{q} = '*'" for q in names) or "FALSE"
    engine.row("classes", keys=keys, starred=starred)
    rows, gone, k, classes, k_all_rows, every = map(int, engine.row("sizes"))
    k_wildcard: int | None = 0
    several = engine.units != "count(*)"
    if classes and (every**2 > _MOST_PAIRS or several):
        k_wildcard = None
    elif classes:
        same = (f"(a.{q} = b.{q} OR a.{q} = '*' OR b.{q} = '*')" for q in names)
        k_wildcard = int(engine.number("wildcard", agree=" AND ".join(same) or "TRUE"))
    spreads = {
        name: _spread(engine, kept[name], keys, listed, plan.l or 1)
        for name in plan.sensitive
        if name in kept and name not in quasi
    }
    ratios = {name: s.ratio if math.isfinite(s.ratio) else None for name, s in spreads.items()}
    units = int(engine.number("unit_count"))
    skewed = {name: s.skewed for name, s in spreads.items()}
    return Certificate(
        file=file[0],
        sha256=hashlib.sha256(file[1]).hexdigest(),
        plan_sha256=hashlib.sha256(plan.to_yaml().encode()).hexdigest(),
        engine=f"DuckDB {version('duckdb')}",
        rows=rows,
        unit=UnitCount(columns=plan.unit, units=units),
        columns=columns,
        quasi=tuple(quasi),
        goal=Goals(**{name: getattr(plan, name) for name in Goals.model_fields}),
        classes=classes,
        k=k,
        k_all_rows=k_all_rows,
        k_wildcard=k_wildcard,
        suppressed_rows=gone,
        l={name: s.fewest for name, s in spreads.items()},
        l_entropy={name: s.entropy for name, s in spreads.items()},
        l_ratio=ratios if plan.l is not None and plan.l_kind == "recursive" else {},
        t={name: s.farthest for name, s in spreads.items()},
        t_ordered=tuple(name for name, s in spreads.items() if s.ordered),
        passed=False,
    ), skewed


class _Spread(NamedTuple):
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
    skewed: tuple[int, int]
    """Units in classes of one value, and in classes that mostly have one."""


def _spread(engine: _Engine, column: str, keys: str, listed: str, l: int) -> _Spread:  # noqa: E741
    """Measure one sensitive column.

    The distance of ordered values is the earth mover's over their ranks; else all values are
    equally far apart.
    """
    engine.row("pairs", column=column, keys=keys, listed=listed)
    engine.row("whole", column=column)
    fewest = int(engine.number("fewest"))
    entropy = math.exp(engine.number("entropy"))
    ratio = engine.number("ratio", l=l) if fewest >= l else math.inf
    one, most = engine.row("skewed", most=SKEWED)
    skewed = (int(one), int(most))
    held = engine.connection.execute("SELECT value FROM whole").fetchall()
    values = [str(row[0]) for row in held]
    ranks = _ranks(values)
    if ranks is None:
        return _Spread(fewest, entropy, ratio, engine.number("equal"), False, skewed)
    levels = max(ranks, default=0) + 1
    farthest = 0.0
    if levels > 1:
        table = pa.table({"value": values, "rank": pa.array(ranks, pa.int64())})
        engine.connection.register("ranks", table)
        engine.row("steps", levels=levels)
        farthest = max(0.0, engine.number("ordered", levels=levels))
    return _Spread(fewest, entropy, ratio, farthest, True, skewed)


def _ranks(values: Sequence[str]) -> list[int] | None:
    """Places of numbers, or of dates, in their order; None where some value is neither.

    >>> _ranks(["20", "100", "3"]), _ranks(["重度", "3"])
    ([1, 2, 0], None)
    """

    def day(text: str) -> float | None:
        reading = read_date(text)
        return reading.date.toordinal() if reading else None

    for read in (read_place, day):
        found = [read(value) for value in each(values)]
        numbers = [n for n in found if n is not None]
        if len(numbers) == len(found):
            place = {n: i for i, n in enumerate(sorted(set(numbers)))}
            return [place[n] for n in numbers]
    return None


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
    for name, aim, measured in (("l", goal.l, found.l), ("t", goal.t, found.t)):
        if aim is not None and not measured:
            yield say("anonymizer.certificate.nothing_to_measure", goal=name)
    if goal.l is not None and found.classes and found.l and not _diverse(found, goal.l):
        asked, fewest = named_l(goal.l, goal.l_kind, goal.c), min(found.l.values())
        yield say("anonymizer.certificate.l_not_met", goal=asked, fewest=fewest)
    farthest = max(found.t.values(), default=0.0)
    if goal.t is not None and farthest > goal.t + 1e-9:
        yield say("anonymizer.certificate.t_not_met", t=goal.t, farthest=farthest)
    if found.suppressed_rows > goal.max_suppression * found.rows + 1e-9:
        yield say("anonymizer.certificate.too_many_suppressed", rows=found.suppressed_rows)
    yield from not_held([a for a in found.attackers if a.in_force and a.name != "quasi"])


def check_met(met: bool, certificate: Certificate) -> None:
    """Raise PlanError where a result may not leave: its plan or its certificate says so."""
    if not (met and certificate.passed):
        failures = certificate.failures
        why = Message(ja="".join(m.ja for m in failures), en="".join(f"{m.en} " for m in failures))
        source = certificate.file
        raise PlanError.of("anonymizer.certificate.goal_not_met", source=source, why=why)
