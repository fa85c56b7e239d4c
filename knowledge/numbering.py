"""The sentences of an answer, each with the number of its ground."""

import re
from collections.abc import Sequence

from core import Language
from knowledge.card import Card
from knowledge.tokens import tokens

_SENTENCE = re.compile(r"[^。]+。|[^。]+$")
_SENTENCE_EN = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_ARTICLE = re.compile(r"(?<!\d)(\d{1,3})条(?:の(\d{1,2}))?")
_ARTICLE_EN = re.compile(
    r"(?<![\d,.])(\d{1,3})(?:-(\d{1,2}))?(?![\d,]|\.\d| ?(?:days?|years?|people))"
)
_JAPANESE = re.compile(r"[ぁ-ヶ一-龥]")
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
CLEARLY = 1.25
"""How many times closer than the main card another must be to be named instead."""


def sentences(text: str, lang: Language) -> list[str]:
    """A text in its sentences.

    >>> sentences("See art. 98(1) of the Act. It is a draft.", "en")
    ['See art. 98(1) of the Act.', 'It is a draft.']
    """
    parts = _SENTENCE_EN.split(text) if lang == "en" else _SENTENCE.findall(text)
    return [part.strip() for part in parts if part.strip()]


def numbered(text: str, cards: Sequence[Card], lang: Language) -> str:
    """Each sentence with the numbers of the cards it rests on.

    They are the cards on the articles it names; else the first card, which is the main one,
    unless the sentence clearly shares more words with another.
    """
    said = sentences(text, lang)
    held = [set(tokens(" ".join(_texts(card)))) for card in cards]
    gap = " " if lang == "en" else ""
    marked = []
    for sentence in said:
        behind = [i for i, card in enumerate(cards) if _articles(sentence, lang) & _places(card)]
        if not behind:
            words = set(tokens(sentence))
            like = [_likeness(words, ground) for ground in held]
            best = max(range(len(cards)), key=like.__getitem__)
            behind = [best if like[best] > CLEARLY * like[0] else 0]
        marked.append(f"{sentence}{gap}" + "".join(f"[{i + 1}]" for i in behind))
    return gap.join(marked)


def written_in(query: str) -> Language:
    """Japanese where it holds any kana or kanji."""
    return "ja" if _JAPANESE.search(query) else "en"


def detail(card: Card, query: str, lang: Language, words: bool = True) -> str:
    """The sentence of the checked wording that answers what the plain words leave out, or "".

    That is one with a figure of the kind that is asked for, or (with `words`) one that holds
    words of the question which the plain words lack.
    """
    plain = card.plain.text(lang)
    wanted = set(tokens(query)) - set(tokens(plain)) if words else set()
    figure = next((kind for asked, kind in _FIGURES if asked.search(query)), None)
    best, most = "", 1
    for sentence in sentences(card.rule.text(lang), lang):
        told = {found[0] for found in figure.finditer(plain)} if figure else set()
        new = figure and any(found[0] not in told for found in figure.finditer(sentence))
        shared = len(wanted & set(tokens(sentence))) + 2 * bool(new)
        if shared > most:
            best, most = sentence, shared
    return best


def _articles(sentence: str, lang: Language) -> set[str]:
    found = (_ARTICLE_EN if lang == "en" else _ARTICLE).findall(sentence)
    return {number + (f"-{branch}" if branch else "") for number, branch in found}


def _places(card: Card) -> set[str]:
    return {reference.article for reference in card.references if reference.article}


def _likeness(sentence: set[str], ground: set[str]) -> float:
    return len(sentence & ground) / (len(ground) ** 0.5 or 1)


def _texts(card: Card) -> tuple[str, ...]:
    return (
        card.rule.ja,
        card.rule.en,
        card.plain.ja,
        card.plain.en,
        card.title.ja,
        card.label,
        card.remedy,
    )
