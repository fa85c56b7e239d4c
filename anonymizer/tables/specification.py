"""A table to publish, as people hand it in: dimensions, hierarchies, cells, totals included.

With what makes it impossible to use by itself, all of it at once, each with what to do about it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import product
from math import prod
from typing import Any, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from core import Problem

MAX_CELLS = 200_000
"""A bound on time and memory: the largest table of the benchmark has a sixth of it."""
TOLERANCE = 1e-6
"""Sums of amounts agree within this share of themselves: they were rounded in files."""

Group = tuple[str, tuple[str, ...]]
"""A parent code and the children it is the sum of."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class CellSpec(_Part):
    """One cell. `[[codes], value, {"n": contributors, "top": [largest…]}?]` in JSON.

    `value` is None for a cell that was withheld (only in an earlier publication).
    """

    codes: tuple[str, ...]
    value: float | None
    n: int | None = Field(default=None, ge=0)
    top: tuple[float, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, data: Any) -> Any:
        if isinstance(data, Sequence) and not isinstance(data, str) and len(data) in (2, 3):
            more = data[2] if len(data) == 3 and data[2] else {}
            return {"codes": data[0], "value": data[1], **more}
        return data


class TableSpec(_Part):
    """A table with its totals.

    Several parents over the same children in one dimension are linked hierarchies. Tables that
    share a dimension (by its name in `names`, else by its codes) are linked.

    >>> spec = TableSpec.of([["計", ["男", "女"]]], cells=[(["男"], 3), (["女"], 7), (["計"], 10)])
    >>> spec.names, spec.cells[2].value, spec.is_count
    (('',), 10.0, True)
    """

    name: str = ""
    names: tuple[str, ...] = ()
    """The dimensions' names; empty where unknown."""
    dims: tuple[tuple[Group, ...], ...]
    cells: tuple[CellSpec, ...]
    primary: tuple[tuple[str, ...], ...] | None = None
    population: str = ""
    """Tables of different populations share nothing, whatever their codes."""
    notes: tuple[str, ...] = ()
    """What was merged or collapsed, to be printed below the table."""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.names:
            object.__setattr__(self, "names", ("",) * len(self.dims))
        return self

    @classmethod
    def of(cls, *dims: Any, cells: Any, **more: Any) -> Self:
        """A table from plain lists."""
        return cls.model_validate({"dims": dims, "cells": cells, **more})

    @property
    def is_count(self) -> bool:
        """Whether the cells are counts of people: no cell states contributors of its own."""
        return not any(c.n is not None or c.top for c in self.cells)

    def combinations(self) -> Iterator[tuple[str, ...]]:
        """Every combination of codes, in the order in which they are printed."""
        return product(*(codes_of(d) for d in self.dims))

    def leaf_cells(self) -> Iterator[CellSpec]:
        """The listed cells that have no parts."""
        leaves = [set(leaves_of(d)) for d in self.dims]
        for cell in self.cells:
            if all(code in own for code, own in zip(cell.codes, leaves, strict=True)):
                yield cell


def codes_of(dimension: Sequence[Group]) -> tuple[str, ...]:
    """All codes of a dimension, parents before their children, in order of first mention.

    >>> codes_of([("計", ("北", "南")), ("北", ("北1", "北2"))])
    ('計', '北', '北1', '北2', '南')
    """
    children = children_of(dimension)
    below = {c for _, parts in dimension for c in parts}
    order: dict[str, None] = {}
    stack = [p for p in reversed(list(children)) if p not in below]
    while stack:
        code = stack.pop()
        if code not in order:
            order[code] = None
            stack.extend(reversed(children.get(code, [])))
    return tuple(order)


def children_of(dimension: Sequence[Group]) -> dict[str, list[str]]:
    """The children of every parent, over all of its groups."""
    children: dict[str, list[str]] = {}
    for parent, parts in dimension:
        children.setdefault(parent, []).extend(parts)
    return children


def leaves_of(dimension: Sequence[Group]) -> tuple[str, ...]:
    """The codes that have no children."""
    parents = {p for p, _ in dimension}
    return tuple(c for c in codes_of(dimension) if c not in parents)


def total_of(dimension: Sequence[Group]) -> str | None:
    """The code that holds everything, or None."""
    below = {c for _, parts in dimension for c in parts}
    roots = [c for c in codes_of(dimension) if c not in below]
    if len(roots) == 1:
        return roots[0]
    cover, everything = coverage(dimension), frozenset(leaves_of(dimension))
    return next((c for c in roots if cover[c] == everything), None)


