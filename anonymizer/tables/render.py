"""The table as it is printed: X for what is withheld, - for a zero that is not."""

import csv
import io
from dataclasses import dataclass
from itertools import product

from anonymizer.tables.result import Protected
from anonymizer.tables.spec import TableSpec, codes_of

WITHHELD, ZERO = "X", "-"


@dataclass(frozen=True)
class Printed:
    """One table as text: a header and rows, notes below."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def to_csv(self) -> bytes:
        """UTF-8 with a byte order mark, as spreadsheets expect it."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return text.getvalue().encode("utf-8-sig")


def render(
    protected: Protected, *, withheld: str = WITHHELD, zero: str = ZERO
) -> tuple[Printed, ...]:
    """Every table as it may be printed; two dimensions as a cross table, others as a list."""
    return tuple(
        _print(protected, number, withheld, zero) for number in range(len(protected.system.tables))
    )


def _print(protected: Protected, number: int, withheld: str, zero: str) -> Printed:
    spec = protected.system.tables[number]
    place = protected.system.places[number]
    hidden, values = protected.suppressed, protected.system.values

    def text(cell: int) -> str:
        if hidden[cell]:
            return withheld
        value = float(values[cell])
        if value == 0:
            return zero
        return str(int(value)) if value.is_integer() else repr(value)

    codes = [codes_of(d) for d in spec.dims]
    names = _names(spec)
    if len(codes) == 2:
        header = (f"{names[0]}＼{names[1]}", *codes[1])
        rows = tuple(
            (code, *(text(int(cell)) for cell in place[i])) for i, code in enumerate(codes[0])
        )
    else:
        header = (*names, "値")
        rows = tuple(
            (*where, text(int(cell)))
            for where, cell in zip(product(*codes), place.ravel(), strict=True)
        )
    return Printed(spec.name, header, rows, spec.notes)


def _names(spec: TableSpec) -> list[str]:
    return [name or f"分類{i}" for i, name in enumerate(spec.names, 1)]
