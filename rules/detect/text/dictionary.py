"""Words as a dictionary (SudachiPy) and the lists of names know them; a word takes about 10 µs."""

import re
from functools import cache
from typing import Any, NamedTuple

from sudachipy import Dictionary, SplitMode

from rules.detect.patterns import alternation, words
from rules.detect.text.seeker import material

HAN: str = material("dictionary")["han"]
"""Kanji of names, as the inside of a character class."""
PUBLISHED = str.maketrans(*material("dictionary")["variants"].values())
"""Variant characters of names to those of the lists, one for one."""
_STARTS = re.compile(f"[{HAN}]")
_KANA = re.compile("[ぁ-んァ-ヶー]+")


def _listed(name: str) -> frozenset[str]:
    return frozenset(word.translate(PUBLISHED) for word in words(name))


SURNAMES = _listed("surnames")
"""Surnames in kanji, without variant characters like all of these lists."""
GIVEN_NAMES = _listed("given_names")
"""Given names in kanji and kana."""
FAMOUS = _listed("famous")
"""Whole names that everybody knows."""
NOT_NAMES = _listed("not_names")
"""What stands before 様 and さん and is nobody's name."""
LONGER_GIVEN = alternation(name for name in GIVEN_NAMES if len(name) > 1)
"""Given names of two characters or more as one alternation."""


def is_han(text: str) -> bool:
    """Whether a text begins with a kanji."""
    return bool(_STARTS.match(text))


def is_kana(text: str) -> bool:
    """Whether a text is in kana only."""
    return bool(_KANA.fullmatch(text))


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


def _tokens(text: str, mode: SplitMode = SplitMode.C) -> Any:
    """The dictionary's words; a tokenizer must not be shared between threads."""
    return _dictionary().tokenizer().tokenize(text, mode)


def read_words(text: str, *, short: bool = False) -> list[Word]:
    """The words of a text; with `short`, those that they are made of.

    >>> [(w.text, w.name) for w in read_words("飼主は鈴木彩香")]
    [('飼主', '*'), ('は', '*'), ('鈴木', '姓'), ('彩香', '名')]
    >>> [w.text for w in read_words("体重計", short=True)]
    ['体重', '計']
    """
    found = []
    for m in _tokens(text, SplitMode.A if short else SplitMode.C):
        part = m.part_of_speech()
        word = Word(m.begin(), m.end(), m.surface(), part[0], part[2], part[3], not m.is_oov())
        found.append(word)
    return found


@cache
def readings(name: str) -> frozenset[str]:
    """The katakana readings of a list, as the dictionary gives them."""
    return frozenset("".join(m.reading_form() for m in _tokens(word)) for word in words(name))
