"""Right, wrong, missed and false on an exam: a span must stand where the truth stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.detection.exam.tables import ExamTable, Mark
from benchmarks.detection.scoring import Score
from core import CellKind, CellNote
from rules import Inspection

_MEMO_KINDS = {CellKind.HIDDEN_PERSONAL_DATA, CellKind.RARE_COMBINATION}


@dataclass
class ExamScore(Score):
    """Adds spans and kinds; every alarm counts but hidden data and rare combinations.

    `asked` holds how often each thing could have been missed.
    """

    asked: Counter[str] = field(default_factory=Counter)

    def of_exam(self, table: ExamTable, seen: Inspection) -> None:
        """Add a table."""
        self._types(table.truth, seen)
        alarms: dict[tuple[int, str], set[str]] = {}
        hidden: dict[int, CellNote] = {}
        for note in seen.cells:
            if note.kind not in _MEMO_KINDS:
                alarms.setdefault((note.row, note.column), set()).add(note.kind.value)
            elif note.kind == CellKind.HIDDEN_PERSONAL_DATA and note.column == table.memo:
                hidden[note.row] = note
        self._cells(table, alarms)
        self._memos(table, hidden)

    def _cells(self, table: ExamTable, alarms: Mapping[tuple[int, str], set[str]]) -> None:
        self.counts["planted"] += len(table.planted)
        self.counts["planted_alarms"] += sum(len(kinds) for kinds in alarms.values())
        for place, (name, accepted) in table.planted.items():
            seen = alarms.get(place, set())
            self.counts["planted_found"] += bool(seen)
            self.counts["planted_kind"] += bool(seen & accepted)
            self.asked[f"{name} in {place[1]}"] += 1
            self.cells[f"missed {name} in {place[1]}"] += not seen
            if seen and not seen & accepted:
                self.cells[f"other kind {sorted(seen)} for {name} in {place[1]}"] += 1
        for place, kinds in alarms.items():
            if place not in table.planted:
                self.cells[f"extra {sorted(kinds)} in {place[1]}"] += 1

    def _memos(self, table: ExamTable, hidden: Mapping[int, CellNote]) -> None:
        for row, (template, marks) in enumerate(table.memos, 1):
            note = hidden.get(row)
            spans = note.spans if note else ()
            shown = sorted({s.type.value for s in spans})
            if not marks:
                self.counts["clean"] += 1
                self.counts["false_alarms"] += note is not None
                self.asked[template] += 1
                self.memos[f"false alarm {shown}: {template}"] += note is not None
            for mark in marks:
                over = [
                    (s.type.value, s.start, s.end) for s in spans if _share(mark, s.start, s.end)
                ]
                right = [_share(mark, a, b) for kind, a, b in over if mark.types & {kind, "*"}]
                self.counts["hidden"] += 1
                self.counts["hidden_right"] += bool(right)
                self.counts["hidden_close"] += max(right, default=0) >= 0.5
                name = f"{'|'.join(sorted(mark.types))}: {template}"
                self.asked[name] += 1
                self.memos[f"missed, saw {shown}, {name}"] += not right
                self.memos[f"span far off, {name}"] += 0 < max(right, default=0) < 0.5

    def figures(self) -> dict[str, str]:
        """The table of the benchmark, line by line."""
        c = self.counts
        return super().figures() | {
            "… span at least half right": f"{c['hidden_close'] / max(1, c['hidden']):.1%}",
            "… planted, the kind right": f"{c['planted_kind'] / max(1, c['planted']):.1%}",
        }


def _share(mark: Mark, start: int, end: int) -> float:
    """How much of the two together is shared, 0–1."""
    shared = min(mark.end, end) - max(mark.start, start)
    return max(0, shared) / (max(mark.end, end) - min(mark.start, start))
