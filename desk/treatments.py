"""What may be done to a column: the operations that fit it, each in words and with its grounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core import (
    OPERATIONS,
    ColumnReport,
    ColumnType,
    Message,
    Operation,
    Role,
    listed,
    say,
    yaml12,
)

AGES = frozenset({ColumnType.AGE, ColumnType.AGE_BAND})
DATES = frozenset({ColumnType.DATE, ColumnType.BIRTH_DATE, ColumnType.DATE_OF_DEATH})
NUMBERS = frozenset({ColumnType.QUANTITY, ColumnType.INCOME, ColumnType.TAX})
CODES = frozenset({ColumnType.POSTAL_CODE, ColumnType.MUNICIPALITY_CODE})
GROUPED = frozenset({ColumnType.DISEASE, ColumnType.OCCUPATION})
"""Types with broad groups of their own."""
READ = AGES | DATES | NUMBERS | CODES | {ColumnType.ADDRESS, ColumnType.FREE_TEXT}
"""Types whose values are read; of others a pseudonym may be made whatever their role."""
FEW = (3, 5, 10)
WIDTHS: dict[ColumnType, tuple[int, ...]] = {
    ColumnType.AGE: (5, 10, 15, 20, 30),
    ColumnType.AGE_BAND: (10, 20, 30),
}
"""Years an age may be put into bands of."""
UNTIL = frozenset(
    {"month", "quarter", "year", "era", "town", "ward", "city", "prefecture", "region"}
    | {"other", "group"}
)
"""Parameters that are words."""
Parameter = int | float | str | None


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
    if not column.parts and (column.role is Role.DIRECT_IDENTIFIER or not kinds & READ):
        found.append(Choice(Operation.PSEUDONYMIZE, usual=""))
    return tuple(found)


def _fitting(kinds: frozenset[ColumnType]) -> list[Choice]:
    top, bottom = Operation.TOP_CODE, Operation.BOTTOM_CODE
    if kinds & AGES:
        widths = next(WIDTHS[kind] for kind in WIDTHS if kind in kinds)
        found = [Choice(Operation.BAND, widths), Choice(top, usual=90), Choice(bottom, usual=10)]
        if kinds == {ColumnType.AGE}:
            found += [Choice(Operation.ROUND, (5, 10)), Choice(Operation.MICROAGGREGATE, FEW)]
        return found
    if kinds & DATES:
        return [Choice(Operation.BAND, ("month", "quarter", "year", 5, 10))]
    if kinds & NUMBERS:
        return [
            Choice(Operation.ROUND, (10, 100, 1_000, 10_000, 100_000, 1_000_000)),
            Choice(Operation.BAND, usual=100),
            Choice(top, usual=100),
            Choice(bottom, usual=0),
            Choice(Operation.MICROAGGREGATE, FEW),
            Choice(Operation.NOISE, usual=1.0),
        ]
    if ColumnType.ADDRESS in kinds:
        return [Choice(Operation.TRUNCATE, ("town", "ward", "city", "prefecture", "region"))]
    if kinds & CODES:
        return [Choice(Operation.TRUNCATE, (3, 2))]
    return [Choice(Operation.GENERALIZE, ("group", "other") if kinds & GROUPED else ("other",))]


def treatment(
    operation: Operation, parameter: Parameter = None, kind: ColumnType = ColumnType.UNKNOWN
) -> Message:
    """What a step does to a column, or part of one, of a kind.

    >>> treatment(Operation.BAND, 20, ColumnType.AGE).ja
    '20歳ごとにまとめる'
    >>> treatment(Operation.TRUNCATE, "city").ja, treatment(Operation.GENERALIZE, 2).en
    ('市区町村までにする', 'Widen by 2 levels')
    """
    plain = OPERATIONS[operation]
    if isinstance(parameter, str):
        if operation is Operation.PSEUDONYMIZE:
            return say("desk.step.for_recipient", step=plain, recipient=parameter)
        return say(f"desk.step.{parameter}") if parameter in UNTIL else plain
    if parameter is None or operation in {Operation.KEEP, Operation.DROP, Operation.PSEUDONYMIZE}:
        return plain
    if operation is Operation.GENERALIZE and parameter == 0:
        return OPERATIONS[Operation.KEEP]
    unit = ""
    if operation is Operation.BAND:
        unit = "_years" if kind in DATES else "_ages" if kind in AGES else ""
    elif operation in {Operation.TOP_CODE, Operation.BOTTOM_CODE} and kind in AGES:
        unit = "_ages"
    number = f"{parameter:,g}" if abs(parameter) < 1e6 else f"{parameter:,.0f}"
    return say(f"desk.step.{operation.value}{unit}", number=number)


@dataclass(frozen=True)
class Ground:
    """Why an operation is done: in a sentence, as a technique of the guideline, by which items of
    rule 62 (34 for businesses), and on which cards."""

    reason: Message
    technique: Message | None = None
    items: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()

    @property
    def place(self) -> Message | None:
        """The technique and the items in a sentence; None where nothing is done."""
        if not self.items:
            return None
        items = listed((say("desk.treatments.item", item=n) for n in self.items), ja="・")
        if self.technique is None:
            return say("desk.treatments.no_technique", items=items)
        return say("desk.treatments.technique", technique=self.technique, items=items)


def _grounds() -> dict[Operation, Ground]:
    raw: Mapping[str, Mapping[str, tuple[str, ...]]] = yaml12.load(
        Path(__file__).with_name("treatments.yaml").read_text(encoding="utf-8")
    )
    return {
        Operation(name): Ground(
            reason=say(f"desk.reason.{name}"),
            technique=say(f"desk.technique.{entry['technique']}") if "technique" in entry else None,
            items=tuple(map(int, entry.get("items", ()))),
            cards=tuple(entry.get("cards", ())),
        )
        for name, entry in raw.items()
    }


GROUNDS = _grounds()
