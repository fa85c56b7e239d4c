"""The one counting step, and the reading of Japanese values."""

from measure.dates import DateReading, read_date
from measure.values import (
    AgeBand,
    is_missing_word,
    read_age,
    read_age_band,
    read_number,
    read_sex,
)

__all__ = [
    "AgeBand",
    "DateReading",
    "is_missing_word",
    "read_age",
    "read_age_band",
    "read_date",
    "read_number",
    "read_sex",
]
