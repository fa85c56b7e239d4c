"""Whether values fit a declared type or format."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from measure import read_date, read_number
from rules.detect.profile import Mask

_DATES = ("date", "日付", "年月日", "timestamp")
_WHOLE = re.compile(r"整数|(?<![a-z])u?(?:tiny|small|medium|big)?int(?:eger|[248])?(?![a-z])")
_NUMBERS = ("number", "numeric", "decimal", "float", "double", "real", "money", "数値", "数字")
_NARROW_DIGITS = re.compile(r"半角数字")
_PATTERN = re.compile(r"yyyy([-/.年]?)mm([-/.月]?)dd(日?)", re.IGNORECASE)
_TRUTH = frozenset({"true", "false", "t", "f", "0", "1", "yes", "no", "y", "n", "はい", "いいえ"})
_SHAPES = {
    "email": re.compile(r"[^@\s]{1,200}@[^@\s.]{1,200}(\.[^@\s.]{1,60}){1,10}"),
    "uri": re.compile(r"[a-z][a-z0-9+.-]{1,20}:\S{1,2000}", re.IGNORECASE),
}


def wrong_type(type_text: str, form: str, texts: Sequence[str], raw: Sequence[str]) -> Mask | None:
    """Which values do not fit; None where type and format demand nothing that is checked.

    Args:
        type_text: the declared type in the schema's own words.
        form: the declared format in the schema's own words.
        texts: the values in NFKC.
        raw: the same values as they stand.
    """
    fits = _test(type_text.lower(), form.lower())
    if fits is None:
        return None
    test, as_written = fits
    return np.array([not test(value) for value in (raw if as_written else texts)], dtype=np.bool_)


def _test(declared: str, form: str) -> tuple[Callable[[str], bool], bool] | None:
    """The test of one value, and whether it is of the value as written."""
    dated = any(word in declared for word in _DATES)
    if form in ("date", "date-time"):
        size = 10 if form == "date" else 19
        return (lambda text: _is_iso(text, size)), False
    if found := _PATTERN.search(form) or (dated and _PATTERN.search(declared)) or None:
        return _in_pattern(found), True
    if form in _SHAPES:
        return (lambda text: bool(_SHAPES[form].fullmatch(text))), False
    if _NARROW_DIGITS.search(declared + form):
        return (lambda text: bool(re.fullmatch(r"[0-9.,:+-]*", text.strip()))), True
    if dated:
        return (lambda text: read_date(text) is not None), False
    if declared.startswith("bool"):
        return (lambda text: text.lower() in _TRUTH), False
    if _WHOLE.search(declared):
        return _is_whole, False
    if any(word in declared for word in _NUMBERS):
        return (lambda text: read_number(text) is not None), False
    return None


def _is_whole(text: str) -> bool:
    number = read_number(text)
    return number is not None and float(number).is_integer()


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
