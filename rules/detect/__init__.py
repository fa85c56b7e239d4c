"""Detectors: from a dataset to what its columns are and which cells are unusual."""

from rules.detect.settings import Settings

__all__ = ["Settings"]
