"""Which questions matter for a case: those whose answer changes what some rule says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from core import Severity
from rules.engine import Checked, holds
from rules.engine.oracle import match
from rules.fact_sources import from_answers
from rules.facts import Fact
from rules.pack import RulePack
from rules.questionnaire import Question

ANSWER = "case_answer"
MOST_ANSWERS = 500
"""Combinations of answers that are tried for one rule."""


@dataclass(frozen=True)
class Undecided:
    """A question that is open, and what hangs on it."""

    question: Question
    severity: Severity
    """Of the gravest finding that an answer may bring or take away."""
    rules: tuple[str, ...]
    """The rules that change with it."""


def undecided(pack: RulePack, facts: Iterable[Fact], as_of: date) -> tuple[Undecided, ...]:
    """The open questions that matter, those first on which the gravest findings hang.

    Where a rule needs several answers only the first of its open questions, in the form's order,
    is among them: the next comes up when that one leaves it open. Where a rule builds on what
    another concludes, its question is taken to matter as soon as its group fits.
    """
    known = [*facts, Fact.of("today", "today", date=as_of)]
    concluded = {c.rule.derive.fact for c in pack.rules if c.rule.derive is not None}
    questions = pack.ask(known)
    hanging: dict[str, list[Checked]] = {}
    for checked in pack.on(as_of):
        if ANSWER not in checked.reads or checked.rule.message is None:
            continue
        mine = [question for question in questions if _asks(checked, question.topic)]
        built = any(matcher.kind in concluded for matcher in checked.when)
        if mine and (built or _is_open(checked, mine, known)):
            hanging.setdefault(mine[0].topic, []).append(checked)
    found = [
        Undecided(
            question,
            min((c.rule.severity for c in hanging[question.topic]), key=lambda s: s.order),
            tuple(c.rule.id for c in hanging[question.topic]),
        )
        for question in questions
        if question.topic in hanging
    ]
    return tuple(sorted(found, key=lambda u: u.severity.order))


def _asks(checked: Checked, topic: str) -> bool:
    asked = Fact.of(ANSWER, "asked", topic=topic)
    return any(
        holds(test, asked)
        for matcher in (*checked.when, *checked.unless)
        if matcher.kind == ANSWER
        for tests in matcher.alternatives
        for test in tests
        if test.field == "topic"
    )


def _is_open(checked: Checked, questions: Sequence[Question], known: Sequence[Fact]) -> bool:
    """Whether some answers make the rule speak where it is silent, or the other way round."""
    read = [fact for fact in known if fact.kind in checked.reads]
    now = _speaks(checked, read)
    topics = [question.topic for question in questions]
    tried = islice(product(*(question.choices for question in questions)), MOST_ANSWERS)
    return any(
        _speaks(checked, [*read, *from_answers(dict(zip(topics, answers, strict=True)))]) is not now
        for answers in tried
    )


def _speaks(checked: Checked, facts: Sequence[Fact]) -> bool:
    found = match([checked], facts)
    return bool(found.found or found.capped)
