"""The published accuracy holds."""

import pytest

from benchmarks import assistant as benchmark


@pytest.mark.parametrize(
    ("name", "least"), [("development", 0.97), ("held_out", 0.90), ("everyday", 0.97)]
)
def test_messages_become_the_right_actions(name: str, least: float) -> None:
    good, total, _ = benchmark.run(f"{name}.yaml", misses=False)
    assert total >= 120
    assert good / total >= least
