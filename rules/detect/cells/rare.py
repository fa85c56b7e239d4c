"""Values that hardly anybody shares."""

import numpy as np

from core import CellKind, Column, ColumnType, Message
from rules.detect.cells.base import Alarm
from rules.detect.decision import NUMBER_PATTERN
from rules.detect.profile import Profile

_T = ColumnType
CATEGORICAL = frozenset(
    {
        _T.ADDRESS, _T.AGE_BAND, _T.SEX, _T.NATIONALITY, _T.HOUSEHOLD_RELATION, _T.OCCUPATION,
        _T.EMPLOYER, _T.SCHOOL, _T.WELFARE, _T.DISEASE, _T.DISABILITY, _T.MEDICAL_CARE, _T.CREED,
        _T.RACE, _T.SOCIAL_STATUS, _T.CATEGORY, _T.FLAG, _T.FACILITY, _T.CRIMINAL_RECORD, _T.TAX,
        _T.CRIME_VICTIM, _T.SUPPORT_MEASURE, _T.MUNICIPALITY_CODE, _T.INSURER_NUMBER,
    }
)  # fmt: skip
_ENOUGH_ROWS = 20
_SMALL = 5
_VERY_OLD = 105
_FEW_OLD = 20
_CODES = frozenset({_T.MUNICIPALITY_CODE, _T.INSURER_NUMBER, _T.CATEGORY, _T.FLAG, _T.SEX})
_FEW_CODES = 20


def rare_values(column: Column, type_: ColumnType, profile: Profile) -> list[Alarm]:
    """Values held once, or by fewer than five rows where the usual value is held by a hundred.

    Only where values repeat: in a column of names every value is rare, and that says nothing.
    """
    if type_ not in CATEGORICAL or profile.of_rows < _ENOUGH_ROWS or profile.distinct < 2:
        return []
    if profile.distinct > 0.3 * profile.of_rows or _measures(type_, profile):
        return []
    counts = profile.counts
    usual = (
        float(np.median(counts[profile.present & (counts >= _SMALL)], axis=0))
        if (profile.present & (counts >= _SMALL)).any()
        else 0.0
    )
    rare = profile.present & ((counts == 1) | ((counts < _SMALL) & (counts * 20 <= usual)))
    share = profile.rows(rare) / profile.of_rows
    if not rare.any() or share > 0.15:
        return []

    def reason(code: int, count: int) -> Message:
        if count == 1:
            return Message(
                ja="この値を持つ人は、このデータに1件だけです。",
                en="Only one row in these data has this value.",
            )
        return Message(
            ja=f"この値は{profile.of_rows}件のうち{count}件だけです。",
            en=f"Only {count} of {profile.of_rows} rows have this value.",
        )

    return [
        Alarm(column, CellKind.RARE_VALUE, "rare-value", 0.8, reason, values=rare, counted=True)
    ]


def _measures(type_: ColumnType, profile: Profile) -> bool:
    """Whether the values are amounts or results, of which a single one is nothing rare."""
    if type_ in _CODES or profile.distinct <= _FEW_CODES:
        return False
    return profile.ratio(profile.matches(NUMBER_PATTERN)) >= 0.8


def very_old(column: Column, type_: ColumnType, profile: Profile) -> list[Alarm]:
    """The few people of a very high age, known in their town and in the news."""
    if type_ != _T.AGE or profile.of_rows < _ENOUGH_ROWS:
        return []
    old = profile.present & profile.matches(
        rf"^(?:満)?1(?:0[{_VERY_OLD % 10}-9]|1[0-5])(?:歳|才)?$"
    )
    if not 0 < profile.rows(old) <= _FEW_OLD:
        return []
    words = Message(
        ja="きわめて高齢で、それだけで誰か分かることがあります。",
        en="So high an age can tell by itself who the person is.",
    )
    return [
        Alarm(
            column, CellKind.RARE_VALUE, "very-old", 0.83, lambda _c, _n: words,
            values=old, counted=True,
        )
    ]  # fmt: skip
