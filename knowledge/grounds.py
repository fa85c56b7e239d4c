"""Which cards, documents and articles stand behind an answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import Status
from knowledge import catalog
from knowledge.card import Card, Topic
from knowledge.index import Match
from knowledge.passage import Passage
from knowledge.search import card_ids, unfold

if TYPE_CHECKING:
    from knowledge.library import Library

NEAR = 5
"""Matches among which a topic is looked for."""
CARDS = 3
"""Cards taken where no topic names them."""
DOCUMENTS = 2
RELATED = 0.4
"""Share of what is looked for that a document's passage must hold to be quoted."""


def topic_of(ranked: Sequence[Match]) -> Topic | None:
    """The topic the question is about: the best match, or one close by that holds it."""
    best = ranked[0].subject if ranked else None
    if best is None or isinstance(best, Topic):
        return best
    near = (match.subject for match in ranked[1:NEAR])
    return next((s for s in near if isinstance(s, Topic) and best.id in s.cards), None)


def cards(query: str, ranked: Sequence[Match]) -> list[Card]:
    """The cards of the best topic, or the best cards."""
    best = ranked[0].subject
    if isinstance(best, Topic):
        return [catalog.card(card_id) for card_id in card_ids(query, best)]
    return [card for card, _ in unfold(query, list(ranked))[:CARDS]]


def near(
    query: str, ranked: Sequence[Match], topic: Topic | None, stated: Sequence[str]
) -> list[str]:
    """Further cards, those first that belong to the stated ones: by topic, or by article."""
    found = [card for card, _ in unfold(query, list(ranked)) if card.id not in stated]
    listed = [i for i in (card_ids(query, topic) if topic else ()) if i not in stated]
    places = {place for card_id in stated for place in _places(catalog.card(card_id))}
    related = [card.id for card in found[: 2 * NEAR] if _places(card) & places]
    return list(dict.fromkeys([*listed, *related, *(card.id for card in found)]))


def on_articles(places: set[tuple[str, str | None]]) -> list[Card]:
    """The cards that rest on any of these (source, article) places."""
    return [
        card
        for card in catalog.cards()
        if card.status is not Status.UNVERIFIED and _places(card) & places
    ]


def documents(query: str, topic: Topic | None, library: "Library | None") -> list[Passage]:
    """Passages of the council's own documents: what the topic looks for, or the question."""
    if library is None:
        return []
    found: dict[str, Passage] = {}
    for words in (*(topic.look_for if topic else ()), query):
        if found and words is query:
            break
        hits = library.search(words, limit=3, kinds=("document",), least=RELATED)
        new = [hit for hit in hits if hit.id not in found]
        found.update((hit.id, hit) for hit in new[: 1 if topic else DOCUMENTS])
    return list(found.values())[:DOCUMENTS]


def law_text(stated: Sequence[str], library: "Library | None") -> list[Passage]:
    """The article itself that the first card rests on, where that law was imported."""
    if library is None or not stated:
        return []
    for place in catalog.citations(stated[0]):
        if place.kind == "law" and (found := library.article(place)):
            return [found]
    return []


def _places(card: Card) -> set[tuple[str, str | None]]:
    return {(r.source, r.article) for r in card.references if r.article}
