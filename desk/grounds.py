"""From card ids to passages that can be quoted."""

from collections.abc import Iterable

import knowledge
from knowledge import Passage


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
