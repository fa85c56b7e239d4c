"""Alarms over distinct values, and their ranking into a bounded list of cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from core import CellKind, CellNote, Column, Message, Span, mask
from rules.detect.profile import Mask

_FADE = 0.96
"""Each further cell of one alarm weighs a little less, so that the list shows variety first."""


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
    reason: Message | Callable[[int, int], Message]
    """The reason in words, or what makes it of a value's code and its count."""
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

    def cells(self, limit: int | None) -> npt.NDArray[np.int64]:
        """The 0-based rows, in file order or by score, at most `limit`."""
        rows = self.rows
        if rows is None:
            flagged = np.zeros(0, np.bool_) if self.values is None else self.values
            rows = np.flatnonzero(flagged[self.column.codes])
        elif self.scores is not None:
            rows = rows[np.argsort(-self.scores, kind="stable")]
        return rows[:limit]

    def notes(self, limit: int | None) -> Iterable[CellNote]:
        """The notes of the first cells."""
        for position, row in enumerate(self.cells(limit)):
            yield self._note(int(row), position)

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
        said = self.of_row(row) if self.of_row else RowSaid(self._reason(code, count), count)
        return CellNote(
            row=row + 1,
            column=self.column.key,
            kind=self.kind,
            masked=mask(self.column.values[code].as_py()),
            reason=said.reason,
            rule=self.rule,
            count=said.count if self.counted or self.of_row else None,
            weight=round(self.weight * _FADE**position, 4),
            columns=self.columns,
            fewest=said.fewest,
            score=said.score,
            spans=self.spans.get(code, ()),
        )

    def _reason(self, code: int, count: int) -> Message:
        return self.reason if isinstance(self.reason, Message) else self.reason(code, count)


def alarms(
    column: Column,
    kind: CellKind,
    rule: str,
    weight: float,
    values: Mask,
    reason: Message | Callable[[int, int], Message],
    *,
    counted: bool = False,
) -> list[Alarm]:
    """One alarm over some distinct values of a column, none where no value is among them."""
    if not values.any():
        return []
    return [Alarm(column, kind, rule, weight, reason, values=values, counted=counted)]


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
            rows = [alarm.cells(None) for alarm in group]
            by_column[key] = len(np.unique(np.concatenate(rows)))
    by_kind: Counter[CellKind] = Counter()
    for (_, kind), count in by_column.items():
        by_kind[kind] += count
    return dict(by_kind), by_column


def rank(alarms: Iterable[Alarm], limit: int | None) -> tuple[CellNote, ...]:
    """The cells that matter most, one note per row, column and kind, the weightiest first."""
    notes: dict[tuple[int, str, CellKind], CellNote] = {}
    for alarm in alarms:
        for note in alarm.notes(limit):
            key = (note.row, note.column, note.kind)
            if key not in notes or notes[key].weight < note.weight:
                notes[key] = note
    ordered = sorted(notes.values(), key=lambda n: (-n.weight, n.row, n.column, n.kind))
    return tuple(islice(ordered, limit))
