"""Tables to publish: which cells to withhold, and the proof that they cannot be worked out."""

from anonymizer.tables.export import Override, certificate, export
from anonymizer.tables.load import load_table
from anonymizer.tables.practice import merge
from anonymizer.tables.primary import PrimaryRule
from anonymizer.tables.protect import protect
from anonymizer.tables.render import Printed, render
from anonymizer.tables.result import AuditReport, Cost, Interval, Protected
from anonymizer.tables.spec import CellSpec, TableSpec
from anonymizer.tables.tabulate import tabulate

__all__ = [
    "AuditReport",
    "CellSpec",
    "Cost",
    "Interval",
    "Override",
    "PrimaryRule",
    "Printed",
    "Protected",
    "TableSpec",
    "certificate",
    "export",
    "load_table",
    "merge",
    "protect",
    "render",
    "tabulate",
]
