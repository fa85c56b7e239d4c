"""Which of a card's places a sentence speaks of, and how a citation is written."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from core import Citation, Language
from law.card_catalog import citations, sources, written_names


@cache
def _english() -> dict[str, str]:
    return {source.name: source.en for source in sources().values()}


def law_name(law: str, lang: Language = "ja") -> str:
    """A law, guideline or document as it is called in a language; imported ones by their own name.

    >>> law_name("番号法", "en")
    'My Number Act'
    """
    return law if lang == "ja" else _english().get(law, law)


def label(citation: Citation, lang: Language = "ja") -> str:
    """A citation as people write it.

    >>> from core import Citation, Status
    >>> label(Citation(id="B-09", kind="law", law="個人情報の保護に関する法律",
    ...       article="69", paragraph="2", item="4", status=Status.VERIFIED_TEXT))
    '個人情報の保護に関する法律69条2項4号'
    >>> label(Citation(id="B-11", kind="law", law="番号法", article="29-4",
    ...       status=Status.VERIFIED_TEXT), "en")
    'My Number Act art. 29-4'
    >>> label(Citation(id="X-09", kind="law", law="番号法", article="29-3", paragraph="2",
    ...       status=Status.VERIFIED_TEXT))
    '番号法29条の3第2項'
    """
    name, article = law_name(citation.law, lang), citation.article
    if article is None:
        return name
    if citation.kind != "law" or citation.law == "GDPR":
        return f"{name} {article}"
    if lang == "en":
        parts = "".join(f"({n})" for n in (citation.paragraph, citation.item) if n)
        return f"{name} art. {article}{parts}"
    main, *branch = article.removeprefix("附則").split("-")
    text = "附則" if article.startswith("附則") else ""
    if main:
        text += f"{main}条" if main.isdigit() else main
        text += "".join(f"の{n}" for n in branch)
    if citation.paragraph:
        text += f"{'第' if branch else ''}{citation.paragraph}項"
    text += f"{citation.item}号" if citation.item else ""
    return f"{name}{text}"


_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")


def numbers(place: Citation, lang: Language) -> str:
    """The article, paragraph and item of a place, without its law, as sentences write them.

    >>> [numbers(citations("A-08")[0], lang) for lang in ("ja", "en")]
    ['2条11項2号', '2(11)(ii)']
    """
    article, paragraph, item = place.article or "", place.paragraph, place.item
    if lang == "en":
        roman = _ROMAN[int(item)] if item and item.isdigit() and int(item) < len(_ROMAN) else item
        return article + "".join(f"({n})" for n in (paragraph, roman) if n)
    return label(place.model_copy(update={"law": "", "kind": "law"}))


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in written_names() if not name.isascii())
    return re.compile(
        rf"(?P<law>(?<!法)(?:{names})(?!和)|(?<![一-龥])法|GDPR|附則)? ?第?"
        r"(?P<numbers>\d+(?:条?[・〜]\d+)*)条(?:の(?P<branch>\d+))?(?:第?(?P<paragraphs>\d+(?:[・〜]\d+)*)項)?"
        r"(?:第?(?P<items>\d+(?:[・〜]\d+)*)号)?"
    )


def places(card_id: str, text: str, day: date | None = None) -> tuple[Citation, ...]:
    """The places of a card that a Japanese text names; its main place where it names none.

    A number without the name of a law is looked for in every act and rule of the card. A card
    that rests on a guideline or document keeps it.

    >>> [p.article for p in places("B-04", "正確性の確保は65条の努力義務です。")]
    ['65']
    >>> [p.article for p in places("B-04", "63条〜65条が論点です。")]
    ['63', '64', '65']
    >>> [p.article for p in places("D-05", "指針の例（3-2-2-1）は市までです。")]
    ['3-2-2-1']
    >>> [p.article for p in places("B-04", "正確に。")]
    ['63']

    Raises:
        KnowledgeError: there is no such card, or nothing of it was verified.
    """
    held = citations(card_id, day)
    named = list(_names(text))
    found = [
        place
        for place in held
        if (_spelled(place, text) if place.kind != "law" else any(n.fits(place) for n in named))
    ]
    main = held[0]
    if not found or (main.kind != "law" and all(place.law != main.law for place in found)):
        found.insert(0, main)
    return tuple(found)


def named(text: str) -> Iterator[tuple[str | None, str]]:
    """(law or None, article) for each article a Japanese text names, ranges filled in.

    >>> list(named("98〜99条、令31条"))
    [(None, '98'), (None, '99'), ('個人情報の保護に関する法律施行令', '31')]
    """
    return ((place.law, place.article) for place in _names(text))


def _spelled(place: Citation, text: str) -> bool:
    article = place.article or ""
    return "-" in article and re.search(rf"(?<![\d-]){article}(?![\d-])", text) is not None


class _Named(NamedTuple):
    """A place as a text names it; what is not named is open."""

    law: str | None
    article: str
    paragraphs: list[int]
    items: list[int]

    def fits(self, place: Citation) -> bool:
        return (
            place.article == self.article
            and self.law in (None, place.law)
            and (not self.paragraphs or _open(place.paragraph, self.paragraphs))
            and (not self.items or _open(place.item, self.items))
        )


def _open(number: str | None, wanted: list[int]) -> bool:
    return number is None or number in map(str, wanted)


def _names(text: str) -> Iterator[_Named]:
    for match in _named().finditer(text):
        key = written_names().get((match["law"] or "").lower())
        law = sources()[key].name if key else None
        paragraphs, items = _numbers(match["paragraphs"] or ""), _numbers(match["items"] or "")
        for number in _numbers(match["numbers"].replace("条", "")):
            article = f"{number}-{match['branch']}" if match["branch"] else str(number)
            article = f"附則{number}" if match["law"] == "附則" else article
            yield _Named(law, article, paragraphs, items)


def _numbers(written: str) -> list[int]:
    """The numbers of a list or range such as 61・63 or 43〜46."""
    found: list[int] = []
    for part in written.split("・") if written else ():
        first, *last = (int(n) for n in part.split("〜"))
        found += range(first, (last[-1] if last else first) + 1)
    return found
