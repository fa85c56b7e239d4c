"""An answer made of what the cards and the council's documents say, or a plain refusal."""

from typing import TYPE_CHECKING

from core import Language, Message, Status
from knowledge import catalog
from knowledge.assessment import decide
from knowledge.card import Card, Topic
from knowledge.index import Match, index
from knowledge.passage import Answer, Passage
from knowledge.scope import in_scope
from knowledge.search import passage, unfold

if TYPE_CHECKING:
    from knowledge.library import Library

GROUNDS = 5
CARDS = 3
"""Cards quoted where no topic names them."""


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
    matches = index().rank(query)
    topic = _topic(matches)
    if topic is not None and not topic.cards:
        return _refusal(topic)
    if not matches or not in_scope(query, matches[0].subject, index()):
        return _from_documents(query, library) or _refusal(None)
    cards = _cards(query, matches, topic)
    found = _documents(query, topic, library)[: max(1, GROUNDS - len(cards))]
    quoted = [passage(card, score, lang) for card, score in cards][: GROUNDS - len(found)]
    kept = [card for card, _ in cards][: len(quoted)]
    places = tuple(place for card in kept for place in catalog.citations(card.id))
    return Answer(
        answer=_paragraph(topic, kept),
        abstained=False,
        citations=places + tuple(p.citation for p in found),
        passages=tuple(quoted) + tuple(found),
        caveats=_caveats(topic, kept, found, library),
        limits=_limits(topic, kept),
    )


def _topic(matches: list[Match]) -> Topic | None:
    subject = matches[0].subject if matches else None
    return subject if isinstance(subject, Topic) else None


def _cards(query: str, matches: list[Match], topic: Topic | None) -> list[tuple[Card, float]]:
    if topic is None:
        return unfold(matches)[:CARDS]
    ids = decide(query, topic.cards) if topic.decide else topic.cards
    return [(catalog.card(card_id), matches[0].score) for card_id in ids[:GROUNDS]]


def _paragraph(topic: Topic | None, cards: list[Card]) -> Message:
    if topic is not None and topic.lead is not None:
        numbers = "".join(f"[{i}]" for i in range(1, len(cards) + 1))
        return Message(ja=topic.lead.ja + numbers, en=f"{topic.lead.en} {numbers}")
    first = cards[0]
    return Message(ja=f"{first.rule.ja}[1]", en=f"{first.rule.en} [1]")


def _documents(query: str, topic: Topic | None, library: "Library | None") -> list[Passage]:
    if library is None:
        return []
    searches = topic.look_for if topic and topic.look_for else (query,)
    found: dict[str, Passage] = {}
    for words in searches:
        for hit in library.search(words, limit=1 if topic else 2):
            found.setdefault(hit.id, hit)
    return list(found.values())[:2]


def _from_documents(query: str, library: "Library | None") -> Answer | None:
    return None


def _caveats(
    topic: Topic | None, cards: list[Card], found: list[Passage], library: "Library | None"
) -> tuple[Message, ...]:
    said = [topic.caveat] if topic and topic.caveat else []
    said += [card.caveat for card in cards if card.caveat]
    said += [STATUS[card.status] for card in cards if card.status in STATUS]
    if library is not None:
        said += library.caveats(found)
    return tuple(dict.fromkeys(said))


def _limits(topic: Topic | None, cards: list[Card]) -> tuple[Message, ...]:
    said = [topic.limits] if topic and topic.limits else []
    said += [card.limits for card in cards[:1] if card.limits]
    return tuple(dict.fromkeys(said))


STATUS = {
    Status.VERIFIED_SECONDARY: Message(
        ja="二次資料で確認した内容を含みます。原文での確認が必要です。",
        en="Part of this was checked against a secondary source only; consult the original.",
    ),
    Status.SEED_ONLY: Message(
        ja="資料によれば、という内容です。法令の定めではありません。",
        en="According to the document cited; this is not a rule of law.",
    ),
}
NO_GROUND = Message(
    ja="手元の根拠（法令・指針のカードと取り込んだ資料）には、この質問に答えるものがありません。",
    en="Nothing in the cards or the imported documents answers this question.",
)
ASK = Message(
    ja="所管課・法規担当に確認してください。法の解釈であれば、自治体として個人情報保護委員会に助言を求めることができます（法166条）。",
    en="Ask the responsible section or the legal officer. On a reading of the Act, a municipality"
    " may request advice from the Personal Information Protection Commission (art. 166).",
)


def _refusal(topic: Topic | None) -> Answer:
    lead = topic.lead if topic and topic.lead else NO_GROUND
    limits = (topic.limits or ASK) if topic else ASK
    return Answer(answer=lead, abstained=True, limits=(limits,))
