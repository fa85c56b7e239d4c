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


_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SOUNDS = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ー": ""}
_GLIDES = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}


def romanise(hiragana: str) -> str:
    """Kana in the same one spelling; other characters stay.

    >>> romanise("しゅっしん"), romanise("あてなno") == respell("atena", "no")
    ('syussin', True)
    """
    spelled = ""
    for kana in hiragana:
        if kana in _GLIDES and spelled.endswith("i"):
            spelled = spelled[:-1] + _GLIDES[kana]
        elif kana == "っ":
            spelled += "*"
        else:
            sound = _SOUNDS.get(kana, kana)
            spelled = spelled.removesuffix("*") + (sound[:1] if spelled.endswith("*") else "")
            spelled += sound
    return respell(spelled)
