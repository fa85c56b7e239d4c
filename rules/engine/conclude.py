"""From matches to findings: layer by layer, each with the tree of what it rests on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from core import Finding, Message, RuleError, Severity, Target, Trace, say
from rules.engine.check import Checked, strata
from rules.engine.condition import Ref, parse
from rules.engine.rule import ReformDate, Rule, fill
from rules.facts import KINDS, Fact, Value

MOST_MATCHES = 1000
"""A rule that matches in more ways is not listed one by one; the findings say so."""
ANNOUNCED = timedelta(days=365)
"""A rule that takes effect within this time is announced, as information."""
MOST_TRACED = 12
"""Facts listed in one node of a derivation tree."""
COLUMN_FIELDS: Mapping[str, tuple[str, ...]] = {
    "column": ("key",),
    "column_cells": ("column",),
    "hidden_data": ("column",),
    "plan_column": ("column",),
    "schema_check": ("column", "declared"),
}


class Match(NamedTuple):
    """A rule, by its number in the layer, and the facts it matched, by their numbers."""

    rule: int
    facts: tuple[int, ...]


@dataclass(frozen=True)
class Matches:
    """All matches of a layer, and the rules that matched too often to list."""

    found: frozenset[Match]
    capped: frozenset[int]


Matching = Callable[[Sequence[Checked], Sequence[Fact]], Matches]
"""An evaluator: every way each rule of a layer matches the facts."""


class Pack(Protocol):
    """What the evaluators need of a rule pack."""

    def on(self, as_of: date) -> Sequence[Checked]:
        """The rules that are switched on at a date, ready to run."""

    def notes(self, as_of: date) -> Sequence[Finding]:
        """What the pack itself has to say: rules that are switched off."""


def conclude(
    facts: Iterable[Fact], pack: Pack, as_of: date, matching: Matching
) -> tuple[Finding, ...]:
    """Run the rules of a date and say what they find, gravest first."""
    known = _distinct([*facts, Fact.of("today", "today", date=as_of)])
    rules = [c for c in pack.on(as_of) if _applies(c, as_of)]
    traces: dict[str, Trace] = {}
    findings: dict[tuple[str, Target, Message], Finding] = {}
    for layer in strata(rules):
        matches = matching(layer, known)
        derived: dict[str, Fact] = {}
        for made in sorted(matches.found):
            checked = layer[made.rule]
            used = [known[n] for n in made.facts]
            bound = {m.alias: f for m, f in zip(checked.when, used, strict=True)}
            trace = _trace(checked, used, traces)
            if checked.rule.derive is not None:
                fact = _derive(checked, bound)
                derived.setdefault(fact.id, fact)
                traces.setdefault(fact.id, trace)
            if checked.rule.message is not None:
                finding = _finding(checked, bound, trace, as_of)
                key = (finding.rule, finding.target, finding.message)
                findings[key] = _merge(findings[key], finding) if key in findings else finding
        for number in matches.capped:
            rule = layer[number].rule
            message = say("rules.engine.capped", title=rule.title, most=MOST_MATCHES)
            remedy = say("rules.engine.capped_remedy")
            said = note("engine.capped", message, remedy, about=rule.id)
            findings[said.rule, said.target, said.message] = said
        known = sorted([*known, *derived.values()], key=lambda f: (f.kind, f.id))
    return _numbered([*findings.values(), *pack.notes(as_of)])


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Facts by kind and id, each once: what follows does not depend on the order given."""
    kept: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        if kept.setdefault((fact.kind, fact.id), fact) != fact:
            raise RuleError.of("rules.facts.fact-id", kind=fact.kind)
    return [kept[key] for key in sorted(kept)]


def _applies(checked: Checked, as_of: date) -> bool:
    effective = checked.rule.effective
    begun = effective.from_ <= max(as_of + ANNOUNCED, ReformDate) or not _is_law(checked.rule)
    return begun and (effective.until is None or as_of <= effective.until)


