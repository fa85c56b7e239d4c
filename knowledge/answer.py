"""An answer: which cards speak, in which sentences, on what grounds, with what to know."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import Citation, Language, Message, Status
from knowledge import grounds, phrases
from knowledge.card_index import Match
from knowledge.document_answers import absent, alone, outweighed, settled
from knowledge.passage import Answer, Passage
from knowledge.scope import refuses
from knowledge.search import matches, passage, refusal
from knowledge.sentences import Sentence, composed, of_card, sentences
from knowledge.tokens import tokens
from knowledge.topics import Said, Topic
from law import Card, Move, card, cards, citations, moved, sources, without

if TYPE_CHECKING:
    from knowledge.library import Library


_JAPANESE = re.compile(r"[ぁ-ヶ一-龥]")
_LISTED = re.compile(r"[①-⑳]")
_FIGURES = tuple(
    (re.compile(asked, re.I), re.compile(kind, re.I))
    for asked, kind in (
        (r"何人|何名|how many (?:people|persons|staff)", r"[\d,百千万]+ ?(?:人|people|persons)"),
        (r"何日|何年|何か月|いつまで|期限|how (?:long|soon|often)|deadline",
         r"[\d,百]+ ?(?:日|年|days?|years?)"),
        (r"いくら|何円|how much", r"[\d,百千万]+ ?(?:円|yen)"),
    )
)  # fmt: skip
"""What is asked for, and how such a figure is written."""
ENOUGH = 3
"""Words of the question that a sentence must add where no figure is asked for."""
REPEATS = 0.5
"""A sentence that shares more of its words with the plain ones than this says nothing new."""


def written_in(query: str) -> Language:
    """Japanese where it holds any kana or kanji."""
    return "ja" if _JAPANESE.search(query) else "en"


def detail(card: Card, query: str, lang: Language) -> str:
    """The sentence of the checked wording that answers what the plain words leave out, or "".

    That is one with a figure of the kind that is asked for, or one in Japanese that holds words
    of the question which the plain words lack. (The English wording is too terse to stand alone.)
    """
    plain = card.plain.text(lang)
    known = set(tokens(plain))
    wanted = set(tokens(query)) - known if lang == "ja" else set()
    figure = next((kind for asked, kind in _FIGURES if asked.search(query)), None)
    told = {found[0] for found in figure.finditer(plain)} if figure else set()
    asked = set(tokens(query))
    best, most = "", 1 if figure else ENOUGH - 1
    for sentence in sentences(card.rule.text(lang), lang):
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
FEWEST = 3
"""Grounds shown at least, filled up with cards that belong to the first ones."""
PLACES = 3
"""Articles that moved, answered at once."""
CLOSE = 0.92
"""A second card whose score comes this near the first one's is stated beside it."""
LIMITS = 2
ALIKE = 0.5
"""Two remarks that share more of their words than this say the same thing."""


_NUMBERED = re.compile(
    r"マイナンバー|個人番号|特定個人情報|番号(?:が|の|を)?(?:付|つ|入)|my number|individual number",
    re.I,
)
"""A question about data with My Number, whose own rules are then said first."""


_TEXT = re.compile(
    r"条文|原文|本文|文言|(?:条|項|号)の?(?:内容|規定|定め)|(?:何|なん|どう|どのよう)(?:と|に)?"
    r"(?:書|定|規定)|見せて|\btext of\b|\bwording\b|\bsays?\b|\bshow me\b|\bquote\b",
    re.I,
)
"""A question for what an article says, which is then said first in its own words."""


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
    topic = grounds.topic_of(ranked)
    said = _said(query, ranked)
    stated = list(dict.fromkeys(ground for sentence in said for ground in sentence.grounds))
    subjects: list[Card | Topic] = [*map(card, stated)]
    subjects += [topic] if topic else []
    if documents := outweighed(query, subjects, library):
        return _from_documents(query, documents, library)
    documents = grounds.documents(query, topic, library)[: max(1, GROUNDS - len(stated))]
    asked = grounds.asked_text(query, library)
    while len(said) > 1 and len(stated) + len(documents) > GROUNDS - len(asked):
        said = said[:-1]
        stated = list(dict.fromkeys(ground for sentence in said for ground in sentence.grounds))
    room = GROUNDS - len(stated) - len(documents)
    articles = asked or grounds.law_text(said, library)[: max(0, room)]
    missing = FEWEST - len(stated) - len(documents) - len(articles)
    near = grounds.near(query, ranked, topic, stated)[: max(0, missing)]
    found = [passage(card(i), ranked[0].score, lang) for i in (*stated, *near)]
    said += _quoted(query, topic, documents)
    if asked and (_TEXT.search(query) or not tokens(without(query))):
        said.insert(0, Sentence(phrases.provides(asked[0]), (asked[0].id,), whole=True))
    paragraph, passages = composed(said, [*found, *documents, *articles])
    return Answer(
        answer=paragraph,
        abstained=bool(topic and topic.unknown),
        citations=_citations(passages),
        passages=passages,
        caveats=_caveats(topic, stated, documents, library),
        limits=_limits(topic, stated, known=settled(query, documents, library)),
    )


