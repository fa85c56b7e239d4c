"""Memos of two offices, by hands that never saw the readers: what is told of them.

`python -m benchmarks.office_memos [FILE …]` prints counts only. A FILE holds `memos` (text, and
what it contains as fragment and type) and `tempting` (texts that hold nothing).
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from core import Dataset, Table, yaml12
from rules import Settings, inspect

SETS = tuple(sorted(Path(__file__).parent.glob("*.yaml")))


@dataclass(frozen=True)
class MemoScore:
    """Fragments that get their type, are seen at all, of all; texts alarmed for nothing."""

    right: int
    seen: int
    of: int
    alarmed: int
    tempting: int


def told(texts: list[str]) -> list[list[tuple[int, int, str]]]:
    """For each text what the product finds in it: start, end and type."""
    table = Table.of({"備考": texts})
    found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    for cell in inspect(Dataset("memos", table), Settings(cells_limit=None)).select(limit=None):
        found[cell.row - 1] += [(s.start, s.end, s.type.value) for s in cell.spans]
    return found


def score(path: Path) -> MemoScore:
    """How a set is read: a find counts for a fragment it shares three characters with, or all."""
    held = yaml12.load(path.read_text(encoding="utf-8"))
    memos, tempting = held["memos"], held["tempting"]
    found = told([memo["text"] for memo in memos] + tempting)
    right = seen = of = 0
    for memo, spans in zip(memos, found, strict=False):
        for fragment, type_ in memo["contains"]:
            start = memo["text"].index(fragment)
            end = start + len(fragment)
            types = {
                kind
                for first, last, kind in spans
                if min(end, last) - max(start, first) >= min(3, len(fragment), last - first)
            }
            of += 1
            seen += bool(types)
            right += type_ in types
    return MemoScore(right, seen, of, sum(map(bool, found[len(memos) :])), len(tempting))


def main() -> None:
    """Print the counts of each set."""
    for path in [Path(name) for name in sys.argv[1:]] or SETS:
        it = score(path)
        print(
            f"{path.stem}: type right {it.right} of {it.of} ({it.right / it.of:.1%}), seen "
            f"{it.seen}, alarms {it.alarmed} of {it.tempting}"
        )
