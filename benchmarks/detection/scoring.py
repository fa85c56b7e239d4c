"""Right, wrong, missed and false: the counts behind the figures, for both test sets."""

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.detection.blind import BlindTable, headers, tally_memos
from benchmarks.detection.shapes import Register
from core import CellKind, ColumnType, Dataset, Table
from rules import Inspection, inspect

_NOT_IDENTIFYING = {
    ColumnType.FREE_TEXT, ColumnType.CATEGORY, ColumnType.QUANTITY, ColumnType.SEQUENCE_NUMBER,
    ColumnType.FLAG, ColumnType.UNKNOWN, ColumnType.DATE,
}  # fmt: skip
_PLANTED_KINDS = {
    CellKind.FORMAT_BREAK, CellKind.CHECK_DIGIT_BREAK, CellKind.WIDTH_MISMATCH, CellKind.OUTLIER,
    CellKind.RARE_VALUE,
}  # fmt: skip


@dataclass
class Score:
    """Counts, and what to look at: the mistakes by column, template and planted column."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong_types: Counter[str] = field(default_factory=Counter)
    memos: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)

    def of_register(self, register: Register, seen: Inspection) -> None:
        """Add a register of our own set."""
        truth = {
            name: frozenset({kind.value}) if kind else frozenset()
            for name, kind in register.truth.items()
        }
        self._types(truth, seen)
        self._planted(dict.fromkeys(register.planted, ""), seen)
        found = spans(register.memo, seen)
        for row, kind in enumerate(register.hidden, 1):
            types = found.get(row, set())
            if kind is None:
                self.counts["clean"] += 1
                self.counts["false_alarms"] += bool(types)
            else:
                self.counts["hidden"] += 1
                self.counts["hidden_right"] += kind in types
                self.memos[f"missed {kind}, saw {sorted(types)}"] += kind not in types

    def of_blind(self, table: BlindTable, seen: Inspection) -> None:
        """Add a table of the blind set."""
        self._types(table.truth, seen)
        self._planted(table.planted, seen)
        self.counts += tally_memos(table, spans(table.memo, seen), self.memos)

    def _types(self, truth: dict[str, frozenset[str]], seen: Inspection) -> None:
        harmless = {kind.value for kind in _NOT_IDENTIFYING}
        for report in seen.columns:
            accepted, claim = truth[report.name], report.type.value
            typed = bool(accepted - harmless) and not accepted & harmless
            claimed = claim not in harmless
            right = claim in accepted
            self.counts["typed"] += typed
            self.counts["typed_right"] += typed and right
            self.counts["claimed"] += claimed
            self.counts["claimed_right"] += claimed and right
            if (typed or claimed) and not right:
                self.wrong_types[f"{report.name}: {claim}, truly {sorted(accepted)}"] += 1

    def _planted(self, planted: dict[tuple[int, str], str], seen: Inspection) -> None:
        noted = {(n.row, n.column): n.kind for n in seen.cells if n.kind in _PLANTED_KINDS}
        self.counts["planted"] += len(planted)
        self.counts["planted_found"] += len(planted.keys() & noted.keys())
        self.counts["planted_alarms"] += sum(n.kind in _PLANTED_KINDS for n in seen.cells)
        for (row, column), kind in planted.items():
            self.cells[f"missed {kind} in {column}"] += (row, column) not in noted
        for (row, column), found in noted.items():
            self.cells[f"extra {found.value} in {column}"] += (row, column) not in planted

    def figures(self) -> dict[str, str]:
        """The table of the benchmark, line by line."""
        c = self.counts
        return {
            "typed columns right": f"{c['typed_right']} of {c['typed']}",
            "precision of types": f"{c['claimed_right'] / max(1, c['claimed']):.3f}",
            "hidden data, right type": f"{c['hidden_right'] / max(1, c['hidden']):.1%}"
            f" of {c['hidden']}",
            "false alarms, clean memos": f"{c['false_alarms'] / max(1, c['clean']):.2%}"
            f" of {c['clean']}",
            "planted cells found": f"{c['planted_found'] / max(1, c['planted']):.1%}"
            f" of {c['planted']}",
            "alarms per planted cell": f"{c['planted_alarms'] / max(1, c['planted']):.2f}",
        }


def spans(memo: str, seen: Inspection) -> dict[int, set[str]]:
    """Row -> the types of personal data seen in its memo."""
    return {
        n.row: {s.type.value for s in n.spans}
        for n in seen.cells
        if n.column == memo and n.kind == CellKind.HIDDEN_PERSONAL_DATA
    }


def header_figures(part: str) -> tuple[int, int, list[str]]:
    """Headers without values: right, all, and the mistakes in words."""
    right, mistakes = 0, []
    wanted = headers(part)
    for header, kind in wanted:
        seen = inspect(Dataset("bench", Table.of({header: []})))
        claim = seen.columns[0].type.value
        right += claim == kind
        if claim != kind:
            mistakes.append(f"{header}: {claim}, truly {kind}")
    return right, len(wanted), mistakes
