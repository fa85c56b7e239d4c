"""A rule pack: rules that fit together, what a council changed in them, and what to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from core import Finding, Message, Severity, Target, Trace
from rules.checklist import Checklist, Group, Question
from rules.engine import Checked
from rules.fact import Fact
from rules.ordinance import OrdinanceItem


class SwitchedOff(BaseModel):
    """A rule a council has switched off: why, and until when (included)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    reason: str = Field(min_length=1)
    expires: date


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
        return tuple(_note(s) for s in self.off(as_of))


def _note(switched: SwitchedOff) -> Finding:
    day = switched.expires.isoformat()
    return Finding(
        id="",
        rule="pack.switched_off",
        severity=Severity.INFO,
        target=Target(),
        message=Message(
            ja=f"規則 {switched.rule} は {day} まで止められています（理由: {switched.reason}）。",
            en=f"Rule {switched.rule} is switched off until {day} (reason: {switched.reason}).",
        ),
        remedy=Message(
            ja="止めた理由が今もあるかを確かめてください。",
            en="Confirm that the reason still holds.",
        ),
        trace=Trace(rule="pack.switched_off"),
    )
