"""The cards and the council's documents as a LangChain retriever, for an agent's tools."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from core import Language
from knowledge.passage import Passage
from knowledge.search import search


class GroundRetriever(BaseRetriever):
    """Passages as documents: the quote as content, the passage itself as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any = None
    """A `knowledge.Library`, or None for the cards alone."""
    limit: int = 5
    lang: Language = "ja"

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = list(search(query, self.limit, self.lang))
        if self.library is not None:
            found += self.library.search(query, self.limit)
        return [_document(passage) for passage in found]


def _document(passage: Passage) -> Document:
    return Document(
        id=passage.id, page_content=passage.quote, metadata=passage.model_dump(mode="json")
    )
