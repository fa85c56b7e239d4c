"""Numbers and dates far from all others."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core import CellKind, Column, ColumnType, Message
from rules.detect.cells.base import Alarm
from rules.detect.decision import Decision
from rules.detect.generic import NUMBER_PATTERN
from rules.detect.profile import Mask, Profile
from rules.detect.values.time import year_of

_T = ColumnType
_NUMERIC = frozenset(
    {_T.QUANTITY, _T.AGE, _T.INCOME, _T.TAX, _T.WELFARE, _T.MEDICAL_CARE, _T.HOUSEHOLD_RELATION}
)
_DATES = frozenset({_T.BIRTH_DATE, _T.DATE, _T.DATE_OF_DEATH})
_FAR = 6.0
"""Robust standard deviations; a normal column of a million rows stays within five."""
_OLDEST = 115
_AT_MOST = 0.005
"""More rows than this are a second group, not outliers."""

Floats = npt.NDArray[np.float64]


def outliers(column: Column, decision: Decision, profile: Profile, codes: Mask) -> list[Alarm]:
    """Values far outside, by the median and the median deviation, on the scale that fits better."""
    if profile.of_rows < 20 or decision.parts:
        return []
    if decision.type in _NUMERIC:
        numbers = numbers_of(profile)
        if profile.ratio(~np.isnan(numbers)) < 0.8:
            return []
        far = _far_numbers(numbers, profile.counts * ~codes, age=decision.type == _T.AGE)
        words = Message(
            ja=(
                "ほかの値から大きく外れています。珍しい事実なら個人の特定につながり、"
                "誤りなら訂正が要ります。"
            ),
            en=(
                "Far from all other values: if true it may identify "
                "a person, if not it needs mending."
            ),
        )
    elif decision.type in _DATES:
        far = _far_years(year_of(profile), profile, births=decision.type == _T.BIRTH_DATE)
        words = Message(
            ja="ほかの日付から大きく外れているか、あり得ない日付です。",
            en="The date is far from the others or impossible.",
        )
    else:
        return []
    far &= profile.present & ~codes
    if not far.any() or profile.rows(far) > max(3, _AT_MOST * profile.of_rows):
        return []
    return [Alarm(column, CellKind.OUTLIER, "outlier", 0.82, lambda _c, _n: words, values=far)]


def numbers_of(profile: Profile) -> Floats:
    """The values as numbers, NaN where a value is none."""
    numbers = np.full(len(profile), np.nan)
    mask = profile.matches(NUMBER_PATTERN) & profile.present
    bare = pc.replace_substring_regex(profile.lower.filter(pa.array(mask)), r"[^0-9.\-△▲]", "")
    bare = pc.replace_substring_regex(bare, r"[△▲]", "-")
    good = np.asarray(pc.match_substring_regex(bare, r"^-?\d{1,15}(?:\.\d+)?$"), dtype=np.bool_)
    index = np.flatnonzero(mask)[good]
    numbers[index] = np.asarray(pc.cast(bare.filter(pa.array(good)), pa.float64()))
    return numbers


def _far_numbers(numbers: Floats, weights: npt.NDArray[np.int64], *, age: bool) -> Mask:
    if age:
        with np.errstate(invalid="ignore"):
            return (numbers > _OLDEST) | (numbers < 0)
    known = ~np.isnan(numbers) & (weights > 0)
    if not known.any():
        return np.zeros(len(numbers), np.bool_)
    plain = _robust(numbers, weights, known)
    positive = known & (numbers > 0)
    if (numbers[known] >= 0).all() and positive.sum() > 10:
        logs = np.full(len(numbers), np.nan)
        logs[positive] = np.log(numbers[positive])
        if _lean(logs, weights, positive) < _lean(numbers, weights, known):
            scaled = _robust(logs, weights, positive)
            with np.errstate(invalid="ignore"):
                return (plain > _FAR) & (scaled > _FAR)
        with np.errstate(invalid="ignore"):
            return plain > _FAR
    with np.errstate(invalid="ignore"):
        return np.abs(plain) > _FAR


def _lean(numbers: Floats, weights: npt.NDArray[np.int64], known: Mask) -> float:
    """How lopsided the middle of the values is: 0 even, 1 all on one side of the median."""
    low, middle, high = (
        _quantile(numbers[known], weights[known], share) for share in (0.05, 0.5, 0.95)
    )
    return abs(high + low - 2 * middle) / (high - low) if high > low else 1.0


def _robust(numbers: Floats, weights: npt.NDArray[np.int64], known: Mask) -> Floats:
    """Signed distance from the median in robust standard deviations, NaN where unknown."""
    centre = _median(numbers[known], weights[known])
    spread = 1.4826 * _median(np.abs(numbers[known] - centre), weights[known])
    if spread == 0:
        mean = float(np.average(np.abs(numbers[known] - centre), weights=weights[known]))
        spread = 10 * mean if mean else np.inf
    return (numbers - centre) / spread


def _median(numbers: Floats, weights: npt.NDArray[np.int64]) -> float:
    return _quantile(numbers, weights, 0.5)


def _quantile(numbers: Floats, weights: npt.NDArray[np.int64], share: float) -> float:
    order = np.argsort(numbers)
    place = np.searchsorted(np.cumsum(weights[order]), weights.sum() * share)
    return float(numbers[order][min(int(place), len(order) - 1)])


def _far_years(years: Floats, profile: Profile, *, births: bool) -> Mask:
    today = date.today().year  # noqa: DTZ011
    known = ~np.isnan(years) & profile.present
    if profile.rows(known) < 0.5 * profile.of_rows:
        return np.zeros(len(profile), np.bool_)
    with np.errstate(invalid="ignore"):
        if births:
            return (years > today) | (years < today - _OLDEST - 5)
        distance = np.abs(_robust(years, profile.counts, known))
        centre = _median(years[known], profile.counts[known])
        return (distance > _FAR) & (np.abs(years - centre) > 15)
