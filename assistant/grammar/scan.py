"""Normalising a message and finding known phrases in it, in one pass."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.grammar.numbers import Numeral, read_numeral

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
