"""Who reads the file that leaves, what each of them knows, and how many people they would find.

Measured on the written file, by the engine that read it back: nothing of the search is used here.
A unit (a person, a household) is found by what fewer than k units share.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.plan import Attacker, Plan, quoted
from anonymizer.release.published import Held, candidates, in_place
from core import Codes, Message, Table, beat, column_types, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Ints = npt.NDArray[np.int64]
SKEWED = 0.8
"""From this share on the commonest value of a class is told of everybody in it."""
_MOST_SETS = 400
"""Sets of columns that are counted: all threes of thirteen columns."""
_CHANCE = 6
"""Rows that stay in their place in a random order more often than this once in ten thousand."""


class Attack(BaseModel):
    """One reader of the file, and what they find in it."""

    model_config = ConfigDict(frozen=True)

    name: Attacker
    knows: Message
    """What the reader is taken to know, in a sentence."""
    in_force: bool
    """Whether the file must hold against this reader."""
    alone: int
    """Units that are told from all others."""
    below_k: int
    """Units that fewer than k share what is known with; those alone among them."""
    passed: bool
    mend: Message | None = None
    """What would stop this reader at least loss; None where nothing is to mend."""


@dataclass(frozen=True, eq=False)
class Aside:
    """What is known of a file and does not stand in it; arrays in the order of its rows."""

    owners: Codes | None = field(default=None, repr=False)
    """Whose row each is, shape (rows,); None where each row is a unit of its own."""
    places: Ints | None = field(default=None, repr=False)
    """Where each row stood in the source, shape (rows,); None where nobody reordered them."""
    published: Sequence[Table] = ()
    """Lists or releases that are out already."""
    hierarchies: Mapping[str, Hierarchy] = field(default_factory=dict)


class Readers:
    """The readers of one file: columns as codes in DuckDB, one `unit` a row."""

    def __init__(
        self,
        connection: "DuckDBPyConnection",
        held: Held,
        plan: Plan,
        aside: Aside,
    ) -> None:
        self.connection, self.plan, self.aside = connection, plan, aside
        self.held, self.names = held, list(held)
        self.rows = len(next(iter(held.values()))[1]) if held else 0
        unit = np.arange(self.rows) if aside.owners is None else aside.owners
        self.units = int(unit.max(initial=-1)) + 1
        self.count = "count(*)" if aside.owners is None else "count(DISTINCT unit)"
        self.place = {n: f"k{i}" for i, n in enumerate(self.names)}
        columns = {self.place[n]: pa.array(codes, pa.int32()) for n, (_, codes) in held.items()}
        connection.register("codes", pa.table(columns | {"unit": pa.array(unit, pa.int32())}))
        connection.execute("CREATE TABLE coded AS SELECT * FROM codes")
        self.quasi = [n for n in plan.quasi if n in self.place]
        seen = column_types.having("visible")
        shown = {s.column for s in plan.steps if (s.part or s.type) in seen}
        self.seen = [n for n in self.names if n in shown]

    def judge(self, skewed: Mapping[str, tuple[int, int]]) -> tuple[Attack, ...]:
        """Every reader in turn. `skewed` gives, per sensitive column, the units whose class is of
        one value, and those of whose class most is."""
        known = (self._of_recipients(), self._attack("algorithm", 0, 0))
        return (*self.of_rows(), *known, self._of_inference(skewed))

    def of_rows(self) -> tuple[Attack, ...]:
        """The readers of a table that nothing was done to: what they know, whatever its order."""
        known = [n for n in self.names if n not in self.plan.pseudonyms]
        two, three = (list(combinations(known, min(n, len(known)))) for n in (2, 3))
        return (
            self._by_sets("quasi", [tuple(self.quasi)], quoted(self.quasi)),
            self._by_sets("pairs", two),
            self._by_sets("triples", three),
            self._by_sets("visible", [tuple(self.seen)], quoted(self.seen)),
            *([self._of_published()] if self.aside.published else []),
        )

    def _attack(
        self,
        name: Attacker,
        alone: int,
        below: int,
        mend: Message | None = None,
        columns: Message | str = "",
    ) -> Attack:
        kind = name if columns or name not in ("quasi", "visible") else f"{name}_none"
        return Attack(
            name=name,
            knows=say(f"anonymizer.attackers.{kind}", columns=columns),
            in_force=name in self.plan.attackers,
            alone=alone,
            below_k=below,
            passed=not below,
            mend=mend if below else None,
        )

    def _by_sets(
        self, name: Attacker, sets: Sequence[tuple[str, ...]], columns: Message | str = ""
    ) -> Attack:
        """Readers who know the values of any one of some sets of columns."""
        sets = [s for s in sets if s][:_MOST_SETS]
        reach = np.full(self.units, np.iinfo(np.int64).max)
        told: list[tuple[tuple[str, ...], npt.NDArray[np.uint8]]] = []
        for names in sets:
            beat()
            units, sizes = self._few(names)
            if len(units):
                np.minimum.at(reach, units, sizes)
                mine = np.zeros(self.units, bool)
                mine[units] = True
                told.append((names, np.packbits(mine)))
            if (reach == 1).all():
                break
        below = int((reach < self.plan.k).sum())
        mend = self._mend(name, told) if below else None
        return self._attack(name, int((reach == 1).sum()), below, mend, columns)

    def _few(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        """The units that fewer than k share the values of some columns with, and how many do."""
        columns = ", ".join(self.place[n] for n in names)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE few AS SELECT {columns}, {self.count} AS n "  # noqa: S608
            f"FROM coded GROUP BY ALL HAVING n < {self.plan.k}"
        )
        if not self.connection.execute("SELECT n FROM few LIMIT 1").fetchall():
            return np.empty(0, np.int64), np.empty(0, np.int64)
        found = self.connection.execute(
            f"SELECT unit, min(n) AS n FROM coded JOIN few USING ({columns}) GROUP BY unit"  # noqa: S608
        ).fetchnumpy()
        return np.asarray(found["unit"], np.int64), np.asarray(found["n"], np.int64)

    def _mend(
        self, name: Attacker, told: Sequence[tuple[tuple[str, ...], npt.NDArray[np.uint8]]]
    ) -> Message:
        """The column without which fewest are found, and how many that leaves."""
        if name == "quasi":
            return say("anonymizer.attackers.mend_quasi")
        best: tuple[int, str] | None = None
        for column in dict.fromkeys(n for names, _ in told for n in names):
            left = np.zeros(-(-self.units // 8), np.uint8)
            for names, units in told:
                rest = tuple(n for n in names if n != column)
                if column not in names:
                    left |= units
                elif name == "visible" and rest:
                    mine = np.zeros(self.units, bool)
                    mine[self._few(rest)[0]] = True
                    left |= np.packbits(mine)
            count = int(np.unpackbits(left).sum())
            if best is None or count < best[0]:
                best = (count, column)
        count, column = best or (0, "")
        return say("anonymizer.attackers.mend_column", column=column, left=count)

    def _of_published(self) -> Attack:
        """Readers with a list that is out: who on it meets too few units, by value or by place."""
        alone = below = 0
        shared: list[str] = []
        for table in self.aside.published:
            names = [n for n in self.names if n in table]
            shared += names
            if not names:
                continue
            kinds = {s.column: s.part or s.type for s in self.plan.steps}
            held = {n: self.held[n] for n in names}
            unit = self.aside.owners
            sizes = candidates(table, held, kinds, self.aside.hierarchies, unit)
            alone += int((sizes == 1).sum())
            below += int(((sizes > 0) & (sizes < self.plan.k)).sum())
            placed = in_place(table, held, kinds, self.aside.hierarchies)
            alone, below = alone + placed, below + placed
        names = list(dict.fromkeys(shared))
        mend = say("anonymizer.attackers.mend_published", columns=quoted(names))
        return self._attack("published", alone, below, mend, quoted(names))

    def _of_recipients(self) -> Attack:
        """Readers with another recipient's file: the order of rows, and histories of pseudonyms."""
        places, k = self.aside.places, self.plan.k
        if places is None and self.rows > 1:
            mend = say("anonymizer.attackers.mend_order")
            return self._attack("recipient", self.units, self.units, mend)
        kept = 0 if places is None else int((places == np.arange(self.rows)).sum())
        if kept > _CHANCE:
            mend = say("anonymizer.attackers.mend_order")
            return self._attack("recipient", kept, kept, mend)
        codes = [name for name in self.plan.pseudonyms if name in self.place]
        alone = below = 0
        for column in codes:
            sizes = self._histories(column)
            alone = max(alone, int((sizes == 1).sum()))
            below = max(below, int((sizes < k).sum()))
        mend = say("anonymizer.attackers.mend_histories", columns=quoted(codes))
        return self._attack("recipient", alone, below, mend)

    def _histories(self, column: str) -> Ints:
        """For each code with several rows, how many codes have all their rows alike."""
        others = [self.place[n] for n in self.names if n != column] or ["0"]
        found = self.connection.execute(
            f"""WITH told AS (
                SELECT list_sort(list(hash({", ".join(others)}))) AS h, count(*) AS n
                FROM coded GROUP BY {self.place[column]}
            ) SELECT t.s FROM (SELECT n, count(*) OVER (PARTITION BY h) AS s FROM told) t
            WHERE t.n > 1"""  # noqa: S608
        ).fetchnumpy()["s"]
        return np.asarray(found, np.int64)

    def _of_inference(self, skewed: Mapping[str, tuple[int, int]]) -> Attack:
        alone = max((one for one, _ in skewed.values()), default=0)
        below = max((most for _, most in skewed.values()), default=0)
        worst = quoted(n for n, (_, most) in skewed.items() if most)
        return self._attack(
            "inference", alone, below, say("anonymizer.attackers.mend_inference", columns=worst)
        )


def attacks_on(table: Table, plan: Plan, aside: Aside) -> tuple[Attack, ...]:
    """Who would be found in a table as it is, the plan saying what readers know."""
    import duckdb  # 24 MB that a review does without

    held = {c.key: (c.texts, c.codes) for c in table}
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET temp_directory = ''")
        return Readers(connection, held, plan, aside).of_rows()


def reader_name(name: Attacker) -> Message:
    """What a reader is called."""
    return say(f"anonymizer.attackers.name_{name}")


def not_held(attacks: Sequence[Attack]) -> Iterator[Message]:
    """Against whom a file does not hold, and how many people they would find."""
    for attack in attacks:
        if not attack.passed:
            numbers = {"alone": attack.alone, "below": attack.below_k}
            yield say("anonymizer.attackers.not_held", name=reader_name(attack.name), **numbers)
