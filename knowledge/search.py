"""Which cards a question is about, the passages that answer it, and what stands beside them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from core import Citation, Language, Status
from knowledge.card_index import Match, index, refuses
from knowledge.document_answers import unheld, words_of
from knowledge.passage import Passage
from knowledge.question import Question
from knowledge.sentences import Sentence
from knowledge.topics import Topic, topics
from knowledge.words import frames
from law import (
    Card,
    binding,
    card,
    cards,
    citation,
    citations,
    decide,
    label,
    law_name,
    places,
    sources,
    speaks_of,
)

if TYPE_CHECKING:
    from knowledge.document_library import Library


_LIFE_AND_SAFETY = frozenset({"#disaster", "#violence or abuse"})
OWN_LAW = 1.5
"""What a card of the law made for a disaster or for harm counts beside the Act's."""
OTHERS = 0.7
"""What a card counts that speaks of other bodies than the question's alone."""
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
    question = Question.of(query)
    found = unfold(question, [m for m in matches(question) if not refuses(m.subject)])
    return tuple(passage(card, score, lang) for card, score in found[:limit])


def matches(question: Question) -> list[Match]:
    """Cards and topics, best first; where the numbers decide, the topic that reads them.

    For a body that chapter 5 does not bind, the cards that bind it stand in their place.
    """
    ranked = _own_law_first(question, _bound(question, index().rank(question)))
    if ranked and question.of_assessment:
        topic = next(topic for topic in topics() if topic.decide)
        ranked.insert(0, Match(topic, ranked[0].score))
    return ranked


def _own_law_first(question: Question, ranked: list[Match]) -> list[Match]:
    """In a disaster or where somebody is harmed, the law made for that comes before the Act."""
    told = _LIFE_AND_SAFETY.intersection(question.frames)
    if not told:
        return ranked
    weighed = [
        Match(m.subject, m.score * (OWN_LAW if told & _tells(m.subject) else 1)) for m in ranked
    ]
    return sorted(weighed, key=lambda match: -match.score)


def _tells(subject: Card | Topic) -> frozenset[str]:
    """The situations that a card of another law than the Act is about."""
    if not isinstance(subject, Card) or subject.references[0].source in _THE_ACT:
        return frozenset()
    return frozenset(frames(f"{subject.title.ja} {subject.rule.ja} {subject.applies_when}"))


def _bound(question: Question, ranked: list[Match]) -> list[Match]:
    """Cards as they bind the question's body; what speaks of other bodies alone steps back."""
    found: dict[str, Match] = {}
    for match in ranked:
        subject = match.subject
        if isinstance(subject, Card):
            (speaks,) = binding((subject.id,), question.body)
            own = speaks_of(speaks, question.body)
            found.setdefault(speaks, Match(card(speaks), match.score * (1 if own else OTHERS)))
        elif binding(subject.cards, question.body) == subject.cards:
            found.setdefault(subject.id, match)
    return sorted(found.values(), key=lambda match: -match.score)


def refusal(question: Question, ranked: list[Match]) -> Topic | bool | None:
    """False where the question can be answered; else the topic it is about, if one is known."""
    if (named := unheld(question)) is not None:
        return next(topic for topic in topics() if topic.id == named)
    if not ranked:
        return None
    if question.places or _LIFE_AND_SAFETY.intersection(question.frames) & _tells(
        ranked[0].subject
    ):
        return False
    outside = next((match for match in ranked if refuses(match.subject)), None)
    inside = next((match for match in ranked if not refuses(match.subject)), None)
    lead = (inside.score if inside else 0.0) - (outside.score if outside else 0.0)
    if index().scope.holds([*question.words, *question.frames], lead):
        return False
    topic = outside.subject if outside else None
    return topic if isinstance(topic, Topic) and lead < CLOSE else None


def unfold(question: Question, ranked: list[Match]) -> list[tuple[Card, float]]:
    """Matches as cards, each once, in order; a topic stands for its first cards."""
    found: dict[str, tuple[Card, float]] = {}
    for match in ranked:
        for card_id in card_ids(question, match.subject)[:SHARE]:
            found.setdefault(card_id, (card(card_id), match.score))
    return list(found.values())


def card_ids(question: Question, subject: Card | Topic) -> tuple[str, ...]:
    """The cards of a card or topic."""
    if isinstance(subject, Card):
        return (subject.id,)
    return decide(question.figures, subject.cards) if subject.decide else subject.cards


def passage(card: Card, score: float, lang: Language, day: date | None = None) -> Passage:
    """A card as something to quote, in the text of a day."""
    place = citation(card.id, day)
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
    if Question.of(query).places:  # the article itself, then what is said of it
        both = [*passages[:NAMED], *cards, *passages[NAMED:]]
    else:
        both = sorted([*cards, *passages], key=lambda pair: -pair[0])
    return tuple(
        found.model_copy(update={"score": round(share, 4)}) for share, found in both[:limit]
    )


