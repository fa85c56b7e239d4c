"""The one counting step: codes, counts, k, uniques, risk."""

from measure.coding import Coded, canonical, code
from measure.counting import (
    STAR,
    Classes,
    Integers,
    combine,
    count_classes,
    distinct,
    group,
    in_units,
    owners_of,
)
from measure.diversity import Diversity, hierarchical_t, measure_diversity
from measure.risk import THRESHOLD_SOURCE, History, Measures, histories, measure_risk
from measure.suda import Suda, suda2

__all__ = [
    "STAR",
    "THRESHOLD_SOURCE",
    "Classes",
    "Coded",
    "Diversity",
    "History",
    "Integers",
    "Measures",
    "Suda",
    "canonical",
    "code",
    "combine",
    "count_classes",
    "distinct",
    "group",
    "hierarchical_t",
    "histories",
    "in_units",
    "measure_diversity",
    "measure_risk",
    "owners_of",
    "suda2",
]
