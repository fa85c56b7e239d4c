"""Columns built row by row, for sources that give no columns of their own."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, Table
from intake import problems
from intake.upload import Limits

_BLOCK = 50_000


class ColumnBuilder:
    """Collects rows of texts of any length into equally long columns."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._rows: list[Sequence[str]] = []
        self._blocks: list[list[pa.Array]] = []
        self._width = 0
        self._done = 0

    def add(self, row: Sequence[str]) -> None:
        """One more row. Raises InputError above the limits."""
        if len(row) > self._width:
            self._width = len(row)
            if self._width > self._limits.columns:
                raise problems.too_many(self._name, "columns", self._limits.columns)
        self._rows.append(row)
        if len(self._rows) >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        self._done += len(self._rows)
        if self._done > self._limits.rows:
            raise problems.too_many(self._name, "rows", self._limits.rows)
        if self._done * self._width > self._limits.cells:
            raise problems.too_many(self._name, "cells", self._limits.cells)
        padded = [[*row, *[""] * (self._width - len(row))] for row in self._rows]
        self._blocks.append([pa.array(c, pa.string()) for c in zip(*padded, strict=True)])
        self._rows = []

    def table(self, names: Sequence[str]) -> Table:
        """The table; columns beyond the names are unnamed."""
        self._flush()
        width = max(self._width, len(names))
        arrays = [
            pa.chunked_array(
                [
                    block[i] if i < len(block) else pa.array([""] * len(block[0]), pa.string())
                    for block in self._blocks
                    if block
                ],
                pa.string(),
            )
            for i in range(width)
        ]
        if not any(self._blocks):
            arrays = [pa.chunked_array([], pa.string())] * width
        return Table.from_arrow([*names, *[""] * (width - len(names))], arrays)


def blank_rows(table: Table) -> npt.NDArray[np.bool_]:
    """Which rows are blank in every column: shape (rows,)."""
    blank = np.ones(table.rows, dtype=bool)
    for column in table:
        blank &= ~holding(column)[column.codes]
        if not blank.any():
            break
    return blank


def holding(column: Column) -> npt.NDArray[np.bool_]:
    """Which values of a column hold something: shape (values,)."""
    found = pc.match_substring_regex(column.values, r"[^\s　]")
    held: npt.NDArray[np.bool_] = found.to_numpy(zero_copy_only=False).astype(bool)
    return held


def drop_rows(table: Table, blank: npt.NDArray[np.bool_]) -> tuple[Table, int, int | None]:
    """The table without its blank rows.

    Also how many of them stood among the data (those at the end do not count), and the first.
    """
    if not blank.any():
        return table, 0, None
    kept = np.flatnonzero(~blank)
    last = int(kept[-1]) + 1 if len(kept) else 0
    arrays = [column.values.take(pa.array(column.codes[kept])) for column in table]
    first = int(np.argmax(blank)) + 1 if blank[:last].any() else None
    return Table.from_arrow([c.header for c in table], arrays), int(blank[:last].sum()), first
