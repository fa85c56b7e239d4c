"""What the checked wording of a card adds to its plain words, for this question."""

import re

from core import Language
from knowledge.card import Card
from knowledge.sentences import sentences
from knowledge.tokens import tokens

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
