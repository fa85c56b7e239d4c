"""Whether a question is about what the cards speak of at all.

The score of the best match alone cannot tell: unrelated questions share everyday words with some
card. Two things together can: how much more often the question's words stand in the questions the
cards answer than in those listed as out of scope (naive Bayes; a word that neither side knows
speaks against), and how far the best card leads the best out-of-scope topic.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from knowledge.concepts import concepts, frames
from knowledge.tokens import tokens
from knowledge.topics import Topic
from law import Card

if TYPE_CHECKING:
    pass


SMOOTHING = 0.3


UNKNOWN = -2.4
"""What a word that neither side knows says."""


LEAD = 11.0
"""What a lead of one (the whole scale of scores) over the best out-of-scope topic says."""


NEEDED = -1.2
"""Below this a question is refused. The three were fitted by logistic regression on questions held
out of the index, for one wrong refusal in forty."""


class Scope:
    """Learned from the questions and words of the subjects themselves."""

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
