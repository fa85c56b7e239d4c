"""The three audits of a pattern, as the certificate states them."""

from collections.abc import Sequence

import numpy as np

from anonymizer.tables.audit import Intervals, Probe
from anonymizer.tables.primary import PrimaryRule, Zeros
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
    rule: PrimaryRule,
    zeros: Zeros,
    deadline: float,
) -> dict[Audit, AuditReport]:
    """Audit a pattern for every reader; intervals of an audit are the narrowest of its readers."""
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
        reports[name] = _report(
            cells, refs, found, knowledge(name, system, rule, zeros, len(group))
        )
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


def knowledge(
    name: Audit, system: System, rule: PrimaryRule, zeros: Zeros, readers: int
) -> Message:
    """What the readers of an audit were taken to know."""
    if name == "linear":
        return Message(
            ja="公表されたセルと合計を知り、どの値も 0 以上だと知る読者",
            en="A reader who knows the printed cells and totals, and that no value is below 0",
        )
    ja, en = [], []
    if system.count and zeros == "publish":
        ja.append("隠されたセルは 1 以上であること（0 は公表されるため）")
        en.append("zeros are printed, so that a hidden cell is at least 1")
    if system.count and rule.largest_small:
        ja.append(f"基準で隠されたセルは {rule.largest_small} 以下であること")
        en.append(f"a cell hidden by the rule is at most {rule.largest_small}")
    if name == "contributors":
        if system.public.any():
            ja.append(f"以前に公表された表の {int(system.public.sum())} 個の値")
            en.append(f"{int(system.public.sum())} values of earlier publications")
        if readers > 1:
            ja.append(f"セルにただ一人（一者）だけいる {readers - 1} 者の、それぞれ自分の値")
            en.append(f"for each of {readers - 1} contributors alone in a cell, their own value")
        elif system.count and zeros == "publish":
            ja.append("自分がどのセルに数えられたか（ただし自分一人だけかどうかは知らない）")
            en.append("in which cell they were counted (but not whether they are alone there)")
    if not ja:
        return Message(
            ja="合計を知る読者（このほかに知ることは指定されていません）",
            en="The reader of totals (nothing more was stated to be known)",
        )
    return Message(
        ja="合計を知るほかに、" + "、".join(ja) + "、を知る読者",
        en="A reader who, besides the totals, knows: " + "; ".join(en),
    )
