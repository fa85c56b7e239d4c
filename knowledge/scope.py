"""Whether a question is about what the cards speak of at all.

The score of the best match cannot tell: unrelated questions share everyday words with some card.
So each word is weighed by how much more often it stands in the questions the cards answer than in
those listed as out of scope (naive Bayes).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.card import Card, Topic
from knowledge.tokens import tokens

SMOOTHING = 0.3
UNKNOWN = -0.8
"""What a word that neither side knows says."""
NEEDED = -3.5
"""Below this a question is refused."""
SURE = 1.5
"""Above this it is answered even if an out-of-scope topic matches best."""


class Scope:
    """Learned from the questions and words of the subjects themselves."""

    def __init__(self, subjects: Sequence[Card | Topic]) -> None:
        inside: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for subject in subjects:
            side = outside if refuses(subject) else inside
            for text in _texts(subject):
                side.update(set(tokens(text)))
        words = inside.keys() | outside.keys()
        total_in = inside.total() + SMOOTHING * len(words)
        total_out = outside.total() + SMOOTHING * len(words)
        self._weight = {
            word: math.log((inside[word] + SMOOTHING) / total_in)
            - math.log((outside[word] + SMOOTHING) / total_out)
            for word in words
        }

    def leaning(self, words: Iterable[str]) -> float:
        """Log-odds that the words belong to a question the cards answer; 0 is undecided."""
        return sum(self._weight.get(word, UNKNOWN) for word in set(words))


def refuses(subject: Card | Topic) -> bool:
    """Whether the subject is one that is out of scope."""
    return isinstance(subject, Topic) and not subject.cards


def _texts(subject: Card | Topic) -> Iterable[str]:
    yield from subject.questions.all()
    yield from subject.words.all()
    yield from (subject.title.ja, subject.title.en)
