"""Numbers and dates far from all others."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core import CellKind, Column, ColumnType, column_types, say
from rules.detect.cells.alarm import Alarm
from rules.detect.coded import year_of
from rules.detect.decision import NUMBER_PATTERN, Decision
from rules.detect.profile import Mask, Profile

_T = ColumnType
AMOUNTS = frozenset(
    {_T.QUANTITY, _T.AGE, _T.INCOME, _T.TAX, _T.WELFARE, _T.MEDICAL_CARE, _T.HOUSEHOLD_RELATION}
)
"""Types whose values are numbers, where the column holds numbers at all."""
_DATES = column_types.having("day")
_FAR = 6.0
"""Robust standard deviations; a normal column of a million rows stays within five."""
_OLDEST = 115
"""Years; hardly anybody in Japan has lived longer."""
_AT_MOST, _APART = 0.005, 0.03
"""Shares of the rows: above the first, far values must stand clearly apart from all others; above
the second they are a second group, not outliers."""
_GAP = 1.5
"""How many times farther than the farthest ordinary value stands clearly apart."""
_LATITUDES, _LONGITUDES = (20.0, 46.0), (122.0, 154.0)
"""Japan, in degrees."""

Floats = npt.NDArray[np.float64]


def outliers(column: Column, decision: Decision, profile: Profile, codes: Mask) -> list[Alarm]:
    """Values far outside, by the median and the median deviation, on the scale that fits better."""
    if profile.of_rows < 20 or decision.parts:
        return []
    known = profile.present & ~codes
    if decision.type in AMOUNTS:
        far, distance = _far_numbers(decision.type, profile, known)
    elif decision.type == _T.COORDINATES:
        far = _elsewhere(numbers_of(profile), profile)
        distance = np.where(far, 2 * _FAR, 0.0)
    elif decision.type in _DATES:
        far, distance = _far_dates(decision.type, profile)
    else:
        return []
    far &= known
    if not far.any() or not _few(far, distance, profile, known):
        return []
    said = say(f"rules.outliers.far_{'date' if decision.type in _DATES else 'number'}")
    return [Alarm(column, CellKind.OUTLIER, "outlier", 0.82, said, values=far)]


def _far_numbers(type_: ColumnType, profile: Profile, known: Mask) -> tuple[Mask, Floats]:
    """Which numbers are far out, and how far each is; none where most values are no numbers."""
    numbers = numbers_of(profile)
    if profile.ratio(~np.isnan(numbers)) < 0.8:
        return np.zeros(len(profile), np.bool_), numbers
    distance = _distance(numbers, profile.counts * known)
    return (numbers > _OLDEST) | (numbers < 0) if type_ == _T.AGE else distance > _FAR, distance


def _far_dates(type_: ColumnType, profile: Profile) -> tuple[Mask, Floats]:
    """The same for dates, by their years."""
    years = year_of(profile)
    if profile.ratio(~np.isnan(years)) < 0.5:
        return np.zeros(len(profile), np.bool_), years
    distance = _years_apart(years, profile)
    far = distance > _FAR
    if type_ == _T.BIRTH_DATE:
        today = date.today().year  # noqa: DTZ011
        far |= (years > today) | (years < today - _OLDEST - 5)
    return far, distance


def _few(far: Mask, distance: Floats, profile: Profile, known: Mask) -> bool:
    """Whether so many far values can be outliers: fewer may touch the rest than stand apart."""
    rows = profile.rows(far)
    if rows <= max(3, _AT_MOST * profile.of_rows):
        return True
    ordinary = distance[known & ~far & ~np.isnan(distance)]
    apart = np.nanmin(distance[far]) > _GAP * max(float(np.max(ordinary, initial=0)), 1.0)
    return bool(apart) and rows <= max(3, _APART * profile.of_rows)


def numbers_of(profile: Profile) -> Floats:
    """The values as numbers, NaN where a value is none; read once."""
    return profile.once("numbers", _read_numbers)


def _read_numbers(profile: Profile) -> Floats:
    numbers = np.full(len(profile), np.nan)
    mask = profile.matches(NUMBER_PATTERN) & profile.present
    bare = pc.replace_substring_regex(profile.lower.filter(pa.array(mask)), r"[^0-9.\-△▲]", "")
    bare = pc.replace_substring_regex(bare, r"[△▲]", "-")
    good = np.asarray(pc.match_substring_regex(bare, r"^-?\d{1,15}(?:\.\d+)?$"), dtype=np.bool_)
    index = np.flatnonzero(mask)[good]
    numbers[index] = np.asarray(pc.cast(bare.filter(pa.array(good)), pa.float64()))
    return numbers


def _distance(numbers: Floats, weights: npt.NDArray[np.int64]) -> Floats:
    """How far each number is out, in robust standard deviations on the scale that fits better."""
    known = ~np.isnan(numbers) & (weights > 0)
    if not known.any():
        return np.zeros(len(numbers))
    plain = np.abs(_robust(numbers, weights, known))
    if (numbers[known] < 0).sum() * 20 > known.sum():
        return plain
    positive = known & (numbers > 0)
    if positive.sum() > 10:
        logs = np.full(len(numbers), np.nan)
        logs[positive] = np.log(numbers[positive])
        if _lean(logs, weights, positive) < _lean(numbers, weights, positive):
            plain = np.where(positive, np.abs(_robust(logs, weights, positive)), 0.0)
    return np.where(numbers < 0, _negative(numbers, weights, known), plain)


def _negative(numbers: Floats, weights: npt.NDArray[np.int64], known: Mask) -> Floats:
    """Numbers below zero where hardly any are: far, unless adjustments of their size occur."""
    few = weights[known & (numbers < 0)].sum() <= max(3, _AT_MOST * weights[known].sum())
    return np.full(len(numbers), 10 * _FAR if few else 0.0)


def _elsewhere(numbers: Floats, profile: Profile) -> Mask:
    """Coordinates outside Japan, or latitudes among longitudes, in a column of one of them."""
    known = ~np.isnan(numbers) & profile.present
    if profile.rows(known) < 0.5 * profile.of_rows:
        return np.zeros(len(numbers), np.bool_)
    centre = _quantile(numbers[known], profile.counts[known])
    for low, high in (_LATITUDES, _LONGITUDES):
        if low <= centre <= high:
            with np.errstate(invalid="ignore"):
                return (numbers < low) | (numbers > high)
    return np.zeros(len(numbers), np.bool_)


def _lean(numbers: Floats, weights: npt.NDArray[np.int64], known: Mask) -> float:
    """How lopsided the middle of the values is: 0 even, 1 all on one side of the median."""
    low, middle, high = (
        _quantile(numbers[known], weights[known], share) for share in (0.05, 0.5, 0.95)
    )
    return abs(high + low - 2 * middle) / (high - low) if high > low else 1.0


def _robust(numbers: Floats, weights: npt.NDArray[np.int64], known: Mask) -> Floats:
    """Signed distance from the median in robust standard deviations, NaN where unknown."""
    centre = _quantile(numbers[known], weights[known])
    spread = 1.4826 * _quantile(np.abs(numbers[known] - centre), weights[known])
    if spread == 0:
        mean = float(np.average(np.abs(numbers[known] - centre), weights=weights[known]))
        spread = 10 * mean if mean else np.inf
    return (numbers - centre) / spread


def _quantile(numbers: Floats, weights: npt.NDArray[np.int64], share: float = 0.5) -> float:
    """The value below which a share of the weights lies: the median where none is given."""
    order = np.argsort(numbers)
    place = np.searchsorted(np.cumsum(weights[order]), weights.sum() * share)
    return float(numbers[order][min(int(place), len(order) - 1)])


def _years_apart(years: Floats, profile: Profile) -> Floats:
    """Robust distance of each year from the median; 0 within 15 years of it."""
    known = ~np.isnan(years) & profile.present
    distance = np.abs(_robust(years, profile.counts, known))
    centre = _quantile(years[known], profile.counts[known])
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(years - centre) > 15, distance, 0.0)
