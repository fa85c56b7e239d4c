"""Normalising a message and finding known phrases and numbers in it, in one pass.

A number may be written 1,000 · 2万 · 百二十 · twenty · second.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import yaml12
from language import read_kanji_number

_HERE = Path(__file__).parent


def load(name: str) -> Any:
    """One of the grammar's own files."""
    return yaml12.load((_HERE / name).read_text(encoding="utf-8"))


def either(patterns: Iterable[str]) -> str:
    """Regular expressions as the alternatives of one."""
    return f"(?:{'|'.join(patterns)})"


_NUMERALS = load("numerals.yaml")
_KANJI = re.compile(f"[{_NUMERALS['digits']}{_NUMERALS['scale']}]+")
_SCALED = re.compile(f"[{_NUMERALS['scale']}]+")
_FOLLOWS = re.compile(f"$|\\s|[{_NUMERALS['follows_marks']}]|{either(_NUMERALS['follows'])}")
_CALLED = re.compile(f"{either(_NUMERALS['options'])}$")
_COUNTED_BY_ONE = re.compile(f" {either(_NUMERALS['counted_by_one'])}")
_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_SUFFIXED = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_WORD = re.compile(r"[a-z]+")
_WORDS = {word: n for n, word in enumerate(_NUMERALS["ones"])} | {
    word: 20 + 10 * n for n, word in enumerate(_NUMERALS["tens"])
}
_SCALES: dict[str, int] = _NUMERALS["scales"]
_ORDINALS = {word: n for n, word in enumerate(_NUMERALS["ranks"], 1)}

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def tidy(text: str) -> str:
    """NFKC, one line, plain quotes: the text people's words are quoted from."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).split())


def flatten(text: str) -> str:
    """The matching form: lower case, katakana as hiragana. As long as its input.

    >>> flatten(tidy("Ｄｒｏｐ フリガナ"))
    'drop ふりがな'
    """
    lower = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lower.translate(_KATAKANA)


def expand(pattern: str) -> Iterator[str]:
    """Every phrase a pattern stands for.

    >>> list(expand("drop{,ped} it"))
    ['drop it', 'dropped it']
    """
    head, brace, rest = pattern.partition("{")
    if not brace:
        yield pattern
        return
    choices, _, tail = rest.partition("}")
    for end in expand(tail):
        for choice in choices.split(","):
            yield head + choice + end


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: concepts, and the columns it may name."""

    concepts: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    rank: int = 0
    """How closely the phrase names the columns: 3 header, 2 a piece of it, 1 the type's name."""


@dataclass(frozen=True)
class Token:
    """A phrase found at text[start:end], or a number there."""

    start: int
    end: int
    meaning: Meaning = field(default_factory=Meaning)
    number: int | float | None = None
    unit: str = ""

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts the phrase stands for."""
        return self.meaning.concepts


_PLACES = frozenset({"row", "column"})
"""What an ordinal may count beside a place in a list ("the 7th row")."""


class Phrases:
    """A dictionary of phrases, read longest first: O(length × longest phrase)."""

    def __init__(self) -> None:
        self._meanings: dict[str, Meaning] = {}
        self._longest: dict[str, int] = {}

    def __contains__(self, phrase: object) -> bool:
        return phrase in self._meanings

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Add a phrase; concepts gather, the closest naming of columns stays."""
        key = flatten(tidy(phrase))
        if not key:
            return
        old = self._meanings.get(key, Meaning())
        self._meanings[key] = Meaning(old.concepts | meaning.concepts, *_closest(old, meaning))
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def copy(self) -> "Phrases":
        """An independent dictionary with the same phrases."""
        twin = Phrases()
        twin._meanings, twin._longest = dict(self._meanings), dict(self._longest)
        return twin

    def at(self, text: str, start: int) -> tuple[int, Meaning] | None:
        """The longest phrase that begins at `start`: where it ends, and its meaning."""
        for length in range(min(self._longest.get(text[start], 0), len(text) - start), 0, -1):
            end = start + length
            meaning = self._meanings.get(text[start:end])
            if meaning and _at_boundary(text, start) and _at_boundary(text, end):
                return end, meaning
        return None


def _closest(old: Meaning, new: Meaning) -> tuple[tuple[str, ...], int]:
    if new.rank > old.rank:
        return new.columns, new.rank
    if new.rank < old.rank:
        return old.columns, old.rank
    return tuple(dict.fromkeys(old.columns + new.columns)), old.rank


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalpha() or char == "'")


def _at_boundary(text: str, place: int) -> bool:
    """Whether a Latin word does not run on across `place`."""
    return not (0 < place < len(text) and _is_word(text[place - 1]) and _is_word(text[place]))


@dataclass(frozen=True)
class Numeral:
    """A number at text[start:end]."""

    start: int
    end: int
    value: int | float
    ordinal: bool = False


