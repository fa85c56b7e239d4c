"""Tables to publish from what offices have: records, lists of counts, cross tables, JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.tables.linked_tables import Floats
from anonymizer.tables.specification import (
    CellSpec,
    Group,
    TableSpec,
    codes_of,
    coverage,
    problem,
)
from core import Column, InputError, Table, fold, listed, yaml12
from intake import Upload, read
from language import read_number
from measure import canonical

LARGEST = 5
"""How many of the largest contributions a cell states: the rules in use ask for two or three."""


@cache
def words() -> dict[str, Any]:
    """The words of tables, as `table_words.yaml` lists them."""
    found: dict[str, Any] = yaml12.load(
        Path(__file__).with_name("table_words.yaml").read_text(encoding="utf-8")
    )
    return found


def load_table(
    source: "str | Path | bytes",
    hierarchies: Mapping[str, Hierarchy] | None = None,
    *,
    name: str = "",
) -> tuple[TableSpec, ...]:
    """The tables of a file: one for a CSV, one or several for JSON.

    Args:
        source: a path, or the file's content.
        hierarchies: further levels for the CSV's columns, by column name.
        name: what to call the file in messages; the path's name where there is a path.

    Raises:
        InputError: the file cannot be read as a table; the message says what to do.
    """
    if isinstance(source, bytes):
        content = source
    else:
        path = Path(source)
        name = name or path.name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(problem("tables.sources.unreadable", name)) from error
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _from_json(content, name)
    return (_from_csv(content, hierarchies or {}, name or "table.csv"),)


def _from_json(content: bytes, name: str) -> tuple[TableSpec, ...]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
        items = data if isinstance(data, list) else [data]
        specs = tuple(TableSpec.model_validate(item) for item in items)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(problem("tables.sources.json", name)) from error
    except ValidationError as error:
        places = sorted({".".join(str(p) for p in e["loc"][:2]) for e in error.errors()})[:3]
        shown = "、".join(p for p in places if p) or "dims"
        raise InputError(problem("tables.sources.specification", name, places=shown)) from None
    named = (s if s.name or not name else s.model_copy(update={"name": name}) for s in specs)
    return tuple(named)


def _from_csv(content: bytes, hierarchies: Mapping[str, Hierarchy], name: str) -> TableSpec:
    (dataset, *_) = read([Upload(name, content)])
    table = dataset.table
    if table is None or len(table.columns) < 2 or not table.rows:
        raise InputError(problem("tables.sources.columns", name))
    table = lengthened(table)
    counts = next((c for c in table if fold(c.header) in words()["counts"]), table.columns[-1])
    numbers = _numbers(counts, name)
    columns = [c for c in table if c is not counts]
    totals = [[t for t in c.texts if fold(t) in words()["totals"]] for c in columns]
    parts = [
        Dimension.of(c, hierarchies.get(c.key), own[0] if own else words()["totals"][0])
        for c, own in zip(columns, totals, strict=True)
    ]
    rows = zip(*(p.by_row for p in parts), strict=True)
    cells = tuple(
        CellSpec(codes=codes, value=numbers[count])
        for codes, count in zip(rows, counts.codes.tolist(), strict=True)
    )
    return _table(name, parts, cells)


def lengthened(table: Table) -> Table:
    """One row per cell, for a cross table; any other table as it is.

    A cross table ends in columns of numbers, at least two, and one of them is headed as a total.

    >>> made = lengthened(Table.of({"町": ["北", "南"], "男": ["3", "8"], "女": ["4", "-"],
    ...     "計": ["7", "8"]}))
    >>> [c.key for c in made], made.rows, made["区分"].texts
    (['町', '区分', '件数'], 6, ['男', '女', '計'])
    """
    columns = list(table)
    first = len(columns)
    while first > 1 and _is_numeric(columns[first - 1]):
        first -= 1
    across, labels = columns[first:], columns[:first]
    if len(across) < 2 or not any(fold(c.header) in words()["totals"] for c in across):
        return table
    made = [
        (c.header, [c.texts[code] for _ in across for code in c.codes.tolist()]) for c in labels
    ]
    name = words()["across"]
    if any(name == c.header for c in labels):
        name += "2"
    made.append((name, [c.header for c in across for _ in range(table.rows)]))
    made.append((words()["count"], [c.texts[code] for c in across for code in c.codes.tolist()]))
    return Table.of(made)


def _is_numeric(column: Column) -> bool:
    marks = {*words()["withheld"], *words()["zero"], ""}
    return all(
        canonical(text).strip().lower() in marks or read_number(text) is not None
        for text in column.texts
    )


def _numbers(column: Column, name: str) -> list[float | None]:
    """Each distinct text of the count column as a number; None where it was withheld."""
    numbers: list[float | None] = []
    unread = blank = 0
    for text, rows in zip(column.texts, column.counts, strict=True):
        plain = canonical(text).strip().lower()
        number = None
        if plain in words()["zero"]:
            number = 0.0
        elif plain not in words()["withheld"]:
            number = read_number(text)
            blank += 0 if plain else int(rows)
            unread += int(rows) if plain and number is None else 0
        numbers.append(None if number is None else float(number))
    if blank:
        raise InputError(problem("tables.sources.blank", name, column=column.key, rows=blank))
    if unread:
        raise InputError(
            problem("tables.sources.not_a_number", name, column=column.key, rows=unread)
        )
    return numbers


@dataclass(frozen=True)
class Dimension:
    """A column as a dimension: its groups, and the code of each of its distinct values."""

    column: Column
    groups: tuple[Group, ...]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, column: Column, hierarchy: Hierarchy | None, total: str) -> "Dimension":
        """A column's values under their total, with the levels of a hierarchy between.

        Values that are the same after normalising (１２ and 12) are one code.

        Raises:
            InputError: values that the hierarchy does not hold.
        """
        first: dict[str, str] = {}
        blank = words()["blank"]
        codes = tuple(first.setdefault(canonical(t), t.strip() or blank) for t in column.texts)
        leaves = [c for c in dict.fromkeys(codes) if c != total]
        if not leaves:
            raise InputError(problem("tables.sources.only_total", column=column.key))
        if hierarchy is None:
            return cls(column, ((total, tuple(leaves)),), codes)
        upper = {label for level in hierarchy.labels[1:] for label in level}
        missing = [c for c in leaves if canonical(c) not in hierarchy.places and c not in upper]
        if missing:
            wrong = "tables.sources.hierarchy_misses_values"
            raise InputError(problem(wrong, column=column.key, values=len(missing)))
        return cls(column, _groups(leaves, hierarchy, total), codes)

    @property
    def by_row(self) -> Iterator[str]:
        """The code of every row."""
        return (self.codes[code] for code in self.column.codes.tolist())


def _groups(leaves: Sequence[str], hierarchy: Hierarchy, total: str) -> tuple[Group, ...]:
    children: dict[str, dict[str, None]] = {total: {}}
    taken = set(leaves)
    names: dict[tuple[int, str], str] = {}
    for leaf in leaves:
        place = hierarchy.places.get(canonical(leaf))
        if place is None:
            continue  # a row for a whole group: its parts are there as well
        path = hierarchy.path(place)
        below, label = leaf, path[0]
        for level, above in enumerate(path[1:-1], 1):
            if above == label:
                continue
            key = (level, above)
            if key not in names:
                given = any(canonical(leaf) == canonical(above) for leaf in leaves)
                own = given and canonical(above) not in hierarchy.places
                names[key] = above if own or above not in taken else f"{above} [{level + 1}]"
                taken.add(names[key])
            children.setdefault(names[key], {})[below] = None
            below, label = names[key], above
        children[total][below] = None
    return tuple((parent, tuple(parts)) for parent, parts in children.items())


def tabulate(
    table: Table,
    dimensions: Sequence[str],
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    name: str = "",
) -> TableSpec:
    """Counts of records over the chosen columns; totals and levels are computed.

    >>> people = Table.of({"区": ["北", "北", "南"], "性": ["男", "女", "男"]})
    >>> spec = tabulate(people, ["区", "性"])
    >>> spec.names, [(c.codes, c.value) for c in spec.cells][:2]
    (('区', '性'), [(('北', '男'), 1.0), (('北', '女'), 1.0)])

    Raises:
        InputError: no such column, no dimension, or no record.
    """
    parts = _dimensions(table, dimensions, dimensions, hierarchies or {})
    counts = Counter(zip(*(part.by_row for part in parts), strict=True))
    cells = tuple(CellSpec(codes=codes, value=float(n)) for codes, n in counts.items())
    return _table(name, parts, cells)


def tabulate_contributions(
    table: Table,
    dimensions: Sequence[str],
    *,
    identifier: str | None = None,
    value: str | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    name: str = "",
) -> TableSpec:
    """Sums over the chosen columns with each cell's number of contributors and the largest of them.

    Whoever stands behind several cells is counted once in their total.

    Args:
        identifier: the column that tells whose record it is; None: every record is another's.
        value: the column of amounts to sum; None: records are counted.

    Raises:
        InputError: no such column, an amount that is none, or no record.

    >>> sales = Table.of({"区": ["北", "北", "南"], "店": ["A", "A", "A"], "額": ["5", "4", "9"]})
    >>> spec = tabulate_contributions(sales, ["区"], identifier="店", value="額")
    >>> [(c.codes[0], c.value, c.n, c.top) for c in spec.cells]
    [('計', 18.0, 1, (18.0,)), ('北', 9.0, 1, (9.0,)), ('南', 9.0, 1, (9.0,))]
    """
    needed = [*dimensions, *(c for c in (identifier, value) if c)]
    parts = _dimensions(table, dimensions, needed, hierarchies or {})
    places = list(range(len(parts)))
    frame = pd.DataFrame({i: list(part.by_row) for i, part in enumerate(parts)})
    frame["who"] = table[identifier].codes if identifier else np.arange(table.rows)
    frame["amount"] = _amounts(table[value], name) if value else 1.0
    frame = _summed(frame, places)
    for place, part in enumerate(parts):
        # Every row once for each code that holds its own.
        cover = coverage(part.groups).items()
        pairs = [(leaf, code) for code, leaves in cover for leaf in leaves]
        above = pd.DataFrame(pairs, columns=[place, "above"])
        frame = frame.merge(above, on=place).drop(columns=[place]).rename(columns={"above": place})
    amounts = {
        tuple(str(code) for code in key): own.to_numpy(dtype=np.float64)
        for key, own in _summed(frame, places).groupby(places, sort=False)["amount"]
    }
    order = [{code: i for i, code in enumerate(codes_of(p.groups))} for p in parts]
    ordered = sorted(amounts, key=lambda codes: [o[c] for o, c in zip(order, codes, strict=True)])
    cells = tuple(
        CellSpec(
            codes=codes,
            value=float(amounts[codes].sum()),
            n=len(amounts[codes]),
            top=tuple(np.sort(amounts[codes])[::-1][:LARGEST].tolist()),
        )
        for codes in ordered
    )
    return _table(name, parts, cells)


def _summed(frame: pd.DataFrame, places: list[int]) -> pd.DataFrame:
    """One row per cell and contributor."""
    return frame.groupby([*places, "who"], sort=False).agg({"amount": "sum"}).reset_index()


def _amounts(column: Column, name: str) -> Floats:
    numbers = [read_number(text) if text.strip() else 0 for text in column.texts]
    wrong = sum(
        int(rows)
        for number, rows in zip(numbers, column.counts, strict=True)
        if number is None or number < 0
    )
    if wrong:
        raise InputError(problem("tables.sources.amount", name, column=column.key, rows=wrong))
    known = np.array([float(number or 0) for number in numbers])
    found: Floats = known[column.codes]
    return found


def _dimensions(
    table: Table,
    names: Sequence[str],
    needed: Sequence[str],
    hierarchies: Mapping[str, Hierarchy],
) -> list[Dimension]:
    """The dimensions of records, each under a total that no record uses.

    Raises:
        InputError: a needed column is missing or named twice, or there are no records.
    """
    absent = [d for d in needed if d not in table]
    if absent or not names or len(set(needed)) < len(needed):
        raise InputError(problem("tables.sources.no_column", columns=listed(absent)))
    if not table.rows:
        raise InputError(problem("tables.sources.empty"))
    found = []
    for column in (table[name] for name in names):
        used = {fold(t) for t in column.texts}
        total = next((t for t in words()["totals"] if t not in used), words()["spare_total"])
        found.append(Dimension.of(column, hierarchies.get(column.key), total))
    return found


def _table(name: str, parts: Sequence[Dimension], cells: tuple[CellSpec, ...]) -> TableSpec:
    return TableSpec(
        name=name,
        names=tuple(p.column.key for p in parts),
        dims=tuple(p.groups for p in parts),
        cells=cells,
    )
