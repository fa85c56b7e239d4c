"""Columns coded for counting: dates as days, spellings of one value made one."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core import Codes, Column, ColumnType, column_types
from language import read_date
from measure import Coded
from rules.detect.patterns import part
from rules.detect.profile import Mask, Profile

_LIKE, _CLOCK = part(ColumnType.DATE, "like"), part(ColumnType.DATE, "clock")
_BARE = (
    (r"^\d{7}$", part(ColumnType.DATE, "coded_day")),
    (r"^\d{6}$", part(ColumnType.DATE, "coded_month")),
)
_BARE_DISTINCT, _BARE_RATIO = 10, 0.9
"""Any number may look like a date with an era code: one in 150 does. A column of them does not."""


def days_of(profile: Profile) -> npt.NDArray[np.int64]:
    """The proleptic day number of each value, 0 where a value is no date; read once."""
    return profile.once("days", _read_days)


def _read_days(profile: Profile) -> npt.NDArray[np.int64]:
    likely = np.flatnonzero((profile.matches(_LIKE) | _bare(profile)) & profile.present)
    parts = pc.replace_substring_regex(profile.lower.take(pa.array(likely)), _CLOCK, r"\1")
    encoded = parts.dictionary_encode()
    readings = [read_date(text) for text in encoded.dictionary.to_pylist()]
    of_part = np.array([r.date.toordinal() if r else 0 for r in readings], dtype=np.int64)
    days = np.zeros(len(profile), np.int64)
    if len(likely):
        days[likely] = of_part[np.asarray(encoded.indices)]
    return days


def _bare(profile: Profile) -> Mask:
    """Numbers without any mark that are dates, where the column's numbers show it."""
    found = np.zeros(len(profile), np.bool_)
    for form, dated in _BARE:
        of_form, good = profile.matches(form) & profile.present, profile.matches(dated)
        if good.sum() >= _BARE_DISTINCT and profile.rows(good) >= _BARE_RATIO * profile.rows(
            of_form
        ):
            found |= good
    return found


def year_of(profile: Profile) -> npt.NDArray[np.float64]:
    """The year of each value, NaN where a value is no date."""
    days = days_of(profile)
    since_1970 = (days - date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    years = since_1970.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days > 0, years.astype(np.float64), np.nan)


def looks_like_births(profile: Profile, today: date) -> bool:
    """Whether dates spread over lifetimes: 50 years or more, and half of them 15 years back."""
    every = year_of(profile)
    known = ~np.isnan(every) & profile.present
    found, weights = every[known], profile.counts[known]
    if weights.sum() < 20:
        return False
    order = np.argsort(found)
    share = np.cumsum(weights[order]) / weights.sum()
    low, middle, high = (int(found[order][np.searchsorted(share, q)]) for q in (0.02, 0.5, 0.98))
    return high - low >= 50 and middle <= today.year - 15 and high <= today.year


def coded(column: Column, type_: ColumnType, profile: Profile) -> Coded:
    """A column with full dates as days and other values folded.

    >>> from core import Table
    >>> column = Table.of({"生年月日": ["S55.4.1", "1980-04-01", "不明"]})["生年月日"]
    >>> coded(column, ColumnType.BIRTH_DATE, Profile.of(column)).codes.tolist()
    [0, 0, 1]
    """
    texts = pc.replace_substring_regex(profile.lower, r"\s+", " ")
    if type_ in column_types.having("day"):
        days = days_of(profile)
        texts = pc.if_else(pa.array(days > 0), pc.cast(pa.array(days), pa.string()), texts)
    encoded = texts.dictionary_encode()
    codes = np.asarray(encoded.indices, dtype=np.int32)[column.codes]
    return Coded(column.key, codes, tuple(encoded.dictionary.to_pylist()))


def shared_codes(left: Coded, right: Coded) -> tuple[Codes, Codes]:
    """The rows of both columns renumbered so that equal texts have equal codes.

    Empty texts equal nothing: those of the right side are numbered apart.
    """
    number = {label: i for i, label in enumerate(left.labels)}
    other = np.array(
        [number.get(text, len(number) + i) if text else -2 for i, text in enumerate(right.labels)],
        dtype=np.int32,
    )
    ours = np.array([i if text else -1 for i, text in enumerate(left.labels)], dtype=np.int32)
    return ours[left.codes], other[right.codes]
