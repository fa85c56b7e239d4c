"""Shared fixtures. `shared` tests read real files beside the checkout, where they exist."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(os.environ.get("MEKIKI_SHARED") or Path(__file__).parents[2] / "shared")
CI = os.environ.get("CI") == "true"

settings.register_profile(
    "house",  # no clock decides: a busy machine is slow, not wrong
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=CI,
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "facts" / "facts.json").exists():
        pytest.skip(f"needs the folder of real input files at {SHARED.name}/ beside the checkout")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No rules or documents that someone keeps beside the checkout count in a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEKIKI_HOME", str(tmp_path_factory.mktemp("home")))
        yield
