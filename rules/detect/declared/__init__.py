"""A declared schema against the data."""

from rules.detect.declared.checks import check_schema
from rules.detect.declared.matching import Match, match_columns
from rules.detect.declared.register import about_register

__all__ = ["Match", "about_register", "check_schema", "match_columns"]
