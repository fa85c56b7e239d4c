"""The row that heads a table of items, found by its labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.grid import Grid
from intake.schema.labels import STRONG, label_of

_LOOK_AT = 40
ATTRIBUTES: tuple[str, ...] = (
    *("type", "length", "required", "nullable", "description", "format", "example"),
    *("code", "meaning", "alias"),
)
"""What a table of items may say of each item."""
LEVELS = ("level3", "level2", "level1")
"""Columns of names over several levels, the innermost first."""


@dataclass(frozen=True)
class Heading:
    """The row that heads the items, and which fields stand in which columns."""

    row: int
    fields: dict[str, list[int]] = field(default_factory=dict)

    def get(self, row: Sequence[str], name: str) -> str:
        """The texts of a field in a row, joined."""
        cells = (row[c].strip() for c in self.fields.get(name, []) if c < len(row))
        return " ".join(dict.fromkeys(c for c in cells if c))

    def marks(self, row: Sequence[str], name: str) -> list[str]:
        """The texts of a field in a row, one a column."""
        return [row[c].strip() if c < len(row) else "" for c in self.fields.get(name, [])]


def find_heading(grid: Grid, certain: bool = True) -> Heading | None:
    """The heading of a table of items; with `certain`, one that data would hardly have."""
    for number, row in enumerate(grid[:_LOOK_AT]):
        labels = [(label_of(cell), column) for column, cell in enumerate(row) if cell.strip()]
        fields: dict[str, list[int]] = {}
        weights: dict[str, int] = {}
        for found, column in labels:
            if found:
                weight, name = found
                if weight > weights.get(name, 0) and name == "name":
                    fields[name] = []
                if weight >= weights.get(name, 0) or name != "name":
                    fields.setdefault(name, []).append(column)
                weights[name] = max(weights.get(name, 0), weight)
        if _is_heading(fields, weights, len(labels), certain):
            return _completed(Heading(number, fields), grid)
    return None


def _completed(heading: Heading, grid: Grid) -> Heading:
    """The heading with what stands above or below its own blank cells: merged over two rows."""
    row = grid[heading.row]
    above, below = grid[max(heading.row - 1, 0) : heading.row], grid[heading.row + 1 :][:1]
    is_second = any(label_of(cell) for other in below for cell in other) and not any(
        heading.get(other, "name") or heading.get(other, "number") for other in below
    )
    for other in (*above, *(below if is_second else ())):
        for column, cell in enumerate(other):
            found = label_of(cell)
            blank = column >= len(row) or not row[column].strip()
            if found and blank and found[1] != "name":
                heading.fields.setdefault(found[1], []).append(column)
    return heading


def _is_heading(
    fields: dict[str, list[int]], weights: dict[str, int], labels: int, certain: bool
) -> bool:
    naming = max((weights.get(n, 0) for n in ("name", *LEVELS, "alias")), default=0)
    if not naming:
        return False
    attributes = [n for n in ATTRIBUTES if n in fields and n != "alias"]
    strong = sum(1 for n in attributes if weights[n] == STRONG)
    if not certain:
        return bool(attributes) or naming == STRONG
    known = sum(len(columns) for columns in fields.values())
    if known < labels / 2:
        return False
    return bool(strong) if naming == STRONG else strong >= 2 or (strong == 1 and known >= 4)
