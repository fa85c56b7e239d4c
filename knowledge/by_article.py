"""Which cards speak of an article, and how much it is their matter."""

from collections.abc import Iterator

from knowledge.articles import Spot
from knowledge.card import Card
from knowledge.catalog import sources
from knowledge.places import named

MAIN, OWN, SPANNED, ASIDE, MENTIONED = 1.2, 1.0, 0.9, 0.5, 0.4
"""The card's first place; another in the same law; within the span its label names; in another
law; only spoken of in its wording."""


def articles_of(card: Card) -> dict[tuple[str, str], float]:
    """Weights by (source, article).

    >>> from knowledge.catalog import card
    >>> articles_of(card("B-18"))["appi", "167"], articles_of(card("C-07"))["appi", "167"]
    (1.2, 1.0)
    >>> articles_of(card("A-11"))["appi", "27"]
    0.4
    """
    weights: dict[tuple[str, str], float] = {}
    for place, weight in _weighed(card):
        weights[place] = max(weight, weights.get(place, 0.0))
    return weights


def names_item(card: Card, spot: Spot) -> bool:
    """Whether a place of the card is the very paragraph or item that is named.

    >>> from knowledge.catalog import card
    >>> fourth = Spot("rules", "62", item="4")
    >>> names_item(card("D-08"), fourth), names_item(card("D-07"), fourth)
    (True, False)
    """
    asked = [number for number in (spot.paragraph, spot.item) if number]
    return bool(asked) and any(
        (r.source, r.article) == (spot.source, spot.article)
        and (spot.paragraph in (None, r.paragraph) and spot.item in (None, r.item))
        for r in card.references
    )


def _weighed(card: Card) -> Iterator[tuple[tuple[str, str], float]]:
    main = card.references[0]
    for reference in card.references:
        if reference.article:
            same = reference.source == main.source
            weight = MAIN if reference is main else OWN if same else ASIDE
            yield (reference.source, reference.article), weight
    keys = {source.name: key for key, source in sources().items()}
    for text, weight in ((card.label, SPANNED), (card.rule.ja, MENTIONED)):
        for law, article in named(text):
            yield (keys[law] if law else main.source, article), weight
