"""HiGHS without talk, on one thread, and the count of work that bounds a search.

Work is counted from sizes and pivots, never read off a clock: the same tables get the same answer
on every machine, however busy it is.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

import highspy
import numpy as np
import scipy.sparse as sp

from anonymizer.tables.linked_tables import Floats
from core import beat

Solver = highspy.Highs
Ending = Literal["optimal", "unbounded", "stopped"]
PRIMAL_SIMPLEX = 4
NO_LIMIT = 2**31 - 1

# What work costs, in seconds of CPU where it was fitted: least squares over the solves of the
# tables of `benchmarks/tables.py`, with Python's own share on top.
SOLVE, ENTRY, PIVOT = 2.5e-4, 1.2e-7, 3e-8
"""A linear solve; each entry of its matrix; each pivot, for each row and column."""
BRANCHING, CHECKPOINT = 5e-3, 5e-6
"""A solve in whole numbers; each time HiGHS asks to go on, for each row and column."""


@dataclass
class Ledger:
    """The work done so far (seconds where it was fitted)."""

    done: float = 0.0


@dataclass(frozen=True)
class Budget:
    """How far work may go; budgets made from one another draw on the same ledger.

    >>> whole = Budget(10.0)
    >>> half = whole.share(0.5)
    >>> half.charge(6.0)
    >>> half.is_spent, half.at_least(1.0).left, whole.left
    (True, 1.0, 4.0)
    """

    end: float = np.inf
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def left(self) -> float:
        """What may still be done."""
        return max(0.0, self.end - self.ledger.done)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be done."""
        return self.left <= 0

    def charge(self, seconds: float) -> None:
        """Count work that was done. Raises Cancelled where the user stopped it."""
        beat()
        self.ledger.done += seconds

    def share(self, part: float) -> "Budget":
        """A part (0-1) of what is left."""
        return Budget(self.ledger.done + self.left * part, self.ledger)

    def allow(self, seconds: float) -> "Budget":
        """So much from here on."""
        return Budget(self.ledger.done + seconds, self.ledger)

    def at_least(self, seconds: float) -> "Budget":
        """The same, or so much from here on."""
        return self if self.left >= seconds else self.allow(seconds)


def new_solver(**options: object) -> highspy.Highs:
    """A quiet solver."""
    solver = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        solver.setOptionValue(name, value)
    return solver


def build(
    matrix: sp.csc_array, right: Floats, lower: Floats, upper: Floats, cost: Floats
) -> highspy.HighsLp:
    """min cost·x subject to matrix @ x = right, lower ≤ x ≤ upper."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
    model.row_lower_ = model.row_upper_ = right
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model


def require_whole(solver: highspy.Highs, columns: int) -> None:
    """From here on the first `columns` are whole numbers."""
    index = np.arange(columns, dtype=np.int32)
    kind = np.full(columns, int(highspy.HighsVarType.kInteger.value), dtype=np.uint8)
    solver.changeColsIntegrality(columns, index, kind)


def run(solver: highspy.Highs, budget: Budget) -> Ending:
    """Solve a linear program within a budget."""
    if budget.is_spent:
        return "stopped"
    pivot = PIVOT * (1 + solver.getNumRow() + solver.getNumCol())
    most = int(min(budget.left / pivot + 1, NO_LIMIT))
    solver.setOptionValue("simplex_iteration_limit", most)
    solver.run()
    pivots = max(0, solver.getInfo().simplex_iteration_count)
    budget.charge(SOLVE + ENTRY * solver.getNumNz() + pivot * pivots)
    return _ending(solver)


def run_whole(solver: highspy.Highs, budget: Budget) -> Ending:
    """Solve a problem with whole numbers within a budget."""
    if budget.is_spent:
        return "stopped"
    step = CHECKPOINT * (solver.getNumRow() + solver.getNumCol())
    asked = 0

    def look(event: Any) -> None:
        nonlocal asked
        asked += 1
        if asked * step > budget.left:
            event.interrupt()

    solver.setOptionValue("simplex_iteration_limit", NO_LIMIT)
    solver.cbMipInterrupt.subscribe(look)
    solver.run()
    solver.cbMipInterrupt.unsubscribe(look)
    budget.charge(BRANCHING + step * asked)
    return _ending(solver)


def _ending(solver: highspy.Highs) -> Ending:
    status, found = solver.getModelStatus(), highspy.HighsModelStatus
    if status == found.kOptimal:
        return "optimal"
    if status in (found.kUnbounded, found.kUnboundedOrInfeasible):
        return "unbounded"
    return "stopped"


def has_solution(solver: highspy.Highs) -> bool:
    """Whether there is a solution, be it the best or not."""
    status = solver.getInfo().primal_solution_status
    return bool(status == int(highspy.SolutionStatus.kSolutionStatusFeasible))


def solution(solver: highspy.Highs) -> Floats:
    """The values of the columns."""
    values: Floats = np.asarray(solver.getSolution().col_value, dtype=np.float64)
    return values
