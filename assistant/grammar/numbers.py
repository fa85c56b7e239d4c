"""Numbers as people write them: 1,000 · 2万 · 百二十 · twenty · second."""

import re
from dataclasses import dataclass

_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8}
_KANJI = re.compile(f"[{''.join((*_DIGITS, *_SMALL, *_LARGE))}]+")
_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_SCALED = re.compile(r"[十百千万億]+")
_NATIVE = {"ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5}
# fmt: off
_FIRST = ("最初の", "はじめの", "初めの")
_CALLED = re.compile(r"(?:案|option |plan |alternative )$")
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_RANKS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)
# fmt: on
_WORDS = {word: n for n, word in enumerate(_ONES)} | {w: 20 + 10 * n for n, w in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6}
_ORDINALS = {word: n for n, word in enumerate(_RANKS, 1)}
_SUFFIXED = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_WORD = re.compile(r"[a-z]+")
_FOLLOWS = re.compile(
    r"$|[、。,.・\s)）をにでへとはがのまから?!]|番|つ|歳|才|年|人|名|円|件|行|列|段|階|割|単位|刻|未|以|超|回|個|案|レ|れ|き"
)


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
    if first := next((w for w in _FIRST if text.startswith(w, start)), None):
        return Numeral(start, start + len(first), 1, True)
    if "a" <= char <= "e" and not _WORD.match(text, start + 1) and _names_an_option(text, start):
        return Numeral(start, start + 1, ord(char) - ord("a") + 1, True)
    if char.isdigit() and char.isascii():
        return _arabic(text, start)
    if char.isascii():
        inside = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
        return None if inside or not char.isalpha() else _english(text, start)
    for word, value in _NATIVE.items():
        if text.startswith(word, start):
            return Numeral(
                start, start + len(word), value, text.startswith("目", start + len(word))
            )
    match = _KANJI.match(text, start)
    if match and _FOLLOWS.match(text, match.end()):
        return Numeral(start, match.end(), _kanji(match[0]))
    return None


def _names_an_option(text: str, start: int) -> bool:
    """Whether a letter stands for a place in a list: 案B, plan b, B案."""
    return bool(_CALLED.search(text, 0, start)) or text.startswith("案", start + 1)


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
        value, end = _plain(value * _kanji(scaled[0])), scaled.end()
    elif (word := _WORD.match(text, end + 1)) and text[end] == " " and word[0] in _SCALES:
        value, end = _plain(value * _SCALES[word[0]]), word.end()
    return Numeral(start, end, value)


def _plain(value: int | float) -> int | float:
    return int(value) if value == int(value) else value


def _kanji(text: str) -> int:
    """The value of kanji numerals, also a bare unit ("百万" = 1,000,000)."""
    total = section = digit = 0
    seen = False
    for char in text:
        if char in _DIGITS:
            digit, seen = digit * 10 + _DIGITS[char], True
        elif char in _SMALL:
            section, digit, seen = section + (digit if seen else 1) * _SMALL[char], 0, False
        else:
            total, section = total + (section + digit or 1) * _LARGE[char], 0
            digit, seen = 0, False
    return total + section + digit


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
        if (
            name == "one"
            and not found
            and not re.match(
                r" (level|step|row|year|less|more|fewer|higher|lower)", text[word.end() :]
            )
        ):
            return None
        end, found = word.end(), True
        place = end + 1 if end < len(text) and text[end] in " -" else len(text)
    return Numeral(start, end, value) if found else None
