"""One spelling for names in kana and Latin letters, and the way back into kanji.

SEIKATSUHOGO_KBN is 生活 + 保護, 区分 by `readings.yaml`: what is known of Japanese names then holds
for it too.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path

from core import yaml12

MARKS = re.compile(r"[\s_\-./:;,*※●○◎■□・、。'\"#|+&()\[\]【】〔〕<>「」『』]+")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST_LETTERS, _MOST_WAYS = 60, 12
_KANA = re.compile(r"[ぁ-ゖー]{2,}")
_DAY, _YEAR = "年月日", "年"
_ROMAJI = tuple(
    (re.compile(spelled), one)
    for spelled, one in (
        (r"(?<=[aeiou])h(?=$|[^aeiouy])", ""),
        (r"sh(?=[auo])", "sy"), (r"ch(?=[auo])", "ty"), (r"jy?(?=[auo])", "zy"),
        ("sh", "s"), ("ch", "t"), ("j", "z"), ("ts", "t"), ("f", "h"), ("dz", "z"),
        ("du", "zu"), ("di", "zi"),
        (r"m(?=[bpm])", "n"), ("nn", "n"), (r"o[ou]+", "o"), (r"u{2,}", "u"), (r"(?<=e)i", "e"),
        (r"e{2,}", "e"), (r"i{2,}", "i"),
    )
)  # fmt: skip
"""Hepburn, Kunrei and keyboard spellings, long vowels written or not, made one."""


def hiragana(text: str) -> str:
    """Katakana as hiragana, so that フリガナ and ふりがな are one word."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def respell(*words: str) -> str:
    """One spelling of romanised words, run together.

    >>> respell("nennrei") == respell("nenrei"), respell("syokugyo") == respell("shokugyou")
    (True, True)
    """
    spelled = list(words)
    for pattern, one in _ROMAJI:
        spelled = [pattern.sub(one, word) for word in spelled]
    return "".join(spelled)


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


@dataclass(frozen=True)
class _Readings:
    pieces: dict[str, tuple[str, ...]]
    words: dict[str, str]
    longest: int


@cache
def _readings() -> _Readings:
    path = Path(__file__).with_name("readings.yaml")
    raw = yaml12.load(path.read_text(encoding="utf-8"))
    pieces: dict[str, tuple[str, ...]] = {}
    for kanji, spellings in raw["readings"].items():
        for spelling in str(spellings).split():
            key = respell(spelling)
            pieces[key] = (*pieces.get(key, ()), kanji)
    words = {word: kanji for kanji, said in raw["words"].items() for word in said.split()}
    return _Readings(pieces, words, max(map(len, pieces)))


def spelled_out(text: str) -> tuple[str, ...]:
    """A name in kanji, the likeliest first; nothing where a piece is not known.

    >>> spelled_out("KAIGO_HIHO_NO")[0], spelled_out("ｾｲﾈﾝｶﾞｯﾋﾟ")
    ('介護_被保険者_番号', ())
    >>> spelled_out("customer churn")
    ()
    """
    if len(text) > _MOST_LETTERS:
        return ()
    words = [w for w in MARKS.split(CAMEL.sub(" ", text)) if w and not w.isdecimal()]
    ways = [_ways(hiragana(word.lower())) for word in words]
    if not all(ways):
        return ()
    return tuple(_joined(way) for way in islice(product(*ways), _MOST_WAYS))


def _ways(word: str) -> tuple[str, ...]:
    readings = _readings()
    word = word.rstrip("0123456789")
    if word in readings.words:
        return (readings.words[word],)
    if word.isascii():
        return _pieced(respell(word), readings)
    if _KANA.fullmatch(word):
        return _pieced(romanise(word), readings)
    return tuple(_mixed(word, readings))


def _mixed(word: str, readings: _Readings) -> list[str]:
    """Kanji stay; kana and letters beside them are put into kanji."""
    runs = re.findall(r"[ぁ-ゖー]+|[a-z]+|[^ぁ-ゖーa-z]+", word)
    told = [
        (run,) if not run.isascii() and not _KANA.match(run) else _ways(run)
        for run in runs
        if not (run.isascii() and not run.isalpha())
    ]
    if len(told) < 2 or not all(told):
        return []
    return ["".join(way) for way in islice(product(*told), _MOST_WAYS)]


def _pieced(word: str, readings: _Readings) -> tuple[str, ...]:
    """The ways to part a word into the fewest known pieces."""
    best: list[list[tuple[str, ...]]] = [[] for _ in range(len(word) + 1)]
    best[0].append(())
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - readings.longest), end):
            for kanji in readings.pieces.get(word[start:end], ()):
                best[end] += [(*way, kanji) for way in best[start]]
        fewest = min(map(len, best[end]), default=0)
        best[end] = [way for way in best[end] if len(way) == fewest][:_MOST_WAYS]
    return tuple("".join(way) for way in best[-1])


def _joined(way: tuple[str, ...]) -> str:
    """生年 and 年月日 share their 年; 生年月日 and 年月日 are one."""
    told = ""
    for piece in way:
        if piece == _DAY and told.endswith(("日", _DAY)):
            continue
        if piece == _DAY and told.endswith(_YEAR):
            told, piece = told.removesuffix(_YEAR), _DAY
            told += piece
            continue
        told += ("_" if told else "") + piece
    return told
