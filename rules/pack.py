"""A rule pack: rules that fit together, what a council changed in them, and what to ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from core import Finding, Message, Severity, say
from rules.engine import Checked, Rule, note
from rules.facts import Fact
from rules.questionnaire import Checklist, Group, Question


class SwitchedOff(BaseModel):
    """A rule a council has switched off: why, and until when (included)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    reason: str = Field(min_length=1)
    expires: date


class OrdinanceItem(BaseModel):
    """A special-care item that a council's own ordinance names (条例要配慮個人情報)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)
    """The words that tell it in a column's name."""
    ordinance: str = Field(min_length=1)
    """The ordinance and its article, as it is to be shown."""

    def rule(self, number: int) -> Rule:
        """The rule that finds the item among the columns."""
        words = "|".join(re.escape(word) for word in self.words)
        written: dict[str, Any] = {
            "id": f"ordinance.item_{number}",
            "title": say("rules.pack.ordinance_title", item=self.item),
            "severity": Severity.HIGH,
            "cards": ("A-04",),
            "source": Message(ja=self.ordinance, en=self.ordinance),
            "when": [{"fact": "column", "as": "c", "where": {"key": {"matches": words}}}],
            "derive": {"fact": "ordinance_item", "values": {"column": "$c.key"}},
            "message": say(
                "rules.pack.ordinance_column",
                column="{c.key}",
                item=self.item,
                ordinance=self.ordinance,
            ),
            "remedy": say("rules.pack.ordinance_remedy"),
            "examples": {
                "match": [[{"column": {"key": self.words[0]}}]],
                "no_match": [[{"column": {"key": "—"}}]],
            },
        }
        return Rule.model_validate(written)


@dataclass(frozen=True)
class RulePack:
    """Rules that fit together and are ready to run."""

    rules: tuple[Checked, ...]
    switched_off: tuple[SwitchedOff, ...] = ()
    ordinance: tuple[OrdinanceItem, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    revision: str = ""
    """A hash of the files, shown with every review."""

    def on(self, as_of: date) -> tuple[Checked, ...]:
        """The rules that are switched on at a date."""
        off = {s.rule for s in self.off(as_of)}
        return tuple(c for c in self.rules if c.rule.id not in off)

    def off(self, as_of: date) -> tuple[SwitchedOff, ...]:
        """What is switched off at a date: a switch past its last day no longer counts."""
        return tuple(s for s in self.switched_off if as_of <= s.expires)

    def ask(self, facts: Iterable[Fact]) -> tuple[Question, ...]:
        """The questions worth asking about a case, those already answered left out."""
        known = list(facts)
        fitting = {group.id for group in self.groups if group.fits(known)}
        answered = {f.get("topic") for f in known if f.kind == "case_answer"}
        return tuple(q for q in self.questions if q.group in fitting and q.topic not in answered)

    def notes(self, as_of: date) -> tuple[Finding, ...]:
        """One note for each rule that is switched off."""
        remedy = say("rules.pack.switched_off_remedy")
        return tuple(
            note(
                "pack.switched_off",
                say("rules.pack.switched_off", rule=s.rule, day=s.expires, reason=s.reason),
                remedy,
            )
            for s in self.off(as_of)
        )
