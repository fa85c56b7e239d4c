"""Fewer, larger categories: small areas into their neighbours, small categories together."""

from collections.abc import Mapping

from anonymizer.tables.neighbours import Adjacency
from anonymizer.tables.practice import cannot_merge, merge
from anonymizer.tables.spec import CellSpec, TableSpec, leaves_of, total_of
from core import InputError

OTHER = "その他"


def leaf_totals(spec: TableSpec, dimension: int) -> dict[str, float]:
    """The total of every leaf of a dimension, over the leaves of all others.

    >>> areas = TableSpec.of([["計", ["北", "南"]]], cells=[(["計"], 12), (["北"], 9), (["南"], 3)])
    >>> leaf_totals(areas, 0)
    {'北': 9.0, '南': 3.0}
    """
    leaves = [set(leaves_of(d)) for d in spec.dims]
    totals = dict.fromkeys(leaves_of(spec.dims[dimension]), 0.0)
    for cell in spec.cells:
        if all(code in own for code, own in zip(cell.codes, leaves, strict=True)):
            totals[cell.codes[dimension]] += cell.value or 0.0
    return totals


def merge_areas(
    spec: TableSpec,
    dimension: int,
    threshold: float,
    neighbours: Mapping[str, str] | None = None,
    adjacent: Adjacency | None = None,
) -> TableSpec:
    """Merge every area below the threshold into its neighbour, smallest first, and say so.

    `neighbours` names the area to merge into. Where it is silent, `adjacent` gives the candidates:
    the smallest that lifts the area over the threshold, else the largest. With neither the next
    area of the list under the same parent is taken (the one before it for the last).

    >>> areas = TableSpec.of([["計", ["北", "島", "南"]]],
    ...     cells=[(["北"], 9), (["島"], 2), (["南"], 8)])
    >>> [(c.codes[0], c.value) for c in merge_areas(areas, 0, 5).cells]
    [('北', 9.0), ('南', 10.0)]

    Raises:
        InputError: an area has no such neighbour under its parent.
    """
    moved: dict[str, str] = {}
    touching = {area: set(others) for area, others in (adjacent or {}).items()}
    while small := _smallest(spec, dimension, threshold):
        into = (neighbours or {}).get(small, small)
        while into in moved:  # the neighbour was small too
            into = moved[into]
        if into == small:
            into = (
                _touching(spec, dimension, small, touching, threshold)
                if adjacent
                else _beside(spec, dimension, small)
            )
        elif into not in _siblings(spec, dimension, small):
            raise _no_neighbour(spec)
        spec = merge(spec, dimension, [small], into)
        moved[small] = into
        touching = _joined(touching, small, into)
    return spec


def _touching(
    spec: TableSpec, dimension: int, small: str, touching: Mapping[str, set[str]], threshold: float
) -> str:
    totals = leaf_totals(spec, dimension)
    around = [c for c in _siblings(spec, dimension, small) if c in touching.get(small, ())]
    if not around:
        raise _no_neighbour(spec)
    enough = [c for c in around if totals[c] + totals[small] >= threshold]
    return min(enough, key=totals.__getitem__) if enough else max(around, key=totals.__getitem__)


def _joined(touching: Mapping[str, set[str]], gone: str, into: str) -> dict[str, set[str]]:
    """Who touches whom once an area is part of another."""
    made = {
        area: {into if c == gone else c for c in others} - {area}
        for area, others in touching.items()
        if area != gone
    }
    made.setdefault(into, set()).update(touching.get(gone, set()) - {into})
    return made


def _no_neighbour(spec: TableSpec) -> InputError:
    return InputError.of(
        "tables.neighbour",
        ja="合算先の地区が、同じ上位区分の下に見つかりません。隣接の指定と地区名を確かめてください。",
        en="An area has no neighbour under the same parent to be merged into. Check the list of "
        "neighbours and the codes.",
        source=spec.name or None,
    )


def _smallest(spec: TableSpec, dimension: int, threshold: float) -> str | None:
    totals = leaf_totals(spec, dimension)
    small = {
        code: total
        for code, total in totals.items()
        if 0 < total < threshold and len(_siblings(spec, dimension, code)) > 1
    }
    return min(small, key=lambda code: small[code]) if small else None


