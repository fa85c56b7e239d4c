"""Unusual cells (特異なデータ): what is rare, out of range, out of form, or hidden."""

from rules.detect.cells.base import Alarm, rank, totals

__all__ = ["Alarm", "rank", "totals"]
