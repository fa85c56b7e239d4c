"""Romanised or kana names put back into kanji, piece by piece, from `readings.yaml`.

SEIKATSUHOGO_KBN is 生活 + 保護, 区分: what is known of Japanese names then holds for it too.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path

from core import yaml12
from rules.detect.names.base import MARKS, hiragana
from rules.detect.romaji import respell, romanise

_FILE = Path(__file__).with_name("readings.yaml")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST_LETTERS = 60
_MOST_WAYS = 12
_KANA = re.compile(r"[ぁ-ゖー]{2,}")
_DAY, _YEAR = "年月日", "年"


@dataclass(frozen=True)
class _Readings:
    pieces: dict[str, tuple[str, ...]]
    words: dict[str, str]
    longest: int


@cache
def _readings() -> _Readings:
    raw = yaml12.load(_FILE.read_text(encoding="utf-8"))
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
    words = [w for w in MARKS.split(_CAMEL.sub(" ", text)) if w and not w.isdecimal()]
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
