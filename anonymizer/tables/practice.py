"""Practices of survey and mobile-statistics guides, each as a ready step."""

from collections.abc import Sequence

import numpy as np

from anonymizer.tables.spec import CellSpec, TableSpec, codes_of, leaves_of
from anonymizer.tables.system import Mask, System
from core import InputError


def next_smallest(system: System, primary: Mask, able: Mask) -> Mask:
    """The survey practice: where a line hides one cell alone, hide its next-smallest part as well.

    Returns the added cells (n,). It does not make a table safe by itself: the audits say.
    """
    hidden = primary.copy()
    values = np.where(np.isnan(system.values), np.inf, system.values)
    lines: Sequence[tuple[int, ...]] = [
        tuple(system.relations.indices[a:b].tolist())
        for a, b in zip(system.relations.indptr[:-1], system.relations.indptr[1:], strict=True)
    ]
    changed = True
    while changed:
        changed = False
        for line in lines:
            if sum(hidden[c] for c in line) != 1:
                continue
            choice = [c for c in line if able[c] and not hidden[c]]
            if choice:
                hidden[min(choice, key=lambda c: (values[c], c))] = True
                changed = True
    return hidden & ~primary


def merge(spec: TableSpec, dimension: int, codes: Sequence[str], into: str) -> TableSpec:
    """Merge categories of a table of counts, and say so below it.

    For a small area `into` is its neighbour's own code (the survey practice); for collapsed
    categories a new one. `dimension` counts from 0; `codes` have no parts and one parent.

    >>> areas = TableSpec.of([["計", ["北", "南", "島"]]], cells=[(["北"], 9), (["島"], 2)])
    >>> merged = merge(areas, 0, ["島"], "北")
    >>> [(c.codes, c.value) for c in merged.cells], merged.notes
    ([(('北',), 11.0)], ('「島」は「北」に合算した。',))

    Raises:
        InputError: the codes are not parts of one parent, or the cells are not counts.
    """
    gone = {*codes, into} & {c for _, parts in spec.dims[dimension] for c in parts}
    parents = [{p for p, parts in spec.dims[dimension] if code in parts} for code in gone]
    leaves = set(leaves_of(spec.dims[dimension]))
    taken = into in codes_of(spec.dims[dimension]) and into not in leaves
    alike = all(p == parents[0] for p in parents)
    if not (spec.is_count and {*codes} <= gone <= leaves and alike and codes and not taken):
        raise cannot_merge(spec)
    sums: dict[tuple[str, ...], float] = {}
    for cell in spec.cells:
        own = cell.codes[dimension]
        where = (
            *cell.codes[:dimension],
            into if own in gone else own,
            *cell.codes[dimension + 1 :],
        )
        sums[where] = sums.get(where, 0.0) + (cell.value or 0.0)
    groups = tuple(
        (p, tuple(dict.fromkeys(into if c in gone else c for c in parts)))
        for p, parts in spec.dims[dimension]
    )
    shown = "、".join(f"「{c}」" for c in codes if c != into)
    return spec.model_copy(
        update={
            "dims": (*spec.dims[:dimension], groups, *spec.dims[dimension + 1 :]),
            "cells": tuple(CellSpec(codes=c, value=v) for c, v in sums.items()),
            "primary": None,
            "notes": (*spec.notes, f"{shown}は「{into}」に合算した。"),
        }
    )


def cannot_merge(spec: TableSpec) -> InputError:
    """What is said where categories cannot be merged."""
    return InputError.of(
        "tables.merge",
        ja="まとめられるのは、件数の表で、同じ上位区分の下にある末端の区分だけです。"
        "区分を選び直してください。",
        en="Only categories without parts, under one parent, in a table of counts can be "
        "merged. Choose others.",
        source=spec.name or None,
    )
