"""Long texts to passages of a size that can be read, cut at sentence ends, verbatim."""

from collections.abc import Iterator
from functools import cache
from typing import Any

SIZE = 700
"""Characters in a passage at most."""
SMALL = 120
"""Blocks shorter than this are joined with what follows them."""


@cache
def _splitter() -> Any:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=["\n\n", "\n", "。", ". ", "、", " ", ""],
        keep_separator="end",
        chunk_size=SIZE,
        chunk_overlap=0,
        strip_whitespace=False,
    )


def pieces(text: str) -> list[str]:
    """The text in pieces of at most SIZE characters that join to the whole again.

    >>> "".join(pieces("一文。" * 500)) == "一文。" * 500
    True
    """
    if len(text) <= SIZE:
        return [text]
    return [str(part) for part in _splitter().split_text(text)]


def paragraphs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(first line number from 1, text) of the blocks between blank lines, small ones joined.

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
