"""What a reader of prose gives: pieces of a document, verbatim, with their places; and its date."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from language import ERAS, read_date

SIZE = 700
"""Characters in a passage at most: what can be read at once, some paragraphs."""
SMALL = 120
"""Blocks shorter than this are joined with what follows them."""
_CUTS = ("\n\n", "\n", "。", ". ", "、", " ", "")
"""Where a long text is cut, the first that it holds; at any character in the end."""
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = str.maketrans("⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲", "民虎西角長青食鬼麦黄斉歯竜亀")
"""Radicals that NFKC leaves as they are; the pairs are Unicode's EquivalentUnifiedIdeograph."""


class Section(BaseModel):
    """A piece of text, verbatim, and where it stands."""

    model_config = ConfigDict(frozen=True)

    text: str
    locator: str
    """Page, line, heading or article, as a reader would look it up."""
    heading: str = ""
    """The headings above it: searched with the text, not quoted."""
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None


class Parsed(BaseModel):
    """A document read."""

    model_config = ConfigDict(frozen=True)

    title: str
    kind: Literal["law", "guideline", "document"]
    sections: tuple[Section, ...]
    revision: str | None = None
    """Of a law that says so: its id and the day its text took effect, 415AC0000000057_20260717."""
    effective_from: str | None = None
    """That day, as an ISO date."""


def pieces(text: str, cuts: tuple[str, ...] = _CUTS) -> list[str]:
    """The text in pieces of at most SIZE characters that join to the whole again.

    It is cut at the ends of its blocks, lines or sentences, as late as the size allows; what is
    still too long, at the next smaller mark.

    >>> "".join(pieces("一文。" * 500)) == "一文。" * 500
    True
    """
    if len(text) <= SIZE:
        return [text]
    at = next(n for n, cut in enumerate(cuts) if cut in text)
    found: list[str] = []
    fits = False
    for part in _ended(text, cuts[at]):
        if len(part) >= SIZE and cuts[at]:
            found += pieces(part, cuts[at + 1 :])
            fits = False
        elif fits and len(found[-1]) + len(part) <= SIZE:
            found[-1] += part
        else:
            found.append(part)
            fits = True
    return found


def sections(text: str, locator: str, blanks: str | None = None, **place: Any) -> Iterator[Section]:
    """The pieces of a text that say something, as sections of one place without `blanks` around.

    >>> [s.text for s in sections(" 一文。\\n", "1ページ")]
    ['一文。']
    """
    for piece in pieces(text):
        if piece.strip():
            yield Section(text=piece.strip(blanks), locator=locator, **place)


def _ended(text: str, cut: str) -> list[str]:
    """The parts of a text that end with a mark, the last one perhaps without."""
    parts = [part + cut for part in text.split(cut)] if cut else list(text)
    if cut:
        parts[-1] = parts[-1].removesuffix(cut)
    return [part for part in parts if part]


def paragraphs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(first line number from 1, text) of the blocks between blank lines.

    >>> list(paragraphs(["あ", "い", "", "う" * 200]))[0]
    (1, 'あ\\nい')
    """
    start, block = 0, ""
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            if not block:
                start = number
            block += ("\n" if block else "") + line
        elif block:
            yield start, block
            block = ""


def ordinary(text: str) -> str:
    """The text with CJK radicals and compatibility ideographs as the characters people type.

    A quote stays verbatim: fonts draw both code points with the same glyph, so that a browser that
    prints a page to PDF may write down either for what stood there. Nothing else is normalised;
    full-width forms, circled numbers and variant characters of names stay as they are.

    >>> ordinary("⾒守りの⻑は⽇々①Ａ髙橋を⾒る")
    '見守りの長は日々①Ａ髙橋を見る'
    """
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).translate(
        _RADICALS
    )


_DATE = re.compile(
    rf"(?:(?:{'|'.join(ERAS)})\s*(?:\d{{1,2}}|元)|(?:19|20)\d{{2}})\s*年"
    r"\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?(?!度)"
)
_AMENDED = re.compile(r"\s*(?:に|最終|一部|全部)*\s*(?:改正|改定|改訂|更新)")
_HEAD = 4000
"""Characters from the beginning in which a date is taken for the document's own."""
REFORM = date(2023, 4, 1)
"""Since then the Act applies to municipalities."""


def dated(text: str) -> date | None:
    """The first date with a month near the beginning; the first of the month without a day.

    Where the head names later amendments (… 一部改正), it is the last of those.

    >>> dated("会議録 日時 令和4年3月28日（月）")
    datetime.date(2022, 3, 28)
    >>> dated("令和3年度の報告 2024年10月")
    datetime.date(2024, 10, 1)
    >>> dated("平成28年11月（令和6年12月一部改正）")
    datetime.date(2024, 12, 1)
    """
    head = unicodedata.normalize("NFKC", text[:_HEAD])
    found = [(read, match) for match in _DATE.finditer(head) if (read := read_date(match[0]))]
    amended = [read.date for read, match in found if _AMENDED.match(head, match.end())]
    return max(amended) if amended else found[0][0].date if found else None
