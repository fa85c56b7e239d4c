"""What crashes durable_rules, or makes it silently wrong, and how our layer takes it.

Each test names one known killer. Those that end a process when they strike run in one of
their own.
"""

import ast
import math
import subprocess
import sys
import textwrap
import threading
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import durable_rules_engine
import pytest

from core import Finding, RuleError
from rules.engine import Checked, ConditionError, Rule, check, evaluate, oracle, runtime, strata
from rules.engine.compile import (
    NEGATIONS_PER_SHARD,
    PATTERNS_PER_KIND,
    RULES_PER_SHARD,
    compile_rules,
)
from rules.facts import Fact

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 20)


class Rules:
    """A pack of these rules and nothing else."""

    def __init__(self, *rules: Rule) -> None:
        self.checked = [check(rule) for rule in rules]

    def on(self, as_of: date) -> Sequence[Checked]:
        return self.checked

    def notes(self, as_of: date) -> Sequence[Finding]:
        return ()


def made(*when: dict[str, Any], unless: Sequence[dict[str, Any]] = (), name: str = "one") -> Rule:
    return Rule.model_validate(
        {
            "id": f"test.{name}",
            "title": {"ja": "規則", "en": "rule"},
            "cards": ["A-01"],
            "when": when,
            "unless": unless,
            "message": {"ja": "該当", "en": "found"},
            "remedy": {"ja": "直す", "en": "mend"},
            "examples": {"match": [[{"case": {}}]], "no_match": [[{"case": {}}]]},
        }
    )


JOIN = ({"fact": "column", "as": "a"}, {"fact": "plan_column", "where": {"column": "$a.key"}})


def columns(*keys: str) -> list[Fact]:
    return [Fact.of("column", f"column:{n}", key=key, position=n) for n, key in enumerate(keys)]


def both(facts: Sequence[Fact], *rules: Rule) -> tuple[Finding, ...]:
    """What the engine finds, which must be what the oracle finds."""
    found = evaluate(facts, Rules(*rules), TODAY)
    assert found == oracle.evaluate(facts, Rules(*rules), TODAY)
    return found


HANG = 280.0
"""Seconds after which a process counts as hanging, however busy the machine is."""


