"""Generalisation hierarchies: each value's path from itself to `*`."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core import Codes, InputError, Problem, each, fold
from measure import STAR, canonical

Floats = npt.NDArray[np.float64]


def numbered(labels: Iterable[str]) -> tuple[tuple[str, ...], Codes]:
    """The different labels in the order they come, and the number of each label's own.

    >>> numbered(["南", "北", "南"])
    (('南', '北'), array([0, 1, 0], dtype=int32))
    """
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(x, len(numbers)) for x in labels], np.int32)
    return tuple(numbers), codes


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """A tree over the values of one column.

    `labels[level]` names the nodes of a level, `nodes[level]` (shape: leaves) gives each leaf's
    node there; level 0 holds the leaves, the highest level is `*` alone.

    >>> sex = Hierarchy.of("性別", [("男", "*"), ("女", "*")])
    >>> sex.height, sex.labels, sex.share[1].tolist()
    (1, (('男', '女'), ('*',)), [1.0, 1.0])
    """

    name: str
    labels: tuple[tuple[str, ...], ...] = field(repr=False)
    nodes: tuple[Codes, ...] = field(repr=False)

    @classmethod
    def of(cls, name: str, paths: Iterable[Sequence[str]]) -> "Hierarchy":
        """From paths of equal length, leaf to `*`. Raises InputError naming what is wrong."""
        rows = [tuple(path) for path in paths]
        problems = check_paths(name, rows)
        if problems:
            raise InputError(problems)
        return cls._build(name, rows)

    @classmethod
    def _build(cls, name: str, rows: Sequence[Sequence[str]]) -> "Hierarchy":
        levels = [numbered(level) for level in zip(*rows, strict=True)]
        return cls(name, tuple(x for x, _ in levels), tuple(x for _, x in levels))

    @property
    def height(self) -> int:
        """The highest level, where everything is `*`."""
        return len(self.labels) - 1

    @property
    def leaves(self) -> tuple[str, ...]:
        """The values at level 0."""
        return self.labels[0]

    @cached_property
    def share(self) -> tuple[Floats, ...]:
        """Per level, for each leaf: leaves under its node / all leaves (0-1).

        A node named `*` counts as everything.
        """
        found = []
        for labels, nodes in zip(self.labels, self.nodes, strict=True):
            share = np.bincount(nodes, minlength=len(labels)) / len(self.leaves)
            share[[i for i, label in enumerate(labels) if label == STAR]] = 1.0
            found.append(share[nodes])
        return tuple(found)

    @cached_property
    def places(self) -> dict[str, int]:
        """Each leaf's number, by its canonical text."""
        return {canonical(leaf): i for i, leaf in enumerate(self.leaves)}

    @cached_property
    def ways(self) -> dict[str, tuple[str, ...]]:
        """From each value or group, by its canonical text, to what it is called at every level.

        A group stays as it is up to its own level.

        >>> tree = Hierarchy.of("病名", [("胃がん", "がん", "*"), ("喘息", "喘息", "*")])
        >>> tree.ways["がん"]
        ('がん', 'がん', '*')
        """
        found: dict[str, tuple[str, ...]] = {}
        paths = [self.path(leaf) for leaf in range(len(self.leaves))]
        for level in range(self.height + 1):
            for path in paths:
                whole = (path[level],) * level + path[level:]
                found.setdefault(canonical(path[level]), whole)
        return found

    def over(self, texts: Sequence[str]) -> "Hierarchy":
        """The same tree over values of which some are groups already; others become `*`."""
        nothing = (STAR,) * (self.height + 1)
        return Hierarchy._build(
            self.name, [self.ways.get(canonical(text), nothing) for text in texts]
        )

    def with_missing(self) -> "Hierarchy":
        """The hierarchy with one more leaf `*`, for values it does not hold."""
        if STAR in self.leaves:
            return self
        paths = [self.path(leaf) for leaf in range(len(self.leaves))]
        return Hierarchy._build(self.name, [*paths, (STAR,) * len(self.labels)])

    def only(self, levels: Sequence[int]) -> "Hierarchy":
        """The hierarchy with some of its levels; the first and the last must be among them."""
        return Hierarchy(
            self.name,
            tuple(self.labels[level] for level in levels),
            tuple(self.nodes[level] for level in levels),
        )

    def to_csv(self) -> str:
        """The file `parse_hierarchy` reads, to be edited.

        >>> print(Hierarchy.of("性別", [("男", "*"), ("女", "*")]).to_csv(), end="")
        男;*
        女;*
        """
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerows(self.path(leaf) for leaf in range(len(self.leaves)))
        return out.getvalue()

    def label(self, text: str, level: int) -> str | None:
        """What a value is called at a level; None where the hierarchy does not hold it."""
        leaf = self.places.get(canonical(text))
        return None if leaf is None else self.labels[level][self.nodes[level][leaf]]

    def path(self, leaf: int) -> tuple[str, ...]:
        """The labels from a leaf to `*`."""
        return tuple(
            labels[nodes[leaf]] for labels, nodes in zip(self.labels, self.nodes, strict=True)
        )


