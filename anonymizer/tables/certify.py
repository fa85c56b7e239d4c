"""The three audits of a pattern, as the certificate states them."""

from collections.abc import Callable, Sequence

import numpy as np

from anonymizer.tables.audit import Intervals, Probe
from anonymizer.tables.readers import AUDITS, Audit, Reader
from anonymizer.tables.result import AuditReport, Interval
from anonymizer.tables.system import CellRef, Ints, Mask, System
from core import Message

EXACT_LIMIT = 20_000
"""Cells × contributors up to which every interval is worked out to its ends."""


def certify(
    system: System,
    suppressed: Mask,
    primary: Mask,
    readers: Sequence[Reader],
    knows: Callable[[Audit, int], Message],
    deadline: float,
) -> dict[Audit, AuditReport]:
    """Audit a pattern for every reader; intervals of an audit are the narrowest of its readers.

    `knows` says in words what so many readers of an audit know.
    """
    cells = np.flatnonzero(primary)
    refs = system.refs()
    probes: list[tuple[Reader, Probe]] = []
    for reader in readers:
        if not any(r.knows_like(reader) for r, _ in probes):
            probes.append((reader, Probe(system.values, suppressed, reader, cells)))
    # The verdict comes first for every reader and takes the time it needs, then the ends.
    for _, probe in probes:
        probe.show(np.inf)
    if len(cells) * len(probes) <= EXACT_LIMIT:
        for _, probe in probes:
            probe.finish(deadline)
    reports: dict[Audit, AuditReport] = {}
    for name in AUDITS:
        group = [r for r in readers if r.audit == name]
        found = [
            (next(p.intervals() for r, p in probes if r.knows_like(reader)), reader.own[cells])
            for reader in group
        ]
        reports[name] = _report(cells, refs, found, knows(name, len(group)))
    return reports


def _report(
    cells: Ints, refs: dict[int, CellRef], found: list[tuple[Intervals, Mask]], knows: Message
) -> AuditReport:
    low, high = np.full(len(cells), -np.inf), np.full(len(cells), np.inf)
    exact, point = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    for intervals, own in found:
        width = np.where(own, np.inf, intervals.high - intervals.low)
        narrower = (width < high - low) | (np.isneginf(low) & ~own)
        low = np.where(narrower, intervals.low, low)
        high = np.where(narrower, intervals.high, high)
        exact = np.where(narrower, intervals.exact, exact)
        point |= intervals.point & ~own
    rows = tuple(
        Interval(
            table=refs[int(cell)].table,
            codes=refs[int(cell)].codes,
            low=_rounded(low[i]) or 0.0,
            high=_rounded(high[i]),
            exact=bool(exact[i]),
            point=bool(point[i]),
        )
        for i, cell in enumerate(cells)
    )
    return AuditReport(
        passed=not point.any(),
        knows=knows,
        readers=len(found),
        points=int(point.sum()),
        intervals=rows,
    )


def _rounded(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
