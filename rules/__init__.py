"""What is sensitive: detectors turn a dataset into facts, rules turn facts into findings."""

from rules.binding import binding
from rules.checklist import Checklist, Group, Item, Question
from rules.detect import Settings
from rules.engine import evaluate
from rules.facts import (
    Fact,
    from_answers,
    from_case,
    from_inspection,
    from_links,
    from_plan,
)
from rules.inspect import Inspection, inspect, link
from rules.loading import CATALOG, catalog, check_pack, in_force, load_pack
from rules.ordinance import OrdinanceItem
from rules.pack import RulePack
from rules.undecided import Undecided, undecided

__all__ = [
    "CATALOG",
    "Checklist",
    "Fact",
    "Group",
    "Inspection",
    "Item",
    "OrdinanceItem",
    "Question",
    "RulePack",
    "Settings",
    "Undecided",
    "binding",
    "catalog",
    "check_pack",
    "checklists",
    "evaluate",
    "from_answers",
    "from_case",
    "from_inspection",
    "from_links",
    "from_plan",
    "in_force",
    "inspect",
    "link",
    "load_pack",
    "undecided",
]


def checklists() -> tuple[Checklist, ...]:
    """The checklists the product comes with."""
    return catalog().checklists
