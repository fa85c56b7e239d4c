"""The engine against the plain-Python oracle: same findings, whatever the order of facts."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import Finding
from rules.engine import Checked, evaluate, oracle
from rules.facts import Fact
from tests.rules.engine.strategies import facts, packs

TODAY = date(2026, 11, 20)


class Rules:
    """A pack of these rules and nothing else."""

    def __init__(self, checked: Sequence[Checked]) -> None:
        self.checked = checked

    def on(self, as_of: date) -> Sequence[Checked]:
        return self.checked

    def notes(self, as_of: date) -> Sequence[Finding]:
        return ()


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(checked=packs(), given_facts=facts(), data=st.data())
def test_the_engine_finds_what_the_oracle_finds(
    checked: tuple[Checked, ...], given_facts: list[Fact], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(given_facts))
    pack = Rules(checked)
    assert evaluate(shuffled, pack, TODAY) == oracle.evaluate(given_facts, pack, TODAY)


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
