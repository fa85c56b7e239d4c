"""Cards and imported passages in one list, by how much of a question each holds."""

from typing import TYPE_CHECKING

from core import Language
from knowledge import catalog
from knowledge.alone import words_of
from knowledge.articles import cited
from knowledge.passage import Passage
from knowledge.search import search

if TYPE_CHECKING:
    from knowledge.library import Library

NAMED = 3
"""Passages put before the cards where the question names an article."""


def merged(
    query: str, library: "Library", limit: int = 10, lang: Language = "ja"
) -> tuple[Passage, ...]:
    """The nearest cards and imported passages, best first; a card before an equal passage.

    The scores of the two indexes say nothing to each other. The share of the question's words that
    a card or passage holds (0–1, words rare in the library weighing more) does, and is the score.
    """
    if not library.list():
        return search(query, limit, lang)
    cards = [
        (library.holds(query, words_of(catalog.card(found.id))), found)
        for found in search(query, limit, lang)
    ]
    passages = [
        (library.holds(query, f"{found.citation.title} {found.locator} {found.quote}"), found)
        for found in library.search(query, limit)
    ]
    if cited(query):  # the article itself, then what is said of it
        both = [*passages[:NAMED], *cards, *passages[NAMED:]]
    else:
        both = sorted([*cards, *passages], key=lambda pair: -pair[0])
    return tuple(
        found.model_copy(update={"score": round(share, 4)}) for share, found in both[:limit]
    )
