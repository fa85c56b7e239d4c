"""Plain text and Markdown: articles, or blocks between blank lines, under their headings.

They are read as people see them: without the marks of Markdown and HTML that some are full of.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core import InputError, KnowledgeError
from intake.documents.passages import SMALL, Parsed, Section, paragraphs, pieces
from language import decode, digits

_LAW = re.compile(
    r"\A---\n(?=(?:[^\n]*\n)*?identifier:[ ]*\"?\d{3}[0-9A-Z]{9,12})(?:[^\n]+\n)+?---\n"
)
"""What stands above a law in Markdown: its title, its id, the day its text took effect."""
_TOLD = re.compile(r"^\s*(title|identifier|enforced_at): *\"?([^\"\n]+?)\"?$", re.M)
_BLANKS = re.compile(r"\n{3,}")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.M)
_TAG = re.compile(
    r"</?(?:a|b|br|code|dd|div|dl|dt|em|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table"
    r"|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.I,
)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^()\s]*\)")
_STRONG = re.compile(r"(\*\*|(?<!\w)__(?=\w))(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_GAP = re.compile(r"[ \t]+")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,6});")
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


def text_of(content: bytes) -> str:
    """The text of a file in any Japanese encoding.

    Raises:
        KnowledgeError: it is not text, or cannot be decoded.
    """
    try:
        return str(decode(content))
    except InputError as error:
        raise KnowledgeError.of("intake.documents.not_text") from error


def parse_text(content: bytes, name: str) -> Parsed:
    """Sections by article, else by line number, with the headings above, as people see the text."""
    text = text_of(content).replace("\r\n", "\n").replace("\r", "\n")
    law = _LAW.match(text)
    told = dict(_TOLD.findall(law[0])) if law else {}
    lines = [visible(line) for line in text.split("\n")]
    if law:  # what stands above the text is kept out of it, and the lines keep their numbers
        lines[: law[0].count("\n")] = [""] * law[0].count("\n")
    title = told.get("title", "")
    path: dict[int, str] = {}
    sections: list[Section] = []
    for start, block, place in _blocks(lines):
        first, *_ = block.split("\n")
        if heading := _HEADING.match(first):
            level = len(heading[1])
            path = {k: v for k, v in path.items() if k < level} | {level: heading[2]}
            title = title or heading[2]
        above = " / ".join(path.values())
        line = start
        for piece in pieces(block):
            if piece.strip():
                where = place.locator() if place else f"{line}行"
                sections.append(
                    Section(
                        text=_shown(piece),
                        locator=f"{above} {where}" if above else where,
                        heading=above,
                        article=(place.label + place.article if place else None) or None,
                        paragraph=(place.paragraph if place else None) or None,
                    )
                )
            line += piece.count("\n")
    first_line = next((line.strip("# ").strip() for line in lines if line.strip()), name)
    day = told.get("enforced_at")
    return Parsed(
        title=title or first_line[:80],
        kind="law" if law else "document",
        sections=tuple(sections),
        revision=f"{told['identifier']}_{day.replace('-', '')}" if day else told.get("identifier"),
        effective_from=day,
    )


def _blocks(lines: list[str]) -> Iterator[tuple[int, str, Place | None]]:
    """(first line number from 1, text, place), none running over the beginning of an article."""
    starts: dict[int, Place | None] = dict(provisions(lines))
    if starts:  # an article ends where the next heading stands
        starts.update((i, None) for i, line in enumerate(lines) if _HEADING.match(line))
    bounds = sorted({0, *starts})
    for start, end in zip(bounds, [*bounds[1:], len(lines)], strict=True):
        for number, block in _joined(lines[start:end]):
            yield start + number, block, starts.get(start)


def _shown(piece: str) -> str:
    """Headings without their marks, and no more than one empty line between blocks."""
    return _BLANKS.sub("\n\n", _HEADING.sub(r"\2", piece)).strip("\n")


def _joined(lines: list[str]) -> list[tuple[int, str]]:
    """Blocks; a small one takes in the next, until a heading."""
    found: list[tuple[int, str]] = []
    for start, block in paragraphs(lines):
        if found and len(found[-1][1]) < SMALL and not _HEADING.match(block):
            first = found[-1][0]
            found[-1] = (first, "\n".join(lines[first - 1 : start - 1 + block.count("\n") + 1]))
        else:
            found.append((start, block))
    return found


def visible(line: str) -> str:
    r"""A line without its markup; tags that format nothing are left as the text they are.

    >>> visible("- **9** 法第27条で、<b>評価</b>を&amp;行う<br>")
    '9 法第27条で、評価を&行う'
    >>> visible("委員\t<p>見出しは[指針](https://example.jp)にある"), visible("<script>x</script>")
    ('委員 見出しは指針にある', '<script>x</script>')
    >>> visible("2 ** 3 と <甲> と a<b")
    '2 ** 3 と <甲> と a<b'
    """
    line = _LINK.sub(r"\1", _TAG.sub("", line))
    line = _STRONG.sub(r"\2", _BULLET.sub("", line))
    line = _ENTITY.sub(lambda found: html.unescape(found[0]), line)
    return _GAP.sub(" ", line).strip(" ")


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
            place = Place(_supplement(place), "-".join(map(_number, numbers)))
            last = 1
            yield _lead(lines, index), place
        elif _SUPPLEMENT.match(line):
            place, last = Place("附則"), 0
            yield index, place
        elif table := _TABLE.match(line):
            place, last = Place(digits(table[1])), -1
            yield index, place
        elif (paragraph := _PARAGRAPH.match(line)) and (place.article or place.label == "附則"):
            number = int(_number(paragraph[1] or paragraph[2]))
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


def _number(written: str) -> str:
    return digits(f"{written}条").removesuffix("条")
