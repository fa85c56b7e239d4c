"""Tables whose counts are changed, none withheld: rounded to a base, or with noise."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from anonymizer.tables import words
from anonymizer.tables.certify import certify
from anonymizer.tables.check import check
from anonymizer.tables.knows import of_rounding
from anonymizer.tables.noise import noisy
from anonymizer.tables.primary import PrimaryRule, Zeros, find_primary
from anonymizer.tables.readers import Audit, Reader, readers
from anonymizer.tables.result import AuditReport, reports_to_json
from anonymizer.tables.rounding import round_system
from anonymizer.tables.spec import TableSpec
from anonymizer.tables.system import Floats, Mask, System
from core import Message, UsageError

Method = Literal["round", "noise"]


@dataclass(frozen=True, eq=False)
class Adjusted:
    """Tables with changed counts; `system` holds what is printed, for the files that leave."""

    system: System
    rule: PrimaryRule
    method: Method
    base: int | None
    epsilon: float | None
    primary: Mask
    """Cells that are small by the rule, before anything was changed."""
    additive: bool
    """Every total is the sum of its parts."""
    largest_change: float
    audits: dict[Audit, AuditReport]
    """Of the rounded table; empty for noise, where nobody is told how far a value was moved."""
    seconds: float
    zeros: Zeros = "publish"

    @property
    def passed(self) -> bool:
        """Whether every audit passed."""
        return all(report.passed for report in self.audits.values())

    @property
    def suppressed(self) -> Mask:
        """Nothing is withheld."""
        return np.zeros(len(self.system.values), dtype=bool)

    @property
    def legend(self) -> Message:
        """What is printed below the tables."""
        return words.adjusted(self)

    def summary(self) -> Message:
        """What was done, for people."""
        return words.adjusted_summary(self)

    def statements(self) -> tuple[Message, ...]:
        """The certificate in words."""
        stated = tuple(words.state(report, rounded=True) for report in self.audits.values())
        return stated or (self.legend,)

    def to_json(self) -> dict[str, Any]:
        """The object `mekiki protect --method round|noise --json` prints."""
        several = len(self.system.tables) > 1
        return {
            "tables": [t.name for t in self.system.tables],
            "method": self.method,
            "base": self.base,
            "epsilon": self.epsilon,
            "rule": self.rule.model_dump(mode="json", exclude_none=True),
            "passed": self.passed,
            "additive": self.additive,
            "largest_change": self.largest_change,
            "primary": [
                list(self.system.refs()[int(i)].codes) for i in np.flatnonzero(self.primary)
            ],
            "audits": reports_to_json(self.audits, several),
            "summary": self.summary().model_dump(),
            "statements": [message.model_dump() for message in self.statements()],
            "notes": [note for t in self.system.tables for note in t.notes],
            "seconds": round(self.seconds, 3),
        }


def round_tables(
    tables: Sequence[TableSpec],
    base: int,
    rule: PrimaryRule | None = None,
    *,
    published: Sequence[TableSpec] = (),
    key: bytes | None = None,
    time_limit: float = 45.0,
) -> Adjusted:
    """Round the counts of linked tables at once, and audit what can be worked out from them.

    The readers know the base, and that totals are sums; the next also that a value goes to one of
    the two multiples beside it; the last what single contributors and earlier publications tell.

    Args:
        base: 2 or more; multiples of it stay.
        rule: which cells the audits are about; None: counts below the base.
        key: 16 bytes or more for the draws; None: a new one, forgotten at once.

    Raises:
        InputError: a table cannot be used. UsageError: no counts, or the base is too small.
    """
    start = time.monotonic()
    if base < 2:
        raise UsageError.of(
            "tables.base",
            ja="丸めの単位（--base）は 2 以上の整数にしてください。",
            en="The base of the rounding (--base) must be a whole number of 2 or more.",
        )
    system = check(tables, published)
    _need_counts(system)
    rule = rule or PrimaryRule(threshold=max(base, 2))
    primary = find_primary(system, rule)
    deadline = start + time_limit
    found = round_system(system, base, key or secrets.token_bytes(32), start + time_limit / 2)
    every = np.arange(len(system.values)) < system.cells
    audits = certify(
        system,
        every,
        primary,
        _readers(system, primary, found.values, found.reach),
        partial(of_rounding, base, found.reach, int(system.public.sum())),
        deadline,
    )
    return Adjusted(
        system=replace(system, values=found.values),
        rule=rule,
        method="round",
        base=base,
        epsilon=None,
        primary=primary,
        additive=found.additive,
        largest_change=float(np.nanmax(np.abs(found.values - system.values)[every])),
        audits=audits,
        seconds=time.monotonic() - start,
    )


def _readers(system: System, primary: Mask, printed: Floats, reach: int) -> list[Reader]:
    """The readers of a suppressed table who know that zeros stay, with the limits of rounding."""
    shown = np.nan_to_num(printed)
    inside = np.arange(len(shown)) < system.cells
    found = []
    for reader in readers(system, primary, PrimaryRule(), "suppress"):
        far = reach if reader.audit == "linear" else reach - 1
        lower = np.maximum(reader.lower, np.where(inside, shown - far, 0.0))
        upper = np.where(inside, shown + far, np.inf)
        found.append(replace(reader, lower=lower, upper=upper))
    return found


def _need_counts(system: System) -> None:
    if not system.count:
        raise UsageError.of(
            "tables.counts_only",
            ja="丸めとノイズの付加は件数の表に使えます。金額などの表には秘匿（--method suppress）を"
            "使ってください。",
            en="Rounding and noise are for tables of counts. Use suppression (--method suppress) "
            "for amounts.",
        )


def add_noise(
    tables: Sequence[TableSpec], epsilon: float, rule: PrimaryRule | None = None
) -> Adjusted:
    """Laplace noise of scale 1/epsilon on every count without parts; totals are summed again.

    Adding or taking away one person changes one such count by 1, so that no printed table becomes
    more than exp(epsilon) times as likely. Counts are whole and not below 0.

    Raises:
        InputError: a table cannot be used. UsageError: no counts, several tables, or epsilon ≤ 0.
    """
    start = time.monotonic()
    if not epsilon > 0 or not np.isfinite(epsilon):
        raise UsageError.of(
            "tables.epsilon",
            ja="ε（--epsilon）は 0 より大きい数にしてください（小さいほど強く守り、値は大きく"
            "ずれます）。",
            en="Epsilon (--epsilon) must be above 0: smaller protects more and moves values more.",
        )
    if len(tables) > 1:
        raise UsageError.of(
            "tables.noise_one",
            ja="ノイズの付加は1つの表ずつ行います（複数の表を公表すると ε は足し合わされます）。",
            en="Add noise to one table at a time: the epsilons of several publications add up.",
        )
    system = check(tables)
    _need_counts(system)
    (spec,), (place,) = system.tables, system.places
    values = system.values.copy()
    values[place] = noisy(spec, system.values[place], epsilon, np.random.default_rng())
    return Adjusted(
        system=replace(system, values=values),
        rule=rule or PrimaryRule(),
        method="noise",
        base=None,
        epsilon=epsilon,
        primary=find_primary(system, rule),
        additive=True,
        largest_change=float(np.abs(values - system.values).max()),
        audits={},
        seconds=time.monotonic() - start,
    )
