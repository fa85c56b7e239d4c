"""The inputs: what the product ships for training, and the published pair beside the checkout."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casebook import training_cases
from core import yaml12
from tests.conftest import SHARED
from tests.golden.compare import hashed
from tests.golden.doors import OF_INPUT
from tests.golden.room import Room, opened

KEPT = Path(__file__).parent / "kept"
PUBLISHED = {"data.csv": "aichi_patients.csv", "schema.yaml": "patient_schema_ja.yaml"}
NOT_OURS = {"published_pair"}
"""Inputs of which only fingerprints are kept."""
GOLDEN = tuple((of, door) for of, doors in OF_INPUT.items() for door in doors)


def path(of: str, door: str) -> Path:
    """Where a result is kept."""
    return KEPT / of / f"{door.replace(' ', '_')}.json"


def at_hand(of: str) -> bool:
    """Whether the input lies beside the checkout, or with the product."""
    return of not in NOT_OURS or all((SHARED / "data" / n).exists() for n in PUBLISHED.values())


@contextmanager
def room(of: str) -> Iterator[Room]:
    """A room with an input."""
    if of == "published_pair":
        files = {ours: (SHARED / "data" / name).read_bytes() for ours, name in PUBLISHED.items()}
        with opened(files, schema="schema.yaml") as found:
            yield found
        return
    cases = {case.id: case for case in training_cases()}
    case = cases[of if of in cases else "small_area_table"]
    files = {name: (case.folder / name).read_bytes() for name in case.files}
    told = yaml12.load((case.folder / "case.yaml").read_text(encoding="utf-8"))["case"]
    files["case.yaml"] = yaml12.dump(told).encode()
    schema = next((name for name in case.files if name != "data.csv"), None)
    pages = of == "small_area_table"
    with opened(files, schema=schema, case="case.yaml", pages=pages) as found:
        yield found


def result(of: str, door: str) -> dict[str, Any]:
    """What a door says of an input now, as it is kept."""
    with room(of) as place:
        found = OF_INPUT[of][door](place)
    return hashed(found) if of in NOT_OURS else found
