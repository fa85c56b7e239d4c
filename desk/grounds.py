"""From card ids to passages that can be quoted."""

from collections.abc import Iterable

import knowledge
from core import Citation
from knowledge import Passage


def cited(cards: Iterable[str], said: str = "") -> tuple[Citation, ...]:
    """The places of each card that what is said names, or its main place; each once."""
    places = (place for card in dict.fromkeys(cards) for place in knowledge.places(card, said))
    return tuple(dict.fromkeys(places))


def passages(cards: Iterable[str]) -> tuple[Passage, ...]:
    """Each card's checked wording, with where it stands."""
    found = []
    for card_id in dict.fromkeys(cards):
        card, cited = knowledge.card(card_id), knowledge.citation(card_id)
        found.append(
            Passage(
                id=card_id,
                source=cited.law,
                locator=card.label,
                quote=card.rule.ja,
                citation=cited,
            )
        )
    return tuple(found)