def in_own_process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    header = "from tests.rules.engine.test_killers import *\n"
    return subprocess.run(
        [sys.executable, "-c", header + textwrap.dedent(code)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )


def survives(code: str) -> None:
    done = in_own_process(code, MALLOC_PERTURB_="165")
    assert done.returncode == 0, (done.returncode, done.stderr[-2000:])


def test_the_language_layer_and_its_hosts_are_never_used() -> None:
    for path in (ROOT / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                assert not any(n == "durable" or n.startswith("durable.") for n in names), path


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    both(columns("a"), made({"fact": "column"}))
    assert threading.active_count() == before


def test_deleting_a_state_in_which_nothing_ran() -> None:
    survives(
        """
        for _ in range(50):
            assert both([], made({"fact": "column"})) == ()
            assert both(columns("a"), made({"fact": "case"})) == ()
        """
    )


def test_a_join_whose_last_condition_is_false() -> None:
    survives(
        """
        join = made({"fact": "column", "as": "a"},
                    {"fact": "plan_column",
                     "where": {"column": "$a.key", "type": {"ne": "$a.type"}}})
        facts = [Fact.of("column", f"c{n}", key=str(n), type="t") for n in range(60)]
        facts += [Fact.of("plan_column", f"p{n}", column=str(n), type="t") for n in range(60)]
        assert both(facts, join) == ()
        """
    )


def test_every_joined_pattern_ends_in_a_condition_that_is_always_true() -> None:
    rule = made(
        {"fact": "column", "as": "a"},
        {"fact": "plan_column", "where": {"column": "$a.key"}},
        unless=[{"fact": "risk", "where": {"quasi": "$a.key"}}],
    )
    (shard,) = compile_rules([check(rule)]).shards
    for _, *joined in (d["all"] for d in shard.definitions.values()):
        for pattern in joined:
            ((body),) = pattern.values()
            assert body["$and"][-1] == {"_t": {"a0": "_t"}}


@pytest.mark.parametrize(
    "rules",
    [
        "[made({'fact': 'column', 'where': {'position': n}}, name=f'n{n}') for n in range(700)]",
        "[made({'fact': 'column', 'where': {'position': 1}}, name=f'n{n}') for n in range(300)]",
        "[made({'fact': 'column'}, unless=[{'fact': 'risk', 'where': {'k': n}}], name=f'n{n}')"
        " for n in range(200)]",
        "[made({'fact': 'column', 'where': {'key': {'exists': False}}}, name=f'n{n}')"
        " for n in range(200)]",
    ],
    ids=["different", "identical", "negated", "absent"],
)
def test_more_conditions_than_a_node_can_bear(rules: str) -> None:
    survives(
        f"""
        rules = {rules}
        facts = [*columns('a', 'b'), Fact.of('column', 'x', position=1), Fact.of('risk', 'r', k=3)]
        assert both(facts, *rules)
        """
    )


def test_shards_stay_below_the_sizes_at_which_the_engine_loops() -> None:
    rules = [
        check(
            made(
                {"fact": "column", "where": {"position": n}},
                unless=[{"fact": "case", "where": {"staff": n}}],
                name=f"n{n}",
            )
        )
        for n in range(300)
    ]
    shards = compile_rules(rules).shards
    assert len(shards) > 1
    assert sum(len(s.definitions) for s in shards) == 300
    for shard in shards:
        assert max(shard.patterns.values()) <= PATTERNS_PER_KIND
        assert len(shard.definitions) <= RULES_PER_SHARD
        assert shard.negations <= NEGATIONS_PER_SHARD


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e16])
def test_numbers_the_engine_cannot_read_are_refused(value: float) -> None:
    with pytest.raises(RuleError):
        Fact.of("risk", "r", share_at_risk=value)


def test_numbers_it_reads_wrongly_are_rounded() -> None:
    rule = made({"fact": "risk", "where": {"share_at_risk": {"eq": 0.0}}})
    assert both([Fact.of("risk", "r", share_at_risk=1e-05)], rule)
    assert both([Fact.of("risk", "r", share_at_risk=-1e-9)], rule)


def test_whole_numbers_too_large_are_refused() -> None:
    with pytest.raises(RuleError):
        Fact.of("risk", "r", k=2**63)
    rule = made({"fact": "risk", "where": {"k": {"eq": 2**53}}})
    assert both([Fact.of("risk", "r", k=2**53)], rule)
    assert not both([Fact.of("risk", "r", k=2**53 - 1)], rule)


def test_facts_are_asserted_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("batches vanish or crash")

    monkeypatch.setattr(durable_rules_engine, "assert_facts", refuse)
    assert len(both(columns("a", "b"), made({"fact": "column", "as": "c"}))) == 2


def test_there_is_no_arithmetic_that_could_divide_by_zero() -> None:
    for operator in ("$div", "div", "$add", "$mod"):
        with pytest.raises(ConditionError):
            check(made({"fact": "risk", "where": {"k": {operator: 0}}}))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^氏名$", "氏名", True),
        ("^氏名$", "氏名カナ", False),
        (r"^\d{3}$", "123", True),
        ("(?i)ID", "住民id", True),
        ("[一-龯]{2}", "住所", True),
        ("終$", "あ" * 70_000 + "終", True),
    ],
)
def test_patterns_are_matched_in_python(pattern: str, text: str, found: bool) -> None:
    rule = made({"fact": "column", "where": {"key": {"matches": pattern}}})
    assert bool(both(columns(text), rule)) is found


def test_alternatives_that_are_both_true_are_one_match() -> None:
    rule = made({"fact": "column", "where": {"any": [{"position": {"ge": 0}}, {"key": "a"}]}})
    found = runtime.match([check(rule)], columns("a"))
    assert len(found.found) == 1


