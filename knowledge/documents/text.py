"""Plain text and Markdown: articles, or blocks between blank lines, under their headings."""

import re
from collections.abc import Iterator

from core import KnowledgeError
from knowledge.documents.markup import visible
from knowledge.documents.provisions import Place, provisions
from knowledge.documents.section import Parsed, Section
from knowledge.documents.split import SMALL, paragraphs, pieces

_BLANKS = re.compile(r"\n{3,}")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.M)


def decode(content: bytes) -> str:
    """Text in a fixed order of encodings: UTF-8 (with or without mark), UTF-16, CP932, EUC-JP.

    Raises:
        KnowledgeError: it is none of these, or not text.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp932", "euc_jp"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise KnowledgeError.of(
        "not_text",
        ja="文字コードを読み取れません。UTF-8 で保存し直してください。",
        en="The text encoding cannot be read. Save the file as UTF-8.",
    )


def parse_text(content: bytes, name: str) -> Parsed:
    """Sections by article, else by line number, with the headings above, as people see the text."""
    raw = decode(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [visible(line) for line in raw]
    title = ""
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
    return Parsed(title=title or first_line[:80], kind="document", sections=tuple(sections))


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
