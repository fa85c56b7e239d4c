"""What the council's own documents say where no card speaks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
        hits = library.search(query, limit=20, kinds=("document",), least=NAMED)
        found = [hit for hit in hits if _local(hit)]
    else:
        found = list(library.search(query, limit=LIMIT, kinds=("document",), least=ALONE))
    return found[:LIMIT]


def outweighed(
    query: str, subjects: Sequence[Card | Topic], library: "Library | None"
) -> list[Passage]:
    """Passages that hold the question where the cards and topics hardly do."""
    if library is None or cited(query):
        return []
    if any(library.holds(query, _words(subject)) >= WEAK for subject in subjects):
        return []
    return list(library.search(query, limit=LIMIT, kinds=("document",), least=ALONE))


def _words(subject: Card | Topic) -> str:
    lead = subject.rule if isinstance(subject, Card) else subject.wording()
    said = (lead.ja, lead.en) if lead else ()
    return " ".join((*subject.questions.all(), *subject.words.all(), subject.title.ja, *said))


def _local(passage: Passage) -> bool:
    name = f"{passage.source} {passage.citation.title}".lower()
    return any(word in name for word in _LOCAL)
