"""Rules into durable_rules definitions it can be trusted with.

What the C code sees is numbers only: texts, dates and flags travel as codes, and every test
it does badly or not at all (patterns, lists, tags, absence) is made here beforehand and
passed as 0 or 1. Each rule is in disjunctive normal form, each compared field is guarded to
be there, each joined pattern ends in a condition that is always true, and negations come
after a gate that is asserted last. Rules are spread over shards that stay far below the
sizes at which the engine loops or overruns.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from rules.engine.check import Checked, Matcher
from rules.engine.condition import COMPARE, Ref, Test, holds
from rules.facts import KINDS, Fact, Value

PATTERNS_PER_KIND, RULES_PER_SHARD, NEGATIONS_PER_SHARD, ANSWERS_PER_KIND = 60, 200, 60, 150
"""Sizes of a shard, about half or less of those at which the C code loops, overruns its tables
(512 conditions under a node, 256 alike, 128 negations) or loses a fact (252 properties)."""
BOOT, GATE = 0, 1
"""Kinds of the first and the last fact asserted; those of facts proper come after."""
KIND_CODES: Mapping[str, int] = {name: n for n, name in enumerate(sorted(KINDS), 2)}

Codes = dict[str, int]
Definition = dict[str, Any]


@dataclass
class Shard:
    """Rules that run in one ruleset, and how facts are written down for it."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    """Which rule of the layer each definition belongs to."""
    fields: dict[str, set[str]] = field(default_factory=dict)
    """Per kind, the fields the engine compares itself."""
    answers: dict[str, dict[Test, str]] = field(default_factory=dict)
    """Per kind, the tests made beforehand and the names they travel under."""
    patterns: Counter[str] = field(default_factory=Counter)
    negations: int = 0

    @property
    def source(self) -> str:
        """The ruleset as the engine reads it, with a rule that always runs once."""
        boot = {"all": [{"a0": {"_k": BOOT}}]}
        return json.dumps({"_boot": boot, **self.definitions})

    def encode(self, fact: Fact, number: int, codes: Codes) -> dict[str, int | float | str]:
        """A fact as this shard's engine reads it: numbers only."""
        made: dict[str, int | float | str] = {
            "sid": "1",
            "id": str(number),
            "_k": KIND_CODES[fact.kind],
            "_t": 1,
        }
        for name in self.fields.get(fact.kind, ()):
            value = fact.get(name)
            if value is not None:
                made[f"f_{name}"] = _code(value, codes)
        for test, name in self.answers.get(fact.kind, {}).items():
            made[name] = int(holds(test, fact))
        return made


def _code(value: Value, codes: Codes) -> int | float:
    if isinstance(value, str):
        return codes.setdefault(value, len(codes) + 1)
    if isinstance(value, dt.date):
        return value.toordinal()
    if isinstance(value, frozenset):
        raise TypeError("tags are answered beforehand, never compared")
    return value if isinstance(value, float) else int(value)


@dataclass(frozen=True)
class Program:
    """A layer of rules, compiled."""

    shards: tuple[Shard, ...]
    codes: Mapping[str, int]
    """The codes of the texts that rules compare with."""


def compile_rules(rules: Sequence[Checked], without: frozenset[int] = frozenset()) -> Program:
    """Compile one layer; `without` leaves rules out by their number."""
    codes: Codes = {}
    shards = [Shard()]
    for number, checked in enumerate(rules):
        if number in without:
            continue
        if not _fits(shards[-1], checked):
            shards.append(Shard())
        _add(shards[-1], number, checked, codes)
    return Program(tuple(s for s in shards if s.definitions), codes)


def _variants(checked: Checked) -> list[tuple[tuple[Test, ...], ...]]:
    return list(product(*(m.alternatives for m in checked.when)))


def _fits(shard: Shard, checked: Checked) -> bool:
    variants = len(_variants(checked))
    adds = Counter({m.kind: 0 for m in checked.when})
    for matcher in checked.when:
        adds[matcher.kind] += variants
    for matcher in checked.unless:
        adds[matcher.kind] += variants * len(matcher.alternatives)
    negations = variants * sum(len(m.alternatives) for m in checked.unless)
    tests = sum(len(t) for m in (*checked.when, *checked.unless) for t in m.alternatives)
    return (
        len(shard.definitions) + variants <= RULES_PER_SHARD
        and shard.negations + negations <= NEGATIONS_PER_SHARD
        and all(shard.patterns[kind] + n <= PATTERNS_PER_KIND for kind, n in adds.items())
        and all(len(a) + tests <= ANSWERS_PER_KIND for a in shard.answers.values())
    ) or not shard.definitions


def _add(shard: Shard, number: int, checked: Checked, codes: Codes) -> None:
    names = {m.alias: f"a{n}" for n, m in enumerate(checked.when)}
    for variant, chosen in enumerate(_variants(checked)):
        patterns = [
            {names[m.alias]: _pattern(shard, checked, m, tests, names, codes)}
            for m, tests in zip(checked.when, chosen, strict=True)
        ]
        if checked.unless:
            patterns.append({"gate": {"$and": [{"_k": GATE}, _ALWAYS]}})
        for matcher in checked.unless:
            for tests in matcher.alternatives:
                written = _pattern(shard, checked, matcher, tests, names, codes)
                patterns.append({f"n{len(patterns)}$not": written})
                shard.negations += 1
        name = f"r{number}_{variant}"
        shard.definitions[name] = {"all": patterns}
        shard.owners[name] = number


_ALWAYS = {"_t": {"a0": "_t"}}


def _pattern(
    shard: Shard,
    checked: Checked,
    matcher: Matcher,
    tests: tuple[Test, ...],
    names: Mapping[str, str],
    codes: Codes,
) -> Definition:
    shard.patterns[matcher.kind] += 1
    fields = shard.fields.setdefault(matcher.kind, set())
    answers = shard.answers.setdefault(matcher.kind, {})
    needed = checked.needed.get(matcher.alias, frozenset())
    native = [t for t in tests if t.op in COMPARE]
    compared = sorted({t.field for t in native} | needed)
    fields.update(compared)
    parts: list[Definition] = [{"_k": KIND_CODES[matcher.kind]}]
    parts += [{"$ex": {f"f_{name}": 1}} for name in compared]
    for test in tests:
        if test.op not in COMPARE:
            parts.append({answers.setdefault(test, f"b{len(answers)}"): 1})
    joins = [t for t in native if isinstance(t.value, Ref)]
    parts += [_comparison(t, names, codes) for t in native if t not in joins]
    parts += [_comparison(t, names, codes) for t in joins]
    if names.get(matcher.alias) != "a0":
        parts.append(_ALWAYS)
    return {"$and": parts} if len(parts) > 1 else parts[0]


def _comparison(test: Test, names: Mapping[str, str], codes: Codes) -> Definition:
    right: Any
    if isinstance(test.value, Ref):
        right = {names[test.value.alias]: f"f_{test.value.field}"}
    else:
        right = _code(test.value, codes)  # type: ignore[arg-type]
    compared = {f"f_{test.field}": right}
    name = {"eq": "", "ne": "$neq", "le": "$lte", "ge": "$gte"}.get(test.op, f"${test.op}")
    return {name: compared} if name else compared
