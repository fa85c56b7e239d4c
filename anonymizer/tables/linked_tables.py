"""Linked tables as one system of linear relations: every parent is the sum of its children.

Cells that are the same in several tables (shared margins, shared dimensions) are one cell here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from pydantic import BaseModel, ConfigDict

from anonymizer.tables.specification import (
    TOLERANCE,
    TableSpec,
    bottom_up,
    codes_of,
    leaves_of,
    positions,
    problem,
    problems_of,
    total_of,
)
from core import InputError, Problem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Key = tuple[object, ...]
Identity = Callable[[Sequence[str]], Key]


class CellRef(BaseModel):
    """A cell by its table's name and its codes there."""

    model_config = ConfigDict(frozen=True)

    table: str
    codes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class System:
    """n cells and m relations.

    `values` (n,) is NaN where nobody told us (withheld in an earlier publication);
    `relations` (m, n) holds −1 for the parent and +1 for each child, so that
    relations @ values = 0.
    """

    tables: tuple[TableSpec, ...]
    places: tuple[Ints, ...]
    """Per table, the cell at each combination of codes (shape: codes per dimension)."""
    values: Floats
    contributors: Floats
    """How many people or bodies stand behind a cell; the value itself in a table of counts."""
    top: dict[int, tuple[float, ...]]
    """The largest contributions of a cell, where stated."""
    relations: sp.csr_array
    earlier: sp.csr_array
    """Relations of the earlier publications."""
    public: Mask
    """Cells whose value an earlier publication printed."""
    alone: Mask
    """Cells that are stated to have one contributor."""
    count: bool
    """Every value is a count of people."""

    @cached_property
    def cells(self) -> int:
        """How many cells the tables to publish hold."""
        return int(max((p.max() for p in self.places if p.size), default=-1)) + 1

    @property
    def inside(self) -> Mask:
        """The cells (n,) of the tables to publish; the others were published earlier."""
        return np.arange(len(self.values)) < self.cells

    @cached_property
    def refs(self) -> dict[int, CellRef]:
        """Where each cell is first printed."""
        found: dict[int, CellRef] = {}
        for number, (spec, place) in enumerate(zip(self.tables, self.places, strict=True), 1):
            name = spec.name or f"#{number}"
            for cell, codes in zip(place.ravel().tolist(), spec.combinations(), strict=True):
                if cell not in found:
                    found[cell] = CellRef(table=name, codes=codes)
        return found


def dimension_ids(specs: Sequence[TableSpec]) -> list[tuple[str, ...]]:
    """Which dimensions are the same across tables: by name, else by a shared code below the total.

    >>> a = TableSpec.of([["計", ["男", "女"]]], [["計", ["北", "南"]]], cells=[])
    >>> b = TableSpec.of([["全", ["南", "北"]]], [["全", ["既婚", "未婚"]]], cells=[])
    >>> dimension_ids([a, b])
    [('d0', 'd1'), ('d1', 'd2')]
    """
    known: list[tuple[str, str, set[str]]] = []  # id, name, codes
    result = []
    for spec in specs:
        ids: list[str] = []
        for name, dimension in zip(spec.names, spec.dims, strict=True):
            own = set(codes_of(dimension)) - {total_of(dimension) or ""}
            match = next(
                (
                    entry
                    for entry in known
                    if entry[0] not in ids
                    and (name == entry[1] if name and entry[1] else bool(own & entry[2]))
                ),
                None,
            )
            if match is None:
                match = (f"d{len(known)}", name, set())
                known.append(match)
            match[2].update(own)
            ids.append(match[0])
        result.append(tuple(ids))
    return result


def _groups(specs: Sequence[TableSpec], ids: Sequence[tuple[str, ...]]) -> list[int]:
    """Tables of one population get one number: they share a dimension, and `population`."""
    number = list(range(len(specs)))
    for i, j in product(range(len(specs)), repeat=2):
        same = specs[i].population == specs[j].population and set(ids[i]) & set(ids[j])
        if same and number[i] != number[j]:
            low, high = sorted((number[i], number[j]))
            number = [low if n == high else n for n in number]
    return number


def _identities(specs: Sequence[TableSpec]) -> Iterator[tuple[TableSpec, Identity]]:
    """With every table, what tells the cell at a combination of codes from all others."""
    ids = dimension_ids(specs)
    for spec, own, group in zip(specs, ids, _groups(specs, ids), strict=True):
        yield spec, partial(_key, group, own, [total_of(d) for d in spec.dims])


def _key(group: int, ids: Sequence[str], totals: Sequence[str | None], codes: Sequence[str]) -> Key:
    """The identity of a cell; a total says nothing and is left out."""
    parts = zip(ids, codes, totals, strict=True)
    return (group, *sorted((i, c) for i, c, total in parts if c != total))


def check(tables: Sequence[TableSpec], published: Sequence[TableSpec] = ()) -> System:
    """The linked system of tables that can be used.

    Raises:
        InputError: with every problem found.
    """
    problems = [p for spec in tables for p in problems_of(spec)]
    problems += [p for spec in published for p in problems_of(spec, withheld=True)]
    if not tables:
        problems.append(problem("tables.linked_tables.none"))
    if problems:
        raise InputError(problems)
    problems = list(_disagreements([*tables, *published]))
    system = link(tables, published)
    problems += _margins(system)
    if problems:
        raise InputError(problems)
    return system


