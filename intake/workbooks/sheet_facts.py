"""What a sheet says besides its values, and how far its cells reach.

The bulk reader holds a sheet as one dense block: a single cell in the last corner would ask
for more memory than there is. So the reach is measured first, from the records themselves.
"""

from array import array
from dataclasses import dataclass, field


@dataclass
class Extent:
    """The reach of the cells seen so far: counts of rows and columns."""

    rows: int = 0
    columns: int = 0

    def take(self, row: int, column: int) -> None:
        """Take in a cell at a 0-based position."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    @property
    def cells(self) -> int:
        """How many cells a dense block would have."""
        return self.rows * self.columns


@dataclass
class SheetFacts:
    """What a sheet says besides its values. Rows and columns are 1-based, as Excel shows them."""

    extent: Extent = field(default_factory=Extent)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formulas: dict[int, "array[int]"] = field(default_factory=dict)
    """The rows of the formulas in each column."""
    unsaved: dict[int, int] = field(default_factory=dict)
    """How many formulas of each column have no saved result."""
    errors: int = 0
    drawings: bool = False
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """First and last cell (row, column; 0-based) of merged areas, where the reader is silent."""
    padding: dict[int, int] = field(default_factory=dict)
    """Digits shown by a number format like 0000000, by column."""

    def take_formula(self, row: int, column: int, saved: bool = True) -> None:
        """Take in a formula at a 1-based position."""
        self.formulas.setdefault(column, array("I")).append(row)
        if not saved:
            self.unsaved[column] = self.unsaved.get(column, 0) + 1


def column_letters(number: int) -> str:
    """The letters of a 1-based column number.

    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
