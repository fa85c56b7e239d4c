"""What came of protecting tables: the pattern, its price, and the certificate of three audits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from anonymizer.tables import words
from anonymizer.tables.primary import PrimaryRule, Zeros
from anonymizer.tables.readers import Audit
from anonymizer.tables.system import CellRef, Floats, Mask, System
from core import Message

CostKind = Literal["sum", "cells"]
Status = Literal["optimal", "feasible"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Interval(_Part):
    """What a reader can narrow a primary cell down to; `high` None: no limit.

    Where `exact` is False the true ends are at least as wide: time ran out before they were found.
    """

    table: str
    codes: tuple[str, ...]
    low: float
    high: float | None
    exact: bool
    point: bool


class AuditReport(_Part):
    """One audit: what its readers were taken to know, and what they can work out."""

    passed: bool
    knows: Message
    readers: int
    points: int
    """How many primary cells a reader works out exactly."""
    intervals: tuple[Interval, ...]


class Cost(_Part):
    """The price of the secondary cells."""

    cells: int
    sum: float


@dataclass(frozen=True, eq=False)
class Protected:
    """Tables with a pattern of suppressed cells; all masks have shape (n,) over the system's cells.

    The costs and the list of primary cells are for the desk: they are not for publication.
    """

    system: System
    rule: PrimaryRule
    zeros: Zeros
    primary: Mask
    secondary: Mask
    linear_secondary: Mask
    status: Status
    audits: dict[Audit, AuditReport]
    unprotected: Mask
    """Primary cells that some reader works out whatever is suppressed."""
    helped: int
    """How many of those could be protected from the reader of the rule if zeros were hidden too."""
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether every audit passed: the certificate holds."""
        return all(report.passed for report in self.audits.values())

    @property
    def suppressed(self) -> Mask:
        """Cells to withhold."""
        return self.primary | self.secondary

    @property
    def all_hidden(self) -> bool:
        """Whether no cell is printed but zeros."""
        inside = np.arange(len(self.primary)) < self.system.cells
        return bool(self.suppressed[inside & (self.system.values > 0)].all())

    @property
    def certified_cost(self) -> Cost:
        """The price of the certified pattern."""
        return self._cost(self.secondary)

    @property
    def cost(self) -> Cost:
        """The price of the pattern that passes the linear audit alone."""
        return self._cost(self.linear_secondary)

    def _cost(self, mask: Mask) -> Cost:
        values: Floats = self.system.values[mask]
        return Cost(cells=int(mask.sum()), sum=float(values.sum()))

    @cached_property
    def _refs(self) -> dict[int, CellRef]:
        return self.system.refs()

    def refs(self, mask: Mask) -> list[CellRef]:
        """The cells of a mask, each where it is first printed."""
        return [self._refs[int(i)] for i in np.flatnonzero(mask)]

    @property
    def legend(self) -> Message:
        """What is printed below the tables."""
        return words.LEGEND

    def summary(self) -> Message:
        """One or two sentences for people."""
        return words.summarize(self)

    def statements(self) -> tuple[Message, ...]:
        """The certificate in words: one sentence per audit, what was known and what came of it."""
        return tuple(words.state(report) for report in self.audits.values())

    def to_json(self) -> dict[str, Any]:
        """The object `mekiki protect --json` prints. Cells are lists of codes."""
        several = len(self.system.tables) > 1
        found: dict[str, Any] = {
            "tables": [t.name for t in self.system.tables],
            "rule": self.rule.model_dump(mode="json", exclude_none=True),
            "zeros": self.zeros,
            "status": self.status,
            "passed": self.passed,
            "cost": _plain(self.cost),
            "certified_cost": _plain(self.certified_cost),
        }
        for name, mask in (
            ("primary", self.primary),
            ("secondary", self.secondary),
            ("linear_secondary", self.linear_secondary),
            ("unprotected", self.unprotected),
        ):
            refs = self.refs(mask)
            found[name] = [list(r.codes) for r in refs]
            if several:
                found[f"{name}_tables"] = [r.table for r in refs]
        found["helped_by_hiding_zeros"] = self.helped
        found["audits"] = reports_to_json(self.audits, several)
        found["summary"] = self.summary().model_dump()
        found["statements"] = [message.model_dump() for message in self.statements()]
        found["notes"] = [note for t in self.system.tables for note in t.notes]
        found["seconds"] = round(self.seconds, 3)
        return found


def reports_to_json(audits: Mapping[Audit, AuditReport], several: bool) -> dict[str, Any]:
    """Audits as JSON; intervals name their table where there are `several`."""
    return {
        name: {
            **report.model_dump(mode="json", exclude={"intervals"}),
            "intervals": [
                i.model_dump(mode="json", exclude=set() if several else {"table"})
                for i in report.intervals
            ],
        }
        for name, report in audits.items()
    }


def _plain(cost: Cost) -> dict[str, float | int]:
    return {"cells": cost.cells, "sum": int(cost.sum) if cost.sum.is_integer() else cost.sum}
