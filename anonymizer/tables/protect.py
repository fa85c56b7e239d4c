"""Protect tables before they are published: primary cells, the cheapest complement, the audits."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Literal

import numpy as np

from anonymizer.tables.certify import certify
from anonymizer.tables.check import check
from anonymizer.tables.cone import Cone
from anonymizer.tables.knows import of_suppression
from anonymizer.tables.practice import next_smallest
from anonymizer.tables.primary import PrimaryRule, Zeros, check_rule, find_primary
from anonymizer.tables.readers import Reader, readers
from anonymizer.tables.result import CostKind, Protected
from anonymizer.tables.search import Outcome, Search
from anonymizer.tables.spec import TableSpec
from anonymizer.tables.system import Floats, Mask, System
from core import UsageError

Complement = Literal["cheapest", "next_smallest"]
SEARCH_SHARE = 0.7
"""The part of the time limit that the searches may take; the rest is for the audits."""
HELP_SECONDS = 5.0
"""How long to look for what hiding zeros would save."""
TIES_LIMIT = 1000
"""Cells up to which ties between patterns of equal cost are broken."""


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
        time_limit: seconds; past it the best pattern found is returned, `status` feasible. A first
            pattern and the verdicts of the audits take what they need.

    Raises:
        InputError: a table cannot be used. UsageError: nothing says what is primary.
    """
    start = time.monotonic()
    rule = rule or PrimaryRule()
    if rule.is_empty and not any(t.primary is not None for t in tables):
        raise UsageError.of(
            "tables.no_rule",
            ja="何を隠すかの基準がありません。最小の件数（--threshold）などを指定してください。",
            en="Nothing says which cells to hide. State a rule, such as a minimum count "
            "(--threshold).",
        )
    system = check(tables, published)
    check_rule(tables, rule)
    primary = find_primary(system, rule)
    able = np.arange(len(primary)) < system.cells
    if zeros == "publish":
        able &= system.values > 0
    people = readers(system, primary, rule, zeros)
    task = _Task(system, primary, able | primary, cost)
    extra = next_smallest(system, primary, able) if complement == "next_smallest" else ~able & False
    linear = task.solve(people[:1], people[0], extra, start + time_limit * SEARCH_SHARE / 3)
    certified = task.solve(people[1:], people[0], extra, start + time_limit * SEARCH_SHARE)
    hopeless = np.zeros(len(primary), dtype=bool)
    hopeless[task.universe[sorted(certified.hopeless)]] = True
    suppressed = task.spread(certified.suppressed)
    audits = certify(
        system,
        suppressed,
        primary,
        people,
        partial(of_suppression, system, rule, zeros),
        start + time_limit,
    )
    known = np.zeros(len(primary), dtype=bool)
    for report in audits.values():
        known[primary] |= np.array([interval.point for interval in report.intervals], dtype=bool)
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
        helped=_helped(system, primary, rule, hopeless) if zeros == "publish" else 0,
        seconds=time.monotonic() - start,
    )


def _helped(system: System, primary: Mask, rule: PrimaryRule, cells: Mask) -> int:
    """How many of these cells the reader of the rule could not work out if zeros were hidden."""
    if not cells.any():
        return 0
    aware = readers(system, primary, rule, "suppress")[1]
    cone = Cone(aware, system.values, np.arange(len(cells)), primary)
    cone.until(time.monotonic() + HELP_SECONDS)
    stuck = cone.stuck(np.ones(len(cells), dtype=bool), np.flatnonzero(cells))
    return int(cells.sum()) - len(stuck)


class _Task:
    """What the two searches share: the cells that matter, and their prices."""

    def __init__(self, system: System, primary: Mask, able: Mask, cost: CostKind) -> None:
        self.system, self.primary = system, primary
        self.blind = np.isnan(system.values)
        self.universe = np.flatnonzero(able | self.blind)
        self.price = _price(np.nan_to_num(system.values[self.universe]), cost)

    def solve(
        self, people: Sequence[Reader], floor: Reader, extra: Mask, deadline: float
    ) -> Outcome:
        """The cheapest pattern that no one of these readers sees through."""
        given = (self.primary | self.blind | extra)[self.universe]
        search = Search(given, self.price)
        seen: list[Reader] = []
        for reader in people:
            if any(reader.knows_like(other) for other in seen):
                continue
            seen.append(reader)
            cone = Cone(reader, self.system.values, self.universe, given)
            wanted = (self.primary & ~reader.own)[self.universe]
            search.demand(cone, np.flatnonzero(wanted))
        if search.hopeless:
            # What one reader works out in any case is still kept from those who know less.
            cone = Cone(floor, self.system.values, self.universe, given)
            search.demand(cone, np.array(sorted(search.hopeless)))
        left = max(0.0, deadline - time.monotonic())
        return search.run(deadline, reserve=left * 0.15)

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
