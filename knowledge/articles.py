"""Articles named in a question: 法69条, 番号法第19条, 規則62条4号, article 98."""

import re
import unicodedata
from typing import NamedTuple

from language import digits

_NAMES = {
    "番号法": "myno",
    "マイナンバー法": "myno",
    "評価規則": "pia",
    "施行規則": "rules",
    "規則": "rules",
    "施行令": "order",
    "令": "order",
    "個人情報保護法": "appi",
    "個情法": "appi",
    "法": "appi",
    "gdpr": "gdpr",
    "my number act": "myno",
    "number use act": "myno",
    "enforcement rules": "rules",
    "enforcement order": "order",
    "appi": "appi",
}
_NUMBER_ACT = re.compile(
    r"^(?!.*(?:番号法|number act)).*(?:マイナンバー|個人番号|特定個人情報|my number)", re.S
)
_LOCAL = {"条例", "規程", "要綱"}
_JA = re.compile(
    r"(条例|規程|要綱|番号法|マイナンバー法|評価規則|施行規則|規則|施行令|令|個人情報保護法|個情法|法)?の?第?"
    r"(附則)?第?(\d{1,3})条(?:の(\d{1,2}))?(?:第?(\d{1,2})項)?(?:第?(\d{1,2})号(?:の(\d{1,2}))?)?"
)
_EN = re.compile(
    r"(?:(gdpr|my number act|enforcement rules|enforcement order|appi),? )?"
    r"\b(?:article|art\.?) ?(\d{1,3})(?:-(\d{1,2}))?"
    r"(?:\((\d{1,2})\)|,? para(?:graph)? (\d{1,2}))?(?:\((\d{1,2})\)|,? item (\d{1,2}))?"
    r"(?: of the (gdpr|my number act|enforcement rules|enforcement order))?",
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
    >>> cited("市の条例の第12条")
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
    for name, supplement, number, branch, paragraph, item, sub in _JA.findall(text):
        source = bare if name in ("", "法") else _NAMES.get(name)
        if source:
            article = supplement + _branched(number, branch)
            found.append(Spot(source, article, paragraph or None, _branched(item, sub) or None))
    for before, number, branch, *numbers, after in _EN.findall(text):
        paragraph, item = numbers[0] or numbers[1] or None, numbers[2] or numbers[3] or None
        source = _NAMES.get(after or before, bare)
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
    return " ".join(_EN.sub("", _JA.sub("", text)).split())
