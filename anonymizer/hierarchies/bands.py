"""Wider values for ages, dates and numbers. Each function reads its own output too.

A value that cannot be read gives None; the caller decides what then stands in its place.
"""

import math
import re
from calendar import monthrange
from datetime import date, timedelta

from language import AgeBand, era_year, read_age, read_age_band, read_date, read_number

Span = tuple[float, float]
"""The first and the last number (or day, as an ordinal) that a text may mean."""
OPEN_AGE = 90
"""Ages from here on are never told apart: the guideline's own example makes 116 "90 or over"."""


_QUARTER = re.compile(r"([0-9]{4})年(1[0-2]|[1-9])～[0-9]+月?")
_YEARS = re.compile(r"([0-9]{4})～([0-9]{4})年?")


def read_ages(text: str) -> AgeBand | None:
    """An age or a band of ages."""
    age = read_age(text)
    return AgeBand(age, age) if age is not None else read_age_band(text)


def age_span(text: str) -> Span | None:
    """An age or a band of ages as [low, high]; the high of an open one is infinite."""
    ages = read_ages(text)
    return None if ages is None else (ages.low, math.inf if ages.high is None else ages.high)


def age_label(low: int, high: int | None) -> str:
    """How a band of ages is written."""
    if high is None:
        return f"{low}歳以上"
    return f"{low}歳" if low == high else f"{low}～{high}歳"


def age_band(text: str, width: int) -> str | None:
    """Ages in bands of `width` years, the last one open.

    A band that is already wider stays as it is.

    >>> [age_band(t, 20) for t in ("47", "40代", "90歳以上", "10歳未満", "不明")]
    ['40～59歳', '40～59歳', '80歳以上', '0～19歳', None]
    """
    ages = read_ages(text)
    if ages is None:
        return None
    top = OPEN_AGE // width * width
    start = ages.low // width * width
    if start >= top:
        return age_label(top, None)
    if ages.high is None or ages.high >= start + width:
        return age_label(ages.low, ages.high)
    return age_label(start, start + width - 1)


def number_text(number: float) -> str:
    """A number without a needless fraction."""
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def read_range(text: str) -> Span | None:
    """A number, or a range in the form `number_band` writes, as [low, high]."""
    number = read_number(text)
    if number is not None:
        return number, number
    low, mark, rest = text.partition("以上")
    if mark and rest.endswith("未満"):
        first, last = read_number(low), read_number(rest.removesuffix("未満"))
        if first is not None and last is not None:
            return first, math.nextafter(last, -math.inf)
    return None


def number_band(text: str, width: float) -> str | None:
    """Numbers in bands of `width`.

    >>> number_band("1,234円", 500), number_band("1000以上1500未満", 1000)
    ('1000以上1500未満', '1000以上2000未満')
    """
    found = read_range(text)
    if found is None:
        return None
    start = math.floor(found[0] / width) * width
    if found[1] >= start + width:
        return text
    return f"{number_text(start)}以上{number_text(start + width)}未満"


def roundest(above: float, to: float) -> float:
    """The roundest number that is more than `above` and at most `to`.

    >>> roundest(44, 47), roundest(1234567, 1254000), roundest(0.31, 0.34)
    (45.0, 1250000.0, 0.34)
    """
    width = to - above
    exponent = math.floor(math.log10(max(abs(to), abs(above), width))) + 1
    for power in range(exponent, exponent - 18, -1):
        for digit in (5, 2, 1):
            step = digit * 10.0**power
            candidate = float(f"{math.floor(to / step) * step:.12g}")
            if above < candidate <= to:
                return candidate
    return to


def date_band(text: str, unit: str | int) -> str | None:
    """A date as its month, quarter, year, era, or a band of `unit` years.

    >>> [date_band("S55.4.1", u) for u in ("month", "quarter", "year", "era", 10)]
    ['1980年4月', '1980年4～6月', '1980年', '昭和', '1980～1989年']
    >>> date_band("1980年4月", "year"), date_band("1980～1989年", "year")
    ('1980年', '1980～1989年')
    """
    if reading := read_date(text):
        day, precision = reading.date, reading.precision
    elif quarter := _QUARTER.fullmatch(text):
        if unit in ("month", "quarter"):
            return text
        day, precision = date(int(quarter[1]), int(quarter[2]), 1), "month"
    elif years := _YEARS.fullmatch(text):
        first, last = int(years[1]), int(years[2])
        if isinstance(unit, int) and unit > last - first:
            return _year_band(first, unit)
        return text if unit != "era" else None
    else:
        return None
    if unit == "era":
        told = era_year(day)
        return told[0] if told else None
    if unit == "year":
        return f"{day.year}年"
    if unit not in ("month", "quarter"):
        return _year_band(day.year, int(unit))
    if precision == "year":
        return text
    if unit == "month":
        return f"{day.year}年{day.month}月"
    start = (day.month - 1) // 3 * 3 + 1
    return f"{day.year}年{start}～{start + 2}月"


def _year_band(year: int, width: int) -> str:
    start = year // width * width
    return f"{start}年" if width == 1 else f"{start}～{start + width - 1}年"


def day_span(text: str) -> Span | None:
    """The first and the last day a date may mean, as ordinals; None where it cannot be read.

    >>> [date.fromordinal(int(n)).isoformat() for n in day_span("昭和55年4月")]
    ['1980-04-01', '1980-04-30']
    """
    reading = read_date(text)
    if reading is None:
        return None
    first = last = reading.date
    if reading.precision == "year":
        last = date(first.year, 12, 31)
    elif reading.precision == "month":
        last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    return float(first.toordinal()), float(last.toordinal())


def roundest_day(above: float, to: float) -> float:
    """The day after `above` and up to `to` at which the longest unit of the calendar begins.

    >>> days = [date(*d).toordinal() for d in ((1978, 5, 2), (1983, 1, 9), (1983, 4, 20))]
    >>> [date.fromordinal(int(roundest_day(a, b))).isoformat() for a, b in zip(days, days[1:])]
    ['1980-01-01', '1983-04-01']
    """
    last = date.fromordinal(int(to))
    starts = [date(max(1, last.year // years * years), 1, 1) for years in (10, 5, 1)]
    starts += [date(last.year, (last.month - 1) // n * n + 1, 1) for n in (3, 1)]
    return next((float(n) for n in map(date.toordinal, starts) if n > above), to)


def days_label(low: float | None, high: float | None) -> str:
    """The days from `low` to before `high`; None is no bound on that side.

    >>> day = lambda *d: date(*d).toordinal()
    >>> days_label(day(1980, 1, 1), day(1985, 1, 1)), days_label(None, day(1980, 4, 1))
    ('1980～1984年', '1980年3月以前')
    >>> days_label(day(1980, 4, 1), day(1982, 4, 1)), days_label(day(2005, 1, 1), None)
    ('1980年4月～1982年3月', '2005年以降')
    """
    first = date.fromordinal(int(low)) if low is not None else None
    after = date.fromordinal(int(high)) if high is not None else None
    edges = [day for day in (first, after) if day is not None]
    years = all((day.month, day.day) == (1, 1) for day in edges)
    months = all(day.day == 1 for day in edges)

    def written(day: date) -> str:
        if years:
            return f"{day.year}年"
        return f"{day.year}年{day.month}月" + ("" if months else f"{day.day}日")

    if after is None:
        return f"{written(first)}以降" if first else "*"
    last = written(after - timedelta(days=1))
    if first is None:
        return f"{last}以前"
    start = written(first)
    if start == last:
        return start
    return f"{start.removesuffix('年')}～{last}" if years else f"{start}～{last}"
