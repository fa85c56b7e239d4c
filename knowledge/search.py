"""Finding cards for a question."""

from core import Language
from knowledge import catalog
from knowledge.card import Card
from knowledge.index import Match, index
from knowledge.passage import Passage


def search(query: str, limit: int = 5, lang: Language = "ja") -> tuple[Passage, ...]:
    """The cards a question is about, best first; their checked wording as the quote.

    Args:
        query: A question or words, Japanese or English.
        limit: At most so many passages.
        lang: The language of the quotes.
    """
    return tuple(passage(card, score, lang) for card, score in ranked(query)[:limit])


def ranked(query: str) -> list[tuple[Card, float]]:
    """Cards with their scores; a topic stands for its cards."""
    return unfold(index().rank(query))


def unfold(matches: list[Match]) -> list[tuple[Card, float]]:
    """Matches as cards, each once, in order."""
    found: dict[str, tuple[Card, float]] = {}
    for match in matches:
        subject = match.subject
        ids = [subject.id] if isinstance(subject, Card) else subject.cards
        for card_id in ids:
            found.setdefault(card_id, (catalog.card(card_id), match.score))
    return list(found.values())


def passage(card: Card, score: float, lang: Language) -> Passage:
    """A card as something to quote."""
    place = catalog.citation(card.id)
    return Passage(
        id=card.id,
        source=place.law,
        locator=card.label,
        quote=card.rule.text(lang),
        citation=place,
        score=round(score, 4),
    )
