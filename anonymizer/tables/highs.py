"""HiGHS without talk, on one thread, within a time limit."""

import math
import time
from typing import Literal

import highspy
import numpy as np
import scipy.sparse as sp

from anonymizer.tables.system import Floats

PRIMAL_SIMPLEX = 4
Ending = Literal["optimal", "unbounded", "stopped"]


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


def run(solver: highspy.Highs, deadline: float, *, whole: bool = False) -> Ending:
    """Solve until `deadline` (`time.monotonic`); `whole` for a problem with whole numbers."""
    if math.isfinite(deadline):
        left = deadline - time.monotonic()
        if left <= 0:
            return "stopped"
        # The clock of a linear solve runs on over all solves, that of a whole one does not.
        solver.setOptionValue("time_limit", left if whole else solver.getRunTime() + left)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return "optimal"
    if status in (
        highspy.HighsModelStatus.kUnbounded,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return "unbounded"
    return "stopped"


def solution(solver: highspy.Highs) -> Floats:
    """The values of the columns."""
    values: Floats = np.asarray(solver.getSolution().col_value, dtype=np.float64)
    return values
