"""Unusual cells: what is planted must be found, and little else be said.

`python -m benchmarks.cells [ROWS …] [--seeds N] [--lists FOLDER] [--mistakes]`, 1 where a goal is
missed. A register of residents as an office keeps it: running numbers with and without a prefix,
numbers that hold a date or a check digit, real names of towns, buildings, schools and shops, some
with full-width letters, and foreign names. Into one column each, a few cells are planted: rare
values in 1 to 20 rows, wrong widths, broken forms, impossible dates and amounts. What is counted
is what stands in `cells` with every cell listed, lone combinations apart, which are told as one
cause; `causes` a column are what people read.

With `--lists` every table of a folder is read as it is, nothing planted: the causes there are
printed, for people to judge.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import intake
from core import CellKind, Dataset, Table, yaml12
from rules import Inspection, Settings, inspect

FOUND, ALARMS, CAUSES = 0.97, 1.5, 1.5
"""Goals: the share of the planted that is found; alarmed cells for each planted cell, and causes
for each planted cause, at most."""
WORDS: dict[str, list[str]] = yaml12.load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
HALF = str.maketrans("サトウスズキタカハシナイワベヤマモムラ", "ｻﾄｳｽｽｷﾀｶﾊｼﾅｲﾜﾍﾔﾏﾓﾑﾗ")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
Plant = Callable[[random.Random, str], str]


def _wide(_: random.Random, text: str) -> str:
    return text.translate(WIDE)


def _choice(*texts: str) -> Plant:
    return lambda chance, _: chance.choice(texts)


def _check_digit(body: str) -> str:
    """Luhn, as on a library card."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def _other_check(chance: random.Random, text: str) -> str:
    return text[:-1] + str((int(text[-1]) + chance.randint(1, 9)) % 10)


def _zipf(chance: random.Random, kinds: list[str], rows: int, steep: float) -> list[str]:
    weights = [1 / (place + 1) ** steep for place in range(len(kinds))]
    return chance.choices(kinds, weights, k=rows)


def _day(chance: random.Random, first: date, days: int) -> date:
    return first + timedelta(days=chance.randrange(days))


