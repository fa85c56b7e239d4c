"""Which cards and topics a question is about: BM25, LSA and named articles, fused."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from knowledge import catalog
from knowledge.articles import cited
from knowledge.card import Card, Topic
from knowledge.fusion import fuse
from knowledge.lexical import Lexical
from knowledge.nearest import Nearest
from knowledge.scope import Scope
from knowledge.thesaurus import expand
from knowledge.tokens import tokens

_building = threading.Lock()
NEAREST = 60
DAMPING = 5
WIDER = 0.2
"""What a word of the thesaurus counts beside one of the question's own."""
WEIGHTS = (1.0, 0.6, 1.0, 2.0)
"""Entries by BM25, entries by LSA, whole cards by BM25, articles named in the question."""


@dataclass(frozen=True)
class Match:
    """A card or topic that fits the question, with its fused score."""

    subject: Card | Topic
    score: float


class CardIndex:
    """Every question, word list and wording is an entry; a card is as near as its best entry."""

    def __init__(self, cards: Sequence[Card], topics: Sequence[Topic]) -> None:
        self._subjects: list[Card | Topic] = [*cards, *topics]
        entries = [
            (owner, text) for owner, s in enumerate(self._subjects) for text in _entries(s) if text
        ]
        self._owners = np.array([owner for owner, _ in entries])
        words = [tokens(text) for _, text in entries]
        self._entries = Lexical(words)
        whole: list[list[str]] = [[] for _ in self._subjects]
        for (owner, _), found in zip(entries, words, strict=True):
            whole[owner] += found
        self._whole = Lexical(whole)
        self.scope = Scope(self._subjects)
        self._nearest = Nearest(words)

    def rank(self, query: str, limit: int = 20) -> list[Match]:
        """The subjects that fit a question, best first."""
        words = tokens(query)
        wider = expand(words)
        rankings = [
            self._best_entries(words, wider),
            self._nearest_entries(words),
            _order(self._whole.scores(words) + WIDER * self._whole.scores(wider)),
            self._by_article(query),
        ]
        fused = fuse(rankings, WEIGHTS, DAMPING)
        return [Match(self._subjects[i], score) for i, score in fused[:limit]]

    def _best_entries(self, words: Sequence[str], wider: Sequence[str]) -> list[int]:
        scores = self._entries.scores(words) + WIDER * self._entries.scores(wider)
        best = np.zeros(len(self._subjects))
        np.maximum.at(best, self._owners, scores)
        return _order(best)

    def _nearest_entries(self, words: Sequence[str]) -> list[int]:
        nearest = self._nearest.nearest(words, NEAREST)
        return list(dict.fromkeys(int(self._owners[i]) for i, cosine in nearest if cosine > 0.05))

    def _by_article(self, query: str) -> list[int]:
        places = cited(query)
        return [
            index
            for index, subject in enumerate(self._subjects)
            if isinstance(subject, Card)
            and any((r.source, r.article) in places for r in subject.references)
        ]


def _entries(subject: Card | Topic) -> Iterable[str]:
    yield from subject.questions.all()
    yield f"{subject.title.ja} {' '.join(subject.words.ja)}"
    yield f"{subject.title.en} {' '.join(subject.words.en)}"
    if isinstance(subject, Card):
        yield subject.rule.ja
        yield subject.plain.ja
        yield f"{subject.rule.en} {subject.plain.en}"
    elif subject.lead:
        yield subject.lead.ja
        yield subject.lead.en


def _order(scores: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
    order = np.argsort(-scores, kind="stable")
    return [int(i) for i in order[:NEAREST] if scores[i] > 0]


@cache
def _build() -> CardIndex:
    return CardIndex(catalog.cards(), catalog.topics())


def index() -> CardIndex:
    """The index of the cards, built at the first call (a second or so) and kept."""
    with _building:
        return _build()


def warm() -> threading.Thread:
    """Build the index in the background; returns the thread, to join if one must wait."""
    thread = threading.Thread(target=index, name="knowledge-warm", daemon=True)
    thread.start()
    return thread
