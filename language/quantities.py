"""Quantities as Japanese files write them: numbers, ages, bands of ages.

Every reader takes the text as it stood in the file and returns None where it is something else.
"""

import re
from dataclasses import dataclass

from core import fold
from language.numerals import KANJI_NUMERALS, read_kanji_number
from language.word_lists import WORDS

OLDEST = 130
"""No person on record has reached this age, in years."""

_PATTERNS = WORDS["patterns"]


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, told in (
        ("NUM", rf"(\d+|[{KANJI_NUMERALS}]+)"),
        ("AGE", f"(?:{_PATTERNS['age_word']})"),
        ("SEP", _PATTERNS["separator"]),
    ):
        pattern = pattern.replace(name, told)
    return re.compile(pattern)


_AGE, _MONTHS_OLD = (_compiled(_PATTERNS[name]) for name in ("age", "months_old"))
_BANDS = tuple((_compiled(pattern), kind) for kind, pattern in WORDS["bands"].items())
_NUMBER = re.compile(
    r"([-+△▲]?)\s*(?:¥|￥|\$)?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(e[-+]?\d{1,2}(?!\d))?"
    r"\s*([^\d\s.,].{0,7})?"
)
_BOUNDED = re.compile(_PATTERNS["bounded"])
_KANJI_NUMBER = re.compile(rf"([\d{KANJI_NUMERALS}万億兆]+){_PATTERNS['counted']}")
_UNITS = frozenset(WORDS["units"].split())
_SCALES: dict[str, int] = WORDS["scales"]


@dataclass(frozen=True, order=True)
class AgeBand:
    """Ages `low` to `high` in years, both included; `high` None means "and over"."""

    low: int
    high: int | None


def read_age(text: str) -> int | None:
    """An age in whole years, 0–130.

    >>> [read_age(t) for t in ("45", "４５才", "満四十五歳", "生後3か月", "450", "40代")]
    [45, 45, 45, 0, None, None]
    """
    folded = fold(text)
    if len(folded) > 20:
        return None
    if _MONTHS_OLD.fullmatch(folded):
        return 0
    found = _AGE.fullmatch(folded)
    age = read_kanji_number(found[1]) if found else None
    return age if age is not None and age <= OLDEST else None


def read_age_band(text: str) -> AgeBand | None:
    """A band of ages, as tables and forms write it.

    >>> read_age_band("10歳未満"), read_age_band("40代"), read_age_band("90歳以上")
    (AgeBand(low=0, high=9), AgeBand(low=40, high=49), AgeBand(low=90, high=None))
    >>> read_age_band("20～24歳"), read_age_band("20歳以上30歳未満"), read_age_band("45")
    (AgeBand(low=20, high=24), AgeBand(low=20, high=29), None)
    """
    folded = fold(text)
    if len(folded) > 20:
        return None
    for pattern, kind in _BANDS:
        found = pattern.fullmatch(folded)
        if not found:
            continue
        numbers = [read_kanji_number(part) for part in found.groups() if part]
        ages = [n for n in numbers if n is not None and n <= OLDEST]
        if len(ages) == len(numbers) and (len(ages) == 1 or ages[0] <= ages[1]):
            return _band(kind, ages)
    return None


def _band(kind: str, ages: list[int]) -> AgeBand | None:
    low, high = ages[0], ages[-1]
    if kind in ("decade", "early", "late") and low % 10:
        return None
    if kind in ("under", "half_open") and high == 0:
        return None
    bands: dict[str, tuple[int, int | None]] = {
        "under": (0, low - 1),
        "over": (low, None),
        "upto": (0, low),
        "early": (low, low + 4),
        "late": (low + 5, low + 9),
        "decade": (low, low + 9),
        "range": (low, high),
        "half_open": (low, high - 1),
    }
    return AgeBand(*bands[kind])


def read_number(text: str) -> float | None:
    """A number, with thousands separators, a unit, a Japanese minus sign or kanji numerals.

    >>> [read_number(t) for t in ("1,234円", "△１２", "1万2千", "三百人", "2e-3", "3丁目")]
    [1234.0, -12.0, 12000.0, 300.0, 0.002, None]
    """
    folded = fold(text)
    if len(folded) > 40:
        return None
    found = _NUMBER.fullmatch(folded)
    if found:
        sign, whole, fraction, power, unit = found.groups()
        if not unit or unit.strip() in _UNITS:
            scale = _SCALES.get(unit, 1) if unit else 1
            value = float(whole.replace(",", "") + (fraction or "") + (power or "")) * scale
            return -value if sign and sign != "+" else value
    kanji = _KANJI_NUMBER.fullmatch(folded)
    number = read_kanji_number(kanji[1]) if kanji else None
    return None if number is None else float(number)


def read_place(text: str) -> float | None:
    """Where a number, or a band of numbers, stands in their order: its lower bound, or the only
    one it has.

    >>> [read_place(t) for t in ("1,200円", "500以上1000未満", "9000以上", "40歳以下", "山")]
    [1200.0, 500.0, 9000.0, 40.0, None]
    """
    number = read_number(text)
    found = None if number is not None else _BOUNDED.fullmatch(fold(text))
    return read_number(found[1]) if found else number
