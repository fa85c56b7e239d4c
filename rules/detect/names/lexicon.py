"""The words that column names are made of, from `words.yaml`."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import ColumnType, yaml12
from rules.detect.names.base import MARKS, hiragana
from rules.detect.romaji import respell

_FILE = Path(__file__).with_name("words.yaml")
_SAME_LATIN = {
    "num": "no",
    "number": "no",
    "bango": "no",
    "bangou": "no",
    "bangoo": "no",
    "cd": "code",
    "addr": "address",
    "adr": "address",
    "adrs": "address",
    "dt": "date",
    "acct": "account",
}
"""Words that say the same in a name: koza_no is koza_bango, CITY_CD is city code."""


@dataclass(frozen=True)
class Lexicon:
    """Words by type, and what stands around them."""

    japanese: dict[str, ColumnType]
    latin: dict[tuple[str, ...], ColumnType]
    joined: dict[str, ColumnType]
    romaji: dict[str, ColumnType]
    owners: tuple[str, ...]
    tails: tuple[str, ...]
    sorts: tuple[str, ...]
    topics: frozenset[ColumnType]
    strong: frozenset[ColumnType]
    facts: frozenset[ColumnType]
    sorted: frozenset[ColumnType]
    numbers: frozenset[ColumnType]
    texts: tuple[str, ...]
    counts: tuple[str, ...]
    years: tuple[str, ...]
    days: tuple[str, ...]
    not_days: tuple[str, ...]
    amounts: tuple[str, ...]
    not_topics: tuple[str, ...]
    unsure: frozenset[str]
    latin_owners: frozenset[str]
    latin_people: frozenset[str]
    consents: tuple[str, ...]
    general: frozenset[str]
    subjects: dict[str, ColumnType]
    longest: int


@cache
def lexicon() -> Lexicon:
    """All words, read once."""
    raw = yaml12.load(_FILE.read_text(encoding="utf-8"))
    japanese: dict[str, ColumnType] = {}
    latin: dict[tuple[str, ...], ColumnType] = {}
    alike: dict[tuple[str, ...], ColumnType] = {}
    for name, words in raw["types"].items():
        for word in words:
            text = unicodedata.normalize("NFKC", str(word))
            if text.isascii():
                latin_words = tuple(text.lower().split())
                latin.setdefault(latin_words, ColumnType(name))
                alike.setdefault(same(latin_words), ColumnType(name))
            else:
                japanese.setdefault(hiragana(MARKS.sub("", text).lower()), ColumnType(name))
    for words, type_ in alike.items():
        latin.setdefault(words, type_)
    romaji: dict[str, ColumnType] = {}
    for words, type_ in latin.items():
        romaji.setdefault(respell(*same(words)), type_)
        romaji.setdefault(respell("".join(words)), type_)
    return Lexicon(
        japanese=japanese,
        latin=latin,
        joined={"".join(words): type_ for words, type_ in latin.items()},
        romaji=romaji,
        owners=_longest_first(raw["owners"]),
        tails=_longest_first(raw["tails"]),
        sorts=_longest_first(raw["sorts"]),
        topics=_types(raw["topics"]),
        strong=_types(raw["strong"]),
        facts=_types(raw["facts"]),
        sorted=_types(raw["sorted"]) | _types(raw["topics"]),
        numbers=_types(raw["numbers"]),
        texts=_longest_first(raw["texts"]),
        counts=_longest_first(raw["counts"]),
        years=_longest_first(raw["years"]),
        days=_longest_first(raw["days"]),
        not_days=_longest_first(raw["not_days"]),
        amounts=_longest_first(raw["amounts"]),
        not_topics=_longest_first(raw["not_topics"]),
        unsure=frozenset(map(hiragana, raw["unsure"])),
        latin_owners=frozenset(raw["latin_owners"]),
        latin_people=frozenset(raw["latin_people"]),
        consents=_longest_first(raw["consents"]),
        general=frozenset(map(hiragana, raw["general"])),
        subjects={hiragana(word): ColumnType(name) for word, name in raw["subjects"].items()},
        longest=max(map(len, japanese)),
    )


def same(words: tuple[str, ...]) -> tuple[str, ...]:
    """Latin words with one spelling for those that say the same."""
    return tuple(_SAME_LATIN.get(word, word) for word in words)


def _types(names: Iterable[str]) -> frozenset[ColumnType]:
    return frozenset(map(ColumnType, names))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(hiragana, words), key=len, reverse=True))
