"""The three audits of a table that is to be published, as the certificate states them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp
from pydantic import BaseModel, ConfigDict

from anonymizer.tables import linear_programs as lp
from anonymizer.tables.disclosure_scenarios import (
    AUDITS,
    Audit,
    Levels,
    PrimaryRule,
    Reader,
    Zeros,
)
from anonymizer.tables.feasibility_intervals import TOLERANCE, Intervals, Probe, Program
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import CellRef, Floats, Ints, Mask, System
from core import Message, say

Method = Literal["suppress", "round", "noise"]
GRACE = 5.0
"""What it may cost to ask single people, although the budget is spent."""
WHOLE_GRACE = 20.0
"""What the search for solutions in whole numbers may cost one reader, although it is spent."""
EXACT_LIMIT = 20_000
"""Cells × contributors up to which every interval is worked out to its ends."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Interval(_Part):
    """What a reader can narrow a primary cell down to; `high` None: no limit.

    Where `exact` is False the true ends are at least as wide: they were not all looked for.
    """

    table: str
    codes: tuple[str, ...]
    low: float
    high: float | None
    exact: bool
    point: bool
    close: bool
    """Whether it is no point, but narrower than the protection levels of the rule."""


class AuditReport(_Part):
    """One audit: what its readers were taken to know, and what they can work out."""

    passed: bool
    knows: Message
    readers: int
    points: int
    """How many primary cells a reader works out exactly."""
    close: int
    """How many more a reader estimates more closely than the rule allows."""
    intervals: tuple[Interval, ...]

    def state(self, passed: str = "passed") -> Message:
        """Who the readers are, and whether they can work a value out or come too close to it."""
        name = passed if self.passed else "failed" if self.points else "too_close"
        return say(
            f"tables.disclosure_audit.{name}",
            reader=self.knows,
            values=self.points,
            close=self.close,
        )

    def to_json(self, several: bool) -> dict[str, Any]:
        """As JSON; intervals name their table where there are `several`."""
        left_out = set() if several else {"table"}
        return {
            **self.model_dump(mode="json", exclude={"intervals"}),
            "intervals": [i.model_dump(mode="json", exclude=left_out) for i in self.intervals],
        }


