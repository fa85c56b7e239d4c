"""Searches over tables end by a deadline; here it counts processor time, whatever else runs."""

import time
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _deadlines_in_processor_time() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", time.process_time)
        yield
