"""How well and how fast the detectors see: `python -m benchmarks.detect [rows] [seeds]`."""

import resource
import sys
import time
from collections import Counter

import pyarrow as pa

from benchmarks.detection.shapes import SHAPES, Register, build
from core import CellKind, ColumnType, Dataset, Table
from rules import Inspection, Settings, inspect

_IDENTIFYING = set(ColumnType) - {
    ColumnType.FREE_TEXT, ColumnType.CATEGORY, ColumnType.QUANTITY, ColumnType.SEQUENCE_NUMBER,
    ColumnType.FLAG, ColumnType.UNKNOWN, ColumnType.DATE,
}  # fmt: skip
_PLANTED_KINDS = {
    CellKind.FORMAT_BREAK, CellKind.CHECK_DIGIT_BREAK, CellKind.WIDTH_MISMATCH, CellKind.OUTLIER,
    CellKind.RARE_VALUE,
}  # fmt: skip


def table_of(register: Register) -> Table:
    """The register as intake would hand it over."""
    arrays = [pa.array(texts.tolist(), pa.string()) for texts in register.columns.values()]
    return Table.from_arrow(list(register.columns), arrays)


def score(register: Register, seen: Inspection) -> Counter[str]:
    """Counts of what was right and wrong."""
    tally: Counter[str] = Counter()
    for report in seen.columns:
        true = register.truth[report.name]
        claimed = report.type if report.type in _IDENTIFYING else None
        tally["typed"] += true is not None
        tally["typed_right"] += true is not None and claimed == true
        tally["claimed"] += claimed is not None
        if claimed != true:
            print(f"  ! {report.name}: {report.type.value}, truly {true.value if true else '-'}")
    noted = {
        n.row: {s.type.value for s in n.spans}
        for n in seen.cells
        if n.column == register.memo and n.kind == CellKind.HIDDEN_PERSONAL_DATA
    }
    missed: Counter[str] = Counter()
    for row, kind in enumerate(register.hidden, 1):
        if kind is None:
            tally["clean"] += 1
            tally["false_alarms"] += row in noted
        else:
            tally["hidden"] += 1
            right = kind in noted.get(row, ())
            tally["hidden_right"] += right
            missed[kind] += not right
    cells = {(n.row, n.column) for n in seen.cells if n.kind in _PLANTED_KINDS}
    tally["planted"] += len(register.planted)
    tally["planted_found"] += len(register.planted & cells)
    tally["planted_alarms"] += len(cells)
    print("  missed hidden:", {k: v for k, v in missed.items() if v})
    lost = Counter(c for _, c in register.planted - cells)
    extra = Counter(
        (n.column, n.kind.value)
        for n in seen.cells
        if n.kind in _PLANTED_KINDS and (n.row, n.column) not in register.planted
    )
    print("  planted missed:", dict(lost), "other alarms:", dict(extra))
    return tally


def main(rows: int = 100_000, seeds: int = 2, part: str = "held_out") -> None:
    """Print the figures over all shapes and seeds."""
    total: Counter[str] = Counter()
    for seed in range(1, seeds + 1):
        for shape in SHAPES:
            register = build(shape, rows, seed, part)
            table = table_of(register)
            start = time.perf_counter()
            inspect(Dataset("bench", table))
            took = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{shape} seed {seed}: {took:.2f} s, peak {peak} MB")
            total += score(register, inspect(Dataset("bench", table), Settings(cells_limit=None)))
    _figures(total)


def _figures(t: Counter[str]) -> None:
    print(f"typed columns right      {t['typed_right']}/{t['typed']}")
    print(f"precision of types       {t['typed_right'] / max(1, t['claimed']):.3f}")
    print(
        f"hidden data, right type  {t['hidden_right'] / max(1, t['hidden']):.1%} of {t['hidden']}"
    )
    print(f"false alarms, clean      {t['false_alarms'] / max(1, t['clean']):.2%} of {t['clean']}")
    print(
        f"planted cells found      {t['planted_found'] / max(1, t['planted']):.1%} "
        f"of {t['planted']}"
    )
    print(f"alarms per planted cell  {t['planted_alarms'] / max(1, t['planted']):.2f}")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3]), *sys.argv[3:4])
