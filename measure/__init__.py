"""The one counting step, and the reading of Japanese values."""

from measure.coding import Coded, canonical, code
from measure.counting import Classes, count_classes
from measure.dates import DateReading, read_date
from measure.diversity import Diversity, hierarchical_t, measure_diversity
from measure.numerals import read_kanji_number
from measure.risk import THRESHOLD_SOURCE, Measures, measure_risk, to_report
from measure.stars import STAR
from measure.suda import Suda, suda2
from measure.values import (
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
    "MISSING_WORDS",
    "STAR",
    "THRESHOLD_SOURCE",
    "AgeBand",
    "Classes",
    "Coded",
    "DateReading",
    "Diversity",
    "Measures",
    "Suda",
    "canonical",
    "code",
    "count_classes",
    "hierarchical_t",
    "is_missing_word",
    "measure_diversity",
    "measure_risk",
    "read_age",
    "read_age_band",
    "read_date",
    "read_kanji_number",
    "read_number",
    "read_place",
    "read_sex",
    "suda2",
    "to_report",
]
