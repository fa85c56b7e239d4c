"""How Japanese files write things: dates and eras, numerals, ages, places, words for nothing."""

from language.dates import ERAS, FIRST_CHARACTERS, DateReading, read_date
from language.numerals import KANJI_NUMERALS, read_kanji_number
from language.values import (
    DITTO_WORDS,
    MISSING_WORDS,
    AgeBand,
    is_missing_word,
    read_age,
    read_age_band,
    read_number,
    read_place,
    read_sex,
)

__all__ = [
    "DITTO_WORDS",
    "ERAS",
    "FIRST_CHARACTERS",
    "KANJI_NUMERALS",
    "MISSING_WORDS",
    "AgeBand",
    "DateReading",
    "is_missing_word",
    "read_age",
    "read_age_band",
    "read_date",
    "read_kanji_number",
    "read_number",
    "read_place",
    "read_sex",
]
