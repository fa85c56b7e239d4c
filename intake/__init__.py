"""Files in: from uploads to datasets, with every guess told and every problem explained."""

from intake.count_tables import count_tables, specifications
from intake.formats.delimited import DELIMITERS
from intake.read import preview, read
from intake.table.count_table import CountTable, Place, count_words, read_count_table
from intake.table.lint import lint
from intake.upload import Kind, Limits, Preview, ReadOptions, Upload
from language import ENCODINGS

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "CountTable",
    "Kind",
    "Limits",
    "Place",
    "Preview",
    "ReadOptions",
    "Upload",
    "count_tables",
    "count_words",
    "lint",
    "preview",
    "read",
    "read_count_table",
    "specifications",
]
