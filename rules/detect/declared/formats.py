"""Whether a value fits a declared type or format.

A schema for machines (Table Schema, JSON Schema, OpenAPI, SQL) is taken at its word: digits in half
width, no separators, no numerals in kanji. One for people says what is meant, and is read so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core import DeclaredColumn
from language import read_date, read_number

_DATES = ("date", "日付", "年月日", "timestamp")
_WHOLE = re.compile(r"整数|(?<![a-z])u?(?:tiny|small|medium|big)?int(?:eger|[248])?(?![a-z])")
_NUMBERS = ("number", "numeric", "decimal", "float", "double", "real", "money", "数値", "数字")
_PATTERN = re.compile(r"yyyy([-/.年]?)mm([-/.月]?)dd(日?)", re.IGNORECASE)
_DIGITS = re.compile(r"[-+△▲]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
"""A number among people: in any width, with separators, without units or words."""
_EXACT_WHOLE = re.compile(r"[-+]?[0-9]+")
_EXACT_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|NaN|-?INF")
_WESTERN_DAY = re.compile(r"[0-9]{4}[-/.]?[0-9]{1,2}[-/.]?[0-9]{1,2}(?:[ T].{1,20})?")
_EXACT_TRUTH = frozenset({"true", "True", "TRUE", "1", "false", "False", "FALSE", "0"})
_TRUTH = frozenset({"true", "false", "t", "f", "0", "1", "yes", "no", "y", "n", "はい", "いいえ"})
_WRITTEN = {
    "半角数字": r"[0-9.,:+\-]*",
    "半角英数(?!.*(?:カナ|ｶﾅ))": r"[ -~]*",
    "半角英字": r"[A-Za-z]*",
    "半角(?:カナ|ｶﾅ|カタカナ)": r"[ -~｡-ﾟ]*",
    "全角(?:カナ|カタカナ)": r"[ァ-ヺー・＝　]*",
    "全角(?:ひらがな|かな)": r"[ぁ-ゖー・　]*",
    "^(?!.*半角).*全角(?!数|英)": r"[^ -~｡-ﾟ]*",
}
"""What Japanese definitions demand of the characters themselves."""
_CHARACTERS = tuple((re.compile(said), re.compile(fits)) for said, fits in _WRITTEN.items())
_SHAPES = {
    "email": r"[^@\s]{1,200}@[^@\s.]{1,200}(\.[^@\s.]{1,60}){1,10}",
    "uri": r"[A-Za-z][A-Za-z0-9+.-]{1,20}:\S{1,2000}",
    "uuid": r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "ipv4": r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}",
    "time": r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?",
    "year": r"-?[0-9]{4}",
    "yearmonth": r"[0-9]{4}-(?:0[1-9]|1[0-2])",
}
_DIRECTIVES = {
    "Y": r"[0-9]{4}", "y": r"[0-9]{2}", "m": r"(?:0[1-9]|1[0-2])",
    "d": r"(?:0[1-9]|[12][0-9]|3[01])",
    "H": r"(?:[01][0-9]|2[0-3])", "I": r"(?:0[1-9]|1[0-2])", "M": r"[0-5][0-9]",
    "S": r"[0-5][0-9]", "j": r"[0-9]{3}", "f": r"[0-9]{1,6}", "%": "%",
}  # fmt: skip
"""Parts of a date as strptime names them, with the zeros that it would do without."""


@dataclass(frozen=True)
class Test:
    """What a value must pass."""

    fits: Callable[[str], bool]
    as_written: bool = False
    """Whether the value is tested as it stands; else in NFKC, without space around it."""


def test_of(item: DeclaredColumn) -> Test | None:
    """The test of a declared type or format; None where they demand nothing that is checked."""
    declared, form = item.type_text.lower(), item.format.lower()
    if "%" in item.format:
        return _by_directives(item.format)
    if form in ("date", "date-time"):
        size = 10 if form == "date" else 19
        return Test(lambda text: _is_iso(text, size), item.exact)
    dated = any(word in declared for word in _DATES)
    if found := _PATTERN.search(form) or (dated and _PATTERN.search(declared)) or None:
        return Test(_in_pattern(found), as_written=True)
    if form in _SHAPES:
        return _whole(re.compile(_SHAPES[form]), item.exact)
    for said, characters in _CHARACTERS:
        if said.search(item.type_text + item.format):
            return _whole(characters, as_written=True)
    return _of_type(declared, dated, item)


def _of_type(declared: str, dated: bool, item: DeclaredColumn) -> Test | None:
    if dated:
        return Test(_is_western_day if item.exact else _is_day)
    if declared.startswith("bool"):
        if item.allowed:
            return None  # the list says it
        truth = _EXACT_TRUTH if item.exact else _TRUTH
        return Test(lambda text: (text if item.exact else text.lower()) in truth, item.exact)
    if _WHOLE.search(declared):
        return _whole(_EXACT_WHOLE, as_written=True) if item.exact else Test(_is_whole)
    if any(word in declared for word in _NUMBERS):
        return _whole(_EXACT_NUMBER if item.exact else _DIGITS, item.exact)
    return None


def _whole(pattern: re.Pattern[str], as_written: bool) -> Test:
    """The whole value fits a pattern."""
    return Test(lambda text: bool(pattern.fullmatch(text)), as_written)


def _is_day(text: str) -> bool:
    return read_date(text) is not None


def _is_western_day(text: str) -> bool:
    return bool(_WESTERN_DAY.fullmatch(text)) and read_date(text) is not None


def _is_whole(text: str) -> bool:
    number = read_number(text) if _DIGITS.fullmatch(text) else None
    return number is not None and number.is_integer()


def _is_iso(text: str, size: int) -> bool:
    return (
        len(text) >= size
        and text[4] == text[7] == "-"
        and read_date(text) is not None
        and (size > 10 or len(text) == 10)
    )


def _in_pattern(found: re.Match[str]) -> Callable[[str], bool]:
    first, second, last = (re.escape(mark) for mark in found.groups())
    written = re.compile(rf"[0-9]{{4}}{first}[0-9]{{2}}{second}[0-9]{{2}}{last}([ T].{{0,20}})?")
    return lambda text: bool(written.fullmatch(text.strip())) and read_date(text[:11]) is not None


def _by_directives(form: str) -> Test | None:
    """A date as strptime spells it; None where a part is not known."""
    pieces = re.split(r"%(.)", form)
    if len(form) > 60 or any(part not in _DIRECTIVES for part in pieces[1::2]):
        return None
    written = re.compile(
        "".join(_DIRECTIVES[p] if n % 2 else re.escape(p) for n, p in enumerate(pieces))
    )

    def fits(text: str) -> bool:
        if not written.fullmatch(text):
            return False
        try:
            datetime.strptime(text, form)  # noqa: DTZ007 - only whether there is such a day
        except ValueError:
            return False
        return True

    return Test(fits, as_written=True)
