"""The words that column names are made of: things from the types' files, what stands around them
from `words.yaml`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from core import ColumnType, column_types, yaml12
from rules.detect.names.spelling import MARKS, hiragana, respell

EXACT, OWNED, HEAD, TOPIC, UNSURE = 0.95, 0.92, 0.85, 0.8, 0.75
"""How sure a name alone makes us, by how it matched."""
ORDINAL = re.compile(r"(?:[上下]?[0-9]+桁|[0-9]+|(?<=[^a-z])[xy])$")
_LONGEST_OWNER = 24
Text = str | tuple[str, ...]
"""A compound: squeezed Japanese, or Latin words."""


def _longest_first(listed: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(hiragana, listed), key=len, reverse=True))


Endings = Annotated[tuple[str, ...], BeforeValidator(_longest_first)]


def _by_word(listed: Mapping[ColumnType, Iterable[str]]) -> dict[Text, ColumnType]:
    return {unit: type_ for type_, words in listed.items() for unit in _units(words)}


def _units(words: Iterable[str]) -> Iterator[Text]:
    """Words as they stand among Latin ones, and as they stand in Japanese."""
    for word in words:
        yield _unit(word)
        yield squeezed(word)


def _unit(word: str) -> Text:
    return tuple(word.lower().split()) if word.isascii() else squeezed(word)


class Around(BaseModel):
    """The lists of `words.yaml`, each explained there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owners: Endings
    tails: Endings
    speaking: Mapping[ColumnType, Endings]
    counting: frozenset[str]
    neutral: tuple[str, ...]
    deeds: Endings
    decisive: Mapping[ColumnType, Endings]
    organisations: Endings
    no_people: frozenset[str]
    people: Endings
    general: Endings
    latin_owners: frozenset[str]
    asking: frozenset[str]
    linking: frozenset[str]
    latin_people: frozenset[str]
    same_latin: dict[str, str]
    kana: tuple[str, ...]
    parts_of_name: frozenset[str]
    widths: tuple[str, ...]
    numbers: Endings
    areas: tuple[str, ...]
    sizes: tuple[str, ...]
    counted: tuple[str, ...]

    @cached_property
    def speaks(self) -> dict[Text, ColumnType]:
        """Words at the end that speak of what stands before them, with the type they are else."""
        return _by_word(self.speaking)

    @cached_property
    def changes_nothing(self) -> frozenset[Text]:
        """Words at the end that change nothing."""
        return frozenset(_units(self.neutral))

    @cached_property
    def decides(self) -> dict[Text, ColumnType]:
        """Words at the end that say what it is, whatever they are about."""
        return _by_word(self.decisive)


@cache
def around() -> Around:
    """What stands around a thing in a name, read once."""
    path = Path(__file__).with_name("words.yaml")
    return Around.model_validate(yaml12.load(path.read_text(encoding="utf-8")))


@cache
def ends_as(*lists: str) -> re.Pattern[str]:
    """Names that end in a word of these lists of patterns.

    >>> bool(ends_as("counted").search("受付件数"))
    True
    """
    listed = [pattern for name in lists for pattern in getattr(around(), name)]
    return re.compile(rf"(?:{'|'.join(listed)})$", re.IGNORECASE)


@dataclass(frozen=True)
class NameMatch:
    """A type that a column's name suggests, how sure, and the word that did it."""

    type: ColumnType
    confidence: float
    word: str

    @property
    def itself(self) -> bool:
        """Not 保護者 or 世帯区分 alone, which behind other words only say whose it is."""
        told = column_types.described()[self.type].itself
        return not told or self.word.isascii() or self.word.endswith(told)


@dataclass(frozen=True)
class Things:
    """The names of all types by their spelling."""

    names: Mapping[Text, ColumnType]
    """Japanese squeezed, Latin as words and run together."""
    of_people: frozenset[Text]
    romaji: Mapping[str, ColumnType]
    """Latin ones in one spelling of romanised Japanese."""
    unsure: frozenset[str]
    near_misses: tuple[str, ...]
    """Words that hold one of a topic and are about something else."""
    subjects: dict[str, ColumnType]
    longest: int


@cache
def things() -> Things:
    """The names of all types, read once."""
    japanese: dict[str, ColumnType] = {}
    latin: dict[tuple[str, ...], ColumnType] = {}
    alike: dict[tuple[str, ...], ColumnType] = {}
    described = column_types.described()
    for type_, told in described.items():
        for word in told.names:
            text = unicodedata.normalize("NFKC", word).lower()
            if text.isascii():
                latin[tuple(text.split())] = type_
                alike.setdefault(same(tuple(text.split())), type_)
            else:
                japanese[squeezed(text)] = type_
    latin = alike | latin
    romaji: dict[str, ColumnType] = {}
    for words, type_ in latin.items():
        romaji.setdefault(respell(*same(words)), type_)
        romaji.setdefault(respell("".join(words)), type_)
    joined = {"".join(words): type_ for words, type_ in latin.items()}
    topics = column_types.having("topic")
    return Things(
        names=dict([*joined.items(), *japanese.items(), *latin.items()]),
        romaji=romaji,
        of_people=frozenset(_unit(w) for told in described.values() for w in told.of_people),
        unsure=frozenset(hiragana(w) for told in described.values() for w in told.unsure),
        near_misses=tuple(
            word
            for type_ in topics
            for word in map(squeezed, described[type_].near_misses)
            if word not in japanese
        ),
        subjects={hiragana(w): t for t, told in described.items() for w in told.subjects},
        longest=max(map(len, japanese)),
    )


def same(words: tuple[str, ...]) -> tuple[str, ...]:
    """Latin words with one spelling for those that say the same.

    >>> same(("koza", "bango"))
    ('koza', 'no')
    """
    return tuple(around().same_latin.get(word, word) for word in words)


def squeezed(text: str) -> str:
    """A name without marks, in lower case and hiragana.

    >>> squeezed("患者_フリガナ")
    '患者ふりがな'
    """
    return hiragana(MARKS.sub("", text).lower())


def bare(text: str) -> str:
    """A squeezed name without owners in front and words that change nothing behind.

    >>> bare("旧世帯主住所情報")
    '住所'
    """
    lists, known = around(), things().names
    while text not in known:
        tail = next((t for t in lists.tails if text.endswith(t) and len(text) > len(t) + 1), "")
        owner = next((o for o in lists.owners if text.startswith(o) and len(text) > len(o)), "")
        if not tail and not owner:
            break
        text = text.removesuffix(tail) if tail else text.removeprefix(owner).removeprefix("の")
    return text


@cache
def _owners() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(around().owners)}|の)*")


def only_owners(text: str) -> bool:
    """Whether a piece says nothing but whose it is, as 世帯主 or 旧保護者."""
    return len(text) <= _LONGEST_OWNER and _owners().fullmatch(text) is not None


def of_a_person(front: Text) -> bool:
    """Whether what stands before a word says whose it is, and nothing else."""
    if not isinstance(front, str):
        named = things().names.get(front) is ColumnType.PERSON_NAME
        return named or all(word.removesuffix("s") in around().latin_owners for word in front)
    return only_owners(front) or (
        front.endswith(around().people) and not front.endswith(around().organisations)
    )


def a_person(text: Text) -> bool:
    """Whether a compound is somebody: 妊産婦, 対象児, ("primary", "client")."""
    if isinstance(text, str):
        return text.endswith(around().people) and only_owners(text)
    return of_a_person(text) and not around().latin_people.isdisjoint(text)
