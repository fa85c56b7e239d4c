"""How to make data safe: plans, previews, searches, certificates."""

from anonymizer.apply import Change, Processed, apply
from anonymizer.certify import Certificate, certify
from anonymizer.hierarchy import Hierarchy
from anonymizer.loader import load_hierarchies, parse_hierarchy
from anonymizer.plan import Goal, Plan, Step
from anonymizer.preview import ColumnLoss, Example, Loss, Preview, preview
from anonymizer.propose import Alternative, propose
from anonymizer.tables import (
    PrimaryRule,
    Protected,
    TableSpec,
    load_table,
    protect,
    tabulate,
)
from anonymizer.write import Written, encode, write

__all__ = [
    "Alternative",
    "Certificate",
    "Change",
    "ColumnLoss",
    "Example",
    "Goal",
    "Hierarchy",
    "Loss",
    "Plan",
    "Preview",
    "PrimaryRule",
    "Processed",
    "Protected",
    "Step",
    "TableSpec",
    "Written",
    "apply",
    "certify",
    "encode",
    "load_hierarchies",
    "load_table",
    "parse_hierarchy",
    "preview",
    "propose",
    "protect",
    "tabulate",
    "write",
]
