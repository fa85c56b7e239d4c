"""Linked tables as one system of linear relations: every parent is the sum of its children.

Cells that are the same in several tables (shared margins, shared dimensions) are one cell here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from pydantic import BaseModel, ConfigDict

from anonymizer.tables.spec import (
    CellSpec,
    TableSpec,
    bottom_up,
    codes_of,
    leaves_of,
    positions,
    total_of,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Key = tuple[object, ...]


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

    @property
    def cells(self) -> int:
        """How many cells the tables to publish hold."""
        return int(max((p.max() for p in self.places if p.size), default=-1)) + 1

    def refs(self) -> dict[int, CellRef]:
        """Where each cell is first printed."""
        found: dict[int, CellRef] = {}
        for number, (spec, place) in enumerate(zip(self.tables, self.places, strict=True), 1):
            combinations = product(*(codes_of(d) for d in spec.dims))
            name = spec.name or f"#{number}"
            for cell, codes in zip(place.ravel().tolist(), combinations, strict=True):
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


def keys_of(spec: TableSpec, ids: tuple[str, ...], group: int) -> Iterator[Key]:
    """The identity of each combination of codes; a total says nothing and is left out."""
    totals = [total_of(d) for d in spec.dims]
    for codes in product(*(codes_of(d) for d in spec.dims)):
        parts = sorted((i, c) for i, c, total in zip(ids, codes, totals, strict=True) if c != total)
        yield (group, *parts)


def listed_keys(specs: Sequence[TableSpec]) -> Iterator[tuple[Key, float, str]]:
    """Every listed value of every table, with the identity of its cell and the table's name."""
    ids = dimension_ids(specs)
    for spec, own, group in zip(specs, ids, _groups(specs, ids), strict=True):
        totals = [total_of(d) for d in spec.dims]
        for cell in spec.cells:
            if cell.value is not None:
                parts = zip(own, cell.codes, totals, strict=True)
                key = (group, *sorted((i, c) for i, c, total in parts if c != total))
                yield key, cell.value, spec.name


def link(tables: Sequence[TableSpec], published: Sequence[TableSpec] = ()) -> System:
    """One system for all tables, with what earlier publications add.

    A combination that no table lists is a zero if it has no parts, else the sum of its parts.
    """
    specs = [*tables, *published]
    ids = dimension_ids(specs)
    groups = _groups(specs, ids)
    index: dict[Key, int] = {}
    places = []
    for spec, own, group in zip(specs, ids, groups, strict=True):
        shape = tuple(len(codes_of(d)) for d in spec.dims)
        flat = [index.setdefault(key, len(index)) for key in keys_of(spec, own, group)]
        places.append(np.array(flat, dtype=np.int64).reshape(shape))
    size = len(index)
    values, contributors = np.full(size, np.nan), np.full(size, np.nan)
    top: dict[int, tuple[float, ...]] = {}
    public = np.zeros(size, dtype=bool)
    for spec, place in zip(specs, places, strict=True):
        for cell, entry in _listed(spec, place):
            if entry.value is not None:
                values[cell] = entry.value
            if entry.n is not None:
                contributors[cell] = entry.n
            if entry.top:
                top[cell] = tuple(sorted(entry.top, reverse=True))
    for spec, place in zip(published, places[len(tables) :], strict=True):
        for cell, entry in _listed(spec, place):
            public[cell] |= entry.value is not None
    alone = contributors == 1
    count = all(t.is_count for t in tables)
    for spec, place in zip(tables, places, strict=False):
        values[place] = complete(spec, values[place], np.zeros(place.shape))
        if spec.is_count:
            contributors[place] = values[place]
        else:
            nobody = np.where(values[place] == 0, 0.0, np.nan)
            contributors[place] = complete(spec, contributors[place], nobody)
    own_relations = [_relations(s, p, size) for s, p in zip(tables, places, strict=False)]
    earlier = [
        _relations(s, p, size) for s, p in zip(published, places[len(tables) :], strict=True)
    ]
    return System(
        tables=tuple(tables),
        places=tuple(places[: len(tables)]),
        values=values,
        contributors=contributors,
        top=top,
        relations=_stack(own_relations, size),
        earlier=_stack(earlier, size),
        public=public,
        alone=alone,
        count=count,
    )


def _listed(spec: TableSpec, place: Ints) -> Iterator[tuple[int, CellSpec]]:
    position = positions(spec)
    for cell in spec.cells:
        where = tuple(position[k][code] for k, code in enumerate(cell.codes))
        yield int(place[where]), cell


def complete(spec: TableSpec, values: Floats, blank: Floats) -> Floats:
    """Fill what is not listed: leaves with zero, parents with the sum of their children."""
    filled = values.copy()
    position = positions(spec)
    leaves = np.ix_(*([position[k][c] for c in leaves_of(d)] for k, d in enumerate(spec.dims)))
    filled[leaves] = np.where(np.isnan(filled[leaves]), blank[leaves], filled[leaves])
    for axis, dimension in enumerate(spec.dims):
        filled = np.moveaxis(filled, axis, 0)
        parts: dict[str, list[int]] = {}
        for parent, children in dimension:
            parts.setdefault(parent, [position[axis][c] for c in children])
        for code in bottom_up(dimension):
            if code in parts:
                row = filled[position[axis][code]]
                total = filled[parts[code]].sum(axis=0)
                filled[position[axis][code]] = np.where(np.isnan(row), total, row)
        filled = np.moveaxis(filled, 0, axis)
    return filled


def _relations(spec: TableSpec, place: Ints, size: int) -> sp.csr_array:
    rows, columns, signs = [], [], []
    count = 0
    for axis, (dimension, position) in enumerate(zip(spec.dims, positions(spec), strict=True)):
        lines = np.moveaxis(place, axis, -1).reshape(-1, place.shape[axis])
        for parent, children in dimension:
            picked = lines[:, [position[parent], *(position[c] for c in children)]]
            height, width = picked.shape
            rows.append(np.repeat(np.arange(count, count + height), width))
            columns.append(picked.ravel())
            signs.append(np.tile(np.r_[-1.0, np.ones(width - 1)], height))
            count += height
    if not rows:
        return sp.csr_array((0, size))
    matrix = sp.coo_array(
        (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))),
        shape=(count, size),
    )
    return sp.csr_array(matrix)


def _stack(blocks: "list[sp.csr_array]", size: int) -> sp.csr_array:
    return sp.csr_array(sp.vstack(blocks)) if blocks else sp.csr_array((0, size))
