"""A declared schema against the data."""

from rules.detect.schema_check.disagreements import about_register, check_schema

__all__ = ["about_register", "check_schema"]