def coverage(dimension: Sequence[Group]) -> dict[str, frozenset[str]]:
    """Which leaves each code covers."""
    children = children_of(dimension)
    cover: dict[str, frozenset[str]] = {}
    for code in bottom_up(dimension):
        parts = children.get(code)
        cover[code] = frozenset().union(*(cover[p] for p in parts)) if parts else frozenset({code})
    return cover


def positions(spec: TableSpec) -> list[dict[str, int]]:
    """Per dimension, where each code stands."""
    return [{c: i for i, c in enumerate(codes_of(d))} for d in spec.dims]


def bottom_up(dimension: Sequence[Group]) -> list[str]:
    """All codes, every child before its parents (a parent may be reached by several ways).

    Raises:
        CycleError: a code is, by way of others, a part of itself.
    """
    return list(TopologicalSorter(children_of(dimension)).static_order())


def problem(id: str, source: str = "", *, group: str = "tables", **values: Any) -> Problem:
    """The problem whose message is `id`. Its code is `group` and the last part of the id."""
    found = Problem.of(id, source=source or None, **values)
    return found.model_copy(update={"code": f"{group}.{found.code}"})


def problems_of(spec: TableSpec, *, withheld: bool = False) -> list[Problem]:
    """What is wrong with a table by itself; cells may be `withheld` in an earlier publication."""
    found = list(_dimension_problems(spec))
    if found:
        return found
    size = prod(len(codes_of(dimension)) for dimension in spec.dims)
    if size > MAX_CELLS:
        return [problem("tables.specification.too_large", spec.name, cells=size, most=MAX_CELLS)]
    return list(_cell_problems(spec, withheld))


def _dimension_problems(spec: TableSpec) -> Iterator[Problem]:
    if not spec.dims or not all(spec.dims):
        yield problem("tables.specification.no_dimension", spec.name)
        return
    if len(spec.names) != len(spec.dims):
        yield problem(
            "tables.specification.names",
            spec.name,
            names=len(spec.names),
            dimensions=len(spec.dims),
        )
        return
    for number, dimension in enumerate(spec.dims, 1):
        try:
            cover = coverage(dimension)
        except CycleError:
            wrong = "tables.specification.cycle"
        else:
            if any(not parts or len(set(parts)) < len(parts) for _, parts in dimension):
                wrong = "tables.specification.parts"
            elif any(
                sum(len(cover[c]) for c in parts)
                > len(frozenset().union(*(cover[c] for c in parts)))
                for _, parts in dimension
            ):
                wrong = "tables.specification.overlap"
            else:
                continue
        yield problem(wrong, spec.name, group="hierarchy", number=number)


def _cell_problems(spec: TableSpec, withheld: bool) -> Iterator[Problem]:
    if not spec.cells:
        yield problem("tables.specification.empty", spec.name)
    known = [set(codes_of(d)) for d in spec.dims]

    def fits(codes: tuple[str, ...]) -> bool:
        return len(codes) == len(known) and all(c in k for c, k in zip(codes, known, strict=True))

    whole = spec.is_count
    listings = Counter(c.codes for c in spec.cells)
    bad: dict[str, list[int]] = {}
    for number, cell in enumerate(spec.cells, 1):
        for wrong in _problems_of_cell(cell, fits(cell.codes), whole, withheld):
            bad.setdefault(wrong, []).append(number)
    if twice := [n for n, c in enumerate(spec.cells, 1) if listings[c.codes] > 1]:
        bad["tables.specification.twice"] = twice
    if stray := [n for n, codes in enumerate(spec.primary or (), 1) if not fits(codes)]:
        bad["tables.specification.primary"] = stray
    for wrong, numbers in bad.items():
        where = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}…{numbers[-1]}"
        yield problem(wrong, spec.name, cells=len(numbers), where=where)


def _problems_of_cell(cell: CellSpec, fits: bool, whole: bool, withheld: bool) -> Iterator[str]:
    """The messages about one cell, whose codes fit or not; `whole` where it is a count."""
    value = cell.value
    if not fits:
        yield "tables.specification.code"
    if value is None:
        if not withheld:
            yield "tables.specification.missing"
    elif not np.isfinite(value):
        yield "tables.specification.missing"
    elif value < 0:
        yield "tables.specification.negative"
    elif whole and value != round(value):
        yield "tables.specification.fractional"
    limit = np.inf if value is None else value * (1 + TOLERANCE) + TOLERANCE
    if cell.top and (min(cell.top) < 0 or sum(cell.top) > limit):
        yield "tables.specification.top"
