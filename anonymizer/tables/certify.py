"""The three audits of a pattern, as the certificate states them."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from anonymizer.tables.audit import Intervals, Probe
from anonymizer.tables.insiders import worked_out
from anonymizer.tables.readers import AUDITS, Audit, Reader
from anonymizer.tables.result import AuditReport, Interval
from anonymizer.tables.system import CellRef, Floats, Ints, Mask, System
from core import Message

GRACE = 5.0
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
    open_to_each = {
        number: _open_to_each(reader, _outside(readers), probes, system.values, deadline)
        for number, reader in enumerate(readers)
        if reader.joint is not None
    }
    if len(cells) * len(probes) <= EXACT_LIMIT:
        for _, probe in probes:
            probe.finish(deadline)
    reports: dict[Audit, AuditReport] = {}
    for name in AUDITS:
        group = [(number, r) for number, r in enumerate(readers) if r.audit == name]
        found = []
        for number, reader in group:
            intervals = _probe_of(reader, probes).intervals()
            if number in open_to_each:
                outside = _probe_of(_outside(readers), probes).intervals()
                intervals = intervals.widened(open_to_each[number], outside)
            found.append((intervals, reader.own[cells]))
        reports[name] = _report(cells, refs, found, knows(name, len(group)))
    return reports


Probes = Sequence[tuple[Reader, Probe]]


def _probe_of(reader: Reader, probes: Probes) -> Probe:
    return next(probe for other, probe in probes if other.knows_like(reader))


def _outside(readers: Sequence[Reader]) -> Reader:
    """The contributors' audit starts with who contributes nothing."""
    return next(r for r in readers if r.audit == "contributors")


def _open_to_each(
    joint: Reader, apart: Reader, probes: Probes, values: Floats, deadline: float
) -> Mask:
    """Of the cells that a joint reader works out, those that no single person does (k,)."""
    found = _probe_of(joint, probes).intervals()
    outside = _probe_of(apart, probes)
    asked = np.flatnonzero(found.point)
    people = joint.joint if joint.joint is not None else np.zeros(0, dtype=np.int64)
    until = max(deadline, time.monotonic() + GRACE)
    mask = np.zeros(len(found.cells), dtype=bool)
    mask[asked] = ~worked_out(outside, values, people, found.cells[asked], until)
    return mask


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
