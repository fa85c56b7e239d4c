"""A table of counts as it stands: what it is crossed by, what adds up to what, and what its totals
give away.

Labels stand in columns, in the header or in both; totals and subtotals stand among them, before or
after their parts. What is the sum of what is found from the numbers themselves; the words for a
total help where the numbers alone do not tell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from math import prod
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core import Column, Table, fold, yaml12
from language import read_number

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
_WHOLE = 0.9
"""Share of whole numbers, among what is neither blank nor withheld, from which a column counts."""
_MOST = 2_000_000
"""Cells of the crossing of all labels; a larger table is not read as one."""
_CROSSED = 0.7
"""Two labels cross where so much of their crossing is there; else one stands inside the other."""
_SLOTS = 500
"""Sums that are compared to tell what adds up."""
_LONG = 400
"""Labels up to which a total is looked for without a word for it."""
_PLAIN, _WORDED = 0.9, 0.5
"""Share of right sums that make a total: of a code not called one, and of one that is."""
_FEWEST = 3
"""Right sums without which a code that is not called a total is none."""
_NEAR = 0.2
"""What is called a total and misses its parts by no more than this share was meant to be one."""
_SLIP = 2
"""So small a miss is near whatever the total."""
_EVEN = 5
"""Even steps from which numbers are taken to number the rows."""
_ACROSS = ("区分", "内訳", "項目", "細目")
"""What the axes in the header are called."""
_PARTED = re.compile(r"[_＿/／]|(?<=.)[(（](?=.+[)）]$)")


@cache
def count_words(name: str) -> re.Pattern[str]:
    """A list of words of `count_table.yaml`: no_counts, axes, totals, of_which, withheld, none."""
    path = Path(__file__).with_name("count_table.yaml")
    words: list[str] = yaml12.load(path.read_text(encoding="utf-8"))[name]
    return re.compile("|".join(w if "^" in w or "$" in w else re.escape(fold(w)) for w in words))


@dataclass(frozen=True)
class Sum:
    """A code of a dimension and those it is the sum of, as positions among its codes."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Axis:
    """A dimension of a table of counts: its codes as they stand, and which are sums of others."""

    name: str
    codes: tuple[str, ...]
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a count stands: the row (1 = first data row) and the column's key."""

    row: int
    column: str


@dataclass(frozen=True, eq=False)
class CountTable:
    """Counts crossed by axes: first those of the labels in columns, then those of the header.

    `values` has one dimension an axis; a cell without a number is NaN, and `withheld` tells those
    of them that bear a mark such as x. `rows` is the data row (from 1) of each crossing of the
    first axes, 0 where there is none, and `columns` the place in `counted` of each crossing of the
    others, which is a single 0 where one column counts.
    """

    axes: tuple[Axis, ...]
    values: Numbers = field(repr=False)
    withheld: Truth = field(repr=False)
    rows: Places = field(repr=False)
    columns: Places = field(repr=False)
    counted: tuple[str, ...]
    """The keys of the columns of counts."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the axes are called; those in the header bear a common name."""
        return tuple(axis.name for axis in self.axes)

    @property
    def leaves(self) -> Numbers:
        """The counts that are no sums of others and hold a number: shape (n,)."""
        parts = [
            [i for i in range(len(a.codes)) if i not in {s.total for s in a.sums}]
            for a in self.axes
        ]
        found = self.values[np.ix_(*parts)].ravel()
        return found[~np.isnan(found)]

    @cached_property
    def derived(self) -> tuple[Place, ...]:
        """Withheld cells that are known from a total and the other cells it is the sum of."""
        known, before = ~np.isnan(self.values), -1
        while before != (before := int(known.sum())):
            for line, told in self._along(known):
                alone = (~told[line]).sum(axis=0) == 1
                told[line] |= alone
        return self._places(self.withheld & known)

    @cached_property
    def mismatched(self) -> tuple[Place, ...]:
        """Totals that are not the sum of their parts."""
        wrong = np.zeros(self.values.shape, np.bool_)
        told = self._along(wrong)
        for (line, values), (_, marked) in zip(self._along(self.values), told, strict=True):
            missing = values[line[0]] - values[line[1:]].sum(axis=0)
            marked[line[0]] |= ~np.isnan(missing) & (missing != 0)
        return self._places(wrong)

    def remainders(self, below: int) -> tuple[Place, ...]:
        """Cells headed as a part of the column before them (うち…) that leave from 1 to less than
        `below` to the rest, which nobody printed."""
        found = np.zeros(self.values.shape, np.bool_)
        if self.columns.ndim == 1:
            base = 0
            for at, code in enumerate(self.axes[-1].codes):
                if not count_words("of_which").search(fold(code)):
                    base = at
                    continue
                rest = self.values[..., base] - self.values[..., at]
                found[..., at] = (rest > 0) & (rest < below)
        return self._places(found)

    def _along(self, cells: npt.NDArray[np.generic]) -> Iterator[tuple[list[int], npt.NDArray]]:  # type: ignore[type-arg]
        """Each sum as the positions of its total and parts, with a view that they index."""
        for number, axis in enumerate(self.axes):
            view = np.moveaxis(cells, number, 0)
            for each in axis.sums:
                yield [each.total, *each.parts], view

    def _places(self, cells: Truth) -> tuple[Place, ...]:
        across = self.rows.ndim
        found = []
        for index in np.argwhere(cells).tolist():
            row = int(self.rows[tuple(index[:across])])
            column = self.counted[int(self.columns[tuple(index[across:])])]
            found.append(Place(row, column))
        return tuple(sorted(found, key=lambda p: (p.row, self.counted.index(p.column))))


