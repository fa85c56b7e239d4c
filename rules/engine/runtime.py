"""The C engine, driven by hand: one ruleset per shard and evaluation, gone when it is over.

`durable.lang`, `Host` and Python callbacks are not used: no timer threads, no swallowed
exceptions, no ten-second limit. Facts go in one at a time; what fires is only written down.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import durable_rules_engine as engine

from rules.engine.check import Checked
from rules.engine.compile import BOOT, GATE, Codes, Shard, compile_rules
from rules.engine.conclude import MOST_MATCHES, Match, Matches
from rules.facts import Fact

_UNMATCHED, _SEEN = 1, 2
"""Codes of the C engine for a fact that no rule looks at, and for one it knows already."""
_SESSION = "1"


class _ExplodedError(Exception):
    def __init__(self, rule: int) -> None:
        self.rule = rule


class _Ruleset:
    """A private ruleset. Its state is deleted before it is: the other order leaks."""

    def __init__(self, source: str) -> None:
        self._handle = engine.create_ruleset("mekiki", source)

    def __enter__(self) -> "_Ruleset":
        # Deleting a state in which nothing ever ran frees memory that was never set.
        list(self.assert_fact({"sid": _SESSION, "id": "boot", "_k": BOOT, "_t": 1}))
        return self

    def __exit__(self, *_: object) -> None:
        engine.delete_state(self._handle, _SESSION)
        engine.delete_ruleset(self._handle)

    def assert_fact(self, fact: Mapping[str, int | float | str]) -> Iterator[dict[str, object]]:
        """Assert one fact; yields what fires, as {rule: {alias: fact}}.

        The codes for "no rule looks at it" and "seen before" are no errors here.
        """
        code, state = engine.assert_fact(self._handle, json.dumps(fact))
        if code in (_UNMATCHED, _SEEN):
            return
        started = engine.start_action_for_state(self._handle, state)
        fired = started[1] if started else None
        while fired:
            yield json.loads(fired)
            fired = engine.complete_and_start_action(self._handle, state)


def match(rules: Sequence[Checked], facts: Sequence[Fact]) -> Matches:
    """Every way each rule of a layer matches the facts, found by durable_rules."""
    capped: set[int] = set()
    while True:
        program = compile_rules(rules, frozenset(capped))
        codes = dict(program.codes)
        try:
            found = {m for shard in program.shards for m in _run(shard, facts, rules, codes)}
        except _ExplodedError as exploded:
            capped.add(exploded.rule)
            continue
        return Matches(frozenset(found), frozenset(capped))


def _run(
    shard: Shard, facts: Sequence[Fact], rules: Sequence[Checked], codes: Codes
) -> Iterator[Match]:
    counts: Counter[int] = Counter()
    seen: set[Match] = set()
    with _Ruleset(shard.source) as ruleset:
        for message in _feed(ruleset, shard, facts, codes):
            ((name, bound),) = message.items()
            if name == "_boot":
                continue
            number = shard.owners[name]
            places = (bound[f"a{n}"]["id"] for n in range(len(rules[number].when)))  # type: ignore[index]
            made = Match(number, tuple(int(place) for place in places))
            if made in seen:
                continue
            seen.add(made)
            counts[number] += 1
            if counts[number] > MOST_MATCHES:
                raise _ExplodedError(number)
            yield made


def _feed(
    ruleset: _Ruleset, shard: Shard, facts: Sequence[Fact], codes: Codes
) -> Iterator[dict[str, object]]:
    for number, fact in enumerate(facts):
        if fact.kind in shard.patterns:
            yield from ruleset.assert_fact(shard.encode(fact, number, codes))
    yield from ruleset.assert_fact({"sid": _SESSION, "id": "gate", "_k": GATE, "_t": 1})
