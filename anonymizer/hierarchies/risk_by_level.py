"""The risk if one column were shown more coarsely, level by level of its hierarchy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy, numbered
from anonymizer.hierarchies.loader import missing_values
from core import Column, InputError, Problem, Table, beat
from language import is_missing_word
from measure import STAR, Coded, canonical, code, combine, count_classes, group, hierarchical_t


@dataclass(frozen=True)
class LevelRisk:
    """One column at one level, all others as they are."""

    column: str
    level: int
    """0 = as it is; the highest level shows nothing of the column."""
    values: int
    """How many different values are left."""
    k: int
    classes: int
    uniques: int
    share_at_risk: float
    """Share of rows (0-1) in classes below the threshold."""


def at_levels(column: Column, hierarchy: Hierarchy) -> list[Coded]:
    """A column at each level of its hierarchy, the finest first.

    A value that is a group of the hierarchy already stays as it is up to its own level. Raises
    InputError where the column holds values that the hierarchy lacks.
    """
    coded = code(column, canonical)
    paths = hierarchy.ways
    lacking = [
        i
        for i, text in enumerate(coded.labels)
        if text and text not in paths and not is_missing_word(text)
    ]
    if lacking:
        raise InputError(missing_values(coded.name, coded.labels, coded.counts, lacking))
    found = []
    for level in range(hierarchy.height + 1):
        names, numbers = numbered(paths[t][level] if t in paths else t for t in coded.labels)
        found.append(Coded(column.key, numbers[coded.codes], names))
    return found


def risk_by_level(
    table: Table, quasi: Sequence[str], hierarchies: Mapping[str, Hierarchy], threshold: int
) -> tuple[LevelRisk, ...]:
    """For each quasi-identifier with a hierarchy, the risk at each of its levels.

    All problems of all hierarchies are raised as one InputError.
    """
    columns = [code(table[name], canonical) for name in quasi]
    raised: dict[str, list[Coded]] = {}
    problems: list[Problem] = []
    for name in quasi:
        if name in hierarchies:
            try:
                raised[name] = at_levels(table[name], hierarchies[name])
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)
    distinct = count_classes(columns)
    first = distinct.first_rows()
    found = []
    for place, name in enumerate(quasi):
        for level, coarse in enumerate(raised.get(name, ())):
            beat()
            shown = [coarse if i == place else c for i, c in enumerate(columns)]
            key = combine([c.codes[first] for c in shown], [c.size for c in shown])
            index = group(key).index
            sizes = np.bincount(index, distinct.sizes).astype(np.int64)
            found.append(
                LevelRisk(
                    column=name,
                    level=level,
                    values=coarse.size,
                    k=int(sizes.min()),
                    classes=len(sizes),
                    uniques=int((sizes == 1).sum()),
                    share_at_risk=float(sizes[sizes < threshold].sum() / table.rows),
                )
            )
    return tuple(found)


def t_by_hierarchy(
    table: Table, quasi: Sequence[str], sensitive: str, hierarchy: Hierarchy
) -> float:
    """Largest distance (0-1) of a class, sensitive values as far apart as in their hierarchy."""
    columns = [code(table[name], canonical) for name in quasi]
    distinct = count_classes(columns)
    first = distinct.first_rows()
    gone = np.ones(len(distinct), bool)
    for column in columns:
        gone &= np.array([label == STAR for label in column.labels])[column.codes[first]]
    return hierarchical_t(distinct, at_levels(table[sensitive], hierarchy), ~gone)