def read_count_table(table: Table) -> CountTable | None:
    """The counts of a table; None where no label tells its rows apart, or no column counts.

    >>> made = read_count_table(Table.of({"町": ["北", "南", "計"], "男": ["3", "8", "11"],
    ...     "女": ["4", "x", "9"], "計": ["7", "13", "20"]}))
    >>> [(a.name, a.codes, a.sums) for a in made.axes][1]
    ('区分', ('男', '女', '計'), (Sum(total=2, parts=(0, 1)),))
    >>> made.derived
    (Place(row=2, column='女'),)
    """
    numbers = {c.key: n for c in table if (n := _counts(c)) is not None}
    labels = [c for c in table if c.key not in numbers and _is_label(c)]
    if not numbers or table.rows < 2:
        return None
    across = _row_axes(table.rows, labels)
    if across is None:
        return None
    names, codes, held = across
    headed, columns = _header_axes([table[key] for key in numbers])
    shape = (*(len(c) for c in codes), *(len(c) for c in headed))
    if prod(shape) > _MOST:
        return None
    rows = np.zeros([len(c) for c in codes], np.int64)
    rows[tuple(held)] = np.arange(1, table.rows + 1)
    listed = np.stack([value[table[k].codes] for k, (value, _) in numbers.items()], axis=-1)
    marked = np.stack([mark[table[k].codes] for k, (_, mark) in numbers.items()], axis=-1)
    values, withheld = np.full(shape, np.nan), np.zeros(shape, np.bool_)
    values[tuple(held)] = listed[:, columns]
    withheld[tuple(held)] = marked[:, columns]
    all_codes, all_names = (
        (*codes, *headed),
        (*names, *[n for n in _ACROSS if n not in names][: len(headed)]),
    )
    axes = tuple(
        Axis(name, own, _sums(own, np.moveaxis(values, n, 0).reshape(len(own), -1)))
        for n, (name, own) in enumerate(zip(all_names, all_codes, strict=True))
    )
    return CountTable(axes, values, withheld, rows, columns, tuple(numbers))


# --- columns ---------------------------------------------------------------------------


def _counts(column: Column) -> tuple[Numbers, Truth] | None:
    """Each distinct text as a number (NaN: none) and whether it marks what was withheld; None for
    a column that does not count."""
    header = fold(column.header)
    if count_words("no_counts").search(header) or count_words("axes").search(header):
        return None
    plain = [fold(text) for text in column.texts]
    withheld = np.array([bool(count_words("withheld").fullmatch(t)) for t in plain], np.bool_)
    values = np.array([_number(text) for text in plain])
    blank = np.array([not text for text in plain])
    whole = ~np.isnan(values)
    said = column.counts[~(withheld | blank)].sum()
    if not said or column.counts[whole].sum() < _WHOLE * said or _runs(column, values):
        return None
    return values, withheld


