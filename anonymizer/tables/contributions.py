"""Records to a table with contributors: who stands behind each cell, and with how much."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.tables.spec import CellSpec, TableSpec, codes_of, coverage
from anonymizer.tables.system import Floats
from anonymizer.tables.tabulate import check_columns, dimension, free_total
from core import Column, InputError, Table
from language import read_number

LARGEST = 5
"""How many of the largest contributions a cell states."""


def tabulate_contributions(
    table: Table,
    dimensions: Sequence[str],
    *,
    identifier: str | None = None,
    value: str | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    name: str = "",
) -> TableSpec:
    """Sums over the chosen columns with each cell's number of contributors and the largest of them.

    Whoever stands behind several cells is counted once in their total.

    Args:
        identifier: the column that tells whose record it is; None: every record is another's.
        value: the column of amounts to sum; None: records are counted.

    Raises:
        InputError: no such column, an amount that is none, or no record.

    >>> sales = Table.of({"区": ["北", "北", "南"], "店": ["A", "A", "A"], "額": ["5", "4", "9"]})
    >>> spec = tabulate_contributions(sales, ["区"], identifier="店", value="額")
    >>> [(c.codes[0], c.value, c.n, c.top) for c in spec.cells]
    [('計', 18.0, 1, (18.0,)), ('北', 9.0, 1, (9.0,)), ('南', 9.0, 1, (9.0,))]
    """
    check_columns(table, [*dimensions, *(c for c in (identifier, value) if c)])
    columns = [table[d] for d in dimensions]
    parts = [dimension(c, (hierarchies or {}).get(c.key), free_total(c)) for c in columns]
    frame = pd.DataFrame(
        {
            "who": table[identifier].codes if identifier else np.arange(table.rows),
            "amount": _amounts(table[value], name) if value else np.ones(table.rows),
        }
    )
    places = list(range(len(parts)))
    for place, column, part in zip(places, columns, parts, strict=True):
        frame[place] = np.array(part.codes, dtype=object)[column.codes]
    frame = _summed(frame, places)
    for place, part in zip(places, parts, strict=True):
        frame = _with_totals(frame, place, coverage(part.groups))
    single = _summed(frame, places)
    cells = {
        codes: CellSpec(
            codes=codes,
            value=float(amounts.sum()),
            n=len(amounts),
            top=tuple(np.sort(amounts)[::-1][:LARGEST].tolist()),
        )
        for codes, amounts in _cells(single, places)
    }
    order = [{code: i for i, code in enumerate(codes_of(p.groups))} for p in parts]
    listed = sorted(cells, key=lambda codes: [o[c] for o, c in zip(order, codes, strict=True)])
    return TableSpec(
        name=name,
        names=tuple(dimensions),
        dims=tuple(p.groups for p in parts),
        cells=tuple(cells[codes] for codes in listed),
    )


def _summed(frame: pd.DataFrame, places: list[int]) -> pd.DataFrame:
    """One row per cell and contributor."""
    return frame.groupby([*places, "who"], sort=False).agg({"amount": "sum"}).reset_index()


def _with_totals(
    frame: pd.DataFrame, place: int, cover: Mapping[str, frozenset[str]]
) -> pd.DataFrame:
    """Every row once for each code that holds its own."""
    pairs = [(leaf, code) for code, leaves in cover.items() for leaf in leaves]
    above = pd.DataFrame(pairs, columns=[place, "above"])
    joined = frame.merge(above, on=place)
    return joined.drop(columns=[place]).rename(columns={"above": place})


def _cells(frame: pd.DataFrame, places: list[int]) -> list[tuple[tuple[str, ...], Floats]]:
    found = []
    for key, amounts in frame.groupby(places, sort=False)["amount"]:
        codes = tuple(str(code) for code in key) if isinstance(key, tuple) else (str(key),)
        found.append((codes, amounts.to_numpy(dtype=np.float64)))
    return found


def _amounts(column: Column, name: str) -> Floats:
    numbers = [read_number(text) if text.strip() else 0 for text in column.texts]
    wrong = sum(
        int(rows)
        for number, rows in zip(numbers, column.counts, strict=True)
        if number is None or number < 0
    )
    if wrong:
        raise InputError.of(
            "tables.amount",
            ja=f"列「{column.key}」の {wrong} 行が 0 以上の数ではありません。"
            "数だけを書いてください。",
            en=f"{wrong} rows of column “{column.key}” are not numbers of 0 or more. Write numbers "
            "only.",
            source=name or None,
        )
    known = np.array([float(number or 0) for number in numbers])
    found: Floats = known[column.codes]
    return found
