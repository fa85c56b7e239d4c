"""The practices of the survey and mobile-statistics guides, ready to choose by name.

What each does to a table before cells are hidden: small areas go to their neighbours, small
categories together, people are counted once under a code. Whatever is merged is stated.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.keyed import pseudonym
from anonymizer.tables.disclosure_scenarios import Zeros
from anonymizer.tables.secondary_suppression import Complement
from anonymizer.tables.sources import tabulate, words
from anonymizer.tables.specification import (
    CellSpec,
    Group,
    TableSpec,
    codes_of,
    leaves_of,
    problem,
    total_of,
)
from core import InputError, Message, Table, listed, say
from language import decode

PresetName = Literal["cheapest", "survey", "merge_areas", "collapse", "mobile_statistics"]
Adjacency = Mapping[str, frozenset[str]]
"""For each area the areas it touches, whichever of the two was written first."""
KEY_BYTES = 16
"""The least length of a key: 128 bits cannot be guessed."""


@dataclass(frozen=True)
class Preset:
    """A practice: what is done to the table first, and how the complement is chosen."""

    name: PresetName
    complement: Complement = "cheapest"
    zeros: Zeros = "publish"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say(f"tables.presets.{self.name}")

    @property
    def explanation(self) -> Message:
        """What it does."""
        return say(f"tables.presets.{self.name}_explained")


PRESETS: dict[PresetName, Preset] = {
    "cheapest": Preset("cheapest"),
    "survey": Preset("survey", complement="next_smallest", zeros="suppress"),
    "merge_areas": Preset("merge_areas"),
    "collapse": Preset("collapse"),
    "mobile_statistics": Preset("mobile_statistics"),
}


def prepare(
    spec: TableSpec,
    preset: PresetName,
    threshold: float,
    neighbours: Mapping[str, str] | None = None,
    area: str | None = None,
    adjacent: Adjacency | None = None,
) -> TableSpec:
    """What a preset does to a table before cells are hidden; the others leave it as it is.

    `area` names the dimension of areas; without it the first one is taken. `neighbours` and
    `adjacent` are those of `merge_areas`.

    Raises:
        InputError: no dimension has that name, or the table states contributors.
    """
    if preset == "merge_areas":
        if area is not None and area not in spec.names:
            raise InputError(problem("tables.presets.no_column", spec.name))
        return merge_areas(
            spec, spec.names.index(area) if area else 0, threshold, neighbours, adjacent
        )
    if preset == "collapse":
        for dimension in range(len(spec.dims)):
            spec = collapse(spec, dimension, threshold)
    return spec


def mobile_statistics(
    table: Table,
    identifier: str,
    dimensions: Sequence[str],
    key: bytes,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    name: str = "",
) -> TableSpec:
    """De-identify with a keyed one-way code, then count every code once per combination.

    What comes out is ready for suppression, the third step. The codes go no further than here.

    Args:
        identifier: the column that tells whose record it is; empty ones count for nobody.
        key: at least 16 bytes, known to nobody who sees the records.

    Raises:
        InputError: a column is missing, or nothing is left to count.
    """
    if identifier not in table or identifier in dimensions or len(key) < KEY_BYTES:
        raise InputError(problem("tables.presets.identifier", name))
    own = table[identifier]
    codes = [pseudonym(text, key, identifier) if text.strip() else "" for text in own.texts]
    number = {code: i for i, code in enumerate(dict.fromkeys(codes))}
    people = np.array([number[code] if code else -1 for code in codes])[own.codes]
    present = [d for d in dimensions if d in table]
    columns = [table[d].codes for d in present]
    _, first = np.unique(np.stack([people, *columns], axis=1), axis=0, return_index=True)
    rows = np.sort(first[people[first] >= 0])
    taken = [table[d].values.take(pa.array(table[d].codes[rows])) for d in present]
    spec = tabulate(
        Table.from_arrow(present, taken), dimensions, hierarchies=hierarchies, name=name
    )
    several = len(rows) > len(np.unique(people[rows]))
    note = "counted_several_times" if several else "counted_once"
    return spec.model_copy(update={"notes": (say(f"tables.presets.{note}").ja,)})


def parse_adjacency(content: bytes, name: str = "") -> Adjacency:
    """Who touches whom: per row an area, then its neighbours; in any Japanese encoding.

    >>> sorted(parse_adjacency("北,中\\n南,中,東\\n".encode())["中"])
    ['北', '南']

    Raises:
        InputError: there is no row with two areas, or it is no text.
    """
    try:
        lines = io.StringIO(str(decode(content)))
    except InputError as error:
        raise error.about(name) from None
    rows = [[part.strip() for part in row if part.strip()] for row in csv.reader(lines)]
    found: dict[str, set[str]] = {}
    for one, *others in filter(None, rows):
        for other in others:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    if not found:
        raise InputError(problem("tables.presets.neighbours", name))
    return {area: frozenset(others - {area}) for area, others in found.items()}


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
        raise _cannot_merge(spec)
    groups = tuple(
        (p, tuple(dict.fromkeys(into if c in gone else c for c in parts)))
        for p, parts in spec.dims[dimension]
    )
    merged = listed(say("tables.presets.quoted", code=c) for c in codes if c != into)
    note = say("tables.presets.merged", codes=merged, into=into)
    return _recoded(spec, dimension, dict.fromkeys(gone, into), groups, note)


def _recoded(
    spec: TableSpec,
    dimension: int,
    into: Mapping[str, str],
    groups: tuple[Group, ...],
    note: Message,
) -> TableSpec:
    """A table of counts with other codes in a dimension, and a note that says so.

    Cells that come together are summed, unless the table lists their sum.
    """
    given = {cell.codes for cell in spec.cells if cell.codes[dimension] not in into}
    sums: dict[tuple[str, ...], float] = {}
    for cell in spec.cells:
        own = cell.codes[dimension]
        where = (*cell.codes[:dimension], into.get(own, own), *cell.codes[dimension + 1 :])
        if own not in into or where not in given:
            sums[where] = sums.get(where, 0.0) + (cell.value or 0.0)
    return spec.model_copy(
        update={
            "dims": (*spec.dims[:dimension], groups, *spec.dims[dimension + 1 :]),
            "cells": tuple(CellSpec(codes=c, value=v) for c, v in sums.items()),
            "primary": None,
            "notes": (*spec.notes, note.ja),
        }
    )


def _cannot_merge(spec: TableSpec) -> InputError:
    return InputError(problem("tables.presets.merge", spec.name))


def leaf_totals(spec: TableSpec, dimension: int) -> dict[str, float]:
    """The total of every leaf of a dimension, over the leaves of all others.

    >>> areas = TableSpec.of([["計", ["北", "南"]]], cells=[(["計"], 12), (["北"], 9), (["南"], 3)])
    >>> leaf_totals(areas, 0)
    {'北': 9.0, '南': 3.0}
    """
    totals = dict.fromkeys(leaves_of(spec.dims[dimension]), 0.0)
    for cell in spec.leaf_cells():
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

    def heir(area: str) -> str:
        while area in moved:
            area = moved[area]
        return area

    while small := _smallest(spec, dimension, threshold):
        siblings = _siblings(spec, dimension, small)
        into = heir((neighbours or {}).get(small, small))
        if into == small and adjacent:
            own = [others for area, others in adjacent.items() if heir(area) == small]
            touching = {heir(other) for others in own for other in others} - {small}
            totals = leaf_totals(spec, dimension)
            around = [c for c in siblings if c in touching]
            enough = [c for c in around if totals[c] + totals[small] >= threshold]
            into = (
                min(enough, key=totals.__getitem__)
                if enough
                else max(around, key=totals.__getitem__, default="")
            )
        elif into == small:
            at = siblings.index(small)
            into = siblings[at + 1] if at + 1 < len(siblings) else siblings[at - 1]
        if into not in siblings:
            raise InputError(problem("tables.presets.neighbour", spec.name))
        spec = merge(spec, dimension, [small], into)
        moved[small] = into
    return spec


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


def collapse(spec: TableSpec, dimension: int, threshold: float) -> TableSpec:
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
            raise _cannot_merge(spec)
        if small and len(chosen) == len(own) and _has_one_parent(spec, dimension, parent):
            groups = tuple(group for group in spec.dims[dimension] if group[0] != parent)
            note = say("tables.presets.parts_not_shown", parent=parent)
            spec = _recoded(spec, dimension, dict.fromkeys(own, parent), groups, note)
        elif small and len(chosen) > 1:
            name = words()["other"] if parent == total else words()["other_of"]
            spec = merge(spec, dimension, chosen, name.format(parent=parent))
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
