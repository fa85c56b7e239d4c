"""Random rules and facts over the real kinds, small enough that joins and negations meet.

Built from a seed rather than drawn piece by piece: a thousand cases take seconds.
"""

from datetime import date
from random import Random
from typing import Any

from rules.engine import Checked, ConditionError, Rule, check, strata
from rules.facts import KINDS, Fact, FieldType

STRANGE = ["氏名", '"', "\\", "a\u0000b", "💧", "", "1", "true", "null"]
VALUES: dict[FieldType, list[Any]] = {
    FieldType.TEXT: ["a"] * 6 + ["b"] * 6 + STRANGE,
    FieldType.COUNT: [0, 1, 1, 1, 2, 2, -1, 1000, 2**53],
    FieldType.NUMBER: [0.1, 0.1, 0.1, 0.3, 0.3, 0.0, 0.00004, 1e-5, 1.0, -2.5, 10.0**12],
    FieldType.FLAG: [True, False],
    FieldType.DATE: [date(2026, 4, 1), date(2026, 4, 1), date(2027, 1, 17), date(1900, 1, 1)],
    FieldType.TAGS: [[], ["x"], ["x", "y"], ["y", "z"]],
}
USED = {
    "column": ["key", "position", "confidence", "unnamed", "categories", "type"],
    "plan_column": ["column", "type", "operation", "categories"],
    "case": ["headcount", "staff", "uses_my_number", "date", "purpose"],
    "risk": ["k", "threshold", "share_at_risk"],
    "regime": ["regime"],
}
GIVEN = ["column"] * 3 + ["plan_column"] * 3 + ["case", "risk"]
ORDERED = ["eq", "eq", "ne", "lt", "le", "gt", "ge"]
OPERATORS = {
    FieldType.TEXT: ["eq", "eq", "ne", "in", "not_in", "matches", "exists"],
    FieldType.COUNT: [*ORDERED, "in", "exists"],
    FieldType.NUMBER: [*ORDERED, "exists"],
    FieldType.FLAG: ["eq", "ne", "exists"],
    FieldType.DATE: [*ORDERED, "exists"],
    FieldType.TAGS: ["has", "has_any", "has_all", "lacks", "exists"],
}
Earlier = list[tuple[str, str]]


def facts(random: Random) -> list[Fact]:
    """Up to sixteen facts, most fields filled from few values."""
    made = []
    for number in range(random.randint(0, 16)):
        kind = random.choice(GIVEN)
        values = {
            field: random.choice(VALUES[KINDS[kind].fields[field]])
            for field in USED[kind]
            if random.random() < 0.8
        }
        made.append(Fact(kind, f"f{number}", values))
    return made


def condition(random: Random, kind: str, field: str, earlier: Earlier) -> Any:
    """A condition on a field, often a reference to an earlier fact."""
    declared = KINDS[kind].fields[field]
    op = random.choice(OPERATORS[declared])
    if op in ORDERED and earlier and random.random() < 0.6:
        alike = [
            f"${alias}.{name}"
            for alias, other in earlier
            for name in USED[other]
            if KINDS[other].fields[name] is declared
        ]
        if alike:
            return {op: random.choice(alike)}
    if op == "exists":
        return {op: random.random() < 0.7}
    if op == "matches":
        return {op: random.choice(["^a", "名", "b$", r"\d", "(?i)A"])}
    if op in ("has", "lacks"):
        return {op: random.choice("xyz")}
    if op in ("has_any", "has_all"):
        return {op: random.sample("xyz", random.randint(1, 2))}
    if op in ("in", "not_in"):
        return {op: random.choices(VALUES[declared], k=random.randint(1, 3))}
    return {op: random.choice(VALUES[declared])}


def where(random: Random, kind: str, earlier: Earlier) -> dict[str, Any]:
    """Conditions on up to two fields, sometimes with alternatives."""
    wanted = min(random.choice([0, 0, 1, 1, 2]), len(USED[kind]))
    made = {f: condition(random, kind, f, earlier) for f in random.sample(USED[kind], wanted)}
    if random.random() < 0.25:
        chosen = random.choices(USED[kind], k=random.randint(1, 2))
        made["any"] = [{field: condition(random, kind, field, earlier)} for field in chosen]
    return made


def rule(random: Random, number: int) -> Rule:
    """A rule of up to three patterns, with negations, that may conclude a fact."""
    when: list[dict[str, Any]] = []
    earlier: Earlier = []
    for place in range(random.choice([1, 1, 2, 2, 3])):
        kind = random.choice([*GIVEN, "regime", "regime"])
        alias = f"a{place}"
        when.append({"fact": kind, "as": alias, "where": where(random, kind, earlier)})
        earlier.append((alias, kind))
    unless = []
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        kind = random.choice([*GIVEN, "regime", "regime"])
        unless.append({"fact": kind, "where": where(random, kind, earlier)})
    written: dict[str, Any] = {
        "id": f"random.rule_{number}",
        "title": {"ja": "規則", "en": "rule"},
        "cards": ["A-01"],
        "when": when,
        "unless": unless,
        "examples": {"match": [[{"case": {}}]], "no_match": [[{"case": {}}]]},
        "message": {"ja": f"{{a0.{USED[earlier[0][1]][0]}}}", "en": "found"},
        "remedy": {"ja": "直す", "en": "mend"},
        "severity": random.choice(["high", "medium", "low", "info"]),
    }
    if number < 3 and random.random() < 0.5:
        regime = random.choice(VALUES[FieldType.TEXT])
        written["derive"] = {"fact": "regime", "values": {"regime": regime}}
    return Rule.model_validate(written)


def pack(random: Random) -> tuple[Checked, ...]:
    """Up to six rules that load together."""
    made: list[Checked] = []
    for number in range(random.randint(1, 6)):
        try:
            checked = check(rule(random, number))
            strata([*made, checked])
        except ConditionError:
            continue
        made.append(checked)
    return tuple(made)
