"""The blind set: memos, headers and shapes of `blind.yaml`, and how they are scored."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.detection.slots import SPOILERS, Slots
from core import yaml12

PARTS = ("development", "unseen")
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"<([\w|*]+):([^<>]*)>")
_SET: dict[str, Any] = yaml12.load(
    Path(__file__).with_name("blind.yaml").read_text(encoding="utf-8")
)


@dataclass
class BlindTable:
    """Columns, accepted types per column, memos' truth and the cells planted.

    `hidden[row]` is the template and, per marked span, the accepted types; empty: clean.
    """

    columns: dict[str, list[str]]
    truth: dict[str, frozenset[str]]
    memo: str
    hidden: list[tuple[str, tuple[frozenset[str], ...]]] = field(default_factory=list)
    planted: dict[tuple[int, str], str] = field(default_factory=dict)


def half(items: Sequence[Any], part: str) -> list[Any]:
    """Every second entry: the even ones for development, the odd ones unseen."""
    return list(items[PARTS.index(part) :: 2])


def shapes() -> list[str]:
    """The names of the table shapes."""
    return list(_SET["shapes"])


def headers(part: str) -> list[tuple[str, str]]:
    """Headers and the type each must get, without any values."""
    return [(h, kind) for kind, names in _SET["headers"].items() for h in half(names, part)]


def build(
    shape: str, rows: int, seed: int, part: str, *, share: float = 0.1, each: int = 5
) -> BlindTable:
    """A table of `rows` rows; `share` of the memos hide something, `each` cells are spoiled."""
    chance = random.Random(f"{shape}/{seed}/{part}")
    pools = {**_SET["pools"], "classes": _SET["classes"], "rare_classes": _SET["rare_classes"]}
    slots = Slots(pools, chance)
    spec: dict[str, tuple[str, str]] = _SET["shapes"][shape]
    memo = next(name for name, (made, _) in spec.items() if made == "memo")
    table = BlindTable(
        {}, {name: frozenset(filter(None, kinds.split("|"))) for name, (_, kinds) in spec.items()},
        memo,
    )  # fmt: skip
    for name, (made, _) in spec.items():
        table.columns[name] = [slots(made) for _ in range(rows)] if made != "memo" else []
    hidden, clean = half(_SET["hidden"], part), half(_SET["clean"], part)
    for _ in range(rows):
        template = chance.choice(hidden if chance.random() < share else clean)
        table.columns[memo].append(_MARK.sub(r"\2", _SLOT.sub(lambda m: slots(m[1]), template)))
        kinds = tuple(frozenset(m[1].split("|")) for m in _MARK.finditer(template))
        table.hidden.append((template, kinds))
    _plant(table, spec, slots, chance, each)
    return table


def _plant(
    table: BlindTable, spec: dict[str, tuple[str, str]], slots: Slots, chance: random.Random,
    each: int,
) -> None:  # fmt: skip
    """Spoil cells, never one cell twice; each rare class once."""
    for plan in _SET["planted"]:
        wanted = np.atleast_1d(plan["generator"]).tolist()
        for name, (made, _) in spec.items():
            if made not in wanted:
                continue
            rare = list(_SET["rare_classes"])
            count = len(rare) if plan["spoil"] == "rare_class" else each
            texts = table.columns[name]
            free = [r for r in range(len(texts)) if (r + 1, name) not in table.planted]
            for n, row in enumerate(chance.sample(free, count)):
                spoil = SPOILERS.get(plan["spoil"])
                texts[row] = spoil(texts[row], n) if spoil else rare[n]
                table.planted[row + 1, name] = plan["kind"]


def tally_memos(
    table: BlindTable, found: dict[int, set[str]], missed: Counter[str]
) -> Counter[str]:
    """Spans of the right type, and clean memos with an alarm; `missed` gathers by template."""
    tally: Counter[str] = Counter()
    for row, (template, spans) in enumerate(table.hidden, 1):
        seen = found.get(row, set())
        if not spans:
            tally["clean"] += 1
            tally["false_alarms"] += bool(seen)
            missed[f"false alarm {sorted(seen)}: {template}"] += bool(seen)
            continue
        for accepted in spans:
            right = bool(seen & accepted) or ("*" in accepted and bool(seen))
            tally["hidden"] += 1
            tally["hidden_right"] += right
            missed[f"missed, saw {sorted(seen)}: {template}"] += not right
    return tally
