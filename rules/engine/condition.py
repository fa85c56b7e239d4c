"""Conditions of a pattern: from the YAML shorthand to alternatives of plain tests.

    where:
      type: my_number                      # equal
      type: [my_number, passport_number]   # one of
      support_ratio: {ge: 0.5}             # an operator
      key: {eq: $d.declared}               # a field of an earlier fact
      any: [{unnamed: true}, {empty: true}]

A test on a field the fact does not have is never true, whatever the operator; `exists`
asks for that. A field that is referred to must be present for the rule to match.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from core import Message, RuleError, say
from rules.facts import Fact, FactKind, FieldType, Value

T = FieldType
_ORDERED = frozenset({T.COUNT, T.NUMBER, T.DATE})
_LISTED, _TAGS = frozenset({T.TEXT, T.COUNT}), frozenset({T.TAGS})
OPERATORS: Mapping[str, frozenset[FieldType]] = {
    **dict.fromkeys(("eq", "ne"), _ORDERED | {T.TEXT, T.FLAG}),
    **dict.fromkeys(("lt", "le", "gt", "ge"), _ORDERED),
    **dict.fromkeys(("in", "not_in"), _LISTED),
    **dict.fromkeys(("has", "has_any", "has_all", "lacks"), _TAGS),
    "matches": frozenset({T.TEXT}),
    "exists": frozenset(T),
}
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge")
}
MOST_ALTERNATIVES = 16
"""Alternatives of one pattern; those of several patterns multiply."""
_REFERENCE = re.compile(r"^\$([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$")


class ConditionError(ValueError):
    """A rule that makes no sense, said in both languages."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.en)

    @classmethod
    def of(cls, id: str, /, **values: object) -> "ConditionError":
        """The error whose message is `id`."""
        return cls(say(id, **values))


@dataclass(frozen=True)
class Ref:
    """A field of an earlier pattern's fact."""

    alias: str
    field: str


@dataclass(frozen=True)
class Test:
    """One comparison of one field with a value or with a field of another fact."""

    field: str
    op: str
    value: Value | tuple[Value, ...] | re.Pattern[str] | Ref


Alternatives = tuple[tuple[Test, ...], ...]
"""Disjunctive normal form: one of these must hold whole."""


def parse(
    kind: FactKind, where: Mapping[str, Any], aliases: Mapping[str, FactKind]
) -> Alternatives:
    """The alternatives of a `where`.

    Args:
        kind: what the pattern looks at.
        where: as written in YAML.
        aliases: the earlier patterns that may be referred to.

    Raises:
        ConditionError: unknown field, operator or alias, types that do not fit.
    """
    made = tuple(tuple(dict.fromkeys(tests)) for tests in _alternatives(kind, where, aliases))
    if len(made) > MOST_ALTERNATIVES:
        raise ConditionError.of("rules.condition.too_many_alternatives", most=MOST_ALTERNATIVES)
    return tuple(dict.fromkeys(made))


def _alternatives(
    kind: FactKind, where: Mapping[str, Any], aliases: Mapping[str, FactKind]
) -> Iterator[tuple[Test, ...]]:
    factors: list[list[tuple[Test, ...]]] = []
    for field, condition in where.items():
        if field == "any":
            if not isinstance(condition, list) or not all(isinstance(c, dict) for c in condition):
                raise ConditionError.of("rules.condition.any_takes_conditions")
            factors.append([t for c in condition for t in _alternatives(kind, c, aliases)])
            continue
        if field not in kind.fields:
            raise ConditionError.of("rules.condition.no_such_field", kind=kind.name, field=field)
        for op, value in _operators(condition):
            factors.append([(_test(kind, field, op, value, aliases),)])
    for chosen in product(*factors):
        yield tuple(test for tests in chosen for test in tests)


def _operators(condition: object) -> list[tuple[str, Any]]:
    if isinstance(condition, dict):
        return list(condition.items())
    return [("in" if isinstance(condition, list) else "eq", condition)]