def _is_law(rule: Rule) -> bool:
    """Whether the rule's weight is that of law, which begins on a day."""
    return rule.force in ("law", "guidance")


def _trace(checked: Checked, used: Sequence[Fact], traces: Mapping[str, Trace]) -> Trace:
    because = tuple(traces[f.id] for f in used if KINDS[f.kind].derived and f.id in traces)
    return Trace(rule=checked.rule.id, facts=tuple(f.record() for f in used), because=because)


def _derive(checked: Checked, bound: Mapping[str, Fact]) -> Fact:
    derive = checked.rule.derive
    if derive is None:
        raise TypeError("nothing to derive")
    kinds = {m.alias: KINDS[m.kind] for m in checked.when}
    ((*tests,),) = parse(KINDS[derive.fact], derive.values, kinds)
    values: dict[str, Value | None] = {}
    for test in tests:
        if isinstance(test.value, Ref):
            values[test.field] = bound[test.value.alias].get(test.value.field)
        else:
            values[test.field] = test.value  # type: ignore[assignment]
    name = ",".join(f"{k}={values[k]}" for k in sorted(values))
    return Fact(derive.fact, f"{derive.fact}:{name}", values)  # type: ignore[arg-type]


def _finding(checked: Checked, bound: Mapping[str, Fact], trace: Trace, as_of: date) -> Finding:
    rule = checked.rule
    if rule.message is None or rule.remedy is None:
        raise TypeError("nothing to say")
    message, severity = fill(rule.message, bound), rule.severity
    if rule.effective.from_ > as_of and _is_law(rule):
        severity = Severity.INFO
        if rule.effective.from_ == ReformDate:
            message = say("rules.engine.under_todays_law", message=message)
        else:
            message = say("rules.engine.announced", day=rule.effective.from_, message=message)
    about = bound[rule.target or checked.when[0].alias]
    return Finding(
        id="",
        rule=rule.id,
        severity=severity,
        target=_target(about),
        message=message,
        reason=fill(rule.reason, bound) if rule.reason else None,
        remedy=fill(rule.remedy, bound),
        cards=rule.cards,
        trace=trace,
    )


def _target(fact: Fact) -> Target:
    for field in COLUMN_FIELDS.get(fact.kind, ()):
        if (column := fact.get(field)) is not None:
            return Target(column=str(column))
    name = fact.get("name") if fact.kind == "dataset" else None
    return Target(dataset=None if name is None else str(name))


def _merge(first: Finding, again: Finding) -> Finding:
    """One finding for the same words about the same thing, resting on the facts of both."""
    facts = {str(f["id"]): f for f in (*first.trace.facts, *again.trace.facts)}
    because = list(first.trace.because)
    because += [trace for trace in again.trace.because if trace not in because]
    trace = Trace(
        rule=first.rule,
        facts=tuple(facts.values())[:MOST_TRACED],
        because=tuple(because[:MOST_TRACED]),
    )
    return first.model_copy(update={"trace": trace})


def note(name: str, message: Message, remedy: Message, about: str | None = None) -> Finding:
    """What the rules say of themselves, as information.

    Args:
        name: the rule it stands under.
        message: what is said.
        remedy: what to do.
        about: the rule it is traced to, where that is another.
    """
    return Finding(
        id="",
        rule=name,
        severity=Severity.INFO,
        target=Target(),
        message=message,
        remedy=remedy,
        trace=Trace(rule=about or name),
    )


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    ordered = sorted(
        findings,
        key=lambda f: (
            f.severity.order,
            f.rule,
            f.target.dataset or "",
            f.target.column or "",
            f.message.ja,
        ),
    )
    counts: dict[str, int] = {}
    numbered = []
    for finding in ordered:
        name = ":".join(filter(None, (finding.rule, finding.target.column)))
        counts[name] = counts.get(name, 0) + 1
        suffix = f"#{counts[name]}" if counts[name] > 1 else ""
        numbered.append(finding.model_copy(update={"id": name + suffix}))
    return tuple(numbered)
