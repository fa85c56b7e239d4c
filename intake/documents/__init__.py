"""Documents of prose, read into passages that can be quoted verbatim."""

from intake.documents.dating import REFORM, dated
from intake.documents.parse import parse
from intake.documents.passages import SIZE, Parsed, Section, pieces

__all__ = ["REFORM", "SIZE", "Parsed", "Section", "dated", "parse", "pieces"]