def columns(chance: random.Random, rows: int) -> dict[str, list[str]]:
    """The register before anything is planted."""
    born = date(1930, 1, 1)
    readings, first = WORDS["readings"], WORDS["first"]
    shops = [
        f"{s}{kind}"
        for s in WORDS["surnames"] + WORDS["towns"]
        for kind in ("商店", "書店", "ベーカリー", "薬局")
    ]
    names = [
        f"{chance.choice(WORDS['surnames'])}　{chance.choice(WORDS['given'])}" for _ in range(rows)
    ]
    for row in chance.sample(range(rows), rows // 100):
        names[row] = chance.choice(WORDS["abroad"]).replace(" ", "　")
    return {
        "連番": [str(n + 1) for n in range(rows)],
        "申請番号": [f"福-{n + 1}" for n in range(rows)],
        "受付番号": [
            f"{date(2024, 4, 1) + timedelta(days=n // 40):%Y%m%d}-{n % 40 + 1:03}"
            for n in range(rows)
        ],
        "利用者カード番号": [
            (body := str(2_600_000 + 3 * n)) + _check_digit(body) for n in range(rows)
        ],
        "氏名": names,
        "フリガナ": [f"{chance.choice(readings)} {chance.choice(first)}" for _ in range(rows)],
        "生年月日": [f"{_day(chance, born, 34_000):%Y-%m-%d}" for _ in range(rows)],
        "町名": _zipf(chance, [*WORDS["towns"][1:], WORDS["towns"][0]], rows, 0.7),
        "学校名": _zipf(chance, WORDS["schools"], rows, 0.6),
        "よく行く店": _zipf(chance, shops, rows, 1.1),
        "病名": _zipf(chance, WORDS["illnesses"], rows, 0.8),
        "国籍": chance.choices(WORDS["nations"], [860, 20, 20, 20, 20, 20, 20, 20], k=rows),
        "職業": _zipf(chance, WORDS["jobs"], rows, 0.5),
        "異動事由": _zipf(chance, WORDS["events"], rows, 0.6),
        "世帯所得": [str(int(chance.lognormvariate(15, 0.6)) // 1000 * 1000) for _ in range(rows)],
        "身長": [f"{chance.gauss(162, 8):.1f}" for _ in range(rows)],
        "電話番号": [
            f"087-{chance.randint(800, 899)}-{chance.randint(0, 9999):04}" for _ in range(rows)
        ],
        "郵便番号": [f"760-{chance.randint(1, 99):04}" for _ in range(rows)],
        "交付日": [f"{_day(chance, date(2022, 4, 1), 1000):%Y/%m/%d}" for _ in range(rows)],
    }  # fmt: skip


SINGLE: dict[str, tuple[Plant, ...]] = {
    "連番": (_choice("9999999"), _choice("12-4", "3のイ"), _wide),
    "申請番号": (_choice("福X14", "福-", "15"), _wide),
    "受付番号": (_choice("20241345-003", "20240231-011"), lambda _, t: t[:-1]),
    "利用者カード番号": (_other_check, lambda _, t: t[1:]),
    "フリガナ": (lambda _, t: t.translate(HALF), _choice("不破 三郎")),
    "氏名": (lambda _, t: t.replace("　", " "), _choice("髙〓　凛")),
    "生年月日": (_choice("1874-05-01", "2091-03-03"), _choice("1985-02-30", "S60.2.3")),
    "世帯所得": (lambda _, t: t + "000", lambda _, t: "-" + t),
    "身長": (_choice("1620", "1.62"), _choice("不明", "測定不能")),
    "電話番号": (_choice("087-8X1-2345", "087-811-234"), _wide),
    "郵便番号": (_choice("7600-012", "760-01"), _wide),
    "交付日": (_choice("2203/05/01", "1923/06/01"), _choice("2023/13/01", "9999/99/99")),
}
"""Ways to spoil a cell; each is a cause of its own."""
RARE = {
    "病名": WORDS["rare_illnesses"],
    "国籍": WORDS["rare_nations"],
    "職業": WORDS["rare_jobs"],
    "異動事由": WORDS["rare_events"],
}


@dataclass
class Planted:
    """A register, and which of its cells were planted: (row from 1, column)."""

    table: Table
    cells: set[tuple[int, str]] = field(default_factory=set)
    causes: int = 0


def build(rows: int, seed: int) -> Planted:
    """A register of so many rows; the same seed gives the same one."""
    chance = random.Random(seed)
    texts = columns(chance, rows)
    cells: set[tuple[int, str]] = set()

    def put(column: str, plant: Plant, times: int) -> None:
        for row in chance.sample(range(rows), times):
            if (row + 1, column) not in cells:
                texts[column][row] = plant(chance, texts[column][row])
                cells.add((row + 1, column))

    causes = 0
    for column, plants in SINGLE.items():
        for plant in plants:
            put(column, plant, chance.randint(1, 3))
            causes += 1
    most = min(20, rows // 200)
    for column, values in RARE.items():
        for value in chance.sample(values, 2):
            put(column, _choice(value), chance.randint(1, most))
        causes += 1
    return Planted(Table.of(texts), cells, causes)


@dataclass
class Score:
    """How much was found, and what else was said."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)

    def add(self, planted: Planted, seen: Inspection) -> None:
        """One register."""
        said = [n for n in seen.select() if n.kind is not CellKind.RARE_COMBINATION]
        places = {(n.row, n.column) for n in said}
        texts = planted.table
        self.counts["planted"] += len(planted.cells)
        self.counts["found"] += len(planted.cells & places)
        self.counts["alarms"] += len(said)
        self.counts["planted causes"] += planted.causes
        self.counts["causes"] += sum(a.kind is not CellKind.RARE_COMBINATION for a in seen.alarms)
        for row, column in planted.cells - places:
            held = texts[column]
            self.missed[f"{column}: {held.texts[held.codes[row - 1]]}"] += 1
        for n in said:
            if (n.row, n.column) not in planted.cells:
                held = texts[n.column]
                self.extra[f"{n.column} {n.kind}: {held.texts[held.codes[n.row - 1]]}"] += 1

    def share(self, part: str, of: str) -> float:
        """One count by another."""
        return self.counts[part] / max(1, self.counts[of])

    def told(self) -> str:
        """The figures in one line."""
        return (
            f"planted {self.counts['planted']}, found {self.share('found', 'planted'):.1%}, "
            f"alarmed cells each {self.share('alarms', 'planted'):.2f}, "
            f"causes each {self.share('causes', 'planted causes'):.2f}"
        )

    @property
    def passed(self) -> bool:
        """Whether every goal is reached."""
        return (
            self.share("found", "planted") >= FOUND
            and self.share("alarms", "planted") <= ALARMS
            and self.share("causes", "planted causes") <= CAUSES
        )


def lists(folder: Path) -> Iterator[tuple[str, Inspection]]:
    """What is seen in each readable table of a folder."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".csv", ".xlsx", ".xls"):
            continue
        try:
            datasets = intake.read([intake.Upload(path.name, path.read_bytes())])
        except intake.InputError:
            continue
        yield from ((path.name, inspect(dataset)) for dataset in datasets)


def main() -> int:
    """Print the figures for each size; 1 where one misses a goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000, 5_000, 20_000])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--lists", type=Path, metavar="FOLDER")
    parser.add_argument("--mistakes", action="store_true")
    asked = parser.parse_args()
    failed = False
    for rows in asked.rows:
        score = Score()
        for seed in range(1, asked.seeds + 1):
            planted = build(rows, seed)
            dataset = Dataset("residents", planted.table)
            score.add(planted, inspect(dataset, Settings(cells_limit=None)))
        failed |= not score.passed
        print(f"{rows:>8,} rows × {asked.seeds}: {score.told()}")
        if asked.mistakes:
            for name, counter in (("missed", score.missed), ("extra", score.extra)):
                print("\n".join(f"  {n:5} {name} {what}" for what, n in counter.most_common(60)))
    if asked.lists:
        for name, seen in lists(asked.lists):
            for cause in seen.alarms:
                print(f"{name}: {cause.column.key} {cause.rule} ({cause.total:,} of {seen.rows:,})")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
