"""A declared schema against the data."""

from rules.detect.declared.checks import check_schema
from rules.detect.declared.matching import Match, match_columns

__all__ = ["Match", "check_schema", "match_columns"]
