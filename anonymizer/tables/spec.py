"""A table to publish, as people hand it in: dimensions, hierarchies, cells, totals included."""

from collections.abc import Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


def codes_of(dimension: Sequence[Group]) -> tuple[str, ...]:
    """All codes of a dimension, parents before their children, in order of first mention.

    >>> codes_of([("計", ("北", "南")), ("北", ("北1", "北2"))])
    ('計', '北', '北1', '北2', '南')
    """
    children: dict[str, list[str]] = {}
    for parent, parts in dimension:
        children.setdefault(parent, []).extend(parts)
    below = {c for _, parts in dimension for c in parts}
    order: dict[str, None] = {}
    stack = [p for p in reversed(list(children)) if p not in below]
    while stack:
        code = stack.pop()
        if code not in order:
            order[code] = None
            stack.extend(reversed(children.get(code, [])))
    return tuple(order)


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
    cover: dict[str, frozenset[str]] = {}
    for code in bottom_up(dimension):
        parts = [c for parent, children in dimension if parent == code for c in children]
        cover[code] = frozenset().union(*(cover[p] for p in parts)) if parts else frozenset({code})
    return cover


def positions(spec: TableSpec) -> list[dict[str, int]]:
    """Per dimension, where each code stands."""
    return [{c: i for i, c in enumerate(codes_of(d))} for d in spec.dims]


def bottom_up(dimension: Sequence[Group]) -> list[str]:
    """All codes, every child before its parents (a parent may be reached by several ways)."""
    children: dict[str, dict[str, None]] = {}
    for parent, parts in dimension:
        children.setdefault(parent, {}).update(dict.fromkeys(parts))
    order: dict[str, None] = {}

    for start in codes_of(dimension):
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            code, done = stack.pop()
            if code in order:
                continue
            if done:
                order[code] = None
            else:
                stack.append((code, True))
                stack.extend((c, False) for c in children.get(code, {}) if c not in order)
    return list(order)