def _number(text: str) -> float:
    if count_words("none").fullmatch(text):
        return 0.0
    number = read_number(text) if text and len(text) <= 15 else None
    return float(number) if number is not None and number == int(number) >= 0 else np.nan


def _runs(column: Column, values: Numbers) -> bool:
    """Whether the numbers run evenly, as years, ages and running numbers do."""
    steps = np.diff(values[column.codes])
    return len(steps) >= _EVEN and steps[0] > 0 and bool((steps == steps[0]).all())


def _is_label(column: Column) -> bool:
    return int(column.counts[[not text.strip() for text in column.texts]].sum()) < len(column.codes)


def _row_axes(
    rows: int, labels: Sequence[Column]
) -> tuple[list[str], list[tuple[str, ...]], list[Places]] | None:
    """Names, codes and the code of every row, of the labels that tell the rows apart."""
    texts: dict[str, list[str]] = {}
    apart = 1
    for column in sorted(labels, key=lambda c: (_mostly_numbers(c), c.position)):
        held = _texts(column, filled=column is not labels[-1])
        found = len(set(zip(*texts.values(), held, strict=True)))
        if found > apart:
            texts[column.header], apart = held, found
        if apart == rows:
            break
    if apart < rows:
        return None
    for name in list(texts)[:-1]:
        others = [t for n, t in texts.items() if n != name]
        if len(set(zip(*others, strict=True))) == rows:
            texts.pop(name)
    return _crossed(list(texts), list(texts.values()) or [[""] * rows])


def _mostly_numbers(column: Column) -> bool:
    numbers = [read_number(text) is not None for text in column.texts if len(text) <= 15]
    return sum(numbers) > len(column.texts) / 2


def _texts(column: Column, *, filled: bool) -> list[str]:
    """The text of every row; where `filled`, a blank below a label stands for that label."""
    found: list[str] = []
    for code in column.codes.tolist():
        text = column.texts[code].strip()
        found.append(text or (found[-1] if found and filled else ""))
    return found


def _crossed(
    names: list[str], texts: list[list[str]]
) -> tuple[list[str], list[tuple[str, ...]], list[Places]]:
    """Labels of which one stands inside the other become one axis; the others cross."""
    at = 0
    while at + 1 < len(texts):
        pairs = len(set(zip(texts[at], texts[at + 1], strict=True)))
        if pairs < _CROSSED * len(set(texts[at])) * len(set(texts[at + 1])):
            joined = zip(texts[at], texts[at + 1], strict=True)
            texts[at : at + 2] = [[a if a == b else f"{a} {b}".strip() for a, b in joined]]
            names[at : at + 2] = [names[at + 1]]
        else:
            at += 1
    codes = [tuple(dict.fromkeys(own)) for own in texts]
    places = [{code: i for i, code in enumerate(own)} for own in codes]
    held = [
        np.array([place[text] for text in own], np.int64)
        for place, own in zip(places, texts, strict=True)
    ]
    return names, codes, held


def _header_axes(columns: Sequence[Column]) -> tuple[list[tuple[str, ...]], Places]:
    """The codes of the axes in the header, and which column stands at each crossing of them."""
    headers = [c.key for c in columns]
    if len(headers) == 1:
        return [], np.array(0)
    parted = [tuple(_PARTED.split(h.strip("）)"), maxsplit=1)) for h in headers]
    if all(len(parts) == 2 for parts in parted):
        codes = [tuple(dict.fromkeys(side)) for side in zip(*parted, strict=True)]
        whole = len(codes[0]) * len(codes[1]) == len(headers) == len(set(parted))
        if whole and min(map(len, codes)) > 1:
            at = np.zeros([len(c) for c in codes], np.int64)
            for number, (one, other) in enumerate(parted):
                at[codes[0].index(one), codes[1].index(other)] = number
            return codes, at
    return [tuple(headers)], np.arange(len(headers))


