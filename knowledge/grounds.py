"""Which cards, documents and articles stand behind an answer."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import Status
from knowledge.card_index import Match
from knowledge.passage import Passage
from knowledge.search import card_ids, unfold
from knowledge.sentences import Sentence
from knowledge.topics import Topic
from law import Card, card, cards, cited, places, sources, spots

if TYPE_CHECKING:
    from knowledge.library import Library

NEAR = 5
"""Matches among which a topic is looked for."""
HARDLY = 0.8
"""Share of the best card's score that a topic needs to speak in its place."""
CARDS = 3
"""Cards taken where no topic names them."""
DOCUMENTS = 2
RELATED = 0.4
"""Share of what is looked for that a document's passage must hold to be quoted."""


_TALK = re.compile(
    r"(?:会議録|議事録|会議|資料|文書)(?:の中)?(?:で|に|には|では|の)?"
    r"|どん?な(?:議論|意見|質問|発言|説明)|\b(?:minutes|document|documents|meeting|discussed|said)\b",
    re.I,
)
"""Words about documents as such; none of them says what to look for within."""


def topic_of(ranked: Sequence[Match]) -> Topic | None:
    """The topic the question is about: the best match, or one close by that holds it."""
    best = ranked[0].subject if ranked else None
    if best is None or isinstance(best, Topic):
        return best
    near = (match.subject for match in ranked[1:NEAR])
    return next((s for s in near if isinstance(s, Topic) and best.id in s.cards), None)


def speaking(ranked: Sequence[Match]) -> Topic | None:
    """The topic whose sentences answer: the best match, or one hardly behind a card of its own."""
    best = ranked[0]
    topic = topic_of(ranked)
    if topic is None or not topic.says or topic is best.subject:
        return topic if topic and topic.says else None
    spoken = {card_id for said in topic.says for card_id in said.cards}
    score = next(match.score for match in ranked if match.subject is topic)
    return topic if best.subject.id in spoken and score >= HARDLY * best.score else None


def cards_of(query: str, ranked: Sequence[Match]) -> list[Card]:
    """The cards of the best topic, or the best cards."""
    best = ranked[0].subject
    if isinstance(best, Topic):
        return [card(card_id) for card_id in card_ids(query, best)]
    return [card for card, _ in unfold(query, list(ranked))[:CARDS]]


def near(
    query: str, ranked: Sequence[Match], topic: Topic | None, stated: Sequence[str]
) -> list[str]:
    """Further cards, nearest first: of the topic, on the same or a neighbouring article, others.

    Those that the question matches come before those that only stand beside in the law.
    """
    found = [card for card, _ in unfold(query, list(ranked))]
    held = {place for card_id in stated for place in _places(card(card_id))}
    beside = [card for card in (*found[: 2 * NEAR], *cards()) if _beside(card, held)]
    listed = card_ids(query, topic) if topic else ()
    ids = dict.fromkeys([*listed, *(card.id for card in (*beside, *found))])
    return [card_id for card_id in ids if card_id not in stated]


def _beside(card: Card, held: set[tuple[str, str | None]]) -> bool:
    """Whether a card rests on an article that is, or comes just before or after, a held one."""
    numbers = {(source, int(a)) for source, a in held if a and a.isdigit()}
    return bool(_places(card) & held) or any(
        source == other and abs(int(article) - number) <= 1
        for source, article in _places(card)
        if article and article.isdigit()
        for other, number in numbers
    )


def on_articles(articles: set[tuple[str, str | None]]) -> list[Card]:
    """The cards that rest on any of these (source, article) places."""
    return [
        card
        for card in cards()
        if card.status is not Status.UNVERIFIED and _places(card) & articles
    ]


def documents(query: str, topic: Topic | None, library: "Library | None") -> list[Passage]:
    """Passages of the council's own documents: what the topic looks for, or the question."""
    if library is None:
        return []
    if cited(query) and not (topic and topic.look_for):
        return []  # what an article says is for the law and the cards
    query = _TALK.sub("", query)
    found: dict[str, Passage] = {}
    for words in (*(topic.look_for if topic else ()), query):
        if found and words is query:
            break
        hits = library.search(words, limit=3, kinds=("document",), least=RELATED)
        new = [hit for hit in hits if hit.id not in found]
        found.update((hit.id, hit) for hit in new[: 1 if topic and topic.look_for else DOCUMENTS])
    return list(found.values())[:DOCUMENTS]


def asked_text(query: str, library: "Library | None") -> list[Passage]:
    """The first place that the question names, down to its item, if that law is held."""
    if library is None:
        return []
    for source, article, paragraph, item in spots(query):
        law = sources()[source].name
        for numbers in ((paragraph, item), (paragraph, None), (None, None)):
            if found := library.article(law, article, *numbers):
                return [found]
    return []


def law_text(said: Sequence[Sentence], library: "Library | None") -> list[Passage]:
    """The article that the first sentences name, if it is held."""
    if library is None:
        return []
    card_id = said[0].grounds[0]
    text = "".join(sentence.text.ja for sentence in said if card_id in sentence.grounds)
    for place in places(card_id, text):
        numbers = (place.article, place.paragraph, place.item)
        if place.kind == "law" and (found := library.article(place.law, *numbers)):
            return [found]
    return []


def _places(card: Card) -> set[tuple[str, str | None]]:
    return {(r.source, r.article) for r in card.references if r.article}
