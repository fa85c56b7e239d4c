"""Alarms over distinct values: each is one cause, and its cells are made one by one on demand."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from core import (
    CELL_KINDS,
    CellCause,
    CellExample,
    CellKind,
    CellNote,
    Column,
    Message,
    Span,
    listed,
    mask,
    say,
)
from rules.detect.profile import Mask

_FADE = 0.96
"""Each further cell of one alarm weighs a little less, so that the list shows variety first."""
_EXAMPLES = 5
"""Cells that stand for a cause."""


@dataclass(frozen=True)
class RowSaid:
    """What is said of one row that is unusual as a whole."""

    reason: Message
    count: int
    """How many rows share what is unusual, this one included."""
    fewest: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True)
class Alarm:
    """Values of one column, or rows, that are unusual for one reason.

    Either `values` (one truth value per distinct value) or `rows` (0-based, ascending) says which.
    """

    column: Column
    kind: CellKind
    rule: str
    weight: float
    """0–1: what stands first in a bounded list. Hidden personal data come before rows that are
    alone, these before wrong check digits and outliers, these before forms, widths and codes."""
    reason: Message
    """The reason in words, for all of its cells."""
    of_value: Callable[[int, int], Message] | None = None
    """What is said of one value (its code, its count) instead of `reason`."""
    values: Mask | None = field(default=None, repr=False)
    rows: npt.NDArray[np.int64] | None = field(default=None, repr=False)
    scores: npt.NDArray[np.float64] | None = field(default=None, repr=False)
    """With `rows`: how much each of them matters, the highest first in a bounded list."""
    of_row: Callable[[int], RowSaid] | None = None
    """With `rows`: what is said of each of them (0-based) instead of `reason`."""
    columns: tuple[str, ...] = ()
    spans: Mapping[int, tuple[Span, ...]] = field(default_factory=dict, repr=False)
    counted: bool = False
    """Whether the note should tell how many rows share the value."""

    @property
    def total(self) -> int:
        """How many cells this is about: exact, over all rows."""
        if self.rows is not None:
            return len(self.rows)
        return int(self.column.counts[self.values].sum())

    def cells(self) -> npt.NDArray[np.int64]:
        """The 0-based rows, in file order or by score."""
        rows = self.rows
        if rows is None:
            flagged = np.zeros(0, np.bool_) if self.values is None else self.values
            return np.flatnonzero(flagged[self.column.codes])
        return rows if self.scores is None else rows[np.argsort(-self.scores, kind="stable")]

    def notes(self) -> Iterator[CellNote]:
        """One note a cell, the weightiest first."""
        for position, row in enumerate(self.cells()):
            yield self._note(int(row), position)

    def examples(self) -> tuple[CellExample, ...]:
        """Cells to show, of different values where only their value makes them unusual."""
        rows = self.cells()
        if self.rows is None:
            rows = rows[np.sort(np.unique(self.column.codes[rows], return_index=True)[1])]
        return tuple(
            CellExample(row=int(row) + 1, column=self.column.key, masked=self._masked(int(row)))
            for row in rows[:_EXAMPLES]
        )

    def at(self, row: int) -> tuple[CellNote, ...]:
        """The note of one row (1 = first), if it is among the cells."""
        code = int(self.column.codes[row - 1])
        if self.rows is not None:
            place = int(np.searchsorted(self.rows, row - 1))
            found = place < len(self.rows) and int(self.rows[place]) == row - 1
        else:
            found = self.values is not None and bool(self.values[code])
        return (self._note(row - 1, 0),) if found else ()

    def _note(self, row: int, position: int) -> CellNote:
        code = int(self.column.codes[row])
        count = int(self.column.counts[code])
        if self.of_row:
            said = self.of_row(row)
        else:
            said = RowSaid(self.of_value(code, count) if self.of_value else self.reason, count)
        return CellNote(
            row=row + 1,
            column=self.column.key,
            kind=self.kind,
            masked=self._masked(row),
            reason=said.reason,
            rule=self.rule,
            count=said.count if self.counted or self.of_row else None,
            weight=round(self.weight * _FADE**position, 4),
            columns=self.columns,
            fewest=said.fewest,
            score=said.score,
            spans=self.spans.get(code, ()),
        )

    def _masked(self, row: int) -> str:
        return mask(self.column.values[int(self.column.codes[row])].as_py())


def alarms(
    column: Column,
    kind: CellKind,
    rule: str,
    weight: float,
    values: Mask,
    reason: Message,
    of_value: Callable[[int, int], Message] | None = None,
    *,
    counted: bool = False,
) -> list[Alarm]:
    """One alarm over some distinct values of a column, none where no value is among them."""
    if not values.any():
        return []
    return [Alarm(column, kind, rule, weight, reason, of_value, values=values, counted=counted)]


def totals(alarms: Iterable[Alarm]) -> tuple[dict[CellKind, int], dict[tuple[str, CellKind], int]]:
    """Cells per kind, and per column and kind, over all rows; each cell counts once per kind."""
    by_column: dict[tuple[str, CellKind], int] = {}
    grouped: dict[tuple[str, CellKind], list[Alarm]] = {}
    for alarm in alarms:
        grouped.setdefault((alarm.column.key, alarm.kind), []).append(alarm)
    for key, group in grouped.items():
        if len(group) == 1:
            by_column[key] = group[0].total
        else:
            rows = [alarm.cells() for alarm in group]
            by_column[key] = len(np.unique(np.concatenate(rows)))
    by_kind: Counter[CellKind] = Counter()
    for (_, kind), count in by_column.items():
        by_kind[kind] += count
    return dict(by_kind), by_column


def causes(alarms: Iterable[Alarm], rows: int) -> tuple[CellCause, ...]:
    """The alarms as people read them, the weightiest first; the table has so many rows."""
    found: list[CellCause] = []
    seen: Counter[str] = Counter()
    for alarm in sorted(alarms, key=lambda a: (-a.weight, a.column.position)):
        name = f"{alarm.rule}:{alarm.column.position}"
        seen[name] += 1
        columns = alarm.columns or (alarm.column.key,)
        title = say(
            "rules.causes.title", columns=listed(columns, ja="・"), kind=CELL_KINDS[alarm.kind]
        )
        found.append(
            CellCause(
                id=name if seen[name] == 1 else f"{name}:{seen[name]}",
                kind=alarm.kind,
                rule=alarm.rule,
                column=alarm.column.key,
                columns=columns,
                title=title,
                reason=alarm.reason,
                count=alarm.total,
                share=round(alarm.total / rows, 6) if rows else 0.0,
                examples=alarm.examples(),
            )
        )
    return tuple(found)


def rank(alarms: Iterable[Alarm], limit: int | None = None) -> Iterator[CellNote]:
    """The cells that matter most, one note per row, column and kind, the weightiest first.

    The notes are made as they are taken: no list of them is held.
    """
    of_cells: dict[tuple[str, CellKind], list[Alarm]] = {}
    for alarm in alarms:
        of_cells.setdefault((alarm.column.key, alarm.kind), []).append(alarm)
    several = {key for key, group in of_cells.items() if len(group) > 1}
    told: dict[tuple[str, CellKind], Mask] = {}

    def first(note: CellNote) -> bool:
        """Whether no weightier alarm said the same kind of this cell."""
        key = (note.column, note.kind)
        if key not in several:
            return True
        if key not in told:
            told[key] = np.zeros(len(of_cells[key][0].column.codes), np.bool_)
        known, told[key][note.row - 1] = told[key][note.row - 1], True
        return not known

    merged = heapq.merge(
        *(alarm.notes() for group in of_cells.values() for alarm in group),
        key=lambda n: (-n.weight, n.row, n.column, n.kind),
    )
    return islice(filter(first, merged), limit)
