"""An answer made of what the cards and the council's documents say, or a plain refusal."""

from typing import TYPE_CHECKING

from core import Language, Message, Status
from knowledge import catalog, moves, sayings
from knowledge.alone import alone, outweighed
from knowledge.card import Card, Topic
from knowledge.excerpt import excerpt
from knowledge.index import Match
from knowledge.moves import Move, moved
from knowledge.numbering import detail, numbered, written_in
from knowledge.passage import Answer, Passage
from knowledge.sayings import joined
from knowledge.scope import refuses
from knowledge.search import card_ids, matches, passage, refusal, unfold

if TYPE_CHECKING:
    from knowledge.library import Library

LANGUAGES: tuple[Language, ...] = ("ja", "en")
GROUNDS = 5
FEWEST = 3
"""Grounds shown at least, filled up with cards near the question."""
CARDS = 3
"""Cards quoted where no topic names them."""
NEAR = 5
"""Matches among which a topic is looked for."""
DOCUMENTS = 2
PLACES = 3
"""Articles that moved, answered at once."""
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
    if places := moved(query)[:PLACES]:
        return _moved(query, places, lang, library)
    ranked = matches(query)
    refused = refusal(query, ranked)
    if refused is not False:
        subject = refused if isinstance(refused, Topic) else None
        documents = alone(query, subject, library)
        return _from_documents(query, documents, library) if documents else _refuse(subject)
    ranked = [match for match in ranked if not refuses(match.subject)]
    topic = _topic(ranked)
    stated = _cards(query, ranked, topic)
    if documents := outweighed(query, [*stated, *([topic] if topic else [])], library):
        return _from_documents(query, documents, library)
    documents = _documents(query, topic, library)
    stated = stated[: GROUNDS - len(documents)]
    near = [card for card, _ in unfold(query, ranked) if card not in stated]
    cards = stated + near[: max(0, FEWEST - len(stated))]
    grounds = [passage(card, ranked[0].score, lang) for card in cards]
    return Answer(
        answer=_paragraph(query, topic, stated, documents, first=len(cards) + 1),
        abstained=bool(topic and topic.unknown),
        citations=tuple(place for card in cards for place in catalog.citations(card.id))
        + tuple(found.citation for found in documents),
        passages=(*grounds, *documents),
        caveats=_caveats(topic, stated, documents, library),
        limits=_limits(topic, stated),
    )


def _moved(
    query: str, places: list[tuple[Move, str]], lang: Language, library: "Library | None"
) -> Answer:
    """Which article it is today, then the cards on that article and what documents say."""
    topic = _topic([match for match in matches(query) if not refuses(match.subject)])
    documents = _documents(query, topic, library)
    today = {(move.source, moves.article(move)) for move, _ in places}
    about = [
        card
        for card in catalog.cards()
        if card.status is not Status.UNVERIFIED
        and any((r.source, r.article) in today for r in card.references)
    ][: GROUNDS - len(places) - len(documents)]
    grounds = [moves.passage(move, old, lang) for move, old in places]
    said = [moves.said(move, old, number) for number, (move, old) in enumerate(places, start=1)]
    said += _quoted(query, topic, documents, first=len(places) + len(about) + 1)
    return Answer(
        answer=joined(said),
        abstained=False,
        citations=tuple(ground.citation for ground in grounds)
        + tuple(place for card in about for place in catalog.citations(card.id))
        + tuple(found.citation for found in documents),
        passages=(*grounds, *(passage(card, 1.0, lang) for card in about), *documents),
        caveats=_caveats(None, [], documents, library),
    )


def _topic(ranked: list[Match]) -> Topic | None:
    """The topic the question is about: the best match, or one close by that holds it."""
    best = ranked[0].subject if ranked else None
    if best is None or isinstance(best, Topic):
        return best
    near = (match.subject for match in ranked[1:NEAR])
    return next((s for s in near if isinstance(s, Topic) and best.id in s.cards), None)


def _cards(query: str, ranked: list[Match], topic: Topic | None) -> list[Card]:
    if topic is not None:
        best = ranked[0].subject.id  # the topic itself, or the one of its cards asked for
        ids = sorted(card_ids(query, topic), key=lambda card_id: card_id != best)
        return [catalog.card(card_id) for card_id in ids]
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
    query: str, topic: Topic | None, cards: list[Card], documents: list[Passage], first: int
) -> Message:
    """A topic's lead or a card in plain words, and a sentence from each document, all numbered.

    `first` is the number of the first document.
    """
    lead = topic.lead if topic is not None else None
    ja, en = (_said(query, lead, cards, lang) for lang in LANGUAGES)
    return joined([Message(ja=ja, en=en), *_quoted(query, topic, documents, first)])


def _quoted(query: str, topic: Topic | None, documents: list[Passage], first: int) -> list[Message]:
    """A sentence from each document, numbered from `first`."""
    wanted = " ".join((query, *(topic.look_for if topic else ())))
    return [
        sayings.according(found, excerpt(found.quote, wanted), number)
        for number, found in enumerate(documents, start=first)
    ]


def _said(query: str, lead: Message | None, cards: list[Card], lang: Language) -> str:
    """The lead, or a card in plain words; then the checked wording of what was asked for."""
    if lead is None:
        said = [numbered(cards[0].plain.text(lang), cards[:1], lang)]
    else:
        said = [numbered(lead.text(lang), cards, lang)]
    if written_in(query) == lang and (quote := detail(cards[0], query, lang, lead is None)):
        said.append(sayings.worded(quote, 1).text(lang))
    return (" " if lang == "en" else "").join(said)


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


def _from_documents(query: str, documents: list[Passage], library: "Library | None") -> Answer:
    """What documents say, where no card speaks: as their words, not as law."""
    return Answer(
        answer=joined(_quoted(query, None, documents, first=1)),
        abstained=False,
        citations=tuple(found.citation for found in documents),
        passages=tuple(documents),
        caveats=(sayings.ONLY_DOCUMENTS, *(library.caveats(documents) if library else ())),
        limits=(sayings.ASK,),
    )


def _refuse(topic: Topic | None) -> Answer:
    lead = topic.lead if topic and topic.lead else sayings.NO_GROUND
    limits = topic.limits if topic and topic.limits else sayings.ASK
    return Answer(answer=lead, abstained=True, limits=(limits,))