def _test(
    kind: FactKind, field: str, op: str, value: object, aliases: Mapping[str, FactKind]
) -> Test:
    declared = kind.fields[field]
    if op not in OPERATORS:
        raise ConditionError.of(
            "rules.condition.no_such_operator", op=op, known=", ".join(OPERATORS)
        )
    if declared not in OPERATORS[op]:
        raise ConditionError.of(
            "rules.condition.operator_does_not_fit",
            op=op,
            kind=kind.name,
            field=field,
            type=declared.value,
        )
    if isinstance(value, str) and value.startswith("$"):
        return Test(field, op, _reference(declared, op, value, aliases))
    return Test(field, op, _constant(kind, field, op, value))


def _constant(
    kind: FactKind, field: str, op: str, value: Any
) -> Value | tuple[Value, ...] | re.Pattern[str]:
    """What a test compares with, in the form its operator wants."""
    match op:
        case "matches":
            try:
                return re.compile(str(value))
            except re.error as error:
                raise ConditionError.of(
                    "rules.condition.no_regular_expression", value=value
                ) from error
        case "exists" if not isinstance(value, bool):
            raise ConditionError.of("rules.condition.takes_a_flag", op=op)
        case "has" | "lacks" if not isinstance(value, str):
            raise ConditionError.of("rules.condition.takes_text", op=op)
        case "exists" | "has" | "lacks":
            constant: bool | str = value
            return constant
        case "in" | "not_in" | "has_any" | "has_all":
            if not isinstance(value, list) or not value:
                raise ConditionError.of("rules.condition.takes_a_list", op=op)
            if op in ("has_any", "has_all"):
                return tuple(sorted(str(v) for v in value))
            return tuple(_literal(kind, field, v) for v in value)
    return _literal(kind, field, value)


def _literal(kind: FactKind, field: str, value: object) -> Value:
    try:
        return kind.normalise(field, value)
    except RuleError as error:
        raise ConditionError(error.problems[0].message) from error


def _reference(declared: FieldType, op: str, value: str, aliases: Mapping[str, FactKind]) -> Ref:
    found = _REFERENCE.match(value)
    if not found:
        raise ConditionError.of("rules.condition.no_reference", value=value)
    alias, field = found.groups()
    if op not in COMPARE:
        raise ConditionError.of("rules.condition.takes_no_reference", op=op)
    if alias not in aliases:
        raise ConditionError.of("rules.condition.unknown_alias", value=value)
    other = aliases[alias].fields.get(field)
    if other is None:
        raise ConditionError.of(
            "rules.condition.reference_to_no_field",
            value=value,
            kind=aliases[alias].name,
            field=field,
        )
    if other is not declared:
        raise ConditionError.of(
            "rules.condition.reference_of_other_type",
            value=value,
            type=other.value,
            wanted=declared.value,
        )
    return Ref(alias, field)


def holds(test: Test, fact: Fact, bound: Mapping[str, Fact] | None = None) -> bool:
    """Whether a test is true of a fact, `bound` giving the facts it may refer to."""
    value, wanted = fact.get(test.field), test.value
    if test.op == "exists":
        return (value is not None) is wanted
    if value is None:
        return False
    if isinstance(wanted, Ref):
        other = (bound or {})[wanted.alias].get(wanted.field)
        return other is not None and COMPARE[test.op](value, other)
    if test.op in COMPARE:
        return COMPARE[test.op](value, wanted)
    if isinstance(wanted, re.Pattern):
        return wanted.search(str(value)) is not None
    if isinstance(value, frozenset):
        tags = wanted if isinstance(wanted, tuple) else (wanted,)
        if test.op == "has_all":
            return all(tag in value for tag in tags)
        return any(tag in value for tag in tags) is not (test.op == "lacks")
    return (value in wanted) is (test.op == "in")  # type: ignore[operator]
