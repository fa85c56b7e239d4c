"""What must not be disclosed, and to whom: primary cells by rule, and what each reader knows.

Shared by the search for a pattern and by the audit; each builds its own linear programs on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import scipy.sparse as sp
from pydantic import BaseModel, ConfigDict, Field, model_validator

from anonymizer.tables.linked_tables import Floats, Ints, Mask, System
from anonymizer.tables.specification import TableSpec, positions, problem
from core import InputError, Message, listed, say

Zeros = Literal["publish", "suppress"]
Audit = Literal["linear", "rule_aware", "contributors"]
AUDITS: tuple[Audit, ...] = ("linear", "rule_aware", "contributors")
MANY = 30
"""Cells of one person up to which each of them is a reader: every reader is a search of its own."""


class PrimaryRule(BaseModel):
    """A cell is primary when any part of the rule that is set says so.

    No number here is in the law: they are agency practice, and `source` says whose.

    >>> PrimaryRule(threshold=5).threshold
    5
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: int | None = Field(default=None, ge=2)
    """Counts 1 … threshold − 1 are primary (contributors, where a table states them)."""
    dominance: tuple[int, float] | None = None
    """(n, k): the n largest contributors hold more than k % of the cell."""
    p_percent: float | None = Field(default=None, gt=0, le=100)
    """The next largest contributors together can estimate the largest within p %."""
    coalition: int = Field(default=1, ge=1)
    """How many contributors may put what they know together against the largest (p %)."""
    contributors: int | None = Field(default=None, ge=1)
    """Cells with 1 … contributors contributors are primary ("few contributors")."""
    source: str = ""

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.dominance and not (self.dominance[0] >= 1 and 0 < self.dominance[1] < 100):
            raise ValueError("dominance is (n ≥ 1, 0 < k < 100)")
        return self

    @property
    def is_empty(self) -> bool:
        """Whether the rule makes nothing primary."""
        return not (self.threshold or self.dominance or self.p_percent or self.contributors)

    @property
    def largest_small(self) -> int:
        """The largest number of people that makes a cell small; 0 where the rule counts none.

        >>> PrimaryRule(threshold=5, contributors=2).largest_small
        4
        """
        return max((self.threshold or 1) - 1, self.contributors or 0)


def check_rule(tables: Sequence[TableSpec], rule: PrimaryRule) -> None:
    """Raise InputError where the tables do not state what the rule asks for."""
    by_share = bool(rule.dominance or rule.p_percent)
    if by_share and not any(cell.top for spec in tables for cell in spec.cells):
        raise InputError(problem("tables.disclosure_scenarios.rule_needs_top"))
    for spec in tables:
        if not rule.largest_small or spec.is_count:
            continue
        silent = sum(cell.n is None and bool(cell.value) for cell in spec.leaf_cells())
        if silent:
            raise InputError(
                problem("tables.disclosure_scenarios.rule_needs_n", spec.name, cells=silent)
            )


def find_primary(system: System, rule: PrimaryRule | None) -> Mask:
    """The primary cells (n,) of all tables: by the rule, or the tables' own lists.

    A table's own `primary` alone counts where no rule is passed; with a rule, both count.
    """
    rule = rule or PrimaryRule()
    size, value = system.contributors, np.nan_to_num(system.values)
    with np.errstate(invalid="ignore"):
        found = (size > 0) & (size <= rule.largest_small)
    for cell, top in system.top.items():
        total = float(value[cell])
        if rule.dominance and total > 0:
            n, k = rule.dominance
            found[cell] |= sum(top[:n]) > total * k / 100
        if rule.p_percent and top:
            rest = total - sum(top[: 1 + rule.coalition])
            found[cell] |= rest < top[0] * rule.p_percent / 100
    for spec, place in zip(system.tables, system.places, strict=True):
        position = positions(spec)
        for codes in spec.primary or ():
            found[place[tuple(position[k][c] for k, c in enumerate(codes))]] = True
    primary: Mask = found & system.inside
    return primary


@dataclass(frozen=True, eq=False)
class Levels:
    """How far from the true value (n,) a reader must have to look, below and above.

    Zero where any other value will do. `whole`: readers know that every value is a whole number.
    """

    below: Floats
    above: Floats
    whole: bool


def protection_levels(system: System, rule: PrimaryRule) -> Levels:
    """The protection levels of sensitive amounts, so that nobody comes closer than the rule allows.

    Above, a value must be possible that the rule would not find sensitive: p % of the largest
    contribution less what the coalition does not know, or what makes the n largest k %. Below, p %
    of the largest, which even all others together cannot better, or the same as above.
    Source: Hundepool et al., Statistical Disclosure Control (2012), section 4.2.
    """
    below, above = np.zeros(len(system.values)), np.zeros(len(system.values))
    for cell, top in system.top.items():
        total = float(np.nan_to_num(system.values[cell]))
        if rule.dominance and total > 0:
            n, k = rule.dominance
            lacking = sum(top[:n]) * 100 / k - total
            above[cell] = max(above[cell], lacking)
            below[cell] = max(below[cell], min(lacking, total))
        if rule.p_percent:
            share = top[0] * rule.p_percent / 100
            lacking = share - (total - sum(top[: 1 + rule.coalition]))
            if lacking > 0:
                above[cell] = max(above[cell], lacking)
                below[cell] = max(below[cell], share)
    return Levels(below, above, system.count)