def test_an_alternative_beside_a_join_is_not_lost() -> None:
    rule = made(
        {"fact": "column", "as": "a", "where": {"any": [{"position": 0}, {"position": 1}]}},
        {
            "fact": "plan_column",
            "where": {"column": "$a.key", "any": [{"type": "x"}, {"level": "y"}]},
        },
    )
    plan = [
        Fact.of("plan_column", "p0", column="a", type="x"),
        Fact.of("plan_column", "p1", column="b", level="y"),
    ]
    assert len(runtime.match([check(rule)], [*columns("a", "b", "c"), *plan]).found) == 2
    assert both([*columns("a", "b", "c"), *plan], rule)


def test_a_negation_does_not_depend_on_the_order_of_facts() -> None:
    rule = made(
        {"fact": "column", "as": "a"},
        unless=[{"fact": "plan_column", "where": {"column": "$a.key"}}],
    )
    facts = [
        *columns("a", "b"),
        Fact.of("plan_column", "p0", column="a"),
        Fact.of("plan_column", "p1", column="z"),
    ]
    for order in permutations(facts):
        found = runtime.match([check(rule)], order)
        assert [order[place].get("key") for m in found.found for place in m.facts] == ["b"]


@pytest.mark.parametrize(
    "when",
    [
        [{"fact": "column", "as": "a"}, {"fact": "plan_column", "where": {"column": "$b.key"}}],
        [{"fact": "column", "as": "a"}, {"fact": "plan_column", "where": {"column": "$a.name"}}],
        [
            {"fact": "column", "as": "a"},
            {"fact": "plan_column", "where": {"column": "$a.position"}},
        ],
        [{"fact": "column", "where": {"column": "x"}}],
        [{"fact": "columns"}],
        [{"fact": "column", "where": {"key": 1}}],
        [{"fact": "column", "where": {"position": "1"}}],
        [{"fact": "column", "where": {"unnamed": 1}}],
        [{"fact": "column", "where": {"position": True}}],
        [{"fact": "column", "as": "a"}, {"fact": "case", "as": "a"}],
        [{"fact": "column"}] * 3,
    ],
    ids=[
        "alias",
        "field",
        "types",
        "own field",
        "kind",
        "text",
        "count",
        "flag",
        "true",
        "twice",
        "unjoined",
    ],
)
def test_what_the_engine_would_take_for_true_is_refused(when: list[dict[str, Any]]) -> None:
    with pytest.raises(ConditionError):
        check(made(*when))


def test_a_missing_right_hand_field_is_no_match() -> None:
    rule = made(
        {"fact": "column", "as": "a"},
        {"fact": "plan_column", "where": {"column": {"ne": "$a.key"}}},
    )
    nameless = Fact.of("column", "c", position=1)
    assert not both([nameless, Fact.of("plan_column", "p", column="x")], rule)


@pytest.mark.parametrize("value", [1, True, "1", 1.0])
def test_values_are_never_taken_for_another_type(value: Any) -> None:
    fits = {"key": str, "position": int, "confidence": (int, float), "unnamed": bool}
    for field, wanted in fits.items():
        is_flag = isinstance(value, bool)
        if isinstance(value, wanted) and (field == "unnamed") == is_flag:
            assert Fact.of("column", "c", **{field: value})[field] == value
        else:
            with pytest.raises(RuleError):
                Fact.of("column", "c", **{field: value})


def test_nulls_are_dropped_and_never_joined() -> None:
    rule = made(
        {"fact": "column", "as": "a"}, {"fact": "plan_column", "where": {"column": "$a.key"}}
    )
    facts = [Fact.of("column", "c", key=None), Fact.of("plan_column", "p", column=None)]
    assert "key" not in facts[0].values
    assert not both(facts, rule)
    assert not both([*columns("null"), facts[1]], rule)


def test_facts_alike_but_for_their_identity_are_all_seen() -> None:
    rule = made({"fact": "column"})
    facts = [Fact.of("column", f"c{n}", key="同じ") for n in range(500)]
    assert len(runtime.match([check(rule)], facts).found) == 500


