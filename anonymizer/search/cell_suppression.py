"""Suppressing cells until nobody stands out by any few columns, whatever those columns are for.

Quasi-identifiers are recoded together and are safe together. A reader may know something else: an
amount and a town, what anyone can see of a person, a date and an illness. Every set of columns that
such a reader may know is counted here, and where fewer than k units share its values, cells of the
columns that are no quasi-identifiers become `*`, as few as will do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from anonymizer.records.fields import star_rows
from anonymizer.records.plan import Attacker, Plan
from anonymizer.search.constraint import Mask
from core import Codes, Column, column_types
from measure import STAR, Classes, Integers, combine, group, in_units

Sets = Sequence[tuple[str, ...]]
_ROUNDS = 20
"""Rounds after which hardly a cell is left to suppress; each can only add stars."""


def visible(plan: Plan, columns: Collection[str]) -> tuple[str, ...]:
    """The columns that show what anyone can see of a person, whatever role they have."""
    seen = column_types.having("visible")
    shown = {s.column for s in plan.steps if (s.part or s.type) in seen}
    return tuple(name for name in columns if name in shown)


def known_sets(
    attackers: Collection[Attacker], columns: Sequence[str], seen: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """The sets of columns that the readers in force may know, smaller ones first.

    >>> list(known_sets(["pairs"], ["区", "額"], []))
    [('区',), ('額',), ('区', '額')]
    """
    largest = 3 if "triples" in attackers else 2 if "pairs" in attackers else 0
    for size in range(1, largest + 1):
        yield from combinations(columns, size)
    if "visible" in attackers:
        yield from (tuple(seen[:size]) for size in range(largest + 1, len(seen) + 1))


@dataclass(eq=False)
class Guard:
    """The columns of a file that leaves, and which of their cells are suppressed.

    `codes` holds one code per row and column, the highest of a column being `*`.
    """

    k: int
    owners: Codes | None
    fixed: frozenset[str]
    """Columns whose cells stay: they are safe together."""
    codes: dict[str, Codes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def put(self, column: Column) -> None:
        """Take a column in, or another version of it."""
        stars = [i for i, text in enumerate(column.texts) if text == STAR]
        codes = column.codes
        if stars:
            codes = np.where(np.isin(codes, stars), len(column.texts), codes).astype(np.int32)
        self.codes[column.key], self.sizes[column.key] = codes, len(column.texts) + 1

    def suppress(self, sets: Sets) -> None:
        """Suppress cells until every class over every one of the sets has k units.

        A column in which only one value is left goes altogether: there `*` would say "not that".
        """
        sets = [names for names in sets if not self.fixed.issuperset(names)]
        for _ in range(_ROUNDS):
            if not sum(self._one(names) for names in sets):
                break
        for name in self.codes.keys() - self.fixed:
            starred = self.starred(name)
            if starred.any() and len(np.unique(self.codes[name][~starred])) == 1:
                self.codes[name] = np.full_like(self.codes[name], self.sizes[name] - 1)

    def starred(self, name: str) -> Mask:
        """Which rows of a column are suppressed."""
        stars: Mask = self.codes[name] == self.sizes[name] - 1
        return stars

    def _classes(self, names: Sequence[str]) -> Classes:
        key = combine([self.codes[n] for n in names], [self.sizes[n] for n in names])
        return in_units(group(key), self.owners)

    def _one(self, names: Sequence[str]) -> bool:
        """Suppress what is rare over one set, in its finest column; whether anything was.

        What is suppressed in a class over the other columns is a class too: where it has fewer
        than k units, the next rarest value goes as well.
        """
        classes = self._classes(names)
        if (classes.sizes >= self.k).all():
            return False
        own = [n for n in names if n not in self.fixed]
        name = max(own, key=lambda n: (int((~self.starred(n)).any()), self.sizes[n]))
        others = [n for n in names if n != name]
        whole = self._classes(others) if others else None
        first = classes.first_rows()
        of = whole.index[first] if whole else np.zeros(len(first), np.int32)
        star = self.starred(name)[first]
        gone = (classes.sizes < self.k) | star
        self._add_the_next(gone, star, of, classes)
        new = gone & ~star
        self.codes[name] = np.where(
            new[classes.index], self.sizes[name] - 1, self.codes[name]
        ).astype(np.int32)
        return bool(new.any())

    def _add_the_next(self, gone: Mask, star: Mask, of: Integers, classes: Classes) -> None:
        """Of each group with fewer than k units suppressed, add its smallest class that is not."""
        pool = np.where(gone[classes.index], of[classes.index], -1)
        rows = np.flatnonzero(pool >= 0)
        owners = None if self.owners is None else self.owners[rows]
        pools = in_units(group(pool[rows].astype(np.int64)), owners)
        short = np.zeros(int(of.max(initial=0)) + 1, bool)
        short[pool[rows][pools.first_rows()]] = pools.sizes < self.k
        spare = np.flatnonzero(short[of] & ~gone)
        spare = spare[np.lexsort((classes.sizes[spare], of[spare]))]
        gone[spare[np.r_[True, of[spare][1:] != of[spare][:-1]][: len(spare)]]] = True


def guarded(
    columns: Sequence[Column], plan: Plan, fixed: Collection[str], owners: Codes | None
) -> Mapping[str, Column]:
    """The columns that leave, in which no reader in force finds fewer than k units alike.

    Cells of the `fixed` columns stay.
    """
    columns = [column for column in columns if column.key not in plan.pseudonyms]
    names = [column.key for column in columns]
    guard = Guard(plan.k, owners, frozenset(fixed))
    for column in columns:
        guard.put(column)
    guard.suppress(list(known_sets(plan.attackers, names, visible(plan, names))))
    return {column.key: star_rows(column, guard.starred(column.key)) for column in columns}
