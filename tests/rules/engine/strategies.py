"""Random rules and facts over the real kinds, small enough that joins and negations meet."""

from typing import Any

from hypothesis import strategies as st

from rules.engine import Checked, ConditionError, Rule, check, strata
from rules.facts import Fact
from rules.kinds import KINDS, FieldType

TEXTS = st.sampled_from(["a", "b", "氏名", '"', "\\", "a\u0000b", "💧", "", "1", "true", "null"])
VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: TEXTS,
    FieldType.COUNT: st.sampled_from([-1, 0, 1, 2, 1000, 2**53]),
    FieldType.NUMBER: st.sampled_from([0.0, 0.1, 0.3, 0.00004, 1e-5, 1.0, -2.5, 10.0**12]),
    FieldType.FLAG: st.booleans(),
    FieldType.DATE: st.dates(),
    FieldType.TAGS: st.lists(st.sampled_from(["x", "y", "z"]), max_size=3),
}
USED = {
    "column": ["key", "position", "confidence", "unnamed", "categories", "type"],
    "plan_column": ["column", "type", "operation", "categories"],
    "case": ["headcount", "staff", "uses_my_number", "date", "purpose"],
    "risk": ["k", "threshold", "share_at_risk", "quasi"],
    "regime": ["regime"],
}
GIVEN = [kind for kind in USED if not KINDS[kind].derived]
ORDERED = ["eq", "ne", "lt", "le", "gt", "ge"]
OPERATORS = {
    FieldType.TEXT: ["eq", "ne", "in", "not_in", "matches", "exists"],
    FieldType.COUNT: [*ORDERED, "in", "exists"],
    FieldType.NUMBER: [*ORDERED, "exists"],
    FieldType.FLAG: ["eq", "ne", "exists"],
    FieldType.DATE: [*ORDERED, "exists"],
    FieldType.TAGS: ["has", "has_any", "has_all", "lacks", "exists"],
}


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    made = []
    for number in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(GIVEN))
        values = {
            field: draw(VALUES[KINDS[kind].fields[field]])
            for field in USED[kind]
            if draw(st.booleans())
        }
        made.append(Fact(kind, f"f{number}", values))
    return made


@st.composite
def condition(draw: st.DrawFn, kind: str, field: str, earlier: list[tuple[str, str]]) -> Any:
    declared = KINDS[kind].fields[field]
    op = draw(st.sampled_from(OPERATORS[declared]))
    if op in ORDERED and earlier and draw(st.booleans()):
        alike = [
            f"${alias}.{name}"
            for alias, other in earlier
            for name in USED[other]
            if KINDS[other].fields[name] is declared
        ]
        if alike:
            return {op: draw(st.sampled_from(alike))}
    if op == "exists":
        return {op: draw(st.booleans())}
    if op == "matches":
        return {op: draw(st.sampled_from(["^a", "名", "b$", r"\d", "(?i)A"]))}
    if op in ("has", "lacks"):
        return {op: draw(st.sampled_from(["x", "y", "z"]))}
    if op in ("has_any", "has_all"):
        return {op: draw(st.lists(st.sampled_from(["x", "y"]), min_size=1, max_size=2))}
    if op in ("in", "not_in"):
        return {op: draw(st.lists(VALUES[declared], min_size=1, max_size=3))}
    return {op: draw(VALUES[declared])}


@st.composite
def where(draw: st.DrawFn, kind: str, earlier: list[tuple[str, str]]) -> dict[str, Any]:
    fields = draw(st.lists(st.sampled_from(USED[kind]), unique=True, max_size=2))
    made = {field: draw(condition(kind, field, earlier)) for field in fields}
    if draw(st.integers(0, 3)) == 0:
        chosen = draw(st.lists(st.sampled_from(USED[kind]), min_size=1, max_size=2))
        made["any"] = [{field: draw(condition(kind, field, earlier))} for field in chosen]
    return made


@st.composite
def rule(draw: st.DrawFn, number: int) -> Rule:
    when: list[dict[str, Any]] = []
    earlier: list[tuple[str, str]] = []
    for place in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(list(USED)))
        alias = f"a{place}"
        when.append({"fact": kind, "as": alias, "where": draw(where(kind, earlier))})
        earlier.append((alias, kind))
    unless = []
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(list(USED)))
        unless.append({"fact": kind, "where": draw(where(kind, earlier))})
    written: dict[str, Any] = {
        "id": f"random.rule_{number}",
        "title": {"ja": "規則", "en": "rule"},
        "cards": ["A-01"],
        "when": when,
        "unless": unless,
        "examples": {"match": [[{"case": {}}]], "no_match": [[{"case": {}}]]},
        "message": {"ja": f"{{a0.{USED[earlier[0][1]][0]}}}", "en": "found"},
        "remedy": {"ja": "直す", "en": "mend"},
        "severity": draw(st.sampled_from(["high", "medium", "low", "info"])),
    }
    if draw(st.integers(0, 3)) == 0:
        written["derive"] = {"fact": "regime", "values": {"regime": draw(TEXTS)}}
    return Rule.model_validate(written)


@st.composite
def packs(draw: st.DrawFn) -> tuple[Checked, ...]:
    made: list[Checked] = []
    for number in range(draw(st.integers(1, 5))):
        try:
            checked = check(draw(rule(number)))
            strata([*made, checked])
        except ConditionError:
            continue
        made.append(checked)
    return tuple(made)