@dataclass(frozen=True, eq=False)
class Reader:
    """Bounds (n,) on any cell that is suppressed, cells known anyway, and relations (m, n)."""

    audit: Audit
    lower: Floats
    upper: Floats
    knows: Mask
    relations: sp.csr_array
    own: Mask
    """Cells that are the reader's own contribution: knowing those gives nobody else away."""
    joint: Ints | None = None
    """Cells of one person each, where this reader stands for many people and knows of all."""

    def knows_like(self, other: "Reader") -> bool:
        """Whether two readers know the same."""
        return (
            self.relations.shape == other.relations.shape
            and np.array_equal(self.lower, other.lower)
            and np.array_equal(self.upper, other.upper)
            and np.array_equal(self.knows, other.knows)
        )


def readers(system: System, primary: Mask, rule: PrimaryRule, zeros: Zeros) -> list[Reader]:
    """The linear reader, the one who knows the rule, those who contribute, in this order.

    The linear reader knows x ≥ 0. The next also knows that a suppressed cell is at least 1 where
    zeros are printed, and what a cell that is small by the rule is at most (in tables of counts).
    The last knows what earlier publications printed as well, alone and once for every contributor
    who stands alone in a cell.
    """
    n = len(system.values)
    nothing = np.zeros(n, dtype=bool)
    zero, unbounded = np.zeros(n), np.full(n, np.inf)
    linear = Reader("linear", zero, unbounded, nothing, system.relations, nothing)

    lower, upper = zero, unbounded
    if system.count:
        if zeros == "publish":
            lower = np.where(system.inside, np.fmin(1.0, np.nan_to_num(system.values)), 0.0)
        if rule.largest_small:
            small = primary & (system.values <= rule.largest_small)
            upper = np.where(small, float(rule.largest_small), np.inf)
    aware = Reader("rule_aware", lower, upper, nothing, system.relations, nothing)

    everything = sp.csr_array(sp.vstack([system.relations, system.earlier]))
    outside = Reader("contributors", lower, upper, system.public, everything, nothing)
    insiders = [
        Reader("contributors", lower, upper, system.public | alone, everything, alone)
        for alone in _alone(system)
    ]
    if system.count and zeros == "suppress":
        insiders += _counted(system, outside)
    return [linear, aware, outside, *insiders]


def _counted(system: System, outside: Reader) -> Iterator[Reader]:
    """In a table of counts whoever is counted knows that their cell is at least 1.

    That matters for the cells that are 1. One reader per cell; where there are many, one reader
    who knows it of all of them, which is more than anyone knows.
    """
    cells = np.flatnonzero((system.values == 1) & system.inside)
    groups = [cells[i : i + 1] for i in range(len(cells))] if len(cells) <= MANY else [cells]
    for group in groups:
        lower = outside.lower.copy()
        lower[group] = 1.0
        own = np.zeros(len(lower), dtype=bool)
        own[group] = len(group) == 1
        yield replace(outside, lower=lower, own=own, joint=group if len(group) > 1 else None)


def _alone(system: System) -> Iterator[Mask]:
    """For each contributor who is alone in a cell: the cells that are theirs alone.

    In a table of counts nobody knows that they are alone: each knows only to be counted, that is
    a cell of at least 1, which the reader of the rule knows already where zeros are printed.
    """
    cells = np.flatnonzero(system.alone)
    if not len(cells):
        return
    links = sp.coo_array(system.relations[:, cells])
    parent = dict(zip(links.row[links.data < 0], links.col[links.data < 0], strict=True))
    # A parent and its child that both have one contributor have the same one.
    pairs = [
        (parent[row], column)
        for row, column, sign in zip(links.row, links.col, links.data, strict=True)
        if sign > 0 and row in parent
    ]
    up, down = zip(*pairs, strict=True) if pairs else ((), ())
    graph = sp.coo_array((np.ones(len(pairs)), (up, down)), shape=(len(cells), len(cells)))
    number, label = sp.csgraph.connected_components(graph, directed=False)
    for group in range(number):
        mask = np.zeros(len(system.values), dtype=bool)
        mask[cells[label == group]] = True
        yield mask


def known_of_suppression(
    system: System, rule: PrimaryRule, zeros: Zeros, name: Audit, number: int
) -> Message:
    """What so many readers of an audit know of a table with withheld cells, in words."""
    if name == "linear":
        return say("tables.disclosure_scenarios.knows_totals")
    facts = []
    if system.count and zeros == "publish":
        facts.append(say("tables.disclosure_scenarios.hidden_at_least_one"))
    if system.count and rule.largest_small:
        facts.append(say("tables.disclosure_scenarios.hidden_at_most", most=rule.largest_small))
    if name == "contributors":
        if shared := int((system.public & system.inside).sum()):
            facts.append(say("tables.disclosure_scenarios.published_before", values=shared))
        elif system.public.any():
            facts.append(say("tables.disclosure_scenarios.published_elsewhere"))
        if number > 1:
            facts.append(say("tables.disclosure_scenarios.own_values", people=number - 1))
        elif system.count and zeros == "publish":
            facts.append(say("tables.disclosure_scenarios.own_cell_not_alone"))
    if not facts:
        return say("tables.disclosure_scenarios.knows_nothing_more")
    return say("tables.disclosure_scenarios.knows_besides", facts=listed(facts, en="; "))
