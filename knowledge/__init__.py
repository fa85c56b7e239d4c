"""Why, with the citation: guideline cards, imported documents, and answers made of both."""

from typing import TYPE_CHECKING, Any

from core import switch_off_telemetry
from knowledge.answer import answer
from knowledge.card_index import warm
from knowledge.passage import Answer, Claim, Passage, verify_claims
from knowledge.search import merged, search
from knowledge.topics import Topic, topics

switch_off_telemetry()  # before Chroma and LangChain, which are imported at first use

if TYPE_CHECKING:
    from knowledge.document_library import GroundRetriever, Library

__all__ = [
    "Answer",
    "Claim",
    "GroundRetriever",
    "Library",
    "Passage",
    "Topic",
    "answer",
    "merged",
    "search",
    "topics",
    "verify_claims",
    "warm",
]


def __getattr__(name: str) -> Any:
    """Import what stands on Chroma and LangChain when it is first used."""
    if name in ("Library", "GroundRetriever"):
        from knowledge import document_library

        return getattr(document_library, name)
    raise AttributeError(name)
