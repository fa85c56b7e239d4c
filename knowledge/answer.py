"""An answer made of what the cards and the council's documents say, or a plain refusal."""

from typing import TYPE_CHECKING

from core import Language, Message
from knowledge import catalog, sayings
from knowledge.card import Card, Topic
from knowledge.excerpt import excerpt
from knowledge.index import Match
from knowledge.passage import Answer, Passage
from knowledge.scope import refuses
from knowledge.search import card_ids, matches, passage, refusal, unfold

if TYPE_CHECKING:
    from knowledge.library import Library

GROUNDS = 5
CARDS = 3
"""Cards quoted where no topic names them."""
NEAR = 5
"""Matches among which a topic is looked for."""
DOCUMENTS = 2
RELATED = 0.4
"""Share of what is looked for that a document's passage must hold to be quoted."""


def answer(query: str, lang: Language = "ja", library: "Library | None" = None) -> Answer:
    """One short paragraph, then its grounds: each sentence carries the number of a passage.

    Args:
        query: A question in Japanese or English.
        lang: The language of the quotes; the paragraph is given in both.
        library: The council's own documents, to be quoted beside the cards.

    Returns:
        An answer with at most five passages, or one with `abstained` set that says what cannot
        be known here and whom to ask.
    """
    ranked = matches(query)
    refused = refusal(query, ranked)
    if refused is not False:
        return _refuse(refused if isinstance(refused, Topic) else None)
    ranked = [match for match in ranked if not refuses(match.subject)]
    topic = _topic(ranked)
    documents = _documents(query, topic, library)
    cards = _cards(query, ranked, topic)[: GROUNDS - len(documents)]
    grounds = [passage(card, ranked[0].score, lang) for card in cards]
    return Answer(
        answer=_paragraph(query, topic, cards, documents),
        abstained=bool(topic and topic.unknown),
        citations=tuple(place for card in cards for place in catalog.citations(card.id))
        + tuple(found.citation for found in documents),
        passages=(*grounds, *documents),
        caveats=_caveats(topic, cards, documents, library),
        limits=_limits(topic, cards),
    )


def _topic(ranked: list[Match]) -> Topic | None:
    """The topic the question is about: the best match, or one close by that holds it."""
    best = ranked[0].subject
    if isinstance(best, Topic):
        return best
    near = (match.subject for match in ranked[1:NEAR])
    return next((s for s in near if isinstance(s, Topic) and best.id in s.cards), None)


def _cards(query: str, ranked: list[Match], topic: Topic | None) -> list[Card]:
    if topic is not None:
        return [catalog.card(card_id) for card_id in card_ids(query, topic)]
    return [card for card, _ in unfold(query, ranked)[:CARDS]]


def _documents(query: str, topic: Topic | None, library: "Library | None") -> list[Passage]:
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


def _paragraph(
    query: str, topic: Topic | None, cards: list[Card], documents: list[Passage]
) -> Message:
    """Fact wording or a topic's lead, and a sentence from the documents, numbered."""
    numbers = "".join(f"[{i}]" for i in range(1, len(cards) + 1))
    if topic is not None and topic.lead is not None:
        ja, en = f"{topic.lead.ja}{numbers}", f"{topic.lead.en} {numbers}"
    else:
        ja, en = f"{cards[0].rule.ja}[1]", f"{cards[0].rule.en} [1]"
    wanted = " ".join((query, *(topic.look_for if topic else ())))
    for number, found in enumerate(documents, start=len(cards) + 1):
        said = sayings.according(found, excerpt(found.quote, wanted), number)
        ja, en = f"{ja}{said.ja}", f"{en} {said.en}"
    return Message(ja=ja, en=en)


def _caveats(
    topic: Topic | None, cards: list[Card], documents: list[Passage], library: "Library | None"
) -> tuple[Message, ...]:
    said = [topic.caveat] if topic and topic.caveat else []
    said += [card.caveat for card in cards if card.caveat]
    said += [sayings.STATUS[card.status] for card in cards if card.status in sayings.STATUS]
    if library is not None:
        said += library.caveats(documents)
    return tuple(dict.fromkeys(said))


def _limits(topic: Topic | None, cards: list[Card]) -> tuple[Message, ...]:
    said = [topic.limits] if topic and topic.limits else []
    said += [card.limits for card in cards if card.limits]
    return tuple(dict.fromkeys(said))


def _refuse(topic: Topic | None) -> Answer:
    lead = topic.lead if topic and topic.lead else sayings.NO_GROUND
    limits = topic.limits if topic and topic.limits else sayings.ASK
    return Answer(answer=lead, abstained=True, limits=(limits,))
