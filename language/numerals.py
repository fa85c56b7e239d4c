"""Numbers written in kanji or in English words."""

import re

from language.word_lists import WORDS

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "元": 1,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000}
_KNOWN = _DIGITS.keys() | _SMALL.keys() | _LARGE.keys()
KANJI_NUMERALS = "〇零一二三四五六七八九十拾百千壱弐参"
_COUNTING = re.compile(
    rf"(?<![\d.,])[\d〇一二三四五六七八九十百千万]+(?=\s*(?:{WORDS['counters']}))"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split())}
_WORDS |= {word: 10 * tens for tens, word in enumerate(_TENS.split(), start=2)}
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_WORD = "|".join([*_WORDS, *_SCALE])
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_WORDS)})(?:(?:-| and | )(?:{_WORD}))*\b", re.I)


def read_kanji_number(text: str) -> int | None:
    """A whole number in kanji or digits, or in digits with 万 and 億; None where it is none.

    >>> [read_kanji_number(t) for t in ("五十五", "二〇二〇", "1万2千", "三億", "十", "東")]
    [55, 2020, 12000, 300000000, 10, None]
    """
    if text.isdecimal():
        return int(text)
    written = {c for c in text if not c.isdecimal()}
    if not text or not written <= _KNOWN:
        return None
    if written <= _DIGITS.keys():
        return int("".join(str(_DIGITS.get(c, c)) for c in text))
    total = group = 0
    digits = ""
    for char in text:
        if char in _LARGE:
            total += (group + int(digits or (0 if group else 1))) * _LARGE[char]
            group, digits = 0, ""
        elif char in _SMALL:
            group += int(digits or 1) * _SMALL[char]
            digits = ""
        else:
            digits += str(_DIGITS.get(char, char))
    return total + group + int(digits or 0)


def digits(text: str) -> str:
    """The text with its written-out numbers as digits, where they count something.

    >>> digits("第二十七条の評価、対象は十二万人で一般の職員五百人")
    '第27条の評価、対象は120000人で一般の職員500人'
    >>> digits("fifty thousand people and two hundred staff")
    '50000 people and 200 staff'
    """
    text = _COUNTING.sub(lambda found: str(read_kanji_number(found[0]) or found[0]), text)
    return _ENGLISH.sub(lambda found: str(_english(found[0])), text)


def _english(words: str) -> int:
    total = part = 0
    for word in re.split(r"[- ]", words.lower()):
        if word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALE:
            total, part = total + (part or 1) * _SCALE[word], 0
    return total + part
