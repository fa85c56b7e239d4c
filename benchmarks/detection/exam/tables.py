"""Tables of an exam: columns, what each truly is, memos with marked spans, spoiled cells.

A set is a file of `sets/`, each by a hand that had not seen the detectors: `clean` and `hidden`
memos, `pools` of words, `shapes` of tables (column: how it is written, the types a fair reader
accepts, what may be spoiled in it) and three `headers` for each column.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.detection.exam.spoil import SPOILS
from benchmarks.detection.exam.values import write
from benchmarks.detection.exam.writer import Writer
from core import DeclaredColumn, Schema, yaml12

FOLDER = Path(__file__).parent
RATES = (0.001, 0.002, 0.003)
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"<([\w|*]+):([^<>]*)>")


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml12.load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return loaded


HALVES = ("development", "unseen")
HALVED = ("council", "trainer")
"""Sets of which every second memo was never read while mending."""


@cache
def material(name: str) -> dict[str, Any]:
    """A set, or the half of one; `second` keeps the shapes of its halves in a file of their own."""
    whole, _, half = name.rpartition("_")
    if whole in HALVED:
        told = _load(f"sets/{whole}")
        told |= {k: told[k][HALVES.index(half) :: 2] for k in ("clean", "hidden")}
    else:
        told = _load(f"sets/{name}")
    if "shapes" not in told:
        told["shapes"] = _load(f"sets/{name.partition('_')[0]}_shapes")
    told["pools"] = {**_load("words"), **told["pools"]}
    return told


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


def sets() -> list[str]:
    """The names of the sets."""
    names = sorted(path.stem for path in (FOLDER / "sets").glob("*.yaml"))
    halves = [f"{name}_{half}" for name in HALVED for half in HALVES]
    return [n for n in names if n not in HALVED and not n.endswith("_shapes")] + halves


def shapes(name: str) -> list[str]:
    """The table shapes of a set."""
    return list(material(name)["shapes"])


def marked_types(template: str) -> set[str]:
    """The types that the marks of a memo accept.

    >>> sorted(marked_types("妻が<disease|medical_care:透析>中"))
    ['disease', 'medical_care']
    """
    return {kind for found in _MARK.finditer(template) for kind in found[1].split("|")}


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


def build(name: str, shape: str, rows: int, seed: int, share: float = 0.1) -> ExamTable:
    """A table of `rows` rows; `share` of the memos hide something, up to 1 % of a column's
    cells are spoiled (one at least for every way)."""
    told = material(name)
    specs, lists = told["shapes"][shape], told["pools"]
    part = name.removeprefix("second_")  # the halves were first drawn under these names
    writer = Writer(lists, rows, f"{shape}/{seed}/{part}")
    other = Writer(lists, rows, f"{shape}/{seed}/{part}/memo")
    table, made = ExamTable(), {}
    for position, (key, (way, kinds, *_)) in enumerate(specs.items(), 1):
        header = _header(told["headers"][shape], key, position, seed)
        table.columns[header], table.truth[header] = [], frozenset(kinds.split("|"))
        made[header] = way
        table.memo = header if way == "memo" else table.memo
    plain = [(table.columns[h], way) for h, way in made.items() if h != table.memo]
    for _ in range(rows):
        writer.turn()
        for texts, way in plain:
            texts.append(write(writer, way))
        templates = told["hidden" if other.chance.random() < share else "clean"]
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
