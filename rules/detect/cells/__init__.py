"""Unusual cells (特異なデータ): what is rare, out of range, out of form, or missing."""

from rules.detect.cells.alarm import Alarm, RowSaid, alarms, causes, rank, totals
from rules.detect.cells.broken_forms import format_breaks, running_numbers, width_mismatches
from rules.detect.cells.missing_codes import missing_codes, missing_notes
from rules.detect.cells.outliers import numbers_of, outliers
from rules.detect.cells.rarity import CATEGORICAL, rare_values, singled_out, very_old

__all__ = [
    "CATEGORICAL",
    "Alarm",
    "RowSaid",
    "alarms",
    "causes",
    "format_breaks",
    "missing_codes",
    "missing_notes",
    "numbers_of",
    "outliers",
    "rank",
    "rare_values",
    "running_numbers",
    "singled_out",
    "totals",
    "very_old",
    "width_mismatches",
]
