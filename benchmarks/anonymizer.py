"""Granularity, time and memory of the searches on the Adult benchmark.

`python -m benchmarks.anonymizer [DIRECTORY]`: the directory holds `adult.csv` and its ARX
hierarchies; by default `shared/data/adult` beside the checkout. Figures of other tools are quoted
from the project's reference page "Making it safe" (ARX 3.9.2 and others, on another machine): they
were not run here.
"""

import csv
import io
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from anonymizer import (
    Goal,
    Hierarchy,
    Plan,
    Readings,
    Step,
    apply,
    load_hierarchies,
    preview,
    propose,
)
from anonymizer.records.recoding import granularity
from anonymizer.search.constraint import Constraint, Sensitive
from anonymizer.search.full_domain import find_optimum
from anonymizer.search.local import recode_locally
from core import ColumnReport, ColumnType, Message, Operation, Role, Support, Table
from measure import code, count_classes

EIGHT = (
    "sex", "age", "race", "marital-status", "education", "native-country", "workclass",
    "occupation",
)  # fmt: skip
DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "adult"
T = TypeVar("T")
Search = tuple[np.ndarray, np.ndarray, list[Hierarchy], list[Sensitive]]


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result and the best of three times, in seconds."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return found, best


def read_adult(folder: Path) -> Table:
    """The benchmark table."""
    with (folder / "adult.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file, delimiter=";")
    return Table.of(list(zip(header, zip(*rows, strict=True), strict=True)))


def searched(
    table: Table, trees: dict[str, Hierarchy], names: tuple[str, ...], sensitive: str | None = None
) -> Search:
    """Distinct combinations as leaf numbers, their rows, and the hierarchies."""
    coded = [code(table[name]) for name in (*names, *([sensitive] if sensitive else []))]
    classes = count_classes(coded)
    first = classes.first_rows()
    leaves = [
        np.array([trees[name].places[x] for x in c.labels], np.int32)[c.codes[first]]
        for name, c in zip(names, coded, strict=False)
    ]
    columns = [Sensitive(c.codes[first], c.counts / table.rows) for c in coded[len(names) :]]
    return np.stack(leaves, axis=1), classes.sizes, [trees[name] for name in names], columns


def kept(loss: float, trees: list[Hierarchy]) -> float:
    """Granularity from a mean share."""
    return granularity([(loss, len(tree.leaves)) for tree in trees])


def million(table: Table, seed: int = 0) -> bytes:
    """Rows drawn with replacement, then 5 % of the cells redrawn from their own column, as CSV."""
    random = np.random.default_rng(seed)
    rows = random.integers(0, table.rows, 1_000_000)
    columns = []
    for column in table:
        codes = column.codes[rows]
        hit = np.flatnonzero(random.random(len(codes)) < 0.05)
        codes[hit] = column.codes[random.integers(0, table.rows, len(hit))]
        columns.append(column.values.take(pa.array(codes)))
    out = io.BytesIO()
    pacsv.write_csv(pa.table(dict(zip(table.keys, columns, strict=True))), out)
    return out.getvalue()


def read_million(content: bytes) -> Table:
    """A CSV in memory as dictionary-coded columns."""
    kinds = dict.fromkeys((*EIGHT, "salary-class"), pa.dictionary(pa.int32(), pa.string()))
    read = pacsv.read_csv(
        io.BytesIO(content), convert_options=pacsv.ConvertOptions(column_types=kinds)
    )
    return Table.from_arrow(read.column_names, read.columns)


def residents(rows: int = 100_000, seed: int = 0) -> tuple[Table, list[ColumnReport]]:
    """People whose addresses are nearly all different, with how their columns are seen."""
    random = np.random.default_rng(seed)
    chosen = ["会社員", "公務員", "看護師", "教員", "農業", "無職", "学生", "運転手", "介護士"]
    names = ("栄町", "本町", "緑町", "桜町", "旭町", "泉町", "大手町", "新町")
    towns = [f"名古屋市{ward}区{name}" for ward in "中東北西南港緑" for name in names]

    def draw(values: list[str]) -> list[str]:
        return [values[i] for i in random.integers(0, len(values), rows)]

    numbers = random.integers(1, 40, (rows, 3)).tolist()
    homes = [
        f"{town}{a}丁目{b}番{c}号" for town, (a, b, c) in zip(draw(towns), numbers, strict=True)
    ]
    births = np.datetime64("1924-01-01") + random.integers(0, 36_500, rows)
    columns = {
        "生年月日": (births.astype(str).tolist(), "birth_date", Role.QUASI_IDENTIFIER),
        "性別": (draw(["男", "女"]), "sex", Role.QUASI_IDENTIFIER),
        "住所": (homes, "address", Role.QUASI_IDENTIFIER),
        "職業": (draw(chosen), "occupation", Role.QUASI_IDENTIFIER),
        "年収": ([str(int(n)) for n in random.lognormal(15, 0.6, rows)], "income", Role.SENSITIVE),
    }
    reports = [
        ColumnReport(name=name, position=i, type=ColumnType(kind), role=role, confidence=1,
                     support=Support(n=1, of=1), why=Message(ja="", en=""))
        for i, (name, (_, kind, role)) in enumerate(columns.items(), 1)
    ]  # fmt: skip
    return Table.of({name: values for name, (values, _, _) in columns.items()}), reports


def slide() -> None:
    """A cold proposal, then changes of k and of a width, on 100,000 residents."""
    table, reports = residents()
    readings = Readings()
    told: list[float] = []
    start = time.perf_counter()
    options = propose(
        table, reports, Goal(k=5), readings=readings,
        progress=lambda share: told.append(time.perf_counter()),
    )  # fmt: skip
    end = time.perf_counter()
    longest = max(b - a for a, b in pairwise([start, *told, end]))
    print(f"propose for 100,000 residents, cold: {end - start:.2f} s, "
          f"at most {longest:.2f} s until it hears that it is stopped")  # fmt: skip
    for option in options[:2]:
        for said, change in (
            ("width", option.plan.change("生年月日", Operation.BAND, 5)),
            ("k", option.plan.model_copy(update={"k": 10})),
        ):
            start = time.perf_counter()
            preview(table, change, reports, readings=readings)
            print(f"another {said}, {option.plan.mode}: {time.perf_counter() - start:.2f} s")


def main(folder: Path) -> None:
    """Print every figure."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    table, trees = read_adult(folder), load_hierarchies(folder)
    leaves, weights, used, _ = searched(table, trees, EIGHT)
    local, seconds = timed(lambda: recode_locally(leaves, weights, used, Constraint(5), 0))
    print(f"local, k = 5: {kept(local.loss, used):.5f}, no row lost, {seconds:.2f} s "
          "[quoted: ARX 0.92219, 1.26 s]")  # fmt: skip
    for limit, quoted in ((0.05, "0.69999, 0.41 s"), (1.0, "0.75891"), (0.0, "0.28589")):
        best, seconds = timed(
            lambda limit=limit: find_optimum(leaves, weights, used, Constraint(5), limit)
        )
        print(f"full-domain, at most {limit:.0%} suppressed: {kept(best.loss, used):.5f} at "
              f"{best.levels}, proved: {best.proved}, {best.evaluated} of {best.nodes} nodes, "
              f"{seconds:.2f} s [quoted: ARX {quoted}]")  # fmt: skip
    names = (*EIGHT[:-1], "salary-class")
    leaves, weights, used, columns = searched(table, trees, names, "occupation")
    goal = Constraint(5, 3, None, columns)
    best, seconds = timed(lambda: find_optimum(leaves, weights, used, goal, 0.05))
    print(f"with 3 occupations per class, 5 %: {kept(best.loss, used):.5f}, {seconds:.2f} s "
          "[quoted: ARX 0.79765]")  # fmt: skip
    content = million(table)
    steps = tuple(Step(column=name, operation=Operation.GENERALIZE, parameter=0) for name in EIGHT)
    plan = Plan(steps=steps, quasi=EIGHT, k=5, mode="local")
    start = time.perf_counter()
    large = read_million(content)
    loaded = time.perf_counter()
    done = apply(large, plan, hierarchies=trees)
    end = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"a million rows, local: {done.granularity:.5f}, {end - start:.2f} s with loading "
          f"({end - loaded:.2f} s to apply), {memory:.0f} MB "
          "[quoted: ARX 0.9670, 3.2 s]")  # fmt: skip
    part = read_million(content[: content.find(b"\n", 5_600_000)])
    start = time.perf_counter()
    options = propose(part, [], Goal(k=5), hierarchies=trees, quasi=EIGHT)
    print(f"propose for {part.rows} rows: {time.perf_counter() - start:.2f} s")
    readings = Readings()
    for option in options[:2]:
        plan = option.plan
        preview(part, plan, hierarchies=trees, readings=readings)
        wider = plan.change("age", Operation.GENERALIZE, 2)
        stricter = plan.model_copy(update={"k": 10})
        for said, change in (("level", wider), ("k", stricter)):
            start = time.perf_counter()
            preview(part, change, hierarchies=trees, readings=readings)
            print(f"another {said}, {plan.mode}: {time.perf_counter() - start:.2f} s")
    slide()
    start = time.perf_counter()
    report = ColumnReport(
        name="age", position=1, type=ColumnType.AGE, role=Role.QUASI_IDENTIFIER, confidence=1,
        support=Support(n=1, of=1), why=Message(ja="", en=""),
    )  # fmt: skip
    found = propose(table, [report], Goal(k=5, mode="mondrian"), hierarchies=trees, quasi=EIGHT)
    print(f"mondrian, k = 5, among its alternatives: {found[0].preview.loss.granularity:.5f}, "
          f"{time.perf_counter() - start:.2f} s")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
