"""Every detector of unusual cells over one column."""

from collections.abc import Iterable

import numpy as np

from core import CellKind, Column, ColumnType
from rules.detect.cells.base import Alarm
from rules.detect.cells.formats import format_breaks, width_mismatches
from rules.detect.cells.missing import missing_codes, missing_notes
from rules.detect.cells.outliers import outliers
from rules.detect.cells.rare import CATEGORICAL, rare_values, very_old
from rules.detect.cells.running import running_numbers
from rules.detect.decision import Decision
from rules.detect.hidden import DIRECT, hidden_data
from rules.detect.profile import Mask, Profile

_T = ColumnType
TEXTUAL = frozenset({_T.FREE_TEXT, _T.UNKNOWN})
"""Columns whose texts are read for every kind of statement."""
_WORDS = CATEGORICAL - {_T.MUNICIPALITY_CODE, _T.INSURER_NUMBER, _T.FLAG}
"""Columns of words, where a number or address of a person is out of place."""


def column_alarms(column: Column, decision: Decision, profile: Profile) -> list[Alarm]:
    """What is unusual in a column taken by itself."""
    codes = missing_codes(decision, profile)
    alarms = [
        *rare_values(column, decision.type, profile),
        *very_old(column, decision.type, profile),
        *missing_notes(column, decision, profile, codes),
        *format_breaks(column, decision, profile, codes),
        *width_mismatches(column, decision, profile),
        *outliers(column, decision, profile, codes),
    ]
    if decision.type in TEXTUAL:
        alarms += [*hidden_data(column, profile), *running_numbers(column, profile)]
    elif decision.type in _WORDS:
        alarms += hidden_data(column, profile, DIRECT)
    return alarms


def hidden_types(alarms: list[Alarm]) -> frozenset[ColumnType]:
    """Which types of personal data hide in the column's texts."""
    return frozenset(
        span.type
        for alarm in alarms
        if alarm.kind == CellKind.HIDDEN_PERSONAL_DATA
        for spans in alarm.spans.values()
        for span in spans
    )


def hidden_totals(alarms: Iterable[Alarm]) -> dict[tuple[str, ColumnType], int]:
    """How many cells of each column hold personal data of each type, over all rows.

    A cell that names a thing twice counts once.
    """
    held: dict[tuple[str, ColumnType], Mask] = {}
    columns: dict[str, Column] = {}
    for alarm in alarms:
        if alarm.kind != CellKind.HIDDEN_PERSONAL_DATA or alarm.values is None:
            continue
        columns[alarm.column.key] = alarm.column
        for code, spans in alarm.spans.items():
            for type_ in {span.type for span in spans}:
                key = (alarm.column.key, type_)
                held.setdefault(key, np.zeros(len(alarm.values), np.bool_))[code] = True
    return {key: int(columns[key[0]].counts[mask].sum()) for key, mask in held.items()}
