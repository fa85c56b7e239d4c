"""Tables to publish: which cells to withhold, and the proof that they cannot be worked out."""

from anonymizer.tables.adjusted import Adjusted, add_noise, round_tables
from anonymizer.tables.contributions import tabulate_contributions
from anonymizer.tables.export import Override, certificate, certificate_path, export
from anonymizer.tables.formats import check_format, encode
from anonymizer.tables.load import load_table
from anonymizer.tables.neighbours import Adjacency, parse_adjacency
from anonymizer.tables.practice import merge
from anonymizer.tables.presets import PRESETS, Preset, PresetName, mobile_statistics, prepare
from anonymizer.tables.primary import PrimaryRule
from anonymizer.tables.protect import protect
from anonymizer.tables.render import Printed, render
from anonymizer.tables.result import AuditReport, Cost, Interval, Protected
from anonymizer.tables.spec import CellSpec, TableSpec
from anonymizer.tables.tabulate import tabulate
from anonymizer.tables.words import LEGEND

__all__ = [
    "LEGEND",
    "PRESETS",
    "Adjacency",
    "Adjusted",
    "AuditReport",
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
