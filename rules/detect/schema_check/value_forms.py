"""Whether a value fits a declared type or format.

A schema for machines (Table Schema, JSON Schema, OpenAPI, SQL) is taken at its word: digits in half
width, no separators, no numerals in kanji. One for people says what is meant, and is read so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core import DeclaredColumn, yaml12
from language import read_date, read_number

_FILE = Path(__file__).with_name("declarations.yaml")
DECLARATIONS = yaml12.load(_FILE.read_text(encoding="utf-8"))
"""How Japanese definitions name types and forms, and what data and definitions call alike."""
_WHOLE = re.compile(DECLARATIONS["whole"])
_PATTERN = re.compile(r"yyyy([-/.年]?)mm([-/.月]?)dd(日?)", re.IGNORECASE)
_DIGITS = re.compile(r"[-+△▲]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
"""A number among people: in any width, with separators, without units or words."""
_EXACT_WHOLE = re.compile(r"[-+]?[0-9]+")
_EXACT_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|NaN|-?INF")
_WESTERN_DAY = re.compile(r"[0-9]{4}[-/.]?[0-9]{1,2}[-/.]?[0-9]{1,2}(?:[ T].{1,20})?")
_CHARACTERS = {re.compile(s): re.compile(fits) for s, fits in DECLARATIONS["characters"].items()}
_FORMATS = {form: re.compile(pattern) for form, pattern in DECLARATIONS["formats"].items()}


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
    dated = any(word in declared for word in DECLARATIONS["dates"])
    if found := _PATTERN.search(form) or (_PATTERN.search(declared) if dated else None):
        return Test(_in_pattern(found), as_written=True)
    if form in _FORMATS:
        return _whole(_FORMATS[form], item.exact)
    for said, characters in _CHARACTERS.items():
        if said.search(item.type_text + item.format):
            return _whole(characters, as_written=True)
    return _of_type(declared, dated, item)


def _of_type(declared: str, dated: bool, item: DeclaredColumn) -> Test | None:
    if dated:
        return Test(_is_western_day if item.exact else _is_day)
    if declared.startswith("bool"):
        if item.allowed:
            return None  # the list says it
        truth = frozenset(DECLARATIONS["exact_truth" if item.exact else "truth"])
        return Test(lambda text: (text if item.exact else text.lower()) in truth, item.exact)
    if _WHOLE.search(declared):
        return _whole(_EXACT_WHOLE, as_written=True) if item.exact else Test(_is_whole)
    if any(word in declared for word in DECLARATIONS["numbers"]):
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
    pieces, parts = re.split(r"%(.)", form), DECLARATIONS["directives"]
    if len(form) > 60 or not parts.keys() >= set(pieces[1::2]):
        return None
    written = re.compile("".join(parts[p] if n % 2 else re.escape(p) for n, p in enumerate(pieces)))

    def fits(text: str) -> bool:
        if not written.fullmatch(text):
            return False
        try:
            datetime.strptime(text, form)  # noqa: DTZ007 - only whether there is such a day
        except ValueError:
            return False
        return True

    return Test(fits, as_written=True)
