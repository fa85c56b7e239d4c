"""Sentences from a grammar, whose slots are filled with the terms of the types and with names."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from core import column_types, yaml12
from rules.detect.patterns import words

_SLOT = re.compile(r"(\{[A-Z]+\})")
_FILLED = {
    "KIN": "kin", "WHO": "who", "N": "things", "DO": "doings", "NAME": "people", "X": "machines",
    "P": "happens", "F": "firms", "L": "places",
}  # fmt: skip
NAMES = ("S", "G", "R")


class Sentence(NamedTuple):
    """A sentence, whether it speaks of somebody, and where its term or its names stand."""

    text: str
    of_somebody: bool
    places: tuple[tuple[int, int], ...]


def statements(times: int) -> Iterator[Sentence]:
    """Every template of `said` and `silent`, `times` times with other words."""
    yield from _filled(times, ("said", "silent"), ("T",))


def names(times: int) -> Iterator[Sentence]:
    """Every template of `named` and `unnamed`, `times` times with other words."""
    yield from _filled(times, ("named", "unnamed"), NAMES)


def _filled(times: int, parts: tuple[str, str], marked: tuple[str, ...]) -> Iterator[Sentence]:
    grammar = yaml12.load(Path(__file__).with_name("grammar.yaml").read_text(encoding="utf-8"))
    chance = random.Random(1)
    slots = {slot: grammar[name] for slot, name in _FILLED.items()} | {
        "S": [name for name in words("surnames") if len(name) > 1],
        "G": [name for name in words("given_names") if len(name) > 1],
        "R": [
            "サトウ",
            "スズキ",
            "オオニシ",
            "フジモト",
            "タカハシ",
            "ヨシムラ",
            "ケンジ",
            "ヒロシ",
            "ミサキ",
        ],
    }
    terms = [told.statement.terms for told in column_types.described().values() if told.statement]
    terms = [listed for listed in terms if listed]
    for somebody, part in zip((True, False), parts, strict=True):
        for template in grammar[part] * times:
            yield _fill(template, somebody, slots, terms, chance, marked)


def _fill(
    template: str,
    somebody: bool,
    slots: dict[str, list[str]],
    terms: list[Any],
    chance: random.Random,
    marked: tuple[str, ...],
) -> Sentence:
    text, places = "", []
    for piece in _SLOT.split(template):
        slot = piece[1:-1] if _SLOT.fullmatch(piece) else ""
        word = piece
        if slot:
            word = chance.choice(chance.choice(terms) if slot == "T" else slots[slot])
        if slot in marked:
            places.append((len(text), len(text) + len(word)))
        text += word
    return Sentence(text, somebody, tuple(places) or ((0, len(text)),))
