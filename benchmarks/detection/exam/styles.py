"""Memos in the styles of a dozen desks: what each says of somebody, and memos about nobody."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.detection.exam.tables import Mark, material, memo
from benchmarks.detection.exam.writer import Writer
from core import yaml12


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name("styles.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml12.load(text)
    return loaded


def said() -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """Memos that say something of somebody, with the places and the types that fit."""
    writer = Writer(material("auditor")["pools"], 1, "styles")
    for memos in _load()["said"].values():
        for template in memos:
            yield memo(writer, template)


def silent() -> Iterator[str]:
    """Memos that come near to it and say nothing of anybody."""
    for memos in _load()["silent"].values():
        yield from memos
