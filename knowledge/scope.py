"""Whether the cards speak about a question at all."""

from knowledge.card import Card, Topic
from knowledge.index import CardIndex
from knowledge.thesaurus import expand
from knowledge.tokens import tokens

COVERAGE = 0.45
"""Share of the question's words, weighted by rarity, that the best subject holds."""


def coverage(query: str, subject: Card | Topic, index: CardIndex) -> float:
    """0–1: how much of what is asked the subject speaks about; unknown words weigh most."""
    words = set(tokens(query))
    if not words:
        return 0.0
    held = index.words_of(subject)
    total = found = 0.0
    for word in words:
        weight = index.rarity(word)
        total += weight
        if word in held or held & set(expand([word])):
            found += weight
    return found / total if total else 0.0


def in_scope(query: str, subject: Card | Topic, index: CardIndex) -> bool:
    """Whether the subject holds enough of the question to stand as its answer."""
    return coverage(query, subject, index) >= COVERAGE
