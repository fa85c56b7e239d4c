"""A rule's own examples, tried: it must speak on each match and be silent on each near miss."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core import Message, Problem, RuleError
from rules.engine import Checked
from rules.engine.runtime import match
from rules.fact import Fact


def given(facts: Sequence[Mapping[str, Mapping[str, Any]]]) -> tuple[Fact, ...]:
    """The facts an example gives."""
    return tuple(
        Fact(kind, f"{kind}:{number}", values)
        for number, entry in enumerate(facts, 1)
        for kind, values in entry.items()
    )


def matches(checked: Checked, facts: Sequence[Fact]) -> bool:
    """Whether the rule, alone, speaks or concludes on the facts."""
    return bool(match([checked], sorted(facts, key=lambda f: (f.kind, f.id))).found)


def failures(checked: Checked, *, source: str) -> Iterator[Problem]:
    """The examples that do not come out as they say."""
    rule = checked.rule
    tries = [(example, True) for example in rule.examples.match]
    tries += [(example, False) for example in rule.examples.no_match]
    for number, (example, wanted) in enumerate(tries, 1):
        try:
            if matches(checked, given(example)) is wanted:
                continue
            ja = (
                "当てはまるはずの例に当てはまりません"
                if wanted
                else "当てはまらないはずの例に当てはまります"
            )
            en = "is silent on an example it should match" if wanted else "speaks on a near miss"
        except RuleError as error:
            ja, en = error.problems[0].message.ja, error.problems[0].message.en
        yield Problem(
            code="rule-example",
            message=Message(
                ja=f"規則 {rule.id}: 例 {number}: {ja}。",
                en=f"Rule {rule.id}: example {number}: {en}.",
            ),
            source=source,
        )
