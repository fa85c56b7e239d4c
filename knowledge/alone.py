"""What the council's own documents say where no card speaks."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import Message
from knowledge.articles import cited
from knowledge.asked import ORDINANCE, OTHER_LAW
from knowledge.card import Card, Topic
from knowledge.passage import Passage

if TYPE_CHECKING:
    from knowledge.library import Library

ALONE = 0.7
"""Share of the question that a passage must hold to answer it without a card."""
NAMED = 0.4
"""The same where the question names the kind of text, and this is one."""
WEAK = 0.35
"""A card that holds less of the question than this gives way to a document that holds `ALONE`."""
LIMIT = 2
_HERE = re.compile(
    r"(?:うち|本|当|わが|我が|この)の?(?:市|区|町|村|県|府|都|道|自治体|役所|役場|庁|課|部署)"
    r"(?:の(?:条例|規程|要綱|要領|規則)?)?(?:に|で)?(?:は|も)?"
    r"|\b(?:in|under|by) (?:our|this) (?:own )?\w+(?:['’]s \w+)?",
    re.I,
)
_ASKING = re.compile(
    r"いくら|幾ら|どの(?:くらい|ぐらい)|どこ|だれ|誰|いつ(?:まで|から)?|何(?=[人日年月時円枚件回条])"
)
"""Words for where we are, and for what is not known yet: no passage that answers holds them."""
_ABSENT = re.compile(r"(?<!議会の)(?:条例|規程)[^。]*手元に(?:ない|ありません)")
_LOCAL = ("条例", "規程", "要綱", "要領", "規則", "ordinance", "policy")


def alone(query: str, topic: Topic | None, library: "Library | None") -> list[Passage]:
    """Passages that answer a question the cards do not, best first; none where that is unsure."""
    if library is None:
        return []
    name = topic.id if topic else None
    if name == OTHER_LAW:
        hits = library.search(query, limit=20, kinds=("law",))
        found = [hit for hit in hits if (hit.citation.title or "-") in query]
    elif name == ORDINANCE:
        hits = library.search(_matter(query), limit=20, kinds=("document",), least=NAMED)
        found = [hit for hit in hits if _local(hit)]
    else:
        found = list(library.search(_matter(query), LIMIT, ("document",), ALONE))
    return found[:LIMIT]


def outweighed(
    query: str, subjects: Sequence[Card | Topic], library: "Library | None"
) -> list[Passage]:
    """Passages that hold the question where the cards and topics hardly do."""
    if library is None or cited(query):
        return []
    if any(library.holds(query, words_of(subject)) >= WEAK for subject in subjects):
        return []
    return list(library.search(query, limit=LIMIT, kinds=("document",), least=ALONE))


def settled(query: str, documents: Sequence[Passage], library: "Library | None") -> bool:
    """Whether a text of the municipality's own answers, so that none need be said to be missing."""
    return library is not None and any(
        _local(found) and library.holds(_matter(query), found.quote) >= ALONE for found in documents
    )


def absent(limits: Message) -> bool:
    """Whether a remark says that the municipality's own ordinance or regulation is not at hand."""
    return bool(_ABSENT.search(limits.ja))


def _matter(query: str) -> str:
    """A question without the words that say whose matter it is and what is not known of it."""
    return _ASKING.sub("", _HERE.sub("", query))


def words_of(subject: Card | Topic) -> str:
    """All that a card or topic says and is asked about, as one text."""
    lead = subject.rule if isinstance(subject, Card) else subject.wording()
    said = (lead.ja, lead.en) if lead else ()
    return " ".join((*subject.questions.all(), *subject.words.all(), subject.title.ja, *said))


def _local(passage: Passage) -> bool:
    name = f"{passage.source} {passage.citation.title}".lower()
    return any(word in name for word in _LOCAL)
