"""Romanised Japanese in its several spellings."""

import re

_ROMAJI = tuple(
    (re.compile(spelled), one)
    for spelled, one in (
        (r"(?<=[aeiou])h(?=$|[^aeiouy])", ""),
        (r"sh(?=[auo])", "sy"), (r"ch(?=[auo])", "ty"), (r"jy?(?=[auo])", "zy"),
        ("sh", "s"), ("ch", "t"), ("j", "z"), ("ts", "t"), ("f", "h"), ("dz", "z"),
        (r"m(?=[bpm])", "n"), ("nn", "n"), (r"o[ou]+", "o"), (r"u{2,}", "u"), (r"(?<=e)i", "e"),
        (r"e{2,}", "e"), (r"i{2,}", "i"),
    )
)  # fmt: skip
"""Hepburn, Kunrei and keyboard spellings, long vowels written or not, made one."""


def respell(*words: str) -> str:
    """One spelling of romanised words, run together.

    >>> respell("nennrei") == respell("nenrei"), respell("syokugyo") == respell("shokugyou")
    (True, True)
    """
    return "".join(map(_respell, words))


def _respell(word: str) -> str:
    for pattern, one in _ROMAJI:
        word = pattern.sub(one, word)
    return word
