"""Dates, and which of them are dates of birth."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core import ColumnType, Message
from language import read_date
from rules.detect.profile import Mask, Profile, as_mask
from rules.detect.values.base import Recogniser

_ERA = r"(?:明治|大正|昭和|平成|令和|[明大昭平令mtshr])"
_DATE_LIKE = (
    rf"^(?:(?:{_ERA}\.?)? ?(?:元"
    r"|\d{1,4}|[一二三四五六七八九十〇]{1,5}) ?(?:\([^()]{1,8}\))?"
    r"(?:年度?|[\-/.]) ?(?:\([^()]{1,8}\))?"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?(?:月|[\-/.]|$))?"
    rf"|\d{{8}}$|{_ERA}\d{{6}}$|{_ERA} ?\d{{1,2}} \d{{1,2}} \d{{1,2}}$"
    rf"|\((?:{_ERA}|\d{{4}})[^()]{{0,8}}\) ?(?:{_ERA}|\d{{4}})|[1-5]-\d\d-\d\d-\d\d$)"
)
_ERA_YEAR = rf"^{_ERA} ?(?:元|\d{{1,2}})年?$"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_CODED_DAY = rf"^[1-5]\d\d{_MONTH}{_DAY}$"
_CODED_MONTH = rf"^(?:19|20)\d\d{_MONTH}$"
_BARE = ((r"^\d{7}$", _CODED_DAY), (r"^\d{6}$", _CODED_MONTH))
_BARE_DISTINCT, _BARE_RATIO = 10, 0.9
"""Any number may look like a date with an era code: one in 150 does. A column of them does not."""
_CLOCK = r"^(.{6,20}?)(?:[t ]+(?:午前|午後)?\d{1,2}:\d{2}.*)$"


def days_of(profile: Profile) -> npt.NDArray[np.int64]:
    """The proleptic day number of each value, 0 where a value is no date; read once."""
    return profile.once("days", _read_days)


def _read_days(profile: Profile) -> npt.NDArray[np.int64]:
    likely = np.flatnonzero((profile.matches(_DATE_LIKE) | _bare(profile)) & profile.present)
    parts = pc.replace_substring_regex(profile.lower.take(pa.array(likely)), _CLOCK, r"\1")
    encoded = parts.dictionary_encode()
    readings = [read_date(part) for part in encoded.dictionary.to_pylist()]
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


def _dates(profile: Profile) -> Mask:
    return days_of(profile) > 0


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


DATE = Recogniser(
    ColumnType.DATE,
    Message(ja="日付として読める値", en="values that read as dates"),
    _dates,
    alone=0.93,
    at_least=0.8,
    shape=lambda p: (
        _dates(p)
        | as_mask(
            pc.match_substring_regex(
                p.lower,
                r"^\d{1,2}\\?[/月.\-]\d{1,2}日?$|^[月火水木金土日]曜?日?$|^\d{1,2}[:時]\d{2}"
                rf"|^\d{{4}}$|{_ERA_YEAR}|{_CODED_MONTH}|{_CODED_DAY}|^{_ERA}\d\d{_MONTH}$",
            )
        )
    ),
)
RECOGNISERS = (DATE,)
