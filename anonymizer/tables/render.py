"""The table as it is printed: X for what is withheld, - for a zero that is not."""

from dataclasses import dataclass
from itertools import product

from anonymizer.tables.adjusted import Adjusted
from anonymizer.tables.result import Protected
from anonymizer.tables.spec import TableSpec, codes_of
from core import Message

WITHHELD, ZERO = "X", "-"
Leaving = Protected | Adjusted
"""What can be printed and exported."""


@dataclass(frozen=True)
class Printed:
    """One table as text: a header and rows, notes below; the last `values` columns hold values."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    values: int
    legend: Message


def render(protected: Leaving) -> tuple[Printed, ...]:
    """Every table as it may be printed; two dimensions as a cross table, others as a list."""
    return tuple(_print(protected, number) for number in range(len(protected.system.tables)))


def shown(protected: Leaving, cell: int) -> str:
    """A cell of the system as it is printed."""
    if protected.suppressed[cell]:
        return WITHHELD
    value = float(protected.system.values[cell])
    if value == 0 and isinstance(protected, Protected):
        return ZERO
    return str(int(value)) if value.is_integer() else repr(value)


def _print(protected: Leaving, number: int) -> Printed:
    spec = protected.system.tables[number]
    place = protected.system.places[number]
    codes = [codes_of(d) for d in spec.dims]
    names = names_of(spec)
    if len(codes) == 2:
        header = (f"{names[0]}＼{names[1]}", *codes[1])
        rows = tuple(
            (code, *(shown(protected, int(cell)) for cell in place[i]))
            for i, code in enumerate(codes[0])
        )
        return Printed(spec.name, header, rows, spec.notes, len(codes[1]), protected.legend)
    header = (*names, "件数" if spec.is_count else "値")
    rows = tuple(
        (*where, shown(protected, int(cell)))
        for where, cell in zip(product(*codes), place.ravel(), strict=True)
    )
    return Printed(spec.name, header, rows, spec.notes, 1, protected.legend)


def names_of(spec: TableSpec) -> list[str]:
    """The dimensions' names; 分類1, 分類2 … where they have none."""
    return [name or f"分類{i}" for i, name in enumerate(spec.names, 1)]