NEAR = 5
"""Matches among which a topic is looked for."""
HARDLY = 0.8
"""Share of the best card's score that a topic needs to speak in its place."""
CARDS = 3
"""Cards taken where no topic names them."""
PROVISION = "B-08"
"""The card on use and provision beyond the purpose, which every other law is read beside."""
_USES = frozenset({"#渡す", "#使う", "#公開"})
_THE_ACT = frozenset({"appi", "order", "rules", "myno"})
"""Laws on which many cards rest, each a matter of its own."""
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


def speaking(ranked: Sequence[Match]) -> Topic | None:
    """The topic whose sentences answer: the best match, or one hardly behind a card of its own."""
    best = ranked[0]
    topic = topic_of(ranked)
    if topic is None or not topic.says or topic is best.subject:
        return topic if topic and topic.says else None
    spoken = {card_id for said in topic.says for card_id in said.cards}
    score = next(match.score for match in ranked if match.subject is topic)
    return topic if best.subject.id in spoken and score >= HARDLY * best.score else None


def cards_of(question: Question, ranked: Sequence[Match]) -> list[Card]:
    """The cards of the best topic, or the best cards."""
    best = ranked[0].subject
    if isinstance(best, Topic):
        return [card(card_id) for card_id in card_ids(question, best)]
    return [card for card, _ in unfold(question, list(ranked))[:CARDS]]


def companion(card: Card, others: Sequence[Card]) -> Card | None:
    """Of the cards that fit next best, one on the same law as a card of a law beside the Act."""
    source = card.references[0].source
    if source in _THE_ACT or sources()[source].kind != "law":
        return None
    return next((o for o in others[: 2 * NEAR] if o.references[0].source == source), None)


def nearby(
    question: Question, ranked: Sequence[Match], topic: Topic | None, stated: Sequence[str]
) -> list[str]:
    """Further cards, nearest first: of the topic, on the same or a neighbouring article, others.

    Those that the question matches come before those that only stand beside in the law.
    """
    found = [card for card, _ in unfold(question, list(ranked))]
    held = {place for card_id in stated for place in _places(card(card_id))}
    beside = [card for card in (*found, *cards()) if _beside(card, held)]
    listed = card_ids(question, topic) if topic else ()
    ids = dict.fromkeys(
        [*listed, *_in_the_act(question, stated), *(card.id for card in (*beside, *found))]
    )
    return [i for i in binding(ids, question.body) if i not in stated]


def _in_the_act(question: Question, stated: Sequence[str]) -> tuple[str, ...]:
    """The Act's own clause on use and provision, where only another law is stated so far and
    something is to be used or handed over."""
    if not _USES & set(question.concepts):
        return ()
    held = {source for card_id in stated for source, _ in _places(card(card_id))}
    return () if not held or held & _THE_ACT else (PROVISION,)


def _beside(other: Card, held: set[tuple[str, str | None]]) -> bool:
    """Whether a card rests on an article that is, or comes just before or after, a held one, or
    on the same law where few cards do."""
    numbers = {(source, int(a)) for source, a in held if a and a.isdigit()}
    laws = {s for s, _ in held if s not in _THE_ACT and sources()[s].kind == "law"}
    return bool(_places(other) & held) or any(
        source in laws
        or (
            article
            and article.isdigit()
            and any(s == source and abs(int(article) - n) <= 1 for s, n in numbers)
        )
        for source, article in _places(other)
    )


def on_articles(articles: set[tuple[str, str | None]]) -> list[Card]:
    """The cards that rest on any of these (source, article) places."""
    return [
        card
        for card in cards()
        if card.status is not Status.UNVERIFIED and _places(card) & articles
    ]


def documents_on(
    question: Question, topic: Topic | None, library: "Library | None"
) -> list[Passage]:
    """Passages of the council's own documents: what the topic looks for, or the question."""
    if library is None:
        return []
    if question.places and not (topic and topic.look_for):
        return []  # what an article says is for the law and the cards
    asked = question.without_talk
    found: dict[str, Passage] = {}
    for words in (*(topic.look_for if topic else ()), asked):
        if found and words is asked:
            break
        hits = library.search(words, limit=3, kinds=("document",), least=RELATED)
        new = [hit for hit in hits if hit.id not in found]
        found.update((hit.id, hit) for hit in new[: 1 if topic and topic.look_for else DOCUMENTS])
    return list(found.values())[:DOCUMENTS]


def asked_text(question: Question, library: "Library | None") -> list[Passage]:
    """The first place that the question names, down to its item, if that law is held."""
    if library is None:
        return []
    for source, article, paragraph, item in question.places:
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
