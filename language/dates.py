"""Reading dates, western and Japanese, in every spelling that files hold."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from core import yaml12
from language.numerals import KANJI_NUMERALS, read_kanji_number
from language.word_lists import WORDS

Precision = Literal["day", "month", "year"]

_TOLD = yaml12.load(Path(__file__).with_name("eras.yaml").read_text(encoding="utf-8"))
ERAS: dict[str, tuple[int, int]] = {n: (e["first"].year, e["last"]) for n, e in _TOLD.items()}
"""First year of each era, oldest first, and the highest year accepted."""
_ERA_CODES = {str(code): name for code, name in enumerate(ERAS, 1)}
"""How the resident systems of municipalities number the eras."""
_ERA_NAMES = {
    **{name: name for name in ERAS},
    **{name[0]: name for name in ERAS},
    **{era["letter"]: name for name, era in _TOLD.items()},
}
_N = rf"(元|\d{{1,4}}|[{KANJI_NUMERALS}]{{1,5}})"
_ERA = f"({'|'.join(_ERA_NAMES)})"
_CLOCK, _WEEKDAY, _TAIL = (WORDS["patterns"][name] for name in ("clock", "weekday", "day_tail"))
_TIME = rf"(?:(?:\s*t?\s*|\s*{_WEEKDAY}\s*){_CLOCK})?"
_DAY = re.compile(
    rf"(?:{_ERA}\.?)?\s*{_N}\s*(?:年|[-/.])\s*{_N}\s*(?:月|[-/.])\s*{_N}\s*日?\s*{_TIME}{_TAIL}"
)
_MONTH = re.compile(rf"{_ERA}?\s*{_N}\s*(?:年|[-/.])\s*{_N}\s*月?{_TAIL}")
_YEAR = re.compile(rf"{_ERA}?\s*{_N}\s*(?:年(?:度)?)?{_TAIL}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPACED = re.compile(rf"{_ERA}\s*(\d{{1,2}})\s+(\d{{1,2}})\s+(\d{{1,2}})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4,6})?")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d\d)(\d\d)")
_COMPACT_ERA = re.compile(rf"{_ERA}(\d\d)(\d\d)(\d\d)?")
_CODED = re.compile(r"([1-5])([-/.]?)(\d\d)\2(\d\d)\2(\d\d)")
FIRST_CHARACTERS = frozenset(f"0123456789元({KANJI_NUMERALS}") | {name[0] for name in _ERA_NAMES}
"""What a date can begin with."""
_BESIDE = re.compile(rf"\({_ERA}?\s*{_N}\s*(?:年|[-/.])?(?:[^()]{{0,8}}日)?\)")
"""The same year in the other calendar, in parentheses."""


@dataclass(frozen=True)
class DateReading:
    """A date and how exact it is; a month is its first day, a year its first of January."""

    date: date
    precision: Precision
    era: str | None = None
    """明治 … 令和 where the text used an era year."""


def read_date(text: str) -> DateReading | None:
    """A date with a year, between 1868 and 2199.

    Seven digits are an era code (1 明治 to 5 令和), year, month and day, six are year and month:
    whether a column of such numbers holds dates is for the column to tell.

    >>> read_date("S55.4.1")
    DateReading(date=datetime.date(1980, 4, 1), precision='day', era='昭和')
    >>> read_date("2020/1/26 00:00").date.isoformat(), read_date("令和元年").precision
    ('2020-01-26', 'year')
    >>> read_date("20200230"), read_date("1-2-3"), read_date("2020")
    (None, None, None)
    >>> read_date("3550401").date.isoformat(), read_date("1980年(昭和55年)4月1日").date.isoformat()
    ('1980-04-01', '1980-04-01')
    """
    if _ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return DateReading(day, "day") if 1868 <= day.year < 2200 else None
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if not 2 <= len(folded) <= 40 or folded[0] not in FIRST_CHARACTERS:
        return None
    if folded.isdecimal():
        return _compact(folded)
    if "(" in folded:
        folded = _BESIDE.sub("", folded) or folded
    if folded[-1].isdecimal() and (compact := _compact(folded)):
        return compact
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


def era_year(day: date) -> tuple[str, int] | None:
    """The era of a day and the year in it; None before 1868.

    >>> era_year(date(2019, 4, 30)), era_year(date(2019, 5, 1)), era_year(date(1860, 1, 1))
    (('平成', 31), ('令和', 1), None)
    """
    name = next((n for n in reversed(ERAS) if day >= _TOLD[n]["first"]), None)
    return (name, day.year - ERAS[name][0] + 1) if name else None


def _compact(text: str) -> DateReading | None:
    """A date in digits alone, behind an era or its code at most."""
    if found := _COMPACT.fullmatch(text) or _COMPACT_MONTH.fullmatch(text):
        return _reading(None, found[1], found[2], found[3] if found.re is _COMPACT else None)
    if found := _CODED.fullmatch(text):
        return _reading(_ERA_CODES[found[1]], found[3], found[4], found[5])
    if found := _SPACED.fullmatch(text) or _COMPACT_ERA.fullmatch(text):
        return _reading(found[1], found[2], found[3], found[4])
    return None


def _reading(era: str | None, year: str, month: str | None, day: str | None) -> DateReading | None:
    numbers = [read_kanji_number(part) for part in (year, month, day) if part]
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
