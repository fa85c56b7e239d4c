"""All recognisers, by type."""

from core import ColumnType
from rules.detect.values import contact, network, numbers, people, places, time
from rules.detect.values.base import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    contact.EMAIL,
    contact.PHONE,
    contact.URL,
    *numbers.RECOGNISERS,
    *network.RECOGNISERS,
    *people.RECOGNISERS,
    *places.RECOGNISERS,
    *time.RECOGNISERS,
)


def recogniser(type_: ColumnType) -> Recogniser | None:
    """The recogniser of a type's values; dates of birth and death are dates."""
    if type_ in (ColumnType.BIRTH_DATE, ColumnType.DATE_OF_DEATH):
        type_ = ColumnType.DATE
    return next((r for r in RECOGNISERS if r.type == type_), None)
