"""Tables to publish: which cells to withhold, and the proof that they cannot be worked out."""

from anonymizer.tables.disclosure_audit import Audited, AuditReport, Interval
from anonymizer.tables.disclosure_scenarios import PrimaryRule
from anonymizer.tables.perturbation import Adjusted, add_noise, round_tables
from anonymizer.tables.presets import (
    PRESETS,
    Adjacency,
    Preset,
    PresetName,
    merge,
    mobile_statistics,
    parse_adjacency,
    prepare,
)
from anonymizer.tables.publication import (
    Override,
    Printed,
    certificate,
    certificate_path,
    check_format,
    encode,
    export,
    render,
)
from anonymizer.tables.secondary_suppression import LEGEND, Cost, Protected, protect
from anonymizer.tables.sources import load_table, tabulate, tabulate_contributions
from anonymizer.tables.specification import CellSpec, TableSpec

__all__ = [
    "LEGEND",
    "PRESETS",
    "Adjacency",
    "Adjusted",
    "AuditReport",
    "Audited",
    "CellSpec",
    "Cost",
    "Interval",
    "Override",
    "Preset",
    "PresetName",
    "PrimaryRule",
    "Printed",
    "Protected",
    "TableSpec",
    "add_noise",
    "certificate",
    "certificate_path",
    "check_format",
    "encode",
    "export",
    "load_table",
    "merge",
    "mobile_statistics",
    "parse_adjacency",
    "prepare",
    "protect",
    "render",
    "round_tables",
    "tabulate",
    "tabulate_contributions",
]
