"""Protect tables before they are published: primary cells, the cheapest complement, the audits."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from anonymizer.tables.disclosure_audit import Audited, certify
from anonymizer.tables.disclosure_scenarios import (
    Levels,
    PrimaryRule,
    Reader,
    Zeros,
    check_rule,
    find_primary,
    known_of_suppression,
    protection_levels,
    readers,
)
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import Floats, Mask, System, check
from anonymizer.tables.movement_cone import Cone
from anonymizer.tables.protection_levels import Reach
from anonymizer.tables.specification import TableSpec, problem
from anonymizer.tables.suppression_search import Outcome, Search
from core import Message, UsageError, listed, say

CostKind = Literal["sum", "cells"]
Status = Literal["optimal", "feasible"]
Complement = Literal["cheapest", "next_smallest"]
LEGEND = say("tables.secondary_suppression.legend")
LINEAR_SHARE, SEARCH_SHARE = 0.7 / 3, 0.7
"""The parts of the work after which the search against the linear reader ends, and that against
all of them; the rest is for the audits."""
HELP_WORK = 5.0
"""What it may cost to see what hiding zeros would save."""
TIES_LIMIT = 1000
"""Cells up to which ties between patterns of equal cost are broken; beyond, it slows the search."""


@dataclass(frozen=True)
class Cost:
    """The price of the secondary cells."""

    cells: int
    sum: float

    def to_json(self) -> dict[str, float | int]:
        """A whole sum without a point."""
        return {"cells": self.cells, "sum": int(self.sum) if self.sum.is_integer() else self.sum}


@dataclass(frozen=True, eq=False, kw_only=True)
class Protected(Audited):
    """Tables with a pattern of suppressed cells; all masks have shape (n,) over its cells."""

    secondary: Mask
    linear_secondary: Mask
    status: Status
    unprotected: Mask
    """Primary cells that some reader works out whatever is suppressed."""
    helped: int
    """How many of those could be protected from the reader of the rule if zeros were hidden too."""

    @property
    def suppressed(self) -> Mask:
        """Cells to withhold."""
        return self.primary | self.secondary

    @property
    def all_hidden(self) -> bool:
        """Whether no cell is printed but zeros."""
        return bool(self.suppressed[self.system.inside & (self.system.values > 0)].all())

    @property
    def certified_cost(self) -> Cost:
        """The price of the certified pattern."""
        return self._cost(self.secondary)

    @property
    def cost(self) -> Cost:
        """The price of the pattern that passes the linear audit alone."""
        return self._cost(self.linear_secondary)

    def _cost(self, mask: Mask) -> Cost:
        return Cost(cells=int(mask.sum()), sum=float(self.system.values[mask].sum()))

    @property
    def legend(self) -> Message:
        """What is printed below the tables."""
        return LEGEND

    def summary(self) -> Message:
        """How many cells are hidden, how many more so that they cannot be worked out, and what else
        there is to know.
        """
        small, more = int(self.primary.sum()), int(self.secondary.sum())
        if not small:
            empty = not np.nan_to_num(self.system.values).any()
            return say(f"tables.secondary_suppression.{'all_zero' if empty else 'nothing_to_hide'}")
        kind = "hidden_with_more" if more else "hidden_alone"
        said = [say(f"tables.secondary_suppression.{kind}", n=small, more=more)]
        if self.all_hidden:
            said.append(say("tables.secondary_suppression.all_hidden"))
        if self.unprotected.any():
            known = int(self.unprotected.sum())
            said.append(say("tables.secondary_suppression.unprotected", cells=known))
            if self.helped:
                said.append(say("tables.secondary_suppression.helped", cells=self.helped))
            said.append(say("tables.secondary_suppression.ways_to_protect"))
        elif not self.passed:
            said.append(say("tables.secondary_suppression.audit_failed"))
        if self.status == "feasible":
            said.append(say("tables.secondary_suppression.not_proved"))
        return listed(said, ja="", en=" ")

    def to_json(self) -> dict[str, Any]:
        """The object `mekiki protect --json` prints. Cells are lists of codes."""
        found: dict[str, Any] = {
            "tables": [t.name for t in self.system.tables],
            "rule": self.rule.model_dump(mode="json", exclude_none=True),
            "zeros": self.zeros,
            "status": self.status,
            "passed": self.passed,
            "cost": self.cost.to_json(),
            "certified_cost": self.certified_cost.to_json(),
        }
        for name in ("primary", "secondary", "linear_secondary", "unprotected"):
            refs = self.refs(getattr(self, name))
            found[name] = [list(r.codes) for r in refs]
            if len(self.system.tables) > 1:
                found[f"{name}_tables"] = [r.table for r in refs]
        return found | {"helped_by_hiding_zeros": self.helped} | self._end_of_json()


def protect(
    tables: Sequence[TableSpec],
    rule: PrimaryRule | None = None,
    *,
    cost: CostKind = "sum",
    zeros: Zeros = "publish",
    published: Sequence[TableSpec] = (),
    complement: Complement = "cheapest",
    time_limit: float = 50.0,
) -> Protected:
    """Choose the cells to withhold, over all linked tables at once, and audit the choice.

    Args:
        tables: the tables to publish; those that share dimensions are solved as one.
        rule: what makes a cell primary; None: the tables' own lists alone.
        cost: what a secondary cell costs, its value (`sum`) or 1 (`cells`).
        zeros: `publish` prints every zero; `suppress` allows a zero as a secondary cell.
        published: earlier publications a reader may hold beside these (withheld cells are None).
        complement: `next_smallest` starts from the survey practice and mends what it leaves open.
        time_limit: roughly in seconds, but counted as work, so that the same tables are protected
            alike on every machine. Past it the best pattern found is returned, `status` feasible. A
            first pattern and the verdicts of the audits take what they need.

    Raises:
        InputError: a table cannot be used. UsageError: nothing says what is primary.
    """
    start = time.monotonic()
    rule = rule or PrimaryRule()
    if rule.is_empty and not any(t.primary is not None for t in tables):
        raise UsageError(problem("tables.secondary_suppression.no_rule"))
    system = check(tables, published)
    check_rule(tables, rule)
    primary = find_primary(system, rule)
    able = system.inside
    if zeros == "publish":
        able &= system.values > 0
    people = readers(system, primary, rule, zeros)
    budget = Budget(time_limit)
    until_linear, until_certified = budget.share(LINEAR_SHARE), budget.share(SEARCH_SHARE)
    levels = protection_levels(system, rule)
    task = _Task(system, primary, able | primary, cost, levels)
    extra = next_smallest(system, primary, able) if complement == "next_smallest" else ~able & False
    linear = task.solve(people[:1], people[0], extra, until_linear)
    certified = task.solve(people[1:], people[0], extra, until_certified)
    if task.paid(certified) < task.paid(linear):
        # Whoever knows more sees more: what holds against them holds against the linear reader.
        linear = replace(certified, optimal=linear.optimal)
    hopeless = np.zeros(len(primary), dtype=bool)
    hopeless[task.universe[sorted(certified.hopeless)]] = True
    suppressed = task.spread(certified.suppressed)
    knows = partial(known_of_suppression, system, rule, zeros)
    audits = certify(system, suppressed, primary, people, levels, knows, budget)
    known = np.zeros(len(primary), dtype=bool)
    for report in audits.values():
        known[primary] |= np.array([i.point or i.close for i in report.intervals], dtype=bool)
    hopeless &= known
    # One reader in the place of many knows too much: what that costs may be more than needed.
    too_strict = any(reader.joint is not None for reader in people) and (
        task.paid(certified) > task.paid(linear)
    )
    optimal = linear.optimal and certified.optimal and not too_strict
    return Protected(
        system=system,
        rule=rule,
        zeros=zeros,
        primary=primary,
        secondary=suppressed & ~primary,
        linear_secondary=task.spread(linear.suppressed) & ~primary,
        status="optimal" if optimal else "feasible",
        audits=audits,
        unprotected=hopeless,
        helped=_helped(system, primary, rule, hopeless, budget) if zeros == "publish" else 0,
        seconds=time.monotonic() - start,
    )


def next_smallest(system: System, primary: Mask, able: Mask) -> Mask:
    """The survey practice: where a line hides one cell alone, hide its next-smallest part as well.

    Returns the added cells (n,). It does not make a table safe by itself: the audits say.
    """
    hidden = primary.copy()
    values = np.where(np.isnan(system.values), np.inf, system.values)
    ends = system.relations.indptr[1:-1]
    lines = [line.tolist() for line in np.split(system.relations.indices, ends)]
    changed = True
    while changed:
        changed = False
        for line in lines:
            if sum(hidden[c] for c in line) != 1:
                continue
            choice = [c for c in line if able[c] and not hidden[c]]
            if choice:
                hidden[min(choice, key=lambda c: (values[c], c))] = True
                changed = True
    return hidden & ~primary


def _helped(system: System, primary: Mask, rule: PrimaryRule, cells: Mask, budget: Budget) -> int:
    """How many of these cells the reader of the rule could not work out if zeros were hidden."""
    if not cells.any():
        return 0
    aware = readers(system, primary, rule, "suppress")[1]
    whole = np.arange(len(cells))
    cone = Cone(aware, system.values, whole, budget.allow(HELP_WORK))
    stuck = cone.stuck(np.ones(len(cells), dtype=bool), np.flatnonzero(cells))
    return int(cells.sum()) - len(stuck)


class _Task:
    """What the two searches share: the cells that matter, and their prices."""

    def __init__(
        self, system: System, primary: Mask, able: Mask, cost: CostKind, levels: Levels
    ) -> None:
        self.system, self.primary, self.levels = system, primary, levels
        self.blind = np.isnan(system.values)
        self.universe = np.flatnonzero(able | self.blind)
        self.price = _price(np.nan_to_num(system.values[self.universe]), cost)

    def solve(
        self, people: Sequence[Reader], floor: Reader, extra: Mask, budget: Budget
    ) -> Outcome:
        """The cheapest pattern that no one of these readers sees through."""
        given = (self.primary | self.blind | extra)[self.universe]
        search = Search(given, self.price)
        whatever = budget.allow(np.inf)
        seen: list[Reader] = []
        for reader in people:
            if any(reader.knows_like(other) for other in seen):
                continue
            seen.append(reader)
            cone = Cone(reader, self.system.values, self.universe, whatever)
            wanted = (self.primary & ~reader.own)[self.universe]
            search.demand(cone, np.flatnonzero(wanted))
            if reader.audit != "linear" or not self.levels.whole:
                values = self.system.values
                reach = Reach(reader, values, self.universe, self.levels, whatever)
                search.demand_far(reach, np.flatnonzero(wanted))
        if search.hopeless:
            # What one reader works out in any case is still kept from those who know less.
            cone = Cone(floor, self.system.values, self.universe, whatever)
            search.demand(cone, np.array(sorted(search.hopeless)))
        return search.run(budget)

    def paid(self, found: Outcome) -> float:
        """What a pattern costs."""
        return float(self.price[found.suppressed].sum())

    def spread(self, pattern: Mask) -> Mask:
        """A pattern over all cells, without those nobody prints."""
        mask = np.zeros(len(self.primary), dtype=bool)
        mask[self.universe[pattern]] = True
        return mask & ~self.blind


def _price(values: Floats, cost: CostKind) -> Floats:
    """What each cell costs. The other kind of cost breaks ties, so that no total goes for nothing.

    In large tables that makes the search too slow, and only a free cell gets a small price.
    """
    if len(values) > TIES_LIMIT:
        return np.fmax(values, 1e-3) if cost == "sum" else np.ones(len(values))
    return values * (len(values) + 1.0) + 1.0 if cost == "sum" else values + values.sum() + 1.0
