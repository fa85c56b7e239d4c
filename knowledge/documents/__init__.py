"""Reading a council's own documents into passages that can be quoted verbatim."""

from knowledge.documents.reading import parse
from knowledge.documents.section import Parsed, Section

__all__ = ["Parsed", "Section", "parse"]
