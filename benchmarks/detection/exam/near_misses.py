"""Memos about nobody that come near to being about somebody, each list by a hand of its own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.detection.exam.tables import material, memo
from benchmarks.detection.exam.writer import Writer
from core import yaml12

FOLDER = Path(__file__).with_name("near_misses")
_PEOPLE = "auditor"
"""The set whose people fill slots that a list has no words for."""


def lists() -> list[str]:
    """The names of the lists."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml12.load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return loaded


def filled(name: str, times: int) -> Iterator[tuple[str, str]]:
    """Every template of a list with what it looks like filled, `times` times each."""
    told = _load(name)
    writer = Writer({**material(_PEOPLE)["pools"], **told["pools"]}, 1_000, name)
    for template in told["clean"]:
        for _ in range(times):
            yield template, memo(writer, template)[0]
