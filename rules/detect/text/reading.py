"""A text as its readers share it: its words, as a dictionary (SudachiPy) and lists know them."""

import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sudachipy import Dictionary, SplitMode

from core import yaml12
from rules.detect.patterns import alternation, words


@cache
def material(name: str) -> dict[str, Any]:
    """A file of patterns or words of this folder as plain values."""
    path = Path(__file__).with_name(f"{name}.yaml")
    loaded: dict[str, Any] = yaml12.load(path.read_text(encoding="utf-8"))
    return loaded


HAN: str = material("dictionary")["han"]
"""Kanji of names, as the inside of a character class."""
PUBLISHED = str.maketrans(*material("dictionary")["variants"].values())
"""Variant characters of names to those of the lists, one for one."""
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_KANJI_NUMBER = re.compile(
    r"[〇零一二三四五六七八九][〇零一二三四五六七八九\- ()]{6,}[〇零一二三四五六七八九]"
)
_VARIANT = re.compile("[" + material("dictionary")["variants"]["of_registers"] + "]")
_STARTS = re.compile(f"[{HAN}]")
_KANA = re.compile("[ぁ-んァ-ヶー]+")


def _listed(name: str) -> frozenset[str]:
    return frozenset(word.translate(PUBLISHED) for word in words(name))


SURNAMES = _listed("surnames")
"""Surnames in kanji, without variant characters like all of these lists."""
SURNAME_STARTS = frozenset(name[0] for name in SURNAMES)
"""Their first characters."""
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
    lemma: str
    """Its normalised form: 鬱 for うつ, 引き籠もり for ひきこもり."""
    alike: Sequence[int]
    """The dictionary's groups of synonyms that it stands in."""

    @property
    def of_person(self) -> bool:
        """Whether the dictionary has it as (part of) the name of a person."""
        return self.kind == "人名"


_PARTS: dict[int, tuple[str, str, str]] = {}
"""The dictionary's classes of words by its own number."""


_OF_THREAD = threading.local()


@cache
def _dictionary() -> Any:
    return Dictionary(dict="core")


def _tokens(text: str, mode: SplitMode = SplitMode.C) -> Any:
    """The dictionary's words; a tokenizer must not be shared between threads."""
    if not hasattr(_OF_THREAD, "tokenizer"):
        _OF_THREAD.tokenizer = _dictionary().tokenizer()
    return _OF_THREAD.tokenizer.tokenize(text, mode)


_Read = TypeVar("_Read")
_ENDS = re.compile(r"[。\n]")


class Reading:
    """A text, or a piece of a long one, whose words are read once for all who ask."""

    def __init__(self, text: str, *, short: bool = False) -> None:
        self.text = text
        self._mode = SplitMode.A if short else SplitMode.C
        self._kept: dict[str, Any] = {}

    @cached_property
    def words(self) -> list[Word]:
        """The words of the text, variant characters of names as the lists write them.

        >>> [(w.text, w.name) for w in Reading("飼主は鈴木彩香").words]
        [('飼主', '*'), ('は', '*'), ('鈴木', '姓'), ('彩香', '名')]
        """
        parts, new, end = _PARTS, tuple.__new__, 0
        found = []
        for m in _tokens(self.plain, self._mode):
            text, number, start = m.surface(), m.part_of_speech_id(), end
            if number not in parts:
                part = m.part_of_speech()
                parts[number] = part[0], part[2], part[3]
            end = start + len(text)
            lemma, alike = m.normalized_form(), m.synonym_group_ids()
            found.append(
                new(Word, (start, end, text, *parts[number], not m.is_oov(), lemma, alike))
            )
        return found

    @cached_property
    def plain(self) -> str:
        """The text with the characters of names as the lists write them, one for one."""
        return self.text.translate(PUBLISHED) if _VARIANT.search(self.text) else self.text

    @cached_property
    def digits(self) -> str:
        """The text with numbers in kanji as digits, one for one: 〇九〇-一二三四."""
        return _KANJI_NUMBER.sub(lambda m: m[0].translate(_DIGITS), self.text)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The words of a place, as the first and the one behind the last."""
        starts = self._starts
        first = bisect_left(starts, start)
        if first and self.words[first - 1].end > start:
            first -= 1
        return first, bisect_left(starts, end)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        before = max((m.end() for m in _ENDS.finditer(self.text, 0, start)), default=0)
        after = _ENDS.search(self.text, end)
        return before, after.start() if after else len(self.text)

    def once(self, what: str, read: "Callable[[Reading], _Read]") -> _Read:
        """What `read` makes of this text, read once."""
        if what not in self._kept:
            self._kept[what] = read(self)
        kept: _Read = self._kept[what]
        return kept


def read_words(text: str, *, short: bool = False) -> list[Word]:
    """The words of a text; with `short`, those that they are made of.

    >>> [w.text for w in read_words("体重計", short=True)]
    ['体重', '計']
    """
    return Reading(text, short=short).words


def read_terms(terms: Iterable[str]) -> list[list[Word]]:
    """The words of each of some terms."""
    return [Reading(term).words for term in terms]


@cache
def readings(name: str) -> frozenset[str]:
    """The katakana readings of a list, as the dictionary gives them."""
    return frozenset("".join(m.reading_form() for m in _tokens(word)) for word in words(name))
