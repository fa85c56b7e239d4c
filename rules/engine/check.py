"""A rule against the kinds of facts: into a form both evaluators run.

Everything durable_rules would silently take for true is refused here: unknown kinds,
fields, aliases, types that differ, a negation before what it depends on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from core import listed
from rules.engine.condition import Alternatives, ConditionError, Ref, parse
from rules.engine.rule import FORMATS, Pattern, Rule, slots
from rules.facts import KINDS, FactKind


@dataclass(frozen=True)
class Matcher:
    """One pattern, ready to run."""

    alias: str
    kind: str
    alternatives: Alternatives


@dataclass(frozen=True)
class Checked:
    """A rule whose every name and type is known to be right."""

    rule: Rule
    when: tuple[Matcher, ...]
    unless: tuple[Matcher, ...]
    needed: Mapping[str, frozenset[str]]
    """Per alias, the fields that other patterns refer to: they must be present."""

    @property
    def reads(self) -> frozenset[str]:
        """The kinds of facts the rule looks at."""
        return frozenset(m.kind for m in (*self.when, *self.unless))


def check(rule: Rule) -> Checked:
    """The rule ready to run.

    Raises:
        ConditionError: what is wrong, and where in the rule.
    """
    aliases: dict[str, FactKind] = {}
    when = []
    for alias, pattern in zip(rule.aliases, rule.when, strict=True):
        if alias in aliases:
            raise ConditionError.of("rules.condition.alias_used_twice", alias=alias)
        when.append(_matcher(alias, pattern, aliases))
        aliases[alias] = KINDS[pattern.fact]
    _check_joins(when)
    unless = [_matcher(f"not{n}", p, aliases) for n, p in enumerate(rule.unless)]
    _check_conclusion(rule, aliases)
    return Checked(rule, tuple(when), tuple(unless), _needed([*when, *unless]))


def _matcher(alias: str, pattern: Pattern, aliases: Mapping[str, FactKind]) -> Matcher:
    if pattern.fact not in KINDS:
        raise ConditionError.of(
            "rules.condition.no_such_kind", kind=pattern.fact, known=", ".join(KINDS)
        )
    try:
        return Matcher(alias, pattern.fact, parse(KINDS[pattern.fact], pattern.where, aliases))
    except ConditionError as error:
        raise ConditionError.of(
            "rules.condition.in_pattern", alias=alias, kind=pattern.fact, said=error.message
        ) from error


def _check_joins(when: Sequence[Matcher]) -> None:
    """From the third pattern of many facts on, a join must narrow, or it explodes."""
    many = [m for m in when if not KINDS[m.kind].single]
    for matcher in many[2:]:
        if not all(
            any(isinstance(t.value, Ref) and t.op == "eq" for t in tests)
            for tests in matcher.alternatives
        ):
            raise ConditionError.of("rules.condition.join_by_an_equal_field", alias=matcher.alias)


def _check_conclusion(rule: Rule, aliases: Mapping[str, FactKind]) -> None:
    for message in (rule.message, rule.reason, rule.remedy):
        for alias, field, form in slots(message) if message else ():
            if alias not in aliases or field not in aliases[alias].fields:
                raise ConditionError.of(
                    "rules.condition.slot_without_a_field", alias=alias, field=field
                )
            if form not in FORMATS:
                raise ConditionError.of("rules.condition.no_such_format", form=form)
    if rule.target is not None and rule.target not in aliases:
        raise ConditionError.of("rules.condition.target_is_no_alias", target=rule.target)
    if rule.derive is None:
        return
    derived = KINDS.get(rule.derive.fact)
    if derived is None or not derived.derived:
        raise ConditionError.of("rules.condition.kind_not_concluded", kind=rule.derive.fact)
    parse(derived, rule.derive.values, aliases)


def _needed(matchers: Sequence[Matcher]) -> dict[str, frozenset[str]]:
    needed: dict[str, set[str]] = {}
    for matcher in matchers:
        for tests in matcher.alternatives:
            for test in tests:
                if isinstance(test.value, Ref):
                    needed.setdefault(test.value.alias, set()).add(test.value.field)
    return {alias: frozenset(fields) for alias, fields in needed.items()}


def strata(rules: Sequence[Checked]) -> tuple[tuple[Checked, ...], ...]:
    """Rules in the order they must run: each after those that conclude what it reads.

    Raises:
        ConditionError: rules that feed one another, which no order can run.
    """
    makers: dict[str, list[str]] = {}
    for checked in rules:
        if checked.rule.derive is not None:
            makers.setdefault(checked.rule.derive.fact, []).append(checked.rule.id)
    sorter = TopologicalSorter(
        {c.rule.id: [m for kind in sorted(c.reads) for m in makers.get(kind, ())] for c in rules}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1][::-1]
        made = [kind for kind, ids in makers.items() if set(ids) & set(cycle)]
        raise ConditionError.of(
            "rules.condition.rules_feed_one_another", path=" → ".join(cycle), kinds=listed(made)
        ) from error
    layers = []
    while sorter.is_active():
        ready = set(sorter.get_ready())
        layers.append(tuple(checked for checked in rules if checked.rule.id in ready))
        sorter.done(*ready)
    return tuple(layers)
