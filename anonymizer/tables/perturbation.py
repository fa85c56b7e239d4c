"""Tables whose counts are changed, none withheld: rounded to a base, or with noise."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import scipy.sparse as sp

from anonymizer.records.keyed import round_counts
from anonymizer.tables import linear_programs as lp
from anonymizer.tables.disclosure_audit import Audited, certify
from anonymizer.tables.disclosure_scenarios import (
    Audit,
    PrimaryRule,
    Reader,
    find_primary,
    protection_levels,
    readers,
)
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import (
    Floats,
    Ints,
    Mask,
    System,
    check,
    complete,
    leaf_places,
)
from anonymizer.tables.specification import TableSpec, problem
from core import Message, UsageError, listed, say

LARGEST_WIDE = 4_000
"""Cells up to which a rounding further than to the neighbours is looked for: it branches more."""
ROUND_SHARE, ROUND_LEAST = 0.5, 1.0
"""The part of the work that a rounding may take, and what it may take in any case."""
NEAR_ENOUGH = 0.05
"""How much further than the nearest rounding one may be: the draw itself is by chance."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Adjusted(Audited):
    """Tables with changed counts.

    `primary` are the cells that were small by the rule before anything was changed. The audits are
    of the rounded table; with noise nobody is told how far a value was moved, and there are none.
    """

    base: int | None = None
    epsilon: float | None = None
    additive: bool
    """Every total is the sum of its parts."""
    largest_change: float

    @property
    def legend(self) -> Message:
        """What is printed below the tables."""
        if self.method == "noise":
            return say("tables.perturbation.noise", epsilon=self.epsilon)
        name = "rounded" if self.additive else "rounded_apart"
        return say(f"tables.perturbation.{name}", base=self.base)

    def summary(self) -> Message:
        """What was done to the counts, and what it leaves open."""
        said = [self.legend]
        said.append(say("tables.perturbation.largest_change", change=int(self.largest_change)))
        if not self.passed:
            said.append(say("tables.perturbation.audit_failed"))
        return listed(said, ja="", en=" ")

    def statements(self) -> tuple[Message, ...]:
        """The certificate in words."""
        stated = tuple(report.state("passed_rounded") for report in self.audits.values())
        return stated or (self.legend,)

    def to_json(self) -> dict[str, Any]:
        """The object `mekiki protect --method round|noise --json` prints."""
        return {
            "tables": [t.name for t in self.system.tables],
            "method": self.method,
            "base": self.base,
            "epsilon": self.epsilon,
            "rule": self.rule.model_dump(mode="json", exclude_none=True),
            "passed": self.passed,
            "additive": self.additive,
            "largest_change": self.largest_change,
            "primary": [list(ref.codes) for ref in self.refs(self.primary)],
        } | self._end_of_json()


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
        time_limit: as of `protect`.

    Raises:
        InputError: a table cannot be used. UsageError: no counts, or the base is too small.
    """
    start = time.monotonic()
    if base < 2:
        raise UsageError(problem("tables.perturbation.base"))
    system = _counts(tables, published)
    rule = rule or PrimaryRule(threshold=base)
    primary = find_primary(system, rule)
    budget = Budget(time_limit)
    values, reach, additive = _rounded(
        system, base, key or secrets.token_bytes(32), budget.share(ROUND_SHARE)
    )
    audits = certify(
        system,
        system.inside,
        primary,
        _readers(system, primary, values, reach),
        protection_levels(system, rule),
        partial(_known_of_rounding, base, reach, int(system.public.sum())),
        budget,
    )
    return Adjusted(
        system=replace(system, values=values),
        rule=rule,
        method="round",
        base=base,
        primary=primary,
        additive=additive,
        largest_change=float(np.nanmax(np.abs(values - system.values)[system.inside])),
        audits=audits,
        seconds=time.monotonic() - start,
    )


def _counts(tables: Sequence[TableSpec], published: Sequence[TableSpec] = ()) -> System:
    system = check(tables, published)
    if not system.count:
        raise UsageError(problem("tables.perturbation.counts_only"))
    return system


def _readers(system: System, primary: Mask, printed: Floats, reach: int) -> list[Reader]:
    """The readers of a suppressed table who know that zeros stay, with the limits of rounding."""
    shown = np.nan_to_num(printed)
    found = []
    for reader in readers(system, primary, PrimaryRule(), "suppress"):
        far = reach if reader.audit == "linear" else reach - 1
        lower = np.maximum(reader.lower, np.where(system.inside, shown - far, 0.0))
        upper = np.where(system.inside, shown + far, np.inf)
        found.append(replace(reader, lower=lower, upper=upper))
    return found


def _known_of_rounding(base: int, reach: int, public: int, name: Audit, number: int) -> Message:
    """What so many readers of an audit know of a rounded table; `public` values were printed."""
    facts = [say("tables.perturbation.knows_base", base=base)]
    facts.append(say("tables.perturbation.knows_sums"))
    if name != "linear":
        near = reach == base
        facts.append(
            say("tables.perturbation.knows_beside")
            if near
            else say("tables.perturbation.knows_reach", reach=reach)
        )
    if name == "contributors" and public:
        facts.append(say("tables.disclosure_scenarios.published_before", values=public))
    if name == "contributors" and number > 1:
        facts.append(say("tables.perturbation.knows_own_cell"))
    return say("tables.perturbation.knows", facts=listed(facts, en="; "))


def _rounded(system: System, base: int, key: bytes, budget: Budget) -> tuple[Floats, int, bool]:
    """All values (n,), rounded at once; how far off they may be; whether they add up.

    Each cell goes to one of the two multiples beside it, multiples stay, and every total is the sum
    of its parts (zero-restricted controlled rounding, always possible in two dimensions). Of all
    such roundings the one nearest to an unbiased draw from `key` is taken. Where there is none, or
    none is found within the budget, cells may go one multiple further; failing that each cell is
    rounded by itself and sums need not agree.
    """
    true = np.rint(system.values[: system.cells]).astype(np.int64)
    names = [(system.refs[i].table, *system.refs[i].codes) for i in range(system.cells)]
    drawn = round_counts(dict(zip(names, true.tolist(), strict=True)), base, key)
    wish = np.array([drawn[name] for name in names], dtype=np.int64) // base
    matrix = sp.csr_array(system.relations[:, : system.cells])
    floor, rest = true // base, true % base
    found, reach = _nearest(matrix, wish, floor, floor + (rest > 0), budget), base
    if found is None and system.cells <= LARGEST_WIDE:
        lowest, highest = np.maximum(floor - 1, 0), floor + (rest > 0) + 1
        found, reach = _nearest(matrix, wish, lowest, highest, budget), 2 * base
    values = np.full(len(system.values), np.nan)
    values[: system.cells] = (wish if found is None else found) * base
    return values, base if found is None else reach, found is not None


def _nearest(
    matrix: sp.csr_array, wish: Ints, lowest: Ints, highest: Ints, budget: Budget
) -> Ints | None:
    """Whole numbers between the limits with matrix @ x = 0, nearest to a wish; None if not found.

    x is written as wish + more − less, so that the distance is a sum.
    """
    width = len(wish)
    both = sp.csc_array(sp.hstack([matrix, -matrix]))
    upper = np.r_[highest - wish, wish - lowest].astype(np.float64)
    right = -(matrix @ wish.astype(np.float64))
    solver = lp.new_solver(mip_rel_gap=NEAR_ENOUGH)
    solver.passModel(lp.build(both, right, np.zeros(2 * width), upper, np.ones(2 * width)))
    lp.require_whole(solver, 2 * width)
    lp.run_whole(solver, budget.at_least(ROUND_LEAST))
    if not lp.has_solution(solver):
        return None
    change = np.rint(lp.solution(solver)).astype(np.int64)
    found: Ints = wish + change[:width] - change[width:]
    return found if not (matrix @ found).any() else None


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
        raise UsageError(problem("tables.perturbation.epsilon"))
    if len(tables) > 1:
        raise UsageError(problem("tables.perturbation.noise_one"))
    system = _counts(tables)
    (spec,), (place,) = system.tables, system.places
    values = system.values.copy()
    values[place] = noisy(spec, system.values[place], epsilon, np.random.default_rng())
    return Adjusted(
        system=replace(system, values=values),
        rule=rule or PrimaryRule(),
        method="noise",
        epsilon=epsilon,
        primary=find_primary(system, rule),
        additive=True,
        largest_change=float(np.abs(values - system.values).max()),
        audits={},
        seconds=time.monotonic() - start,
    )


def noisy(spec: TableSpec, values: Floats, epsilon: float, random: np.random.Generator) -> Floats:
    """Counts (one per combination of codes) with noise on the leaves, zeros among them.

    >>> spec = TableSpec.of([["計", ["北", "南"]]], cells=[(["北"], 9), (["南"], 0)])
    >>> made = noisy(spec, np.array([9.0, 9.0, 0.0]), 1.0, np.random.default_rng(0))
    >>> bool(made[0] == made[1:].sum()), bool((made >= 0).all())
    (True, True)
    """
    leaves = leaf_places(spec)
    made = np.full(values.shape, np.nan)
    moved = values[leaves] + random.laplace(0.0, 1.0 / epsilon, values[leaves].shape)
    made[leaves] = np.maximum(np.rint(moved), 0.0)
    return complete(spec, made, np.zeros(values.shape))
