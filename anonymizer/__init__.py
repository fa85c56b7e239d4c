"""How to make data safe: plans, previews, searches, certificates."""

from anonymizer.apply import Change, Processed, apply
from anonymizer.hierarchy import Hierarchy
from anonymizer.loader import load_hierarchies, parse_hierarchy
from anonymizer.plan import Goal, Plan, Step
from anonymizer.preview import ColumnLoss, Example, Loss, Preview, preview
from anonymizer.propose import Alternative, propose

__all__ = [
    "Alternative",
    "Change",
    "ColumnLoss",
    "Example",
    "Goal",
    "Hierarchy",
    "Loss",
    "Plan",
    "Preview",
    "Processed",
    "Step",
    "apply",
    "load_hierarchies",
    "parse_hierarchy",
    "preview",
    "propose",
]
