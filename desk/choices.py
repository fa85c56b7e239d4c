"""What may be done to a column: the operations that fit it, and their parameters."""

from dataclasses import dataclass

from core import ColumnReport, ColumnType, Operation, Role
from desk.steps import AGES, DATES, Parameter

NUMBERS = frozenset({ColumnType.QUANTITY, ColumnType.INCOME, ColumnType.TAX})
CODES = frozenset({ColumnType.POSTAL_CODE, ColumnType.MUNICIPALITY_CODE})
GROUPED = frozenset({ColumnType.DISEASE, ColumnType.OCCUPATION})
"""Types with broad groups of their own."""
FEW = (3, 5, 10)
WIDTHS: dict[ColumnType, tuple[int, ...]] = {
    ColumnType.AGE: (5, 10, 15, 20, 30),
    ColumnType.AGE_BAND: (10, 20, 30),
}
"""Years an age may be put into bands of."""


@dataclass(frozen=True)
class Choice:
    """One operation on offer, with the parameters to pick from.

    Where none are offered, `usual` is what a typed one starts from: a number, or a name (the
    recipient of pseudonyms); None asks for nothing.
    """

    operation: Operation
    offered: tuple[Parameter, ...] = ()
    usual: Parameter = None


def choices(column: ColumnReport, levels: int = 0) -> tuple[Choice, ...]:
    """The operations that fit a column, the plainest first.

    `levels` is the height of the hierarchy that was given for it, 0 without one.
    """
    kinds = frozenset(column.parts or (column.type,))
    found = [
        Choice(Operation.KEEP),
        Choice(Operation.DROP),
        Choice(Operation.SUPPRESS_CELLS, FEW),
    ]
    found += [c for c in _fitting(kinds) if levels < 2 or c.operation is not Operation.GENERALIZE]
    if levels > 1:
        found.append(Choice(Operation.GENERALIZE, (*range(1, levels), "other")))
    if not column.parts and (column.role is Role.DIRECT_IDENTIFIER or not kinds & _READ):
        found.append(Choice(Operation.PSEUDONYMIZE, usual=""))
    return tuple(found)


def _fitting(kinds: frozenset[ColumnType]) -> list[Choice]:
    top, bottom = Operation.TOP_CODE, Operation.BOTTOM_CODE
    if kinds & AGES:
        widths = next(
            WIDTHS[kind] for kind in (ColumnType.AGE, ColumnType.AGE_BAND) if kind in kinds
        )
        found = [Choice(Operation.BAND, widths), Choice(top, usual=90), Choice(bottom, usual=10)]
        if kinds == {ColumnType.AGE}:
            found += [Choice(Operation.ROUND, (5, 10)), Choice(Operation.MICROAGGREGATE, FEW)]
        return found
    if kinds & DATES:
        return [Choice(Operation.BAND, ("month", "quarter", "year", 5, 10))]
    if kinds & NUMBERS:
        found = [
            Choice(Operation.ROUND, (10, 100, 1_000, 10_000, 100_000, 1_000_000)),
            Choice(Operation.BAND, usual=100),
            Choice(top, usual=100),
            Choice(bottom, usual=0),
            Choice(Operation.MICROAGGREGATE, FEW),
        ]
        return [*found, Choice(Operation.NOISE, usual=1.0)]
    if ColumnType.ADDRESS in kinds:
        return [Choice(Operation.TRUNCATE, ("town", "ward", "city", "prefecture", "region"))]
    if kinds & CODES:
        return [Choice(Operation.TRUNCATE, (3, 2))]
    return [Choice(Operation.GENERALIZE, ("group", "other") if kinds & GROUPED else ("other",))]


_READ = AGES | DATES | NUMBERS | CODES | {ColumnType.ADDRESS, ColumnType.FREE_TEXT}
