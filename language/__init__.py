"""How Japanese files write things: encodings, dates and eras, numerals, ages, places, countries."""

from language.dates import ERAS, FIRST_CHARACTERS, DateReading, era_year, read_date
from language.encodings import ENCODINGS, Text, decode
from language.numerals import KANJI_NUMERALS, digits, read_kanji_number
from language.quantities import AgeBand, read_age, read_age_band, read_number, read_place
from language.word_lists import (
    COUNTRIES,
    DITTO_WORDS,
    FOREIGN_COUNTRIES,
    MISSING_WORDS,
    SERVER_PLACES,
    is_missing_word,
    read_sex,
)

__all__ = [
    "COUNTRIES",
    "DITTO_WORDS",
    "ENCODINGS",
    "ERAS",
    "FIRST_CHARACTERS",
    "FOREIGN_COUNTRIES",
    "KANJI_NUMERALS",
    "MISSING_WORDS",
    "SERVER_PLACES",
    "AgeBand",
    "DateReading",
    "Text",
    "decode",
    "digits",
    "era_year",
    "is_missing_word",
    "read_age",
    "read_age_band",
    "read_date",
    "read_kanji_number",
    "read_number",
    "read_place",
    "read_sex",
]
