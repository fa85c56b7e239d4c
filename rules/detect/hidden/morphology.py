"""A sentence as the words a dictionary knows (SudachiPy), about ten microseconds each."""

from functools import cache
from typing import Any, NamedTuple

from sudachipy import Dictionary, SplitMode

from rules.detect.patterns import words


class Word(NamedTuple):
    """A word and its place; `kind` and `name` are the third and fourth part of its class."""

    start: int
    end: int
    text: str
    part: str
    """名詞, 助詞, 接尾辞, 補助記号 …"""
    kind: str
    """Of a noun: 人名, 地名, 数詞, サ変可能 …"""
    name: str
    """Of the name of a person: 姓, 名, 一般."""

    known: bool
    """Whether the dictionary has it."""

    @property
    def of_person(self) -> bool:
        """Whether the dictionary has it as (part of) the name of a person."""
        return self.kind == "人名"


@cache
def _dictionary() -> Any:
    return Dictionary(dict="core")


def tokenizer() -> Any:
    """A tokenizer of one's own: it must not be shared between threads."""
    return _dictionary().tokenizer()


def read(text: str, tokens: Any) -> list[Word]:
    """The words of a text.

    >>> [(w.text, w.name) for w in read("飼主は鈴木彩香", tokenizer())]
    [('飼主', '*'), ('は', '*'), ('鈴木', '姓'), ('彩香', '名')]
    """
    found = []
    for m in tokens.tokenize(text, SplitMode.C):
        part = m.part_of_speech()
        word = Word(m.begin(), m.end(), m.surface(), part[0], part[2], part[3], not m.is_oov())
        found.append(word)
    return found


@cache
def readings(name: str) -> frozenset[str]:
    """The katakana readings of a word list, as the dictionary gives them."""
    tokens = tokenizer()
    return frozenset(
        "".join(m.reading_form() for m in tokens.tokenize(word, SplitMode.C))
        for word in words(name)
    )
