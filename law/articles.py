"""Articles named in a question or a card: 法69条, 番号法第19条, 規則62条4号, article 98."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from language import digits
from law.card_catalog import Card, sources, written_names
from law.citing import named

_NUMBER_ACT = re.compile(
    r"^(?!.*(?:番号法|number act)).*(?:マイナンバー|個人番号|特定個人情報|my number)", re.S
)
_BARE = frozenset({"", "法", "同法", "本法", "現行法", "改正法", "旧法"})
"""What is read as the Act the question is about."""
_PLACE = (
    r"の?第?(附則)?第?(\d{1,3})条(?:の(\d{1,2}))?"
    r"(?:第?(\d{1,2})項)?(?:第?(\d{1,2})号(?:の(\d{1,2}))?)?"
)


@cache
def _japanese() -> re.Pattern[str]:
    """A place, with the name of its law before it; one that is not held is matched and skipped."""
    names = "|".join(re.escape(name) for name in written_names() if not name.isascii())
    other = r"[一-龥ァ-ヶー・]{2,20}法(?:施行規則|施行令)?|条例|規程|要綱"
    return re.compile(rf"((?<!法)(?:{names})|{other}|法)?{_PLACE}")


@cache
def _english() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in written_names() if name.isascii())
    return re.compile(
        rf"(?:({names}),? )?"
        r"\b(?:article|art\.?) ?(\d{1,3})(?:-(\d{1,2}))?"
        r"(?:\((\d{1,2})\)|,? para(?:graph)? (\d{1,2}))?(?:\((\d{1,2})\)|,? item (\d{1,2}))?"
        rf"(?: of the ({names}))?",
    )


class Spot(NamedTuple):
    """A place in a law as a question names it; what it does not name is None."""

    source: str
    article: str
    paragraph: str | None = None
    item: str | None = None


def cited(query: str) -> set[tuple[str, str]]:
    """(source key, article) pairs; a bare number is read as the Act on personal information,
    or as the My Number Act where the question is about that.

    >>> sorted(cited("法69条と番号法第29条の4、附則7条"))
    [('appi', '69'), ('appi', '附則7'), ('myno', '29-4')]
    >>> cited("What does Article 98 say?"), cited("Article 27 of the My Number Act")
    ({('appi', '98')}, {('myno', '27')})
    >>> cited("災害対策基本法49条の11第3項")
    {('disaster', '49-11')}
    >>> cited("市の条例の第12条と都市計画法34条")
    set()
    """
    return {(spot.source, spot.article) for spot in spots(query)}


def spots(query: str) -> list[Spot]:
    """The places a question names, with their paragraphs and items, in order.

    >>> [tuple(spot) for spot in spots("番号法第十九条第11号と法41条4項")]
    [('myno', '19', None, '11'), ('appi', '41', '4', None)]
    >>> tuple(spots("Show me article 69(2), item 4 of the APPI")[0])
    ('appi', '69', '2', '4')
    """
    text = digits(unicodedata.normalize("NFKC", query).lower())
    bare = "myno" if _NUMBER_ACT.search(text) else "appi"
    found = []
    for name, supplement, number, branch, paragraph, item, sub in _japanese().findall(text):
        source = bare if name in _BARE else written_names().get(name)
        if source:
            article = supplement + _branched(number, branch)
            found.append(Spot(source, article, paragraph or None, _branched(item, sub) or None))
    for before, number, branch, *numbers, after in _english().findall(text):
        paragraph, item = numbers[0] or numbers[1] or None, numbers[2] or numbers[3] or None
        source = written_names().get(after or before, bare)
        found.append(Spot(source, _branched(number, branch), paragraph, item))
    return found


def _branched(number: str, branch: str) -> str:
    return f"{number}-{branch}" if branch else number


def without(query: str) -> str:
    """A question without the articles it names.

    >>> without("個人情報保護法第98条の要件は"), without("What does article 69 say?")
    ('の要件は', 'what does say?')
    """
    text = digits(unicodedata.normalize("NFKC", query).lower())
    return " ".join(_english().sub("", _japanese().sub("", text)).split())


MAIN, OWN, SPANNED, ASIDE, MENTIONED = 1.2, 1.0, 0.9, 0.5, 0.4
"""The card's first place; another in the same law; within the span its label names; in another
law; only spoken of in its wording."""


def articles_of(card: Card) -> dict[tuple[str, str], float]:
    """Weights by (source, article).

    >>> from law.card_catalog import card
    >>> articles_of(card("B-18"))["appi", "167"], articles_of(card("C-07"))["appi", "167"]
    (1.2, 1.0)
    >>> articles_of(card("A-11"))["appi", "27"]
    0.4
    """
    weights: dict[tuple[str, str], float] = {}
    for place, weight in _weighed(card):
        weights[place] = max(weight, weights.get(place, 0.0))
    return weights


def names_item(card: Card, spot: Spot) -> bool:
    """Whether a place of the card is the very paragraph or item that is named.

    >>> from law.card_catalog import card
    >>> fourth = Spot("rules", "62", item="4")
    >>> names_item(card("D-08"), fourth), names_item(card("D-07"), fourth)
    (True, False)
    """
    asked = [number for number in (spot.paragraph, spot.item) if number]
    return bool(asked) and any(
        (r.source, r.article) == (spot.source, spot.article)
        and (spot.paragraph in (None, r.paragraph) and spot.item in (None, r.item))
        for r in card.references
    )


def _weighed(card: Card) -> Iterator[tuple[tuple[str, str], float]]:
    main = card.references[0]
    for reference in card.references:
        if reference.article:
            same = reference.source == main.source
            weight = MAIN if reference is main else OWN if same else ASIDE
            yield (reference.source, reference.article), weight
    keys = {source.name: key for key, source in sources().items()}
    for text, weight in ((card.label, SPANNED), (card.rule.ja, MENTIONED)):
        for law, article in named(text):
            yield (keys[law] if law else main.source, article), weight
