"""Files in: from uploads to datasets, with every guess told and every problem explained."""

from intake.decoding import ENCODINGS
from intake.dialect import DELIMITERS
from intake.lint import lint
from intake.preview import Preview, preview
from intake.reading import read
from intake.upload import Kind, Limits, ReadOptions, Upload

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Kind",
    "Limits",
    "Preview",
    "ReadOptions",
    "Upload",
    "lint",
    "preview",
    "read",
]
