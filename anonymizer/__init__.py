"""How to make data safe: plans, previews, searches, certificates."""

from anonymizer.apply import Processed, apply
from anonymizer.certify import Certificate, certify, certify_content
from anonymizer.changes import Change
from anonymizer.checks import check_met
from anonymizer.coarser import coarser
from anonymizer.counts import round_counts
from anonymizer.hierarchy import Hierarchy
from anonymizer.known import remember
from anonymizer.loader import check_covers, load_hierarchies, parse_hierarchy
from anonymizer.plan import Goal, Mode, Plan, Step
from anonymizer.preview import ColumnLoss, Example, Loss, Preview, preview
from anonymizer.propose import Alternative, propose
from anonymizer.readings import Readings
from anonymizer.risk_by_level import LevelRisk, risk_by_level, t_by_hierarchy
from anonymizer.steps import proposed_hierarchy, untouched
from anonymizer.tables import (
    PrimaryRule,
    Protected,
    TableSpec,
    load_table,
    protect,
    tabulate,
)
from anonymizer.variants import propose_widely
from anonymizer.write import Written, encode, write
from core.progress import Cancelled, Progress, watched

__all__ = [
    "Alternative",
    "Cancelled",
    "Certificate",
    "Change",
    "ColumnLoss",
    "Example",
    "Goal",
    "Hierarchy",
    "LevelRisk",
    "Loss",
    "Mode",
    "Plan",
    "Preview",
    "PrimaryRule",
    "Processed",
    "Progress",
    "Protected",
    "Readings",
    "Step",
    "TableSpec",
    "Written",
    "apply",
    "certify",
    "certify_content",
    "check_covers",
    "check_met",
    "coarser",
    "encode",
    "load_hierarchies",
    "load_table",
    "parse_hierarchy",
    "preview",
    "propose",
    "propose_widely",
    "proposed_hierarchy",
    "protect",
    "remember",
    "risk_by_level",
    "round_counts",
    "t_by_hierarchy",
    "tabulate",
    "untouched",
    "watched",
    "write",
]
