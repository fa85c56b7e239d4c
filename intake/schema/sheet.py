"""Schemas laid out as tables of cells."""

from core import Schema
from intake.grid import Grid


def recognise_sheet(grid: Grid, certain: bool = True) -> str | None:
    """The layout of a schema in a grid, or None when it looks like data."""
    return None


def parse_sheet(name: str, grid: Grid, layout: str) -> Schema | None:
    """The schema in a grid."""
    return None