def check_paths(name: str, rows: Sequence[Sequence[str]]) -> list[Problem]:
    """Everything that keeps paths from being a tree, as problems."""

    def problem(code: str, numbers: Sequence[int] = ()) -> Problem:
        shown = ", ".join(str(n) for n in numbers[:5]) + (" …" if len(numbers) > 5 else "")
        return Problem.of(f"anonymizer.hierarchy.{code}", source=name, rows=shown)

    if not rows:
        return [problem("hierarchy_empty")]
    width = len(rows[0])
    uneven = [i for i, row in enumerate(rows, 1) if len(row) != width or not all(row)]
    if uneven:
        return [problem("hierarchy_hole", uneven)]
    found = []
    if any(row[-1] != STAR for row in rows):
        found.append(problem("hierarchy_no_top"))
    seen: dict[str, int] = {}
    twice = [i for i, row in enumerate(rows, 1) if seen.setdefault(fold(row[0]), i) != i]
    if twice:
        found.append(problem("hierarchy_duplicate", twice))
    parents: dict[tuple[int, str], str] = {}
    forks = [
        i
        for i, row in enumerate(rows, 1)
        for level in range(width - 1)
        if parents.setdefault((level, row[level]), row[level + 1]) != row[level + 1]
    ]
    if forks:
        found.append(problem("hierarchy_two_parents", forks))
    elif _has_cycle(rows):
        found.append(problem("hierarchy_cycle"))
    return found


def _has_cycle(rows: Sequence[Sequence[str]]) -> bool:
    above: dict[str, set[str]] = {}
    for row in rows:
        for low, high in pairwise(row):
            if low != high:
                above.setdefault(low, set()).add(high)
    try:
        TopologicalSorter(above).prepare()
    except CycleError:
        return True
    return False


def climb(
    name: str, values: Sequence[str], rungs: Sequence[Callable[[str], str | None]]
) -> tuple[Hierarchy, list[int]]:
    """A hierarchy from functions that widen a value step by step, and which of them made a level.

    Where a function cannot read a value the value becomes `*` from there on. Two values that meet
    stay together, so that the result is a tree whatever the functions do. A function that brings no
    values together makes no level; `*` is put on top.
    """
    levels: list[list[str]] = [list(values)]
    used = []
    for number, rung in enumerate(rungs):
        below = levels[-1]
        first: dict[str, str] = {}
        level = []
        for value, low in zip(each(values), below, strict=True):
            if low not in first:
                first[low] = STAR if low == STAR else (rung(value) or STAR)
            level.append(first[low])
        if 1 < len(set(level)) < len(set(below)):
            levels.append(level)
            used.append(number)
    levels.append([STAR] * len(values))
    return Hierarchy._build(name, list(zip(*levels, strict=True))), used