# --- sums ------------------------------------------------------------------------------


def _sums(codes: Sequence[str], values: Numbers) -> tuple[Sum, ...]:
    """Which codes are the sum of others: `values` has shape (codes, slots)."""
    seen = ~np.isnan(values).all(axis=0)
    values = values[:, seen][:, :_SLOTS]
    called = [bool(count_words("totals").search(fold(code))) for code in codes]
    found: list[Sum] = []
    while (more := _next_sum(values, called, found)) is not None:
        found.append(more)
    return tuple(found)


def _next_sum(values: Numbers, called: Sequence[bool], found: Sequence[Sum]) -> Sum | None:
    """One more sum: what the numbers prove before what only the words say."""
    above = {part: s.total for s in found for part in s.parts}
    top = [i for i in range(len(called)) if i not in above]
    summed = {s.total for s in found}
    for total in (i for i in range(len(called)) if called[i] or len(called) <= _LONG):
        if run := _added_up(values, _beside(top, above, total), total, called):
            return Sum(total, run)
    for total in (i for i in range(len(called)) if called[i] and i not in summed):
        if run := _meant(values, _beside(top, above, total), total, called):
            return Sum(total, run)
    return None


Runs = tuple[list[int], list[int]]
"""Codes before another, the nearest first, and those after it."""


def _beside(top: Sequence[int], above: Mapping[int, int], total: int) -> Runs:
    """What may be parts of a code: those of no other, without what the code itself is a part of."""
    over, own = set(), total
    while own in above:
        own = above[own]
        over.add(own)
    before = [i for i in reversed(top) if i < total and i not in over]
    return before, [i for i in top if i > total and i not in over]


def _added_up(
    values: Numbers, beside: Runs, total: int, called: Sequence[bool]
) -> tuple[int, ...] | None:
    """The longest run beside a code that it is the sum of, in nearly every slot.

    Runs of totals alone, or of other codes alone, come before mixed ones, which one sum may make by
    chance.
    """
    best: tuple[bool, tuple[int, ...]] = False, ()
    least, fewest = (_WORDED, 1) if called[total] else (_PLAIN, _FEWEST)
    for run in beside:
        sums = np.cumsum(values[run], axis=0)
        told = ~np.isnan(sums) & ~np.isnan(values[total])
        right = told & (sums == values[total])
        more = (values[run] > 0).cumsum(axis=0) > (0 if called[total] else 1)
        n, of = (right & more).sum(axis=1), (told & (more | ~right)).sum(axis=1)
        for i in range(1, len(run)):
            alike = len({called[code] for code in run[: i + 1]}) == 1
            if n[i] < max(fewest if alike else _FEWEST, least * of[i]):
                continue
            best = max(best, (alike, tuple(sorted(run[: i + 1]))), key=lambda b: (b[0], len(b[1])))
    return best[1] or None


def _meant(
    values: Numbers, beside: Runs, total: int, called: Sequence[bool]
) -> tuple[int, ...] | None:
    """What a code that is called a total must be meant to be the sum of: all beside it up to the
    next that is called so, where the sum is near, or the known parts leave room for the others."""
    for run in (part for side in beside for part in _up_to_total(side, called)):
        sums = values[run].sum(axis=0)
        known = np.nansum(values[run], axis=0)
        told = ~np.isnan(sums) & ~np.isnan(values[total])
        near = np.abs(sums - values[total]) <= np.maximum(_NEAR * values[total], _SLIP)
        room = (known <= values[total]) | np.isnan(values[total])
        if bool(np.where(told, near, room).all()):
            return tuple(sorted(run))
    return None


def _up_to_total(run: Sequence[int], called: Sequence[bool]) -> Iterator[list[int]]:
    """A run up to the first code that is called a total, where it has two codes at least."""
    groups: list[tuple[bool, list[int]]] = [
        (key, list(own)) for key, own in groupby(run, key=lambda i: called[i])
    ]
    if groups and not groups[0][0] and len(groups[0][1]) > 1:
        yield groups[0][1]
