"""Tables of the second set: columns, what each truly is, memos with marked spans, spoiled cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.detection.second.spoil import SPOILS
from benchmarks.detection.second.values import write
from benchmarks.detection.second.writer import Writer
from core import DeclaredColumn, Schema, yaml12

FOLDER = Path(__file__).parent
PARTS = ("development", "unseen")
RATES = (0.001, 0.002, 0.003)
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"<([\w|*]+):([^<>]*)>")


@cache
def load(name: str) -> dict[str, Any]:
    """A YAML file of this folder."""
    loaded: dict[str, Any] = yaml12.load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Mark:
    """A hidden piece: the types a fair reader accepts (`*`: any), and where it stands."""

    types: frozenset[str]
    start: int
    end: int


@dataclass
class ExamTable:
    """A table and its truth; rows count from 1. `schema` declares lists for some columns."""

    columns: dict[str, list[str]] = field(default_factory=dict)
    truth: dict[str, frozenset[str]] = field(default_factory=dict)
    memo: str = ""
    memos: list[tuple[str, tuple[Mark, ...]]] = field(default_factory=list)
    planted: dict[tuple[int, str], tuple[str, frozenset[str]]] = field(default_factory=dict)
    schema: Schema | None = None


def shapes() -> list[str]:
    """The names of the table shapes."""
    return list(load("shapes"))


def memo(writer: Writer, template: str) -> tuple[str, tuple[Mark, ...]]:
    """A template filled, and its marks; of another person than the row's."""
    writer.turn()
    text, marks, at = "", [], 0

    def fill(piece: str) -> str:
        return _SLOT.sub(lambda m: write(writer, m[1]), piece)

    for found in _MARK.finditer(template):
        text += fill(template[at : found.start()])
        inner = fill(found[2])
        marks.append(Mark(frozenset(found[1].split("|")), len(text), len(text) + len(inner)))
        text, at = text + inner, found.end()
    return text + fill(template[at:]), tuple(marks)


def build(shape: str, rows: int, seed: int, part: str, share: float = 0.1) -> ExamTable:
    """A table of `rows` rows; `share` of the memos hide something, up to 1 % of a column's
    cells are spoiled (one at least for every way)."""
    half, specs = load(part), load("shapes")[shape]
    lists = {**load("words"), **half["pools"]}
    writer = Writer(lists, rows, f"{shape}/{seed}/{part}")
    other = Writer(lists, rows, f"{shape}/{seed}/{part}/memo")
    table, made = ExamTable(), {}
    for position, (key, (way, kinds, *_)) in enumerate(specs.items(), 1):
        header = _header(half["headers"][shape], key, position, seed)
        table.columns[header], table.truth[header] = [], frozenset(kinds.split("|"))
        made[header] = way
        table.memo = header if way == "memo" else table.memo
    plain = [(table.columns[h], way) for h, way in made.items() if h != table.memo]
    for _ in range(rows):
        writer.turn()
        for texts, way in plain:
            texts.append(write(writer, way))
        templates = half["hidden" if other.chance.random() < share else "clean"]
        template = other.chance.choice(templates)
        text, marks = memo(other, template)
        table.columns[table.memo].append(text)
        table.memos.append((template, marks))
    for header, (way, _, *spoils) in zip(made, specs.values(), strict=True):
        _spoil(table, header, way, spoils[0] if spoils else [], writer)
    declared = {h: lists[way] for h, way in made.items() if way in ("care", "school_year")}
    if declared:
        items = [
            DeclaredColumn(name=h, position=p, allowed=tuple(declared.get(h, ())))
            for p, h in enumerate(made, 1)
        ]
        table.schema = Schema(name="declared", layout="list", columns=tuple(items))
    return table


def _header(headers: dict[str, list[str]], key: str, position: int, seed: int) -> str:
    """This seed's spelling; a shape without names numbers its columns."""
    names = headers.get(key) or headers["_"]
    name: str = (
        names[(seed + position) % len(names)] if key in headers else names[seed % len(names)]
    )
    return name % position if "%" in name else name


def _spoil(table: ExamTable, header: str, way: str, spoils: Sequence[str], writer: Writer) -> None:
    texts, chance = table.columns[header], writer.chance
    for name in spoils:
        spoil = SPOILS[name]
        ours = name in ("rare", "off_list")
        listed = writer.lists[f"{way}_{'off' if name == 'off_list' else 'rare'}"] if ours else []
        rate = chance.choice(RATES)
        count = len(listed) if name == "rare" else max(1, round(rate * len(texts)))
        free = [r for r in range(len(texts)) if (r + 1, header) not in table.planted and texts[r]]
        for n, row in enumerate(chance.sample(free, count)):
            texts[row] = listed[n % len(listed)] if ours else spoil.ruin(texts[row], n)
            table.planted[row + 1, header] = name, frozenset(spoil.kinds.split("|"))
