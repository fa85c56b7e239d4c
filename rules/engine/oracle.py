"""The same rules in plain Python: slow, obvious, and what the engine is tested against."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from core import Finding
from rules.engine.check import Checked, Matcher
from rules.engine.conclude import MOST_MATCHES, Match, Matches, Pack, conclude
from rules.engine.condition import holds
from rules.facts import Fact


def evaluate(facts: Iterable[Fact], pack: Pack, as_of: date) -> tuple[Finding, ...]:
    """As `rules.evaluate`, without the engine."""
    return conclude(facts, pack, as_of, match)


def match(rules: Sequence[Checked], facts: Sequence[Fact]) -> Matches:
    """Every way each rule of a layer matches the facts, by nested loops."""
    found: set[Match] = set()
    capped: set[int] = set()
    for number, checked in enumerate(rules):
        ways = {Match(number, places) for places in _ways(checked, facts, {}, ())}
        if len(ways) > MOST_MATCHES:
            capped.add(number)
        else:
            found |= ways
    return Matches(frozenset(found), frozenset(capped))


def _ways(
    checked: Checked, facts: Sequence[Fact], bound: Mapping[str, Fact], places: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    if len(places) == len(checked.when):
        others = [fact for number, fact in enumerate(facts) if number not in places]
        if not any(_found(m, fact, bound) for m in checked.unless for fact in others):
            yield places
        return
    matcher = checked.when[len(places)]
    needed = checked.needed.get(matcher.alias, frozenset())
    for number, fact in enumerate(facts):
        if number not in places and _found(matcher, fact, bound) and needed <= fact.values.keys():
            further = {**bound, matcher.alias: fact}
            yield from _ways(checked, facts, further, (*places, number))


def _found(matcher: Matcher, fact: Fact, bound: Mapping[str, Fact]) -> bool:
    return fact.kind == matcher.kind and any(
        all(holds(test, fact, bound) for test in tests) for tests in matcher.alternatives
    )
