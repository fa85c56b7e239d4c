"""Codes and words for "missing", and for "the same as above", that stand among the values."""

import numpy as np

from core import CellKind, Column, ColumnType, Message
from rules.detect.cells.base import Alarm
from rules.detect.cells.outliers import Floats, numbers_of
from rules.detect.cells.rare import CATEGORICAL
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
_SMALL_PART = 0.5
_HABIT = 0.05
"""Share of the rows from which on a word is one of a column's categories."""
_DETERMINED = r"^(?:非該当|対象外|該当(?:なし|無し))$"
"""What an office decides, which is an answer and not a gap."""

_MISSING_SAID = Message(
    ja="「値がない」ことを表す符号や語が、値に混じっています。集計や年齢計算を誤らせます。",
    en="A code or word for “missing” stands among the values and will mislead counts.",
)
_DITTO_SAID = Message(
    ja="「上と同じ」を表す記号や語（〃、同上など）です。並べ替えや抽出をすると何と同じかが"
    "分からなくなり、値がないものとして数えられます。上のセルの値を入れてください。",
    en="A mark for “the same as above” (〃). Once rows are sorted or picked nobody can tell what "
    "it stands for, and it counts as no value. Put the value of the cell above.",
)


def missing_codes(decision: Decision, profile: Profile) -> Mask:
    """Values such as 9999, 000-0000 or 1900-01-01 that stand apart from the real ones."""
    likely = profile.matches(_CODE_LIKE) & profile.present
    if not likely.any() or decision.type in (_T.FREE_TEXT, _T.FLAG, _T.SEQUENCE_NUMBER):
        return np.zeros(len(profile), np.bool_)
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
    """The codes, and the words for "missing" in columns that mostly hold values."""
    both = codes | _missing_words(decision, profile)
    ditto = _same_as_above(decision, profile)
    notes = []
    for values, rule, said in (
        (both & ~profile.ditto, "missing-code", _MISSING_SAID),
        (ditto, "ditto-mark", _DITTO_SAID),
    ):
        if values.any():
            notes.append(_alarm(column, rule, values, said))
    return notes


def _same_as_above(decision: Decision, profile: Profile) -> Mask:
    """Marks for "the same as above", wherever other values stand to be repeated."""
    if decision.type == _T.FREE_TEXT or not profile.of_rows:
        return np.zeros(len(profile), np.bool_)
    return profile.ditto


def _alarm(column: Column, rule: str, values: Mask, said: Message) -> Alarm:
    def reason(code: int, count: int) -> Message:
        return said

    return Alarm(column, CellKind.MISSING_CODE, rule, 0.5, reason, values=values, counted=True)
