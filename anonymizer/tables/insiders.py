"""Which values a single person who was counted can work out, where such people are many.

One reader who knows of all of them at once is quick to audit and knows more than anybody. Where
that reader works a value out, this looks whether any one of them does.
"""

import numpy as np
import scipy.sparse as sp

from anonymizer.tables import highs
from anonymizer.tables.audit import TOLERANCE, Probe, Program
from anonymizer.tables.system import Floats, Ints, Mask


def worked_out(probe: Probe, values: Floats, known_of: Ints, cells: Ints, deadline: float) -> Mask:
    """Whether a person counted in one of the cells `known_of` works out each of `cells` (k,).

    Args:
        probe: the reader who was not counted, at work on the pattern.
        values: (n,) the true values.
        known_of: cells of one person; that person knows that theirs is at least 1.
        cells: cells to ask about; a person's own does not count.
        deadline: what is not shown to be open by then (`time.monotonic`) counts as worked out.
    """
    found = np.ones(len(cells), dtype=bool)
    ones = np.zeros(len(values), dtype=bool)
    ones[known_of] = True
    for at, program in probe.programs:
        local = {int(cell): i for i, cell in enumerate(at)}
        numbers = [number for number, cell in enumerate(cells.tolist()) if cell in local]
        if numbers:
            asked = np.array([local[int(cells[number])] for number in numbers])
            block = _Block(program, values[at], np.flatnonzero(ones[at]), asked)
            found[numbers] = block.given_away(deadline)
    return found


class _Block:
    """Unknowns that bind one another, their true values, cells of single people, cells asked."""

    def __init__(self, program: Program, start: Floats, people: Ints, asked: Ints) -> None:
        self.program, self.start, self.people, self.asked = program, start, people, asked
        # For which of the people (columns) it is open whether they know a cell (rows).
        self.left = people != asked[:, None]
        height, width = program.matrix.shape
        more = len(people)
        picks = sp.coo_array((np.ones(more), (np.arange(more), people)), shape=(more, width))
        # A further column per person says by how much their cell falls short of 1.
        short = sp.vstack(
            [sp.hstack([program.matrix, sp.csc_array((height, more))]),
             sp.hstack([picks, sp.eye_array(more)])]
        )  # fmt: skip
        self.model = highs.build(
            sp.csc_array(short),
            np.r_[program.right, np.ones(more)],
            np.r_[program.lower, np.zeros(more)],
            np.r_[program.upper, np.ones(more)],
            np.r_[np.zeros(width), np.ones(more)],
        )
        self.model.row_upper_ = np.r_[program.right, np.full(more, np.inf)]
        self.solver = highs.new_solver()
        self.solver.passModel(self.model)

    def given_away(self, deadline: float) -> Mask:
        """Whether any of the people, each knowing x ≥ 1 of their own cell, knows a cell asked."""
        for number, cell in enumerate(self.asked.tolist()):
            true = float(self.start[cell])
            for end in (float(self.program.low[cell]), float(self.program.high[cell])):
                if self.left[number].any() and abs(end - true) > TOLERANCE:
                    self._look(cell, true + float(np.clip(end - true, -1.0, 1.0)) / 2, deadline)
        found = [
            any(self._knows(cell, person, deadline) for person in self.people[left].tolist())
            for cell, left in zip(self.asked.tolist(), self.left, strict=True)
        ]
        return np.array(found, dtype=bool)

    def _look(self, cell: int, value: float, deadline: float) -> None:
        """Find a solution where the cell has this value that as many people as possible allow.

        What lies between a solution and the truth is one as well, so that it need not be near.
        """
        own = len(self.start) + np.flatnonzero(self.people == cell)
        self.solver.clearSolver()
        self.solver.changeColBounds(cell, value, value)
        for column in own.tolist():
            self.solver.changeColCost(column, 0.0)
        ending = highs.run(self.solver, deadline)
        solution = highs.solution(self.solver)
        self.solver.changeColBounds(
            cell, float(self.program.lower[cell]), float(self.program.upper[cell])
        )
        for column in own.tolist():
            self.solver.changeColCost(column, 1.0)
        if ending == "optimal":
            moved = np.abs(solution[self.asked] - self.start[self.asked]) > TOLERANCE
            self.left &= ~(moved[:, None] & (solution[self.people] >= 1.0 - TOLERANCE))

    def _knows(self, cell: int, person: int, deadline: float) -> bool:
        lower = self.program.lower.copy()
        lower[person] = max(1.0, lower[person])
        for sign in (1.0, -1.0):
            cost = np.zeros(len(lower))
            cost[cell] = sign
            solver = highs.new_solver()
            solver.passModel(
                highs.build(
                    self.program.matrix, self.program.right, lower, self.program.upper, cost
                )
            )
            ending = highs.run(solver, deadline)
            moved = ending == "unbounded" or (
                ending == "optimal"
                and abs(highs.solution(solver)[cell] - self.start[cell]) > TOLERANCE
            )
            if moved:
                return False
        return True
