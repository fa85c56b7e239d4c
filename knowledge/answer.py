"""An answer: which cards speak, in which sentences, on what grounds, with what to know."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from core import BodyType, Citation, Language, Message, Status, say
from intake.documents import REFORM
from knowledge.card_index import Match, refuses
from knowledge.document_answers import absent, alone, of_named_law, outweighed, settled
from knowledge.passage import Answer, Passage
from knowledge.question import Question
from knowledge.search import (
    asked_text,
    cards_of,
    companion,
    documents_on,
    law_text,
    matches,
    nearby,
    on_articles,
    passage,
    refusal,
    speaking,
    topic_of,
    unfold,
)
from knowledge.sentences import (
    APPLY,
    ASK,
    NO_GROUND,
    ONLY_DOCUMENTS,
    STATUS,
    Sentence,
    according,
    composed,
    of_card,
    provides,
    sentences_of,
    worded,
)
from knowledge.topics import Said, Topic
from knowledge.words import tokens
from law import Card, Move, Standing, card, cards, citations, sources, standing

if TYPE_CHECKING:
    from knowledge.document_library import Library


_LISTED = re.compile(r"[①-⑳]")
ENOUGH = 3
"""Words of the question that a sentence must add where no figure is asked for."""
REPEATS = 0.5
"""A sentence that shares more of its words with the plain ones than this says nothing new."""


def detail(card: Card, question: Question) -> str:
    """The sentence of the checked wording that answers what the plain words leave out, or "".

    That is one with a figure of the kind that is asked for, or one in Japanese that holds words
    of the question which the plain words lack. (The English wording is too terse to stand alone.)
    """
    lang, figure, asked = question.lang, question.figure, set(question.words)
    plain = card.plain.text(lang)
    if plain == card.rule.text(lang):
        return ""
    known = set(tokens(plain))
    wanted = asked - known if lang == "ja" else set()
    told = {found[0] for found in figure.finditer(plain)} if figure else set()
    best, most = "", 1 if figure else ENOUGH - 1
    for sentence in sentences_of(card.rule.text(lang), lang):
        words = set(tokens(sentence))
        new = figure and any(found[0] not in told for found in figure.finditer(sentence))
        if not new and (_LISTED.search(sentence) or len(words & known) > REPEATS * len(words)):
            continue
        if not _balanced(sentence):
            continue
        shared = len(wanted & words) + 2 * bool(new and words & asked)
        if shared > most:
            best, most = sentence, shared
    return best


def _balanced(sentence: str) -> bool:
    """Whether no bracket is left open where the sentence was cut."""
    return all(sentence.count(a) == sentence.count(b) for a, b in ("（）", "「」", "()"))


LONGEST = 130
_SENTENCE = re.compile(r"[^。\n]+。?")


def excerpt(text: str, query: str) -> str:
    """The sentence that shares most with the question, and the next where both fit.

    >>> excerpt("今日は晴れです。\\n共有IDは課に一つです。個人ごとのIDもあります。", "共有IDとは")
    '共有IDは課に一つです。個人ごとのIDもあります。'
    """
    spans = [match.span() for match in _SENTENCE.finditer(text) if match[0].strip()]
    if not spans:
        return text[:LONGEST].strip()
    wanted = set(tokens(query))
    shared = [len(wanted & set(tokens(text[a:b]))) for a, b in spans]
    best = max(range(len(spans)), key=lambda i: (shared[i], -i))
    start, end = spans[best]
    if best + 1 < len(spans) and spans[best + 1][1] - start <= LONGEST:
        end = spans[best + 1][1]
    found = text[start:end].strip()
    return found if len(found) <= LONGEST else found[: LONGEST - 1] + "…"


GROUNDS = 5
FEWEST = 4
"""Grounds shown at least, filled up with cards that belong to the first ones."""
PLACES = 3
"""Articles that moved, answered at once."""
CLOSE = 0.92
"""A second card whose score comes this near the first one's is stated beside it."""
LIMITS = 2
ALIKE = 0.5
"""Two remarks that share more of their words than this say the same thing."""


