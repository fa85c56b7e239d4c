"""The engine against the plain-Python oracle: same findings, whatever the order of facts."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from core import Finding
from rules.engine import Checked, evaluate, oracle
from tests.rules.engine import random_rules

TODAY = date(2026, 11, 20)
SEEDS = st.integers(0, 2**40)


class Rules:
    """A pack of these rules and nothing else."""

    def __init__(self, checked: Sequence[Checked]) -> None:
        self.checked = checked

    def on(self, as_of: date) -> Sequence[Checked]:
        return self.checked

    def notes(self, as_of: date) -> Sequence[Finding]:
        return ()


@settings(max_examples=1000)
@given(seed=SEEDS)
def test_the_engine_finds_what_the_oracle_finds(seed: int) -> None:
    random = Random(seed)
    pack, facts = Rules(random_rules.pack(random)), random_rules.facts(random)
    expected = oracle.evaluate(facts, pack, TODAY)
    random.shuffle(facts)
    assert evaluate(facts, pack, TODAY) == expected


def test_the_same_holds_where_freed_memory_is_overwritten() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header"),
            f"{Path(__file__)}::test_the_engine_finds_what_the_oracle_finds",
        ],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "MALLOC_PERTURB_": "165"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_random_cases_are_worth_comparing() -> None:
    """Joins, negations and concluded facts do meet; otherwise the comparison shows nothing."""
    seen: Counter[str] = Counter()
    for seed in range(300):
        random = Random(seed)
        rules, facts = random_rules.pack(random), random_rules.facts(random)
        found = oracle.evaluate(facts, Rules(rules), TODAY)
        fired = [c for c in rules if c.rule.id in {f.rule for f in found}]
        seen["found"] += bool(found)
        seen["joined"] += any(c.needed for c in fired)
        seen["negated"] += any(c.unless for c in fired)
        seen["concluded"] += any(f.trace.because for f in found)
    assert seen["found"] > 100
    assert min(seen["joined"], seen["negated"]) > 15
    assert seen["concluded"] >= 5
