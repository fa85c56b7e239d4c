"""Detectors: from a dataset to what its columns are and which cells are unusual."""

from rules.detect.inspection import Inspection, inspect, link, recognise
from rules.detect.settings import Settings

__all__ = ["Inspection", "Settings", "inspect", "link", "recognise"]
