"""Where the articles of an ordinance or contract begin in plain text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.numerals import digits

_N = r"[\d一二三四五六七八九十百]+"
_END = r"(?=[\s(]|$)"
_ARTICLE = re.compile(rf"第?({_N})条((?:の{_N})*){_END}")
_PARAGRAPH = re.compile(rf"(?:第({_N})項|(\d+)){_END}")
_SUPPLEMENT = re.compile(rf"附\s*則{_END}")
_TABLE = re.compile(rf"(別表(?:第{_N})?){_END}")
_LEAD = re.compile(r"\([^()]+\)$|第[^条]+[編章節款]\s[^条]*$")
"""The caption of an article or a chapter's title: it belongs to the article below it."""


@dataclass(frozen=True)
class Place:
    """An article, or a paragraph of it; `label` is the supplementary provisions or a table."""

    label: str = ""
    article: str = ""
    paragraph: str = ""

    def locator(self) -> str:
        """As it is cited: 第7条, 第7条の2第3項, 附則第2項."""
        main, *branch = self.article.split("-")
        number = (f"第{main}条" if main else "") + "".join(f"の{n}" for n in branch)
        return self.label + number + (f"第{self.paragraph}項" if self.paragraph else "")


def provisions(lines: Sequence[str]) -> list[tuple[int, Place]]:
    """(index of the first line, place) of each provision; none where no line begins an article.

    >>> text = "（目的）", "第一条　目的を定める。", "２　次に。", "第七条の規定により", "附　則"
    >>> [(start, place.locator()) for start, place in provisions(text)]
    [(0, '第1条'), (2, '第1条第2項'), (4, '附則')]
    """
    plain = [unicodedata.normalize("NFKC", line).strip() for line in lines]
    found = list(_provisions(plain))
    if not any(place.article for _, place in found):
        return []
    for at, ((start, place), (below, _)) in enumerate(pairwise(found)):
        if place == Place("附則") and not any(plain[start + 1 : below]):
            found[at + 1] = (start, found[at + 1][1])  # its title stands above what follows
    return list(dict(found).items())


def _provisions(lines: Sequence[str]) -> Iterator[tuple[int, Place]]:
    place, last = Place(), 0
    for index, line in enumerate(lines):
        if article := _ARTICLE.match(line):
            numbers = [article[1], *article[2].split("の")[1:]]
            place = Place(_supplement(place), "-".join(map(_digits, numbers)))
            last = 1
            yield _lead(lines, index), place
        elif _SUPPLEMENT.match(line):
            place, last = Place("附則"), 0
            yield index, place
        elif table := _TABLE.match(line):
            place, last = Place(digits(table[1])), -1
            yield index, place
        elif (paragraph := _PARAGRAPH.match(line)) and (place.article or place.label == "附則"):
            number = int(_digits(paragraph[1] or paragraph[2]))
            if last >= 0 and number == last + 1:
                last = number
                yield index, replace(place, paragraph=str(number))


def _supplement(place: Place) -> str:
    return place.label if place.label == "附則" else ""


def _lead(lines: Sequence[str], index: int) -> int:
    """The first of the title lines right above an article, or the article's own line."""
    first = index
    while index and (not lines[index - 1] or _LEAD.match(lines[index - 1])):
        index -= 1
        first = index if lines[index] else first
    return first


def _digits(number: str) -> str:
    return digits(f"{number}条").removesuffix("条")