def answer(
    query: str,
    lang: Language = "ja",
    library: "Library | None" = None,
    day: date | None = None,
    body: BodyType | None = None,
) -> Answer:
    """One short paragraph, then its grounds: each sentence carries the number of a passage.

    Args:
        query: A question in Japanese or English.
        lang: The language of the quotes; the paragraph is given in both.
        library: The council's own documents, to be quoted beside the cards.
        day: The day of the case, whose law is asked for; else the day the question speaks of.
        body: The body of the case, which the answer must bind; else one that the question names.

    Returns:
        An answer with at most five passages, or one with `abstained` set that says what cannot
        be known here and whom to ask.
    """
    question = Question.of(query, day, body)
    if places := question.moves[:PLACES]:
        return _moved(question, places, lang, library)
    if documents := of_named_law(question, library):
        return _from_documents(question, documents, library)
    ranked = matches(question)
    refused = refusal(question, ranked)
    if refused is not False:
        subject = refused if isinstance(refused, Topic) else None
        documents = alone(question, subject, library)
        return _from_documents(question, documents, library) if documents else _refuse(subject)
    ranked = [match for match in ranked if not refuses(match.subject)]
    topic = topic_of(ranked)
    said = _said(question, ranked)
    stated = _grounds(said)
    subjects: list[Card | Topic] = [*map(card, stated)]
    subjects += [topic] if topic else []
    if documents := outweighed(question, subjects, library):
        return _from_documents(question, documents, library)
    documents = documents_on(question, topic, library)[: max(1, GROUNDS - len(stated))]
    asked = asked_text(question, library)
    while len(said) > 1 and len(stated) + len(documents) > GROUNDS - len(asked):
        said = said[:-1]
        stated = _grounds(said)
    said += _of_the_day(question, stated)
    stated = _grounds(said)
    room = GROUNDS - len(stated) - len(documents)
    articles = asked or law_text(said, library)[: max(0, room)]
    missing = FEWEST - len(stated) - len(documents) - len(articles)
    near = nearby(question, ranked, topic, stated)[: max(0, missing)]
    found = [passage(card(i), ranked[0].score, lang, question.day) for i in (*stated, *near)]
    said += _quoted(question, topic, documents)
    if asked and question.of_wording:
        said.insert(0, Sentence(provides(asked[0]), (asked[0].id,), whole=True))
    paragraph, passages = composed(said, [*found, *documents, *articles])
    return Answer(
        answer=paragraph,
        abstained=bool(topic and topic.unknown),
        citations=_citations(passages, question.day),
        passages=passages,
        caveats=_caveats(topic, stated, documents, library, question.day),
        limits=_limits(topic, stated, known=settled(question, documents, library)),
    )


def _grounds(said: Sequence[Sentence]) -> list[str]:
    """The cards that sentences rest on, each once, in order."""
    return list(dict.fromkeys(ground for sentence in said for ground in sentence.grounds))


def _of_the_day(question: Question, stated: Sequence[str]) -> list[Sentence]:
    """What is known of the text of the question's day, where an article was not the same then."""
    if question.day is None:
        return []
    told = {
        other.told_by: None
        for card_id in stated
        for place in citations(card_id)
        for found, other in [standing(place, question.day)]
        if found is Standing.DIFFERS and other is not None
    }
    return [of_card(card(card_id)) for card_id in told if card_id not in stated]


def _said(question: Question, ranked: Sequence[Match]) -> list[Sentence]:
    """What the best topic says, or the best card in plain words and a second one close to it."""
    if topic := speaking(ranked):
        return [Sentence(Message(ja=s.ja, en=s.en), s.cards) for s in _in_order(question, topic)]
    card, *others = cards_of(question, ranked)
    said = [of_card(card)]
    if beside := companion(card, [c for c, _ in unfold(question, list(ranked))][1:]):
        return [*said, of_card(beside)]
    if quote := detail(card, question):
        said.append(Sentence(worded(quote), (card.id,), whole=True))
    topic_leads = isinstance(ranked[0].subject, Topic)
    if others and not topic_leads and ranked[1].score >= CLOSE * ranked[0].score:
        said.append(of_card(others[0]))
    return said


def _in_order(question: Question, topic: Topic) -> list[Said]:
    """What a topic says; on data with My Number, what its Act says comes first."""
    if not question.of_my_number:
        return list(topic.says)
    return sorted(topic.says, key=lambda said: "番号法" not in said.ja)


