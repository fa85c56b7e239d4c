"""Codes and words for "missing", and for "the same as above", that stand among the values."""

import numpy as np

from core import CellKind, Column, ColumnType, say
from rules.detect.cells.alarm import Alarm, alarms
from rules.detect.cells.numbering import numbered
from rules.detect.cells.outliers import Floats, numbers_of
from rules.detect.cells.rarity import CATEGORICAL
from rules.detect.decision import Decision
from rules.detect.profile import Mask, Profile

_T = ColumnType
_CODE_LIKE = (
    r"^-?(?:9{2,}|8{3,}|0{4,}|1{7,})(?:\.0+)?$|^(?:0+-){1,3}0+$|^(?:9+-){1,3}9+$"
    r"|^(?:9999|0000|1111)[\-/.年](?:99|00|12|11|01)[\-/.月](?:99|00|31|11|01)日?$"
    r"|^1(?:900|800|899)[\-/.](?:0?1|12)[\-/.](?:0?1|3[01])(?:[ t].*)?$|^-(?:1|9)$"
)
_PLAIN_NUMBERS = frozenset({_T.AGE, _T.QUANTITY, _T.INCOME, _T.TAX, _T.MEDICAL_CARE, _T.WELFARE})
_LONG_NINES = r"^9{5,}$"
_NEAR, _TIMES_CHANCE = 0.1, 20.0
"""A run of nines is held against the values within a tenth of it, and stands out where it has
twenty times the rows that these let expect."""
_SMALL_PART = 0.5
"""What half of the rows hold is a value of the column, whatever it looks like."""
_HABIT = 0.05
"""Share of the rows from which on a word is one of a column's categories."""
_DETERMINED = r"^(?:非該当|対象外|該当(?:なし|無し))$"
"""What an office decides, which is an answer and not a gap."""


def missing_codes(decision: Decision, profile: Profile) -> Mask:
    """Values such as 9999, 000-0000 or 1900-01-01 that stand apart from the real ones."""
    likely = profile.matches(_CODE_LIKE) & profile.present
    if not likely.any() or decision.type in (_T.FREE_TEXT, _T.FLAG, _T.SEQUENCE_NUMBER):
        return np.zeros(len(profile), np.bool_)
    likely &= ~numbered(profile)
    if decision.type == _T.CATEGORY and profile.distinct > 1:
        likely &= profile.matches(r"^9{2,}$|^-[19]$")
    if decision.type in _PLAIN_NUMBERS:
        numbers = numbers_of(profile)
        others = ~np.isnan(numbers) & ~likely & profile.present
        if not others.any():
            return np.zeros(len(profile), np.bool_)
        high, low = np.nanmax(numbers[others]), np.nanmin(numbers[others])
        with np.errstate(invalid="ignore"):
            apart = (numbers > 1.2 * high) | ((numbers < 0) & (low >= 0))
            spike = profile.counts > 20 * np.median(profile.counts[others])
        likely &= apart | spike | _out_of_nowhere(numbers, likely, profile)
    return likely if profile.ratio(likely) < _SMALL_PART else np.zeros(len(profile), np.bool_)


def _out_of_nowhere(numbers: Floats, likely: Mask, profile: Profile) -> Mask:
    """Long rows of nines among numbers of their size, where chance would hardly put one.

    The rows within a tenth of it, spread evenly, say how many such values chance gives: 999999
    stands out among incomes that end in 000, and among a million rows of any amounts.
    """
    found = np.zeros(len(profile), np.bool_)
    around = profile.present & ~likely
    for index in np.flatnonzero(likely & profile.matches(_LONG_NINES)):
        value = numbers[index]
        with np.errstate(invalid="ignore"):
            near = around & (np.abs(numbers - value) <= _NEAR * value)
        by_chance = profile.rows(near) / (2 * _NEAR * value)
        found[index] = profile.counts[index] > _TIMES_CHANCE * by_chance
    return found


def _missing_words(decision: Decision, profile: Profile) -> Mask:
    """Words for "missing" that hide among values; not those that are a category themselves."""
    words = profile.missing & ~profile.empty
    if decision.type in CATEGORICAL:
        habit = profile.counts >= _HABIT * (profile.of_rows + profile.rows(words))
        words &= ~habit & ~profile.matches(_DETERMINED)
    if decision.type == _T.FREE_TEXT or profile.rows(words) > profile.of_rows:
        return np.zeros(len(profile), np.bool_)
    return words


def missing_notes(column: Column, decision: Decision, profile: Profile, codes: Mask) -> list[Alarm]:
    """The codes, and the words for "missing" and "the same as above" among other values."""
    missing = (codes | _missing_words(decision, profile)) & ~profile.ditto
    repeated = profile.ditto & (decision.type != _T.FREE_TEXT and profile.of_rows > 0)
    kind, said = CellKind.MISSING_CODE, say("rules.missing_codes.missing_code")
    found = alarms(column, kind, "missing-code", 0.5, missing, said, counted=True)
    said = say("rules.missing_codes.ditto_mark")
    return found + alarms(column, kind, "ditto-mark", 0.5, repeated, said, counted=True)
