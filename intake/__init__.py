"""Files in: from uploads to datasets, with every guess told and every problem explained."""

from intake.encoding import ENCODINGS
from intake.reading import read
from intake.upload import Limits, ReadOptions, Upload

__all__ = ["ENCODINGS", "Limits", "ReadOptions", "Upload", "read"]
