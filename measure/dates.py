"""Reading dates, western and Japanese, in every spelling that files hold."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from measure.numerals import KANJI_NUMERALS, read_kanji_number

Precision = Literal["day", "month", "year"]

ERAS = {
    "明治": (1868, 45),
    "大正": (1912, 15),
    "昭和": (1926, 64),
    "平成": (1989, 40),
    "令和": (2019, 99),
}
"""First year of each era and the highest year accepted (平成 32 年 was printed on real forms)."""

_ERA_NAMES = {
    **{name: name for name in ERAS},
    **{name[0]: name for name in ERAS},
    **dict(zip("mtshr", ERAS, strict=True)),
}
_N = rf"(元|\d{{1,4}}|[{KANJI_NUMERALS}]{{1,5}})"
_ERA = r"(明治|大正|昭和|平成|令和|[明大昭平令mtshr])"
_CLOCK = r"(?:\d{1,2}[:時]\d{1,2}(?:[:分]\d{0,2}秒?)?(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?"
_TIME = rf"(?:(?:\s*t?\s*|\s*\(?[月火水木金土日](?:曜日?)?\)?\s*){_CLOCK})?"
_TAIL = r"(?:生(?:まれ)?)?"
_DAY = re.compile(
    rf"{_ERA}?\s*{_N}\s*(?:年|[-/.])\s*{_N}\s*(?:月|[-/.])\s*{_N}\s*日?\s*{_TIME}{_TAIL}"
)
_MONTH = re.compile(rf"{_ERA}?\s*{_N}\s*(?:年|[-/.])\s*{_N}\s*月?{_TAIL}")
_YEAR = re.compile(rf"{_ERA}?\s*{_N}\s*(?:年(?:度)?)?{_TAIL}")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4,6})?|([mtshr])(\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True)
class DateReading:
    """A date and how exact it is; a month is its first day, a year its first of January."""

    date: date
    precision: Precision
    era: str | None = None
    """明治 … 令和 where the text used an era year."""


def read_date(text: str) -> DateReading | None:
    """A date with a year, between 1868 and 2199.

    >>> read_date("S55.4.1")
    DateReading(date=datetime.date(1980, 4, 1), precision='day', era='昭和')
    >>> read_date("2020/1/26 00:00").date.isoformat(), read_date("令和元年").precision
    ('2020-01-26', 'year')
    >>> read_date("20200230"), read_date("1-2-3"), read_date("2020")
    (None, None, None)
    """
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if not 2 <= len(folded) <= 40:
        return None
    compact = _COMPACT.fullmatch(folded)
    if compact:
        year, month, day, era, era_year, era_month, era_day = compact.groups()
        if era:
            return _reading(era, era_year, era_month, era_day)
        return _reading(None, year, month, day)
    found = _DAY.fullmatch(folded)
    if found:
        return _reading(found[1], found[2], found[3], found[4])
    found = _MONTH.fullmatch(folded)
    if found and (found[1] or len(found[2]) == 4):
        return _reading(found[1], found[2], found[3], None)
    found = _YEAR.fullmatch(folded)
    if found and (found[1] or "年" in folded):
        return _reading(found[1], found[2], None, None)
    return None


def _reading(era: str | None, year: str, month: str | None, day: str | None) -> DateReading | None:
    numbers = [_whole(part) for part in (year, month, day) if part]
    if any(n is None for n in numbers):
        return None
    whole = [n for n in numbers if n is not None]
    name = _ERA_NAMES.get(era) if era else None
    if name:
        start, last = ERAS[name]
        if not 1 <= whole[0] <= last:
            return None
        whole[0] += start - 1
    if not 1868 <= whole[0] < 2200:
        return None
    precision: Precision = ("year", "month", "day")[len(whole) - 1]
    try:
        return DateReading(date(*[*whole, 1, 1][:3]), precision, name)
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else read_kanji_number(text)
