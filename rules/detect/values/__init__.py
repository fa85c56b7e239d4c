"""Recognisers of values, one family a file: does a value look like this type?"""

from rules.detect.values.base import Recogniser
from rules.detect.values.catalogue import RECOGNISERS, recogniser
from rules.detect.values.vocabulary import VOCABULARIES

__all__ = ["RECOGNISERS", "VOCABULARIES", "Recogniser", "recogniser"]
