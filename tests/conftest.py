"""Shared fixtures. `shared` tests read real files beside the checkout, where they exist."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "facts" / "facts.json").exists():
        pytest.skip(f"needs the folder of real input files at {SHARED.name}/ beside the checkout")
    return SHARED