def _said(query: str, ranked: Sequence[Match]) -> list[Sentence]:
    """What the best topic says, or the best card in plain words and a second one close to it."""
    if topic := grounds.speaking(ranked):
        return [Sentence(Message(ja=s.ja, en=s.en), s.cards) for s in _in_order(query, topic)]
    card, *others = grounds.cards_of(query, ranked)
    said = [of_card(card)]
    if quote := detail(card, query, written_in(query)):
        said.append(Sentence(phrases.worded(quote), (card.id,), whole=True))
    topic_leads = isinstance(ranked[0].subject, Topic)
    if others and not topic_leads and ranked[1].score >= CLOSE * ranked[0].score:
        said.append(of_card(others[0]))
    return said


def _in_order(query: str, topic: Topic) -> list[Said]:
    """What a topic says; on data with My Number, what its Act says comes first."""
    if not _NUMBERED.search(query):
        return list(topic.says)
    return sorted(topic.says, key=lambda said: "番号法" not in said.ja)


def _moved(
    query: str, places: list[tuple[Move, str]], lang: Language, library: "Library | None"
) -> Answer:
    """Which article it is today, then the cards on that article and what documents say."""
    topic = grounds.topic_of([m for m in matches(query) if not refuses(m.subject)])
    documents = grounds.documents(query, topic, library)
    today = {(move.source, move.parts[0]) for move, _ in places}
    about = grounds.on_articles(today)[: GROUNDS - len(places) - len(documents)]
    said = [Sentence(move.said(old), (move.ground(old),)) for move, old in places]
    paragraph, passages = composed(
        [*said, *_quoted(query, topic, documents)],
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
        limits=(phrases.APPLY,),
    )


def _quoted(query: str, topic: Topic | None, documents: Sequence[Passage]) -> list[Sentence]:
    """A sentence from each document, as its own words."""
    wanted = " ".join((query, *(topic.look_for if topic else ())))
    return [
        Sentence(phrases.according(found, excerpt(found.quote, wanted)), (found.id,), whole=True)
        for found in documents
    ]


def _citations(passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """Every place of the cards shown, and the place of each other passage."""
    known = {card.id for card in cards()}
    return tuple(
        place
        for found in passages
        for place in (citations(found.id) if found.id in known else (found.citation,))
    )


def _caveats(
    topic: Topic | None, stated: Sequence[str], documents: list[Passage], library: "Library | None"
) -> tuple[Message, ...]:
    """Of the topic, of the cards that sentences rest on, and of the documents quoted."""
    cards = [card(card_id) for card_id in stated]
    said = [topic.caveat] if topic and topic.caveat else []
    said += [card.caveat for card in cards if card.caveat]
    said += [phrases.STATUS[card.status] for card in cards if card.status in phrases.STATUS]
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
    return _once(said)[:LIMITS] or (phrases.APPLY,)


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


def _from_documents(query: str, documents: list[Passage], library: "Library | None") -> Answer:
    """What documents say, where no card speaks: as their words, not as law."""
    paragraph, passages = composed(_quoted(query, None, documents), documents)
    return Answer(
        answer=paragraph,
        abstained=False,
        citations=_citations(passages),
        passages=passages,
        caveats=(phrases.ONLY_DOCUMENTS, *(library.caveats(documents) if library else ())),
        limits=(phrases.ASK,),
    )


def _refuse(topic: Topic | None) -> Answer:
    lead = topic.lead if topic and topic.lead else phrases.NO_GROUND
    limits = topic.limits if topic and topic.limits else phrases.ASK
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
