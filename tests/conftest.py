"""Shared fixtures. `shared` tests read real files beside the checkout, where they exist."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MEKIKI_SHARED") or Path(__file__).parents[2] / "shared")


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