@dataclass(frozen=True, eq=False, kw_only=True)
class Audited(ABC):
    """Tables as they may be published, with their audits; masks have shape (n,).

    The primary cells and the prices are for the desk: they are not for publication.
    """

    system: System
    """What is printed, but for what is suppressed."""
    rule: PrimaryRule
    zeros: Zeros = "publish"
    primary: Mask
    audits: Mapping[Audit, AuditReport]
    seconds: float
    method: Method = "suppress"

    @property
    def passed(self) -> bool:
        """Whether every audit passed: the certificate holds."""
        return all(report.passed for report in self.audits.values())

    @property
    def suppressed(self) -> Mask:
        """Cells to withhold."""
        return np.zeros(len(self.primary), dtype=bool)

    @property
    @abstractmethod
    def legend(self) -> Message:
        """What is printed below the tables."""

    def statements(self) -> tuple[Message, ...]:
        """The certificate in words: one sentence per audit, what was known and what came of it."""
        return tuple(report.state() for report in self.audits.values())

    @abstractmethod
    def summary(self) -> Message:
        """What was done, for people."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """The object `mekiki protect --json` prints. Cells are lists of codes."""

    def refs(self, mask: Mask) -> list[CellRef]:
        """The cells of a mask, each where it is first printed."""
        return [self.system.refs[int(i)] for i in np.flatnonzero(mask)]

    def _end_of_json(self) -> dict[str, Any]:
        several = len(self.system.tables) > 1
        return {
            "audits": {name: report.to_json(several) for name, report in self.audits.items()},
            "summary": self.summary().model_dump(),
            "statements": [message.model_dump() for message in self.statements()],
            "notes": [note for t in self.system.tables for note in t.notes],
            "seconds": round(self.seconds, 3),
        }


def certify(
    system: System,
    suppressed: Mask,
    primary: Mask,
    readers: Sequence[Reader],
    levels: Levels,
    knows: Callable[[Audit, int], Message],
    budget: Budget,
) -> dict[Audit, AuditReport]:
    """Audit a pattern for every reader; intervals of an audit are the narrowest of its readers.

    `knows` says in words what so many readers of an audit know. The verdict for every reader takes
    the work it needs, the ends of the intervals what the budget leaves.
    """
    cells = np.flatnonzero(primary)
    different: list[tuple[Reader, Probe]] = []
    probes: list[Probe] = []
    for reader in readers:
        probe = next((p for other, p in different if other.knows_like(reader)), None)
        if probe is None:
            known = levels if reader.audit != "linear" else replace(levels, whole=False)
            probe = Probe(system.values, suppressed, reader, known, cells)
            different.append((reader, probe))
        probes.append(probe)
    for _, probe in different:
        probe.show(budget.allow(np.inf), budget.at_least(WHOLE_GRACE))
    # The contributors' audit starts with who contributes nothing.
    outside = probes[next(i for i, r in enumerate(readers) if r.audit == "contributors")]
    # Where one reader stands for many: the cells (k,) that none of them works out alone.
    open_to_each: dict[int, Mask] = {}
    for number, (reader, probe) in enumerate(zip(readers, probes, strict=True)):
        if reader.joint is not None:
            mask = probe.intervals().known
            mask[mask] = ~worked_out(
                outside, system.values, reader.joint, cells[mask], budget.at_least(GRACE)
            )
            open_to_each[number] = mask
    if len(cells) * len(different) <= EXACT_LIMIT:
        for _, probe in different:
            probe.finish(budget)
    reports: dict[Audit, AuditReport] = {}
    for name in AUDITS:
        found = []
        for number, (reader, probe) in enumerate(zip(readers, probes, strict=True)):
            if reader.audit != name:
                continue
            intervals = probe.intervals()
            if number in open_to_each:
                intervals = intervals.widened(open_to_each[number], outside.intervals())
            found.append((intervals, reader.own[cells]))
        reports[name] = _report(cells, system.refs, found, knows(name, len(found)))
    return reports


def _report(
    cells: Ints, refs: Mapping[int, CellRef], found: list[tuple[Intervals, Mask]], knows: Message
) -> AuditReport:
    low, high = np.full(len(cells), -np.inf), np.full(len(cells), np.inf)
    exact, point, close = (np.zeros(len(cells), bool) for _ in range(3))
    for intervals, own in found:
        width = np.where(own, np.inf, intervals.high - intervals.low)
        narrower = (width < high - low) | (np.isneginf(low) & ~own)
        low = np.where(narrower, intervals.low, low)
        high = np.where(narrower, intervals.high, high)
        exact = np.where(narrower, intervals.exact, exact)
        point |= intervals.known & ~own
        close |= intervals.close & ~own
    close &= ~point
    rows = tuple(
        Interval(
            table=refs[int(cell)].table,
            codes=refs[int(cell)].codes,
            low=_rounded(low[i]) or 0.0,
            high=_rounded(high[i]),
            exact=bool(exact[i]),
            point=bool(point[i]),
            close=bool(close[i]),
        )
        for i, cell in enumerate(cells)
    )
    return AuditReport(
        passed=not (point | close).any(),
        knows=knows,
        readers=len(found),
        points=int(point.sum()),
        close=int(close.sum()),
        intervals=rows,
    )


def _rounded(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def worked_out(probe: Probe, values: Floats, people: Ints, cells: Ints, budget: Budget) -> Mask:
    """Whether some one of many people who were counted works out each of `cells` (k,).

    One reader who knows of all of them at once is quick to audit and knows more than anybody. Where
    that reader works a value out, this looks whether any one of them does.

    Args:
        probe: the reader who was not counted, at work on the pattern.
        values: (n,) the true values.
        people: cells of one person; that person knows that theirs is at least 1.
        cells: cells to ask about; a person's own does not count.
        budget: what is not shown to be open within it counts as worked out.
    """
    found = np.ones(len(cells), dtype=bool)
    ones = np.zeros(len(values), dtype=bool)
    ones[people] = True
    for at, program in probe.programs:
        local = {int(cell): i for i, cell in enumerate(at)}
        numbers = [number for number, cell in enumerate(cells.tolist()) if cell in local]
        if numbers:
            asked = np.array([local[int(cells[number])] for number in numbers])
            block = _Block(program, values[at], np.flatnonzero(ones[at]), asked, probe.levels.whole)
            found[numbers] = block.given_away(budget)
    return found


class _Block:
    """Unknowns that bind one another, their true values, cells of single people, cells asked."""

    def __init__(
        self, program: Program, start: Floats, people: Ints, asked: Ints, whole: bool
    ) -> None:
        self.program, self.start, self.people, self.asked = program, start, people, asked
        self.run = lp.run_whole if whole else lp.run
        self.step = 1.0 if whole else 0.5
        # For which of the people (columns) it is open whether they know a cell (rows).
        self.left = people != asked[:, None]
        height, width = program.matrix.shape
        more = len(people)
        picks = sp.coo_array((np.ones(more), (np.arange(more), people)), shape=(more, width))
        # A further column per person says by how much their cell falls short of 1.
        short = sp.vstack(
            [sp.hstack([program.matrix, sp.csc_array((height, more))]),
             sp.hstack([picks, sp.eye_array(more)])]
        )  # fmt: skip
        model = lp.build(
            sp.csc_array(short),
            np.r_[program.right, np.ones(more)],
            np.r_[program.lower, np.zeros(more)],
            np.r_[program.upper, np.ones(more)],
            np.r_[np.zeros(width), np.ones(more)],
        )
        model.row_upper_ = np.r_[program.right, np.full(more, np.inf)]
        self.solver = lp.new_solver()
        self.solver.passModel(model)
        if whole:
            lp.require_whole(self.solver, width)

    def given_away(self, budget: Budget) -> Mask:
        """Whether any of the people, each knowing x ≥ 1 of their own cell, knows a cell asked."""
        for number, cell in enumerate(self.asked.tolist()):
            true = float(self.start[cell])
            for end in (float(self.program.low[cell]), float(self.program.high[cell])):
                if self.left[number].any() and abs(end - true) > TOLERANCE:
                    step = self.step * float(np.clip(end - true, -1.0, 1.0))
                    self._look(cell, true + step, budget)
        found = [
            any(self._knows(cell, person, budget) for person in self.people[left].tolist())
            for cell, left in zip(self.asked.tolist(), self.left, strict=True)
        ]
        return np.array(found, dtype=bool)

    def _look(self, cell: int, value: float, budget: Budget) -> None:
        """Find a solution where the cell has this value that as many people as possible allow.

        What lies between a solution and the truth is one as well, so that it need not be near
        (of whole numbers the next one is asked for).
        """
        own = len(self.start) + np.flatnonzero(self.people == cell)
        self.solver.clearSolver()
        self.solver.changeColBounds(cell, value, value)
        for column in own.tolist():
            self.solver.changeColCost(column, 0.0)
        ending, found = self.run(self.solver, budget), lp.solution(self.solver)
        self.solver.changeColBounds(
            cell, float(self.program.lower[cell]), float(self.program.upper[cell])
        )
        for column in own.tolist():
            self.solver.changeColCost(column, 1.0)
        if ending == "optimal":
            moved = np.abs(found[self.asked] - self.start[self.asked]) > TOLERANCE
            self.left &= ~(moved[:, None] & (found[self.people] >= 1.0 - TOLERANCE))

    def _knows(self, cell: int, person: int, budget: Budget) -> bool:
        program = self.program
        lower = program.lower.copy()
        lower[person] = max(1.0, lower[person])
        for sign in (1.0, -1.0):
            cost = np.zeros(len(lower))
            cost[cell] = sign
            solver = lp.new_solver()
            solver.passModel(lp.build(program.matrix, program.right, lower, program.upper, cost))
            if self.run is lp.run_whole:
                lp.require_whole(solver, len(lower))
            ending = self.run(solver, budget)
            if ending == "unbounded" or (
                ending == "optimal"
                and abs(lp.solution(solver)[cell] - self.start[cell]) > TOLERANCE
            ):
                return False
        return True
