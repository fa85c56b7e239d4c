"""Numbers of people, their days of birth and death, how to reach them, in a sentence."""

import re

import numpy as np

from core import ColumnType
from rules.detect.checksums import my_number
from rules.detect.patterns import EMAIL_PATTERN
from rules.detect.text.bare_names import person_names
from rules.detect.text.cues import TEMPLATE
from rules.detect.text.reading import Reading
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
_TWELVE, _YEAR, _LICENCE, _LONG_AGO, _NO_BIRTH = compiled(
    _PATTERNS, "TWELVE", "YEAR", "LICENCE", "LONG_AGO", "NO_BIRTH"
)
_BIRTH_LABEL, _BIRTH_TAIL, _BESIDE, _RECENT, _PHONE = compiled(
    _PATTERNS,
    "BIRTH_LABEL",
    "BIRTH_TAIL",
    "BESIDE",
    "RECENT",
    "PHONE",
    flags=re.IGNORECASE,
)
_next_to_label = finder(_T.MY_NUMBER, labelled(_PATTERNS["MY"], r"\d{4}[\- ]?\d{4}[\- ]?\d{4}"))


def _my_numbers(reading: Reading) -> list[Found]:
    """Right behind a label, and with a right check digit whatever stands before."""
    text = reading.digits
    found = [(_T.MY_NUMBER, *m.span()) for m in _TWELVE.finditer(text)
             if _checks(re.sub(r"\D", "", m[0])) and not _another(text, m.start())]  # fmt: skip
    return list(dict.fromkeys([*_next_to_label(reading), *found]))


def _another(text: str, start: int) -> bool:
    """Whether twelve digits are a licence's, or a running number that begins with the year."""
    return bool(_YEAR.match(text, start) or _LICENCE.search(text, 0, start))


def _checks(digits: str) -> bool:
    return bool(my_number(np.array([list(map(int, digits))]))[0])


def _births(reading: Reading) -> list[Found]:
    """Days behind a label, before 生, long ago, or right beside a name."""
    text = reading.text
    found = [*_BIRTH_LABEL.finditer(text), *_BIRTH_TAIL.finditer(text)]
    if not _NO_BIRTH.search(text) and not TEMPLATE.search(text):
        found += (m for m in _LONG_AGO.finditer(text) if not _dates_an_event(reading, m.end()))
    beside = [m for m in _BESIDE.finditer(text) if m[0][0] == "(" or not _RECENT.match(m["a"])]
    if beside:
        ends = {end for _, _, end in person_names(reading)}
        found += [m for m in beside if m.start() in ends]
    return list(dict.fromkeys((_T.BIRTH_DATE, *place(m)) for m in found))


def _dates_an_event(reading: Reading, end: int) -> bool:
    """Whether a noun behind a day says what happened on it: 開園, の震災."""
    first, _ = reading.between(end, end)
    words = [w for w in reading.words[first : first + 3] if w.lemma not in ("の", "に")]
    return bool(words) and words[0].part == "名詞" and not words[0].of_person


def _phones(reading: Reading) -> list[Found]:
    """Ten or eleven digits: 090-1-2345 is some other number. +81 stands for the leading 0."""
    found = []
    for match in _PHONE.finditer(reading.digits):
        hit, number = (_T.PHONE, *match.span()), match[0]
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
