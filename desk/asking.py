"""Questions to the guidelines."""

import re
from typing import TYPE_CHECKING

import knowledge
from core import Language, Message
from desk.outcome import Outcome
from desk.words import joined

if TYPE_CHECKING:  # it stands on Chroma, which takes a second to import
    from knowledge import Library


_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def search(query: str, library: "Library | None") -> Outcome:
    """A cited answer, or an open admission that there is no ground for one.

    The quotes are in the language of the question.
    """
    lang: Language = "ja" if _JAPANESE.search(query) else "en"
    found = knowledge.answer(query, lang, library=library)
    said = [found.answer, *found.caveats, *found.limits]
    return Outcome(
        message=joined(said) if said else Message(ja="", en=""),
        data={
            "abstained": found.abstained,
            "answer": found.answer.model_dump(),
            "caveats": [c.model_dump() for c in found.caveats],
        },
        citations=found.citations,
        passages=found.passages,
    )
