"""Numbers written in kanji or in English words, as digits."""

import re

_KANJI = re.compile(
    r"(?<![\d.,])[\d〇一二三四五六七八九十百千万]+(?=\s*(?:条|項|号|人|名|件|日|年|歳))"
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


def digits(text: str) -> str:
    """The text with its written-out numbers as digits, where they count something.

    >>> digits("第二十七条の評価、対象は十二万人で一般の職員五百人")
    '第27条の評価、対象は120000人で一般の職員500人'
    >>> digits("fifty thousand people and two hundred staff")
    '50000 people and 200 staff'
    """
    text = _KANJI.sub(lambda found: _kanji(found[0]), text)
    return _ENGLISH.sub(lambda found: str(_english(found[0])), text)


def _kanji(written: str) -> str:
    from language import read_kanji_number

    return str(read_kanji_number(written) or written)


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
