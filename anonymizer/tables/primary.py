"""Which cells must not be printed because of what they are (primary suppression)."""

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from anonymizer.tables.spec import TableSpec, leaves_of, positions
from anonymizer.tables.system import Mask, System
from core import InputError

Zeros = Literal["publish", "suppress"]


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
    """The second largest contributor can estimate the largest within p %."""
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
        raise InputError.of(
            "tables.rule_needs_top",
            ja="占有の基準（dominance、p）には、各セルの大きい順の寄与（top）が要りますが、表に"
            "ありません。JSON の表に top を加えるか、--threshold など件数の基準を使ってください。",
            en="The rules of dominance and p % need each cell's largest contributions (top), and "
            "the table has none. Add them in a JSON specification, or use a rule on counts such as "
            "--threshold.",
        )
    for spec in tables:
        if not rule.largest_small or spec.is_count:
            continue
        leaves = [set(leaves_of(d)) for d in spec.dims]
        silent = sum(
            cell.n is None and bool(cell.value)
            for cell in spec.cells
            if all(code in own for code, own in zip(cell.codes, leaves, strict=True))
        )
        if silent:
            raise InputError.of(
                "tables.rule_needs_n",
                ja=f"寄与者の数（n）のないセルが {silent} 個あり、基準を当てられません。"
                "0 でないセルのすべてに n を加えてください。",
                en=f"{silent} cells do not state their number of contributors (n), so the rule "
                "cannot be applied. Add n to every cell that is not 0.",
                source=spec.name or None,
            )


def find_primary(system: System, rule: PrimaryRule | None) -> Mask:
    """The primary cells (n,) of all tables: by the rule, or the tables' own lists.

    A table's own `primary` alone counts where no rule is passed; with a rule, both count.
    """
    rule = rule or PrimaryRule()
    size, value = system.contributors, np.nan_to_num(system.values)
    inside = np.arange(len(value)) < system.cells
    with np.errstate(invalid="ignore"):
        found = np.zeros(len(value), dtype=bool)
        if rule.threshold:
            found |= (size > 0) & (size < rule.threshold)
        if rule.contributors:
            found |= (size > 0) & (size <= rule.contributors)
    for cell, top in system.top.items():
        total = float(value[cell])
        if rule.dominance and total > 0:
            n, k = rule.dominance
            found[cell] |= sum(top[:n]) > total * k / 100
        if rule.p_percent and top:
            rest = total - sum(top[:2])
            found[cell] |= rest < top[0] * rule.p_percent / 100
    for spec, place in zip(system.tables, system.places, strict=True):
        position = positions(spec)
        for codes in spec.primary or ():
            found[place[tuple(position[k][c] for k, c in enumerate(codes))]] = True
    return found & inside
