"""Which cards a question is about, and the passages that answer it."""

import re
from typing import TYPE_CHECKING

from core import Citation, Language
from knowledge.card_index import Match, index
from knowledge.concepts import frames
from knowledge.document_answers import unheld, words_of
from knowledge.passage import Passage
from knowledge.scope import refuses
from knowledge.tokens import tokens
from knowledge.topics import Topic, topics
from law import Card, card, citation, citations, cited, decide, label, law_name, read

if TYPE_CHECKING:
    from knowledge.library import Library


_ASSESSMENT = re.compile(r"(?<!影響)評価|しきい値|(?<!impact )assessment\b", re.I)


CLOSE = 0.1
"""An out-of-scope topic further behind the best card than this is not named in the refusal."""
_NUMBERED = re.compile(r"\d条")
PLACES = 3
"""Places of a card that are named beside its quote."""
SHARE = 2
"""Cards of one topic in a list of hits, so that it leaves room for others."""


def search(query: str, limit: int = 5, lang: Language = "ja") -> tuple[Passage, ...]:
    """The cards a question is about, best first; their checked wording as the quote.

    Args:
        query: A question or words, Japanese or English.
        limit: At most so many passages.
        lang: The language of the quotes.
    """
    found = unfold(query, [m for m in matches(query) if not refuses(m.subject)])
    return tuple(passage(card, score, lang) for card, score in found[:limit])


def matches(query: str) -> list[Match]:
    """Cards and topics, best first; where the numbers decide, the topic that reads them."""
    ranked = index().rank(query)
    if ranked and _ASSESSMENT.search(query) and read(query)[0] is not None:
        topic = next(topic for topic in topics() if topic.decide)
        ranked.insert(0, Match(topic, ranked[0].score))
    return ranked


def refusal(query: str, ranked: list[Match]) -> Topic | bool | None:
    """False where the question can be answered; else the topic it is about, if one is known."""
    if (named := unheld(query)) is not None:
        return next(topic for topic in topics() if topic.id == named)
    if not ranked:
        return None
    if cited(query):
        return False
    outside = next((match for match in ranked if refuses(match.subject)), None)
    inside = next((match for match in ranked if not refuses(match.subject)), None)
    lead = (inside.score if inside else 0.0) - (outside.score if outside else 0.0)
    if index().scope.holds([*tokens(query), *frames(query)], lead):
        return False
    topic = outside.subject if outside else None
    return topic if isinstance(topic, Topic) and lead < CLOSE else None


def unfold(query: str, ranked: list[Match]) -> list[tuple[Card, float]]:
    """Matches as cards, each once, in order; a topic stands for its first cards."""
    found: dict[str, tuple[Card, float]] = {}
    for match in ranked:
        for card_id in card_ids(query, match.subject)[:SHARE]:
            found.setdefault(card_id, (card(card_id), match.score))
    return list(found.values())


def card_ids(query: str, subject: Card | Topic) -> tuple[str, ...]:
    """The cards of a card or topic."""
    if isinstance(subject, Card):
        return (subject.id,)
    return decide(query, subject.cards) if subject.decide else subject.cards


def passage(card: Card, score: float, lang: Language) -> Passage:
    """A card as something to quote."""
    place = citation(card.id)
    return Passage(
        id=card.id,
        source=law_name(place.law, lang),
        locator=_locator(card, place, lang),
        quote=_quote(card, lang),
        citation=place,
        score=round(score, 4),
    )


def _quote(card: Card, lang: Language) -> str:
    """The checked wording; in English the fuller of the two, since it may be a mere note."""
    if lang == "ja":
        return card.rule.ja
    return max(card.rule.en, card.plain.en, key=len)


def _locator(card: Card, place: Citation, lang: Language) -> str:
    """Where in `place.law` it stands; a heading of ours where that has no numbers."""
    if place.kind != "law":
        return place.article or card.title.text(lang)
    if lang == "ja" and _NUMBERED.search(card.label):
        return card.label  # as people write it: 法2条3項、令2条
    name = law_name(place.law, lang)
    places = [found for found in citations(card.id) if found.law == place.law]
    named = dict.fromkeys(label(found, lang).removeprefix(name).strip() for found in places)
    return ("、" if lang == "ja" else ", ").join([*named][:PLACES]) or card.title.text(lang)


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
        (library.holds(query, words_of(card(found.id))), found)
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
