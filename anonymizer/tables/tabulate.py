"""Microdata to a table to publish: count the records of every combination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.tables.spec import CellSpec, Group, TableSpec
from core import Column, InputError, Table, fold
from measure import canonical

TOTALS = ("計", "合計", "総数", "総計", "全体", "total", "all", "*")
BLANK = "（空欄）"


@dataclass(frozen=True)
class Dimension:
    """The groups of a dimension, and the code of each distinct value of its column."""

    groups: tuple[Group, ...]
    codes: tuple[str, ...]


def total_code(column: Column) -> str:
    """The column's own word for its total where it has one, else 計."""
    own = [t for t in column.texts if fold(t) in TOTALS]
    return own[0] if own else TOTALS[0]


def dimension(column: Column, hierarchy: Hierarchy | None, total: str) -> Dimension:
    """A column's values under their total, with the levels of a hierarchy between.

    Values that are the same after normalising (１２ and 12) are one code.

    Raises:
        InputError: values that the hierarchy does not hold.
    """
    first: dict[str, str] = {}
    codes = tuple(first.setdefault(canonical(t), t.strip() or BLANK) for t in column.texts)
    leaves = [c for c in dict.fromkeys(codes) if c != total]
    if not leaves:
        raise InputError.of(
            "tables.only_total",
            ja=f"列「{column.key}」に合計のほかの区分がありません。内訳の行を加えてください。",
            en=f"Column “{column.key}” has only a total. Add the rows of its parts.",
        )
    if hierarchy is None:
        return Dimension(((total, tuple(leaves)),), codes)
    missing = [c for c in leaves if canonical(c) not in hierarchy.places]
    upper = {label for level in hierarchy.labels[1:] for label in level}
    missing = [c for c in missing if c not in upper]
    if missing:
        raise InputError.of(
            "hierarchy_misses_values",
            ja=f"列「{column.key}」の {len(missing)} 個の区分が階層にありません。"
            "階層にその区分の行を加えてください。",
            en=f"{len(missing)} categories of column “{column.key}” are not in its hierarchy. "
            "Add a row for each to the hierarchy.",
        )
    return Dimension(_groups(leaves, hierarchy, total), codes)


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
    check_columns(table, dimensions)
    columns = [table[d] for d in dimensions]
    parts = [dimension(c, (hierarchies or {}).get(c.key), free_total(c)) for c in columns]
    coded = []
    for column, part in zip(columns, parts, strict=True):
        number = {code: i for i, code in enumerate(dict.fromkeys(part.codes))}
        coded.append(np.array([number[c] for c in part.codes])[column.codes])
    combinations, counts = np.unique(np.stack(coded, axis=1), axis=0, return_counts=True)
    texts = [list(dict.fromkeys(p.codes)) for p in parts]
    cells = tuple(
        CellSpec(
            codes=tuple(t[int(i)] for t, i in zip(texts, combination, strict=True)),
            value=float(count),
        )
        for combination, count in zip(combinations, counts, strict=True)
    )
    return TableSpec(
        name=name,
        names=tuple(dimensions),
        dims=tuple(p.groups for p in parts),
        cells=cells,
    )


def free_total(column: Column) -> str:
    """A word for the total that no record uses."""
    used = {fold(t) for t in column.texts}
    return next((t for t in TOTALS if t not in used), "（計）")


def check_columns(table: Table, dimensions: Sequence[str]) -> None:
    """Raise InputError unless the columns are there, each named once, with at least a record."""
    absent = [d for d in dimensions if d not in table]
    if absent or not dimensions or len(set(dimensions)) < len(dimensions):
        raise InputError.of(
            "tables.no_column",
            ja="集計する列が見つからないか、重なっています（" + "、".join(absent) + "）。"
            "列の名前を確かめてください。",
            en="A column to tabulate is missing or named twice (" + ", ".join(absent) + "). "
            "Check the column names.",
        )
    if not table.rows:
        raise InputError.of(
            "tables.empty",
            ja="集計するデータの行がありません。データのあるファイルを選んでください。",
            en="There are no rows to tabulate. Choose a file that has data.",
        )
