"""The covering problem the search works on: which cells to suppress, under the cuts so far.

Columns are the cells (0 … u − 1), then for every cell that can move one way only in some cone a
pair of wishes, "to move up" and "to move down".
"""

from collections.abc import Sequence

import highspy
import numpy as np

from anonymizer.tables import highs
from anonymizer.tables.cone import Cone, Cut
from anonymizer.tables.moves import DOWN, UP
from anonymizer.tables.system import Floats, Mask


class Master:
    """min price·z over patterns z (u,) that satisfy every cut.

    Args:
        given: (u,) cells that are suppressed anyway.
        price: (u,) not negative.
    """

    def __init__(self, given: Mask, price: Floats) -> None:
        self.given, self.price = given, price
        self.width = self.columns = len(given)
        self.wishes: dict[tuple[int, int, int], int] = {}
        self.rows: set[tuple[int, ...]] = set()
        self.solver = highs.new_solver(mip_rel_gap=0.0, mip_abs_gap=1e-6)
        for fixed, cost in zip(given, price, strict=True):
            self.solver.addVar(float(fixed), 1.0)
            self.solver.changeColCost(self.solver.getNumCol() - 1, 0.0 if fixed else float(cost))

    def add(self, number: int, cone: Cone, cut: Cut) -> bool:
        """Put a cut of demand `number` into the problem; False if it says nothing new."""
        cells = list(cut.cells)
        if self.given[cells].any():
            return False
        if cone.symmetric:
            columns, values, lower = cells, [1.0] * len(cells), 1.0
        else:
            columns = [*cells, self._wish_column(number, cone, cut.cell, cut.direction)]
            values, lower = [*[1.0] * len(cells), -1.0], 0.0
        if tuple(columns) in self.rows:
            return False
        self.rows.add(tuple(columns))
        self._row(lower, columns, values)
        return True

    def _wish_column(self, number: int, cone: Cone, cell: int, direction: int) -> int:
        """The column that says: this cell is to move up (or down). One of the two must be 1.

        They need not be whole: where both cuts ask for a part of a cell, both get all of it.
        """
        key = (number, cell, direction)
        if key not in self.wishes:
            pair = []
            for way, possible in ((UP, cone.up[cell]), (DOWN, cone.down[cell])):
                self.solver.addVar(0.0, float(possible))
                self.wishes[number, cell, way] = self.columns
                pair.append(self.columns)
                self.columns += 1
            self._row(1.0, pair, [1.0, 1.0])
        return self.wishes[key]

    def _row(self, lower: float, columns: Sequence[int], values: Sequence[float]) -> None:
        self.solver.addRow(
            lower, np.inf, len(columns), np.array(columns, dtype=np.int32), np.array(values)
        )

    def wish(self, number: int, cone: Cone, cell: int, direction: int, z: Floats) -> float:
        """How much of a move the solution z asks for: 0–1."""
        if cone.symmetric:
            return 1.0
        column = self.wishes.get((number, cell, direction))
        return 0.0 if column is None else float(z[column])

    def relax(self, deadline: float) -> tuple[Floats, float, Floats] | None:
        """Solve with fractions: the solution, its value, the reduced costs (u,); None if late."""
        if highs.run(self.solver, deadline) != "optimal":
            return None
        solution = self.solver.getSolution()
        value = float(self.solver.getInfo().objective_function_value)
        dual = np.asarray(solution.col_dual, dtype=np.float64)[: self.width]
        return highs.solution(self.solver), value, dual

    def make_whole(self) -> None:
        """From here on a cell is suppressed or it is not."""
        index = np.arange(self.width, dtype=np.int32)
        kind = np.full(self.width, int(highspy.HighsVarType.kInteger.value), dtype=np.uint8)
        self.solver.changeColsIntegrality(self.width, index, kind)

    def limit(self, cells: Mask) -> None:
        """Allow these cells (u,) alone, besides the given ones."""
        index = np.arange(self.width, dtype=np.int32)
        upper = (cells | self.given).astype(np.float64)
        self.solver.changeColsBounds(self.width, index, self.given.astype(np.float64), upper)

    def pattern(self, deadline: float) -> tuple[Mask | None, bool]:
        """The cheapest pattern found, and whether it is proved so."""
        ending = highs.run(self.solver, deadline, whole=True)
        solution, info = highs.solution(self.solver), self.solver.getInfo()
        if len(solution) < self.width or info.primal_solution_status != 2:
            return None, False
        pattern = (solution[: self.width] > 0.5) | self.given
        return pattern, ending == "optimal"
