"""What is sensitive: detectors turn a dataset into facts, rules turn facts into findings."""

from rules.detect import Inspection, Settings, inspect, link, recognise
from rules.engine import evaluate
from rules.fact_sources import from_answers, from_case, from_inspection, from_links, from_plan
from rules.facts import KINDS, Fact, FactKind
from rules.loading import CATALOG, catalog, check_pack, in_force, load_pack
from rules.open_questions import Undecided, undecided
from rules.pack import OrdinanceItem, RulePack
from rules.questionnaire import Checklist, Group, Item, Question

__all__ = [
    "CATALOG",
    "KINDS",
    "Checklist",
    "Fact",
    "FactKind",
    "Group",
    "Inspection",
    "Item",
    "OrdinanceItem",
    "Question",
    "RulePack",
    "Settings",
    "Undecided",
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
    "recognise",
    "undecided",
]


def checklists() -> tuple[Checklist, ...]:
    """The checklists the product comes with."""
    return catalog().checklists
