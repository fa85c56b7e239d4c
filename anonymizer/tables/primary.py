"""Which cells must not be printed because of what they are (primary suppression)."""

from typing import Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from anonymizer.tables.spec import positions
from anonymizer.tables.system import Mask, System

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
