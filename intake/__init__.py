"""Files in: from uploads to datasets, with every guess told and every problem explained."""

from intake.formats.delimited import DELIMITERS
from intake.read import preview, read
from intake.table.lint import lint
from intake.upload import Kind, Limits, Preview, ReadOptions, Upload
from language import ENCODINGS

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
