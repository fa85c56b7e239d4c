"""What was put into the table of columns becomes corrections, and nothing else does."""

from core import ROLES, TYPES, ColumnType, Role
from ui.language import spoken
from ui.review.correction_table import Row, corrected, heads

BEFORE = {
    "氏名": Row(ColumnType.PERSON_NAME, Role.DIRECT_IDENTIFIER, unit=True),
    "年齢": Row(ColumnType.AGE, Role.QUASI_IDENTIFIER, unit=False),
}


def test_only_what_was_changed_is_corrected() -> None:
    _name, kind, role, unit = heads()
    edited = {
        0: {unit: True, kind: spoken(TYPES[ColumnType.PERSON_NAME])},
        1: {role: spoken(ROLES[Role.OTHER]), unit: True},
    }
    assert corrected(BEFORE, edited) == {"年齢": Row(ColumnType.AGE, Role.OTHER, unit=True)}


def test_nothing_put_in_corrects_nothing() -> None:
    assert corrected(BEFORE, {}) == {}