def read_numeral(text: str, start: int) -> Numeral | None:
    """The number that begins at `start` of a flattened text, if one does.

    >>> read_numeral("百二十行目", 0).value, read_numeral("2.5万円", 0).value
    (120, 25000)
    >>> read_numeral("一覧", 0) is None, read_numeral("second one", 0).ordinal
    (True, True)
    """
    char = text[start]
    if first := next((w for w in _NUMERALS["first"] if text.startswith(w, start)), None):
        return Numeral(start, start + len(first), 1, True)
    if "a" <= char <= "e" and not _WORD.match(text, start + 1) and _names_an_option(text, start):
        return Numeral(start, start + 1, ord(char) - ord("a") + 1, True)
    if char.isdigit() and char.isascii():
        return _arabic(text, start)
    if char.isascii():
        inside = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
        return None if inside or not char.isalpha() else _english(text, start)
    for word, value in _NUMERALS["native"].items():
        if text.startswith(word, start):
            end = start + len(word)
            return Numeral(start, end, value, text.startswith(_NUMERALS["place"], end))
    match = _KANJI.match(text, start)
    if match and _FOLLOWS.match(text, match.end()):
        return Numeral(start, match.end(), read_kanji_number(match[0]) or 0)
    return None


def _names_an_option(text: str, start: int) -> bool:
    """Whether a letter stands for a place in a list: 案B, plan b, B案."""
    return bool(_CALLED.search(text, 0, start)) or text.startswith(_NUMERALS["option"], start + 1)


def _arabic(text: str, start: int) -> Numeral | None:
    before = text[start - 1] if start else ""
    setting = before in {"k", "l", "t"} and not text[: start - 1][-1:].isalnum()
    if before in {"#", "_", "."} or (before.isascii() and before.isalnum() and not setting):
        return None
    if ordinal := _SUFFIXED.match(text, start):
        return Numeral(start, ordinal.end(), int(ordinal[1]), True)
    match = _ARABIC.match(text, start)
    assert match  # noqa: S101  the caller saw a digit
    whole, fraction = match[1].replace(",", ""), match[2] or ""
    value: int | float = float(whole + fraction) if fraction else int(whole)
    end = match.end()
    if scaled := _SCALED.match(text, end):
        value, end = _plain(value * (read_kanji_number(scaled[0]) or 1)), scaled.end()
    elif (word := _WORD.match(text, end + 1)) and text[end] == " " and word[0] in _SCALES:
        value, end = _plain(value * _SCALES[word[0]]), word.end()
    return Numeral(start, end, value)


def _plain(value: int | float) -> int | float:
    return int(value) if value == int(value) else value


def _english(text: str, start: int) -> Numeral | None:
    value, end, found = 0, start, False
    place = start
    while word := _WORD.match(text, place):
        name = word[0]
        if name in _ORDINALS and not found:
            return Numeral(start, word.end(), _ORDINALS[name], True)
        if name in _WORDS:
            value += _WORDS[name]
        elif name in _SCALES:
            value = (value or 1) * _SCALES[name]
        else:
            break
        if name == "one" and not found and not _COUNTED_BY_ONE.match(text, word.end()):
            return None
        end, found = word.end(), True
        place = end + 1 if end < len(text) and text[end] in " -" else len(text)
    return Numeral(start, end, value) if found else None


@dataclass(frozen=True)
class Units:
    """Words that follow or precede a number and say what it counts."""

    after: Phrases
    before: Phrases

    @classmethod
    def of(cls, data: dict[str, dict[str, list[str]]]) -> "Units":
        """From the two tables of `units.yaml`."""
        return cls(*(_unit_phrases(data[side]) for side in ("after", "before")))


def _unit_phrases(table: dict[str, list[str]]) -> Phrases:
    phrases = Phrases()
    for unit, words in table.items():
        for word in words:
            phrases.add(word, Meaning(frozenset({unit})))
    return phrases


def scan(flat: str, phrases: Phrases, units: Units) -> Iterator[Token]:
    """Phrases and numbers of a flattened message, from left to right, not overlapping."""
    place = 0
    while place < len(flat):
        found = phrases.at(flat, place)
        numeral = read_numeral(flat, place)
        number = _number_token(flat, numeral, units) if numeral else None
        if numeral and number and (not found or numeral.end >= found[0] or number.end > found[0]):
            token = number
        elif found:
            token = Token(place, found[0], found[1])
        else:
            place += 1
            continue
        yield token
        place = token.end


def _number_token(flat: str, numeral: Numeral, units: Units) -> Token:
    start, end, unit = numeral.start, numeral.end, "ordinal" if numeral.ordinal else ""
    gap = end + 1 if end < len(flat) and flat[end] in " -" else end
    after = units.after.at(flat, gap) if gap < len(flat) else None
    counted = next(iter(after[1].concepts)) if after else ""
    if after and (not unit or counted in _PLACES):
        end, unit = after[0], counted
    elif not unit:
        unit = _unit_before(flat, start, units)
    return Token(start, end, number=numeral.value, unit=unit)


def _unit_before(flat: str, start: int, units: Units) -> str:
    head = flat[:start].rstrip(" #")
    for length in range(1, min(12, len(head)) + 1):
        place = len(head) - length
        found = units.before.at(head, place)
        if found and found[0] == len(head):
            return next(iter(found[1].concepts))
    return ""


def words_between(flat: str, tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """The stretches of a message that no token covers."""
    place = 0
    for token in tokens:
        if token.start > place:
            yield place, token.start
        place = token.end
    if place < len(flat):
        yield place, len(flat)
