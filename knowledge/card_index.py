"""The index over cards and topics: words, questions they answer, situations people tell."""

import math
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.question import Question
from knowledge.ranking import Lexical, Nearest
from knowledge.topics import Topic, topics
from knowledge.words import concepts, frames, tokens
from law import Card, Spot, articles_of, cards, names_item

_WORDINGS = Path(__file__).parent / "wordings"


@cache
def wordings() -> dict[str, tuple[str, ...]]:
    """Questions by card or topic id.

    >>> "Are criminal records special?" in wordings()["A-03"]
    False
    """
    found: dict[str, list[str]] = {}
    for path in sorted(_WORDINGS.glob("*.txt")):
        owner: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("= "):
                owner = found.setdefault(line[2:].strip(), [])
            elif line and not line.startswith("#"):
                owner.append(line)
    return {name: tuple(lines) for name, lines in found.items()}


_building = threading.Lock()
CONCEPT = 0.8
"""What a concept counts beside a word of the question's own."""
WEIGHTS = (1.0, 0.6, 2.0, 2.0)
"""Best entry by BM25, best entry by LSA, whole subject by BM25, article named in the question."""
PRESUMED = 0.3
"""What an article counts that the question only puts forward as its ground."""
EXACT = 0.2
"""What a card gains whose own place is the paragraph or item named."""
Scores = NDArray[np.float64]


@cache
def _asking() -> frozenset[str]:
    """What stands beside an article in a question about that article as such."""
    return frozenset(
        tokens(
            "法律 条 条文 原文 本文 規定 内容 書く 定める 意味 説明 見せる 引用"
            " act law say mean cover provide content show text quote wording"
        )
    )


SMOOTHING = 0.3
UNKNOWN = -2.4
"""What a word that neither side knows says."""
LEAD = 11.0
"""What a lead of one (the whole scale of scores) over the best out-of-scope topic says."""
NEEDED = -1.2
"""Below this a question is refused. The three were fitted by logistic regression on questions held
out of the index, for one wrong refusal in forty."""


class Scope:
    """Whether a question is about what the cards speak of at all.

    The score of the best match alone cannot tell: unrelated questions share everyday words with
    some card. Two things together can: how much more often the question's words stand in the
    questions the cards answer than in those listed as out of scope (naive Bayes; a word that
    neither side knows speaks against), and how far the best card leads the best out-of-scope topic.
    """

    def __init__(
        self, subjects: Sequence[Card | Topic], wordings: Mapping[str, Sequence[str]]
    ) -> None:
        inside: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for subject in subjects:
            side = outside if refuses(subject) else inside
            for text in (*_texts(subject), *wordings.get(subject.id, ())):
                side.update({*tokens(text), *frames(text)})
        words = inside.keys() | outside.keys()
        total_in = inside.total() + SMOOTHING * len(words)
        total_out = outside.total() + SMOOTHING * len(words)
        self._weight = {
            word: math.log((inside[word] + SMOOTHING) / total_in)
            - math.log((outside[word] + SMOOTHING) / total_out)
            for word in words
        }

    def holds(self, words: Iterable[str], lead: float) -> bool:
        """Whether a question of these words is one the cards answer.

        `lead` (-1 to 1) is the score of the best card less that of the best out-of-scope topic.
        """
        told = {word for word in words if not word.isnumeric()}  # a number belongs to no field
        leaning = sum(self._says(word) for word in told)
        return leaning + LEAD * lead >= NEEDED

    def _says(self, word: str) -> float:
        """A word's log-odds; one that no question holds is neutral where it has a concept."""
        known = self._weight.get(word)
        return known if known is not None else 0.0 if concepts([word]) else UNKNOWN


def refuses(subject: Card | Topic) -> bool:
    """Whether the subject is one that is out of scope."""
    return isinstance(subject, Topic) and not subject.cards


def _texts(subject: Card | Topic) -> Iterable[str]:
    yield from subject.questions.all()
    yield from subject.words.all()
    yield from (subject.title.ja, subject.title.en)


@dataclass(frozen=True)
class Match:
    """A card or topic that fits the question, with its fused score."""

    subject: Card | Topic
    score: float


