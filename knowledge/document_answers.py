"""What imported documents alone answer, and which texts are asked for that are not held."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from core import Message
from knowledge.passage import Passage
from knowledge.question import Question
from knowledge.topics import Topic
from law import Card, cards, sources, written_names

if TYPE_CHECKING:
    from knowledge.document_library import Library


ORDINANCE, OTHER_LAW = "O-ordinance-text", "O-other-law"

_LOCAL_TEXT = re.compile(
    r"(?:うち|本|当|わが|我が|私たち|隣|他|よそ|この|ある|[一-龥ァ-ヶー]{0,8})の?(?:市|区|町|村|県|府|都|道|自治体)"
    r"[^。、？?]{0,16}(?:条例|規程|要綱|要領|内規)"
    r"|(?:うち|当庁|庁内)の[^。、？?]{0,10}(?:条例|規程|要綱|要領)"
)
_CONTENT = re.compile(
    r"いくら|何(?:日|年|月|か月|ヶ月|条|項|人|円|歳|と)|どう(?:なって|定め|規定|書)"
    r"|どのように(?:定|規定|書)|内容|本文|全文|読み上げ|書(?:いて|かれ)|載って|挙げて|列挙|第?\d+条"
)
_LOCAL_TEXT_EN = re.compile(
    r"\b(?:our|my|local|neighbou?ring|(?:city|town|ward|village|prefecture|municipality)['’]s)\b"
    r"[^.?]{0,30}\b(?:ordinance|by-?law|regulation|polic)"
)
_CONTENT_EN = re.compile(
    r"\bsays?\b|\bhow (?:much|long|many)\b|\bcontain|\bread (?:out|me)\b|\bwording\b|\bwhat is in\b"
)
_LAW = re.compile(r"[一-龥]{2,14}法(?![一-龥])|(?<![一-龥])[刑民]法(?![一-龥])")
_LAW_EN = re.compile(r"\b((?:[A-Z][a-z]+ )+)(?:Act|Code)\b")
_NOT_A_LAW = re.compile(
    r"(?:方|手|療|用|作|文|語|製|立|司|違|適|不|合|処理|加工|評価|解析|計算|測定|調査|改正|現行|[旧新同本])法$"
)
_FOREIGN = re.compile(
    r"\b(?:hipaa|ccpa|cpra|ferpa|coppa|glba|pipeda|lgpd|pipl|pdpa|uk gdpr)\b|カリフォルニア州"
    r"|(?:韓国|中国|米国|アメリカ|英国|台湾)の[^。、？?]{0,8}(?:法律|保護法)",
    re.I,
)
"""Data protection laws of other countries, none of which is held."""
_OURS = re.compile(
    r"個人情報|個情法|番号法|マイナンバー|保護法|appi\b|my number|personal information|gdpr", re.I
)


def unheld(question: Question) -> str | None:
    """The out-of-scope topic for a question about a text that is not held here, if it is one.

    >>> unheld(Question.of("本市の条例では保存期間は何年ですか"))
    'O-ordinance-text'
    >>> unheld(Question.of("道路法の占用の許可は"))
    'O-other-law'
    >>> unheld(Question.of("条例で要配慮個人情報を追加できますか")) is None
    True
    """
    text = question.text
    low = text.lower()
    if _LOCAL_TEXT.search(text) and _CONTENT.search(text):
        return ORDINANCE
    if _LOCAL_TEXT_EN.search(low) and _CONTENT_EN.search(low):
        return ORDINANCE
    if _FOREIGN.search(text):
        return OTHER_LAW
    return OTHER_LAW if not _OURS.search(text) and _other_laws(text) else None


def _other_laws(text: str) -> list[str]:
    named = [law for law in _LAW.findall(text) if not _NOT_A_LAW.search(law)]
    named += [law.strip() for law in _LAW_EN.findall(text) if law.strip() not in ("The", "This")]
    held = written_names()
    return [law for law in named if law.lower() not in held and law not in _mentioned()]


@cache
def _mentioned() -> str:
    """What the cards say, where a law may be spoken of."""
    return "\n".join(
        text for card in cards() for text in (card.rule.ja, card.rule.en, card.authority)
    )


ALONE = 0.7
"""Share of the question that a passage must hold to answer it without a card."""
NAMED = 0.4
"""The same where the question names the kind of text, and this is one."""
WEAK = 0.35
"""A card that holds less of the question than this gives way to a document that holds `ALONE`."""
LIMIT = 2
_ABSENT = re.compile(r"(?<!議会の)(?:条例|規程)[^。]*手元に(?:ない|ありません)")
_LOCAL = ("条例", "規程", "要綱", "要領", "規則", "ordinance", "policy")


def alone(question: Question, topic: Topic | None, library: "Library | None") -> list[Passage]:
    """Passages that answer a question the cards do not, best first; none where that is unsure."""
    if library is None:
        return []
    name = topic.id if topic else None
    if name == OTHER_LAW:
        hits = library.search(question.asked, limit=20, kinds=("law",))
        found = [hit for hit in hits if (hit.citation.title or "-") in question.asked]
    elif name == ORDINANCE:
        hits = library.search(question.without_place, limit=20, kinds=("document",), least=NAMED)
        found = [hit for hit in hits if _local(hit)]
    else:
        found = list(library.search(question.without_place, LIMIT, ("document",), ALONE))
    return found[:LIMIT]


def of_named_law(question: Question, library: "Library | None") -> list[Passage]:
    """Passages of an imported law that the question names and that no card speaks of."""
    if library is None:
        return []
    known = {source.title or source.name for source in sources().values()}
    titles = {d.title for d in library.list() if d.kind == "law" and d.title in question.text}
    if not titles - known:
        return []
    hits = library.search(question.asked, limit=20, kinds=("law",))
    return [hit for hit in hits if hit.citation.title in titles - known][:LIMIT]


def outweighed(
    question: Question, subjects: Sequence[Card | Topic], library: "Library | None"
) -> list[Passage]:
    """Passages that hold the question where the cards and topics hardly do."""
    if library is None or question.places:
        return []
    if any(library.holds(question.asked, words_of(subject)) >= WEAK for subject in subjects):
        return []
    return list(library.search(question.asked, limit=LIMIT, kinds=("document",), least=ALONE))


def settled(question: Question, documents: Sequence[Passage], library: "Library | None") -> bool:
    """Whether a text of the municipality's own answers, so that none need be said to be missing."""
    return library is not None and any(
        _local(found) and library.holds(question.without_place, found.quote) >= ALONE
        for found in documents
    )


def absent(limits: Message) -> bool:
    """Whether a remark says that the municipality's own ordinance or regulation is not at hand."""
    return bool(_ABSENT.search(limits.ja))


def words_of(subject: Card | Topic) -> str:
    """All that a card or topic says and is asked about, as one text."""
    lead = subject.rule if isinstance(subject, Card) else subject.wording()
    said = (lead.ja, lead.en) if lead else ()
    return " ".join((*subject.questions.all(), *subject.words.all(), subject.title.ja, *said))


def _local(passage: Passage) -> bool:
    name = f"{passage.source} {passage.citation.title}".lower()
    return any(word in name for word in _LOCAL)
