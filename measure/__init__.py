"""The one counting step: codes, counts, k, uniques, risk."""

from measure.coding import Coded, canonical, code
from measure.counting import Classes, Integers, combine, count_classes, group
from measure.diversity import Diversity, hierarchical_t, measure_diversity
from measure.risk import THRESHOLD_SOURCE, Measures, measure_risk, to_report
from measure.stars import STAR
from measure.suda import Suda, suda2

__all__ = [
    "STAR",
    "THRESHOLD_SOURCE",
    "Classes",
    "Coded",
    "Diversity",
    "Integers",
    "Measures",
    "Suda",
    "canonical",
    "code",
    "combine",
    "count_classes",
    "group",
    "hierarchical_t",
    "measure_diversity",
    "measure_risk",
    "suda2",
    "to_report",
]
