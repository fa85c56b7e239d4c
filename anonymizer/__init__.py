"""How to make data safe: plans, previews, searches, certificates."""

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.loader import check_covers, load_hierarchies, parse_hierarchy
from anonymizer.hierarchies.risk_by_level import LevelRisk, risk_by_level, t_by_hierarchy
from anonymizer.records.alternatives import Alternative, propose, propose_widely
from anonymizer.records.apply import Change, ColumnLoss, Processed, apply
from anonymizer.records.fields import Readings
from anonymizer.records.keyed import check_key, round_counts
from anonymizer.records.plan import IN_FORCE, READERS, Attacker, Goal, Mode, Plan, Step
from anonymizer.records.plan_steps import coarser, proposed_hierarchy, untouched
from anonymizer.records.preview import Example, Loss, Preview, preview
from anonymizer.records.replay import remember
from anonymizer.release.attackers import Aside, Attack, attacks_on, not_held, reader_name
from anonymizer.release.certificate import Certificate, certify, certify_content, check_met
from anonymizer.release.leave import Released, leave
from anonymizer.release.write import Written, encode, write
from anonymizer.tables import (
    PrimaryRule,
    Protected,
    TableSpec,
    load_table,
    protect,
    tabulate,
)
from core import Cancelled, Progress, watched

__all__ = [
    "IN_FORCE",
    "READERS",
    "Alternative",
    "Aside",
    "Attack",
    "Attacker",
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
    "Released",
    "Step",
    "TableSpec",
    "Written",
    "apply",
    "attacks_on",
    "certify",
    "certify_content",
    "check_covers",
    "check_key",
    "check_met",
    "coarser",
    "encode",
    "leave",
    "load_hierarchies",
    "load_table",
    "not_held",
    "parse_hierarchy",
    "preview",
    "propose",
    "propose_widely",
    "proposed_hierarchy",
    "protect",
    "reader_name",
    "remember",
    "risk_by_level",
    "round_counts",
    "t_by_hierarchy",
    "tabulate",
    "untouched",
    "watched",
    "write",
]
