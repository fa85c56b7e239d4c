"""A rule pack: rules that fit together, what a council changed in them, and what to ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

import law
from core import Finding, Message, Severity, Status, say
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


class Matter(BaseModel):
    """A matter that another law governs: the words that tell it, and the cards that speak."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...] = Field(min_length=1)
    """Any of these in the title, purpose, ground or sources of a case."""
    cards: tuple[str, ...] = Field(min_length=1)
    severity: Severity = Severity.LOW
    binds: tuple[str, ...] = ()
    """As of a rule."""

    def rule(self) -> Rule:
        """The rule that says what the first card says, in its checked wording."""
        first = law.card(self.cards[0])
        words = "|".join(re.escape(word) for word in self.words)
        read = "_secondary" if first.status is Status.VERIFIED_SECONDARY else ""
        met = [{"case_text": {"field": "purpose", "text": word}} for word in self.words]
        written: dict[str, Any] = {
            "id": f"other_law.{first.id.lower().replace('-', '_')}",
            "title": first.title,
            "severity": self.severity,
            "cards": self.cards,
            "when": [{"fact": "case_text", "as": "t", "where": {"text": {"matches": words}}}],
            "binds": self.binds,
            "message": say(f"rules.pack.other_law{read}", title=first.title),
            "reason": first.rule,
            "remedy": say("rules.pack.other_law_remedy", remedy=first.remedy, label=first.label),
            "examples": {
                "match": [[example] for example in met],
                "no_match": [[{"case_text": {"field": "purpose", "text": "公用車の更新"}}]],
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
