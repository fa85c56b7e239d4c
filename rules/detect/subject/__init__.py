"""What a table is about, whose row each is, and what follows for its columns and cells."""

from rules.detect.subject.consequences import (
    SMALL,
    SmallCounts,
    in_light_of,
    of_people,
    small_counts,
    stays,
)
from rules.detect.subject.weighing import subject_of

__all__ = [
    "SMALL",
    "SmallCounts",
    "in_light_of",
    "of_people",
    "small_counts",
    "stays",
    "subject_of",
]
