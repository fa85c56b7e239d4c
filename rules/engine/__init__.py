"""The rules engine: YAML rules, checked and compiled onto durable_rules."""

from collections.abc import Iterable
from datetime import date

from core import Finding
from rules.engine.check import Checked, check, strata
from rules.engine.conclude import Pack, conclude, note
from rules.engine.condition import OPERATORS, ConditionError, holds, parse
from rules.engine.rule import Pattern, Rule, Text
from rules.engine.runtime import match
from rules.facts import Fact

__all__ = [
    "OPERATORS",
    "Checked",
    "ConditionError",
    "Pattern",
    "Rule",
    "Text",
    "check",
    "evaluate",
    "holds",
    "match",
    "note",
    "parse",
    "strata",
]


def evaluate(facts: Iterable[Fact], pack: Pack, as_of: date) -> tuple[Finding, ...]:
    """What the rules in force on a date find in the facts.

    Findings are sorted by severity, rule and target and do not depend on the order of the
    facts. Each carries the tree of facts and rules it rests on.

    Raises:
        RuleError: two different facts share an id.
    """
    return conclude(facts, pack, as_of, match)