def _siblings(spec: TableSpec, dimension: int, code: str) -> tuple[str, ...]:
    """The leaves that have the same parents."""

    def parents(leaf: str) -> set[str]:
        return {parent for parent, parts in spec.dims[dimension] if leaf in parts}

    own = parents(code)
    return tuple(c for c in leaves_of(spec.dims[dimension]) if parents(c) == own)


def _beside(spec: TableSpec, dimension: int, code: str) -> str:
    siblings = _siblings(spec, dimension, code)
    at = siblings.index(code)
    return siblings[at + 1] if at + 1 < len(siblings) else siblings[at - 1]


def collapse(spec: TableSpec, dimension: int, threshold: float, into: str = OTHER) -> TableSpec:
    """Collapse the categories below the threshold into one, with the next-smallest if need be.

    Each parent's categories are collapsed by themselves; below a parent the name tells which.
    Where they stay below the threshold even together, the parent is shown without its parts, and
    is looked at among its own kind in turn.

    >>> towns = TableSpec.of([["計", ["A", "B"]], ["A", ["a", "b"]], ["B", ["c", "d"]]],
    ...     cells=[(["a"], 1), (["b"], 2), (["c"], 9), (["d"], 8)])
    >>> [(c.codes[0], c.value) for c in collapse(towns, 0, 5).cells]
    [('A', 3.0), ('c', 9.0), ('d', 8.0)]
    """
    total = total_of(spec.dims[dimension])
    done: set[str] = set()
    while (parent := _lowest(spec, dimension, done)) is not None:
        done.add(parent)
        totals = leaf_totals(spec, dimension)
        parts = next(parts for p, parts in spec.dims[dimension] if p == parent)
        own = sorted((c for c in parts if c in totals), key=totals.__getitem__)
        chosen: list[str] = []
        for code in own:
            together = sum(totals[c] for c in chosen)
            if not (totals[code] < threshold or (chosen and 0 < together < threshold)):
                break
            chosen.append(code)
        small = any(0 < totals[c] < threshold for c in chosen)
        if small and not spec.is_count:
            raise cannot_merge(spec)
        if small and len(chosen) == len(own) and _has_one_parent(spec, dimension, parent):
            spec = _without_parts(spec, dimension, parent)
        elif small and len(chosen) > 1:
            name = into if parent == total else f"{into}（{parent}）"
            spec = merge(spec, dimension, chosen, name)
    return spec


def _lowest(spec: TableSpec, dimension: int, done: set[str]) -> str | None:
    """A parent whose children are all leaves, or were looked at before."""
    groups = spec.dims[dimension]
    parents = {p for p, _ in groups} - done
    return next((p for p, parts in groups if p in parents and not parents & set(parts)), None)


def _has_one_parent(spec: TableSpec, dimension: int, code: str) -> bool:
    """Whether a code is part of one group, its own parts of no other, and all of them leaves."""
    groups = spec.dims[dimension]
    own = [parts for p, parts in groups if p == code]
    others = [parts for p, parts in groups if p != code]
    leaves = set(leaves_of(groups))
    return (
        len(own) == 1
        and set(own[0]) <= leaves
        and sum(code in parts for parts in others) == 1
        and not any(set(own[0]) & set(parts) for parts in others)
    )


def _without_parts(spec: TableSpec, dimension: int, parent: str) -> TableSpec:
    """A table of counts that shows a group alone, its parts no more."""
    parts = next(parts for p, parts in spec.dims[dimension] if p == parent)
    kept, sums = [], dict[tuple[str, ...], float]()
    for cell in spec.cells:
        if cell.codes[dimension] in parts:
            where = (*cell.codes[:dimension], parent, *cell.codes[dimension + 1 :])
            sums[where] = sums.get(where, 0.0) + (cell.value or 0.0)
        else:
            kept.append(cell)
    given = {cell.codes for cell in kept}
    made = [CellSpec(codes=c, value=v) for c, v in sums.items() if c not in given]
    groups = tuple((p, c) for p, c in spec.dims[dimension] if p != parent)
    return spec.model_copy(
        update={
            "dims": (*spec.dims[:dimension], groups, *spec.dims[dimension + 1 :]),
            "cells": (*made, *kept),
            "primary": None,
            "notes": (*spec.notes, f"「{parent}」の内訳は示していない。"),
        }
    )