class CardIndex:
    """Every question, word list and wording is an entry; a card is as near as its best entry."""

    def __init__(
        self,
        cards: Sequence[Card],
        topics: Sequence[Topic],
        wordings: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._subjects: list[Card | Topic] = [*cards, *topics]
        more = wordings or {}
        entries = [
            (owner, text)
            for owner, s in enumerate(self._subjects)
            for text in (*_entries(s), *more.get(s.id, ()))
            if text
        ]
        self._owners = np.array([owner for owner, _ in entries])
        words = [tokens(text) for _, text in entries]
        meant = [
            concepts(found) + frames(text) for found, (_, text) in zip(words, entries, strict=True)
        ]
        self._entries, self._meant = Lexical(words), Lexical(meant)
        self._whole, self._whole_meant = self._wholes(words), self._wholes(meant)
        self._articles = [articles_of(s) if isinstance(s, Card) else {} for s in self._subjects]
        self.scope = Scope(self._subjects, more)
        self._nearest = Nearest([w + m for w, m in zip(words, meant, strict=True)])

    def _wholes(self, entries: Sequence[Sequence[str]]) -> Lexical:
        """All entries of each subject as one text."""
        whole: list[list[str]] = [[] for _ in self._subjects]
        for owner, found in zip(self._owners, entries, strict=True):
            whole[owner] += found
        return Lexical(whole)

    def rank(self, question: Question, limit: int = 200) -> list[Match]:
        """The subjects that fit a question, best first.

        Each way of looking gives every subject a score beside its own best; these are added up,
        which keeps how clearly the best one leads (ranks alone do not).
        """
        words = question.matter
        if question.places and len({*words} - _asking()) <= 1:
            words = ()  # it asks for an article as such
        meant = concepts(words) + list(question.frames)
        entries = self._entries.scores(words) + CONCEPT * self._meant.scores(meant)
        ways = (
            _relative(self._best(entries)),
            _relative(self._best(self._nearest.cosines([*words, *meant]))),
            _relative(self._whole.scores(words) + CONCEPT * self._whole_meant.scores(meant)),
            self._by_article(question.places) * (PRESUMED if question.presumes else 1.0),
        )
        total = sum(
            (weight * way for weight, way in zip(WEIGHTS, ways, strict=True)),
            start=np.zeros(len(self._subjects)),
        )
        order = np.argsort(-total, kind="stable")[:limit]
        return [
            Match(self._subjects[i], float(total[i]) / sum(WEIGHTS)) for i in order if total[i] > 0
        ]

    def _best(self, scores: Scores) -> Scores:
        """The best entry of each subject."""
        best = np.zeros(len(self._subjects))
        np.maximum.at(best, self._owners, scores)
        return best

    def _by_article(self, places: Sequence[Spot]) -> Scores:
        """How much each card speaks of the articles named, and of their very items."""
        held = [
            max((weights.get((p.source, p.article), 0.0) for p in places), default=0.0)
            for weights in self._articles
        ]
        exact = [
            isinstance(s, Card) and any(names_item(s, place) for place in places)
            for s in self._subjects
        ]
        return np.array(held) + EXACT * np.array(exact)


def _entries(subject: Card | Topic) -> Iterable[str]:
    yield from subject.questions.all()
    yield f"{subject.title.ja} {' '.join(subject.words.ja)}"
    yield f"{subject.title.en} {' '.join(subject.words.en)}"
    if isinstance(subject, Card):
        yield subject.rule.ja
        yield subject.plain.ja
        yield f"{subject.rule.en} {subject.plain.en}"
    elif wording := subject.wording():
        yield wording.ja
        yield wording.en


def _relative(scores: Scores) -> Scores:
    most = scores.max(initial=0.0)
    return scores / most if most > 0 else np.zeros_like(scores)


@cache
def _build() -> CardIndex:
    return CardIndex(cards(), topics(), wordings())


def index() -> CardIndex:
    """The index of the cards, built at the first call (a second or so) and kept."""
    with _building:
        return _build()


def warm() -> threading.Thread:
    """Build the index in the background; returns the thread, to join if one must wait."""
    thread = threading.Thread(target=index, name="knowledge-warm", daemon=True)
    thread.start()
    return thread