def _disagreements(specs: Sequence[TableSpec]) -> Iterator[Problem]:
    """Cells that two tables both list, with different values."""
    seen: dict[Key, tuple[float, str]] = {}
    different = 0
    names: set[str] = set()
    for spec, key in _identities(specs):
        for cell in spec.cells:
            if cell.value is None:
                continue
            first = seen.setdefault(key(cell.codes), (cell.value, spec.name))
            if abs(first[0] - cell.value) > TOLERANCE * max(1.0, abs(cell.value)):
                different += 1
                names |= {first[1], spec.name} - {""}
    if different:
        where = " / ".join(sorted(names))
        yield problem("tables.linked_tables.disagree", where, cells=different)


def _margins(system: System) -> Iterator[Problem]:
    values = np.nan_to_num(system.values)
    gap = system.relations @ values
    scale = np.maximum(1.0, abs(system.relations) @ np.abs(values))
    wrong = np.flatnonzero(np.abs(gap) > TOLERANCE * scale)
    if len(wrong):
        row = system.relations[[int(wrong[0])]]
        ref = system.refs[int(row.indices[row.data < 0][0])]
        several = "margins_of_several" if len(system.tables) > 1 else "margins"
        found = problem(
            f"tables.linked_tables.{several}",
            ref.table,
            totals=len(wrong),
            place=" × ".join(ref.codes),
        )
        yield found.model_copy(update={"code": "tables.margins"})


def link(tables: Sequence[TableSpec], published: Sequence[TableSpec] = ()) -> System:
    """One system for all tables, with what earlier publications add.

    A combination that no table lists is a zero if it has no parts, else the sum of its parts.
    """
    specs = [*tables, *published]
    index: dict[Key, int] = {}
    places: list[Ints] = []
    for spec, key in _identities(specs):
        flat = [index.setdefault(key(codes), len(index)) for codes in spec.combinations()]
        shape = [len(codes_of(d)) for d in spec.dims]
        places.append(np.array(flat, dtype=np.int64).reshape(shape))
    size = len(index)
    values, contributors = np.full(size, np.nan), np.full(size, np.nan)
    top: dict[int, tuple[float, ...]] = {}
    public = np.zeros(size, dtype=bool)
    for number, (spec, place) in enumerate(zip(specs, places, strict=True)):
        position = positions(spec)
        for entry in spec.cells:
            cell = int(place[tuple(position[k][code] for k, code in enumerate(entry.codes))])
            if entry.value is not None:
                values[cell] = entry.value
                public[cell] |= number >= len(tables)
            if entry.n is not None:
                contributors[cell] = entry.n
            if entry.top:
                top[cell] = tuple(sorted(entry.top, reverse=True))
    alone = contributors == 1
    for spec, place in zip(tables, places, strict=False):
        values[place] = complete(spec, values[place], np.zeros(place.shape))
        if spec.is_count:
            contributors[place] = values[place]
        else:
            nobody = np.where(values[place] == 0, 0.0, np.nan)
            contributors[place] = complete(spec, contributors[place], nobody)
    own_places, earlier_places = tuple(places[: len(tables)]), places[len(tables) :]
    return System(
        tables=tuple(tables),
        places=own_places,
        values=values,
        contributors=contributors,
        top=top,
        relations=_relations(tables, own_places, size),
        earlier=_relations(published, earlier_places, size),
        public=public,
        alone=alone,
        count=all(t.is_count for t in tables),
    )


def complete(spec: TableSpec, values: Floats, blank: Floats) -> Floats:
    """Fill what is not listed: leaves with zero, parents with the sum of their children."""
    filled = values.copy()
    position, leaves = positions(spec), leaf_places(spec)
    filled[leaves] = np.where(np.isnan(filled[leaves]), blank[leaves], filled[leaves])
    for axis, dimension in enumerate(spec.dims):
        filled = np.moveaxis(filled, axis, 0)
        # Of several groups of one parent the first counts.
        parts = {p: [position[axis][c] for c in children] for p, children in reversed(dimension)}
        for code in bottom_up(dimension):
            if code in parts:
                row = filled[position[axis][code]]
                total = filled[parts[code]].sum(axis=0)
                filled[position[axis][code]] = np.where(np.isnan(row), total, row)
        filled = np.moveaxis(filled, 0, axis)
    return filled


def leaf_places(spec: TableSpec) -> tuple[Ints, ...]:
    """Where the combinations without parts stand, as an index into the combinations of codes."""
    return np.ix_(
        *([p[c] for c in leaves_of(d)] for p, d in zip(positions(spec), spec.dims, strict=True))
    )


def _relations(specs: Sequence[TableSpec], places: Sequence[Ints], size: int) -> sp.csr_array:
    """One row for every parent of every table, −1 at the parent and 1 at its children."""
    rows, columns, signs = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0)]
    count = 0
    for spec, place in zip(specs, places, strict=True):
        for axis, (dimension, position) in enumerate(zip(spec.dims, positions(spec), strict=True)):
            lines = np.moveaxis(place, axis, -1).reshape(-1, place.shape[axis])
            for parent, children in dimension:
                picked = lines[:, [position[parent], *(position[c] for c in children)]]
                height, width = picked.shape
                rows.append(np.repeat(np.arange(count, count + height), width))
                columns.append(picked.ravel())
                signs.append(np.tile(np.r_[-1.0, np.ones(width - 1)], height))
                count += height
    entries = np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))
    return sp.csr_array(sp.coo_array(entries, shape=(count, size)))