def _moved(
    question: Question,
    places: Sequence[tuple[Move, str]],
    lang: Language,
    library: "Library | None",
) -> Answer:
    """Which article it is today, then the cards on that article and what documents say."""
    topic = topic_of([m for m in matches(question) if not refuses(m.subject)])
    documents = documents_on(question, topic, library)
    today = {(move.source, move.parts[0]) for move, _ in places}
    about = on_articles(today)[: GROUNDS - len(places) - len(documents)]
    said = [Sentence(move.said(old), (move.ground(old),)) for move, old in places]
    paragraph, passages = composed(
        [*said, *_quoted(question, topic, documents)],
        [
            *(_passage_on(move, old, lang) for move, old in places),
            *(passage(card, 1.0, lang) for card in about),
            *documents,
        ],
    )
    return Answer(
        answer=paragraph,
        abstained=False,
        citations=_citations(passages),
        passages=passages,
        caveats=_caveats(None, [], documents, library),
        limits=(APPLY,),
    )


def _quoted(
    question: Question, topic: Topic | None, documents: Sequence[Passage]
) -> list[Sentence]:
    """A sentence from each document, as its own words."""
    wanted = " ".join((question.asked, *(topic.look_for if topic else ())))
    return [
        Sentence(according(found, excerpt(found.quote, wanted)), (found.id,), whole=True)
        for found in documents
    ]


def _citations(passages: Sequence[Passage], day: date | None = None) -> tuple[Citation, ...]:
    """Every place of the cards shown, and the place of each other passage."""
    known = {card.id for card in cards()}
    return tuple(
        place
        for found in passages
        for place in (citations(found.id, day) if found.id in known else (found.citation,))
    )


def _caveats(
    topic: Topic | None,
    stated: Sequence[str],
    documents: list[Passage],
    library: "Library | None",
    day: date | None = None,
) -> tuple[Message, ...]:
    """Of the topic, of the cards that sentences rest on, and of the documents quoted."""
    cards = [card(card_id) for card_id in stated]
    said = [say("knowledge.answer.before_the_act", day=day)] if day and day < REFORM else []
    said += [topic.caveat] if topic and topic.caveat else []
    said += [card.caveat for card in cards if card.caveat]
    said += [STATUS[card.status] for card in cards if card.status in STATUS]
    if library is not None:
        said += library.caveats(documents)
    return _once(said)


def _limits(topic: Topic | None, stated: Sequence[str], known: bool) -> tuple[Message, ...]:
    """What cannot be known, and whom to ask: always somebody.

    Where the municipality's own text is `known`, it is not said to be missing.
    """
    said = [topic.limits] if topic and topic.limits else []
    said += [limits for limits in (card(card_id).limits for card_id in stated) if limits]
    said = [limits for limits in said if not (known and absent(limits))]
    return _once(said)[:LIMITS] or (APPLY,)


def _once(said: Sequence[Message]) -> tuple[Message, ...]:
    """Each remark that says something the earlier ones do not."""
    kept: list[Message] = []
    held: list[set[str]] = []
    for message in said:
        words = set(tokens(message.ja))
        if all(len(words & other) <= ALIKE * min(len(words), len(other)) for other in held):
            kept.append(message)
            held.append(words)
    return tuple(kept)


def _from_documents(
    question: Question, documents: list[Passage], library: "Library | None"
) -> Answer:
    """What documents say, where no card speaks: as their words, not as law."""
    paragraph, passages = composed(_quoted(question, None, documents), documents)
    return Answer(
        answer=paragraph,
        abstained=False,
        citations=_citations(passages),
        passages=passages,
        caveats=(ONLY_DOCUMENTS, *(library.caveats(documents) if library else ())),
        limits=(ASK,),
    )


def _refuse(topic: Topic | None) -> Answer:
    lead = topic.lead if topic and topic.lead else NO_GROUND
    limits = topic.limits if topic and topic.limits else ASK
    return Answer(answer=lead, abstained=True, limits=(limits,))


def _passage_on(move: Move, old: str, lang: Language) -> Passage:
    """The move as a ground that can be quoted."""
    law = sources()[move.source]
    article, paragraph, item = move.parts
    name = move.ground(old)
    return Passage(
        id=name,
        source=law.name,
        locator=move.today,
        quote=move.said(old).text(lang),
        citation=Citation(
            id=name,
            kind="law",
            law=law.name,
            article=article,
            paragraph=paragraph,
            item=item,
            title=move.matter.ja,
            revision=law.revision,
            effective_from=law.effective_from,
            url=law.address(),
            status=Status.VERIFIED_TEXT,
        ),
        score=1.0,
    )
