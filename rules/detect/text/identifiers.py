"""Numbers of people, their days of birth and death, how to reach them, in a sentence."""

import re

import pyarrow as pa

from core import ColumnType
from rules.detect.checksums import digit_matrix, my_number
from rules.detect.patterns import EMAIL_PATTERN
from rules.detect.text.person_names import person_names
from rules.detect.text.seeker import (
    Found,
    compiled,
    finder,
    labelled,
    patterns,
    place,
    seekers,
    seekers_of_types,
)

_T = ColumnType
_PATTERNS = patterns("identifiers", EMAIL_PATTERN=EMAIL_PATTERN)
_TWELVE, _OTHER_TWELVE, _LONG_AGO, _NO_BIRTH = compiled(
    _PATTERNS, "TWELVE", "OTHER_TWELVE", "LONG_AGO", "NO_BIRTH"
)
_ANY_MY, _BIRTH_LABEL, _BIRTH_TAIL, _BESIDE, _RECENT = compiled(
    _PATTERNS, "ANY_MY", "BIRTH_LABEL", "BIRTH_TAIL", "BESIDE", "RECENT", flags=re.IGNORECASE
)
_next_to_label = finder(_T.MY_NUMBER, labelled(_PATTERNS["MY"], r"\d{4}[\- ]?\d{4}[\- ]?\d{4}"))
_any_phone = finder(_T.PHONE, _PATTERNS["PHONE"])


def _my_numbers(text: str) -> list[Found]:
    """Right behind a label; elsewhere in a text that speaks of them, with a right check digit."""
    found = [*_next_to_label(text)]
    if _ANY_MY.search(text):
        found += [
            (_T.MY_NUMBER, *m.span())
            for m in _TWELVE.finditer(text)
            if _checks(re.sub(r"\D", "", m[0])) and not _OTHER_TWELVE.search(text, 0, m.start())
        ]
    return list(dict.fromkeys(found))


def _checks(digits: str) -> bool:
    whole, matrix = digit_matrix(pa.array([digits]), 12)
    return bool(whole[0]) and bool(my_number(matrix)[0])


def _births(text: str) -> list[Found]:
    """Days behind a label, before 生, long ago, or right beside a name."""
    found = [*_BIRTH_LABEL.finditer(text), *_BIRTH_TAIL.finditer(text)]
    if not _NO_BIRTH.search(text):
        found += _LONG_AGO.finditer(text)
    beside = [m for m in _BESIDE.finditer(text) if m[0][0] == "(" or not _RECENT.match(m["a"])]
    if beside:
        ends = {end for _, _, end in person_names(text)}
        found += [m for m in beside if m.start() in ends]
    return list(dict.fromkeys((_T.BIRTH_DATE, *place(m)) for m in found))


def _phones(text: str) -> list[Found]:
    """Ten or eleven digits: 090-1-2345 is some other number. +81 stands for the leading 0."""
    found = []
    for hit in _any_phone(text):
        number = text[hit[1] : hit[2]]
        digits = sum(c.isdigit() for c in number) - number.startswith("+81")
        if digits in (10, 11):
            found.append(hit)
    return found


SEEKERS = (
    *seekers(
        "identifiers",
        _PATTERNS,
        {"my_numbers": _my_numbers, "births": _births, "phones": _phones},
    ),
    *seekers_of_types(),
)