def test_two_facts_of_one_identity_are_refused() -> None:
    facts = [Fact.of("column", "c", key="a"), Fact.of("column", "c", key="b")]
    with pytest.raises(RuleError):
        evaluate(facts, Rules(made({"fact": "column"})), TODAY)


def test_a_fact_given_twice_counts_once() -> None:
    fact = Fact.of("column", "c", key="a")
    assert len(both([fact, fact], made({"fact": "column"}))) == 1


@pytest.mark.parametrize(
    "text", ['"', "\\", '\\"}', "\u0000", "💧", "\ud800", "{$and: 1}", "", " "]
)
def test_hostile_texts_never_reach_the_engine(text: str) -> None:
    rule = made(
        {"fact": "column", "as": "a"}, {"fact": "plan_column", "where": {"column": "$a.key"}}
    )
    facts = [*columns(text, "other"), Fact.of("plan_column", "p", column=text)]
    assert len(runtime.match([check(rule)], facts).found) == 1


def test_thousands_of_evaluations_neither_run_out_of_sessions_nor_leak() -> None:
    survives(
        """
        import resource
        rule = made(*JOIN)
        facts = [*columns("a", "b"), Fact.of("plan_column", "p", column="a")]
        pack = Rules(rule)
        def run(times):
            for _ in range(times):
                assert len(evaluate(facts, pack, TODAY)) == 1
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        first = run(300)
        assert run(1500) - first < 20_000, "kilobytes more after 1,500 evaluations"
        """
    )


def test_an_error_while_matching_is_raised_and_cleaned_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    deleted: list[str] = []
    for name in ("delete_state", "delete_ruleset"):
        real = getattr(durable_rules_engine, name)
        monkeypatch.setattr(
            durable_rules_engine,
            name,
            lambda *a, name=name, real=real: (deleted.append(name), real(*a))[1],
        )
    monkeypatch.setattr(runtime, "Match", fail)
    with pytest.raises(KeyboardInterrupt):
        evaluate(columns("a"), Rules(made({"fact": "column"})), TODAY)
    assert deleted == ["delete_state", "delete_ruleset"]


def test_a_join_that_explodes_is_capped_and_says_so() -> None:
    wild = made({"fact": "column", "as": "a"}, {"fact": "column", "as": "b"}, name="wild")
    tame = made({"fact": "column", "where": {"key": "c7"}}, name="tame")
    found = both(columns(*(f"c{n}" for n in range(60))), wild, tame)
    assert sorted(f.rule for f in found) == ["engine.capped", "test.tame"]


def test_rules_that_feed_one_another_are_refused() -> None:
    def feeding(reads: str, makes: str) -> Checked:
        rule = made({"fact": reads}, name=f"{reads}_to_{makes}")
        field = {"regime": "regime", "field_of_law": "field"}[makes]
        return check(
            Rule.model_validate(
                {
                    **rule.model_dump(by_alias=True),
                    "derive": {"fact": makes, "values": {field: "x"}},
                }
            )
        )

    rules = [feeding("regime", "field_of_law"), feeding("field_of_law", "regime")]
    with pytest.raises(ConditionError, match=r"→.*\(field_of_law, regime\)"):
        strata(rules)


def test_a_rule_without_examples_or_ground_is_refused() -> None:
    whole = made({"fact": "column"}).model_dump(by_alias=True)
    for part in ("examples", "cards"):
        with pytest.raises(ValueError, match=part):
            Rule.model_validate({k: v for k, v in whole.items() if k != part})


def test_evaluations_in_several_threads_do_not_meet() -> None:
    survives(
        """
        from concurrent.futures import ThreadPoolExecutor
        pack = Rules(made(*JOIN), made({"fact": "column", "where": {"position": 0}}, name="two"))
        def run(n):
            facts = [*columns(f"a{n}", "b"), Fact.of("plan_column", "p", column=f"a{n}")]
            found = evaluate(facts, pack, TODAY)
            assert [f.target.column for f in found] == [f"a{n}", f"a{n}"], found
        sys.setswitchinterval(1e-5)
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(run, range(800)))
        """
    )
