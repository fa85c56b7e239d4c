"""The concepts behind words: the thesaurus, and situations that people tell."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from core import yaml12
from knowledge.tokens import tokens
from law import read_yaml

Phrase = tuple[str, ...]


@cache
def _phrases() -> tuple[dict[Phrase, frozenset[str]], int]:
    """The concepts that each phrase stands for, and how many words the longest phrase has."""
    groups = yaml12.load((Path(__file__).parent / "thesaurus.yaml").read_text("utf-8"))
    found: dict[Phrase, set[str]] = {}
    for group in groups:
        for phrase in group:
            if words := tuple(tokens(str(phrase))):
                found.setdefault(words, set()).add(f"#{group[0]}")
    return {words: frozenset(names) for words, names in found.items()}, max(map(len, found))


def concepts(words: Sequence[str]) -> list[str]:
    """The concepts that the words, or runs of them, stand for, in a stable order.

    >>> set(concepts(["消す"])) & set(concepts(["eras"]))
    {'#消す'}
    """
    phrases, longest = _phrases()
    found = {
        name
        for start in range(len(words))
        for end in range(start + 1, min(start + longest, len(words)) + 1)
        for name in phrases.get(tuple(words[start:end]), ())
    }
    return sorted(found)


@cache
def _members() -> dict[str, frozenset[str]]:
    """The single words of each concept."""
    found: dict[str, set[str]] = {}
    for words, names in _phrases()[0].items():
        if len(words) == 1:
            for name in names:
                found.setdefault(name, set()).add(words[0])
    return {name: frozenset(words) for name, words in found.items()}


def expand(words: Sequence[str]) -> list[str]:
    """Other words for the same concepts, in a stable order.

    >>> "削除" in expand(["消す"])
    True
    """
    members = _members()
    found = {other for name in concepts(words) for other in members.get(name, ())}
    return sorted(found - set(words))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    frames = read_yaml(Path(__file__).with_name("situations.yaml"))
    return tuple(
        (f"#{name}", re.compile(f"{frame['ja']}|{frame['en']}", re.I))
        for name, frame in frames.items()
    )


def frames(text: str) -> list[str]:
    """The situations that a text tells of.

    >>> frames("健診のために集めた記録を観光の計画に使いたい")
    ['#change of purpose']
    >>> frames("The cleaners can read the files on our desks.")
    ['#seen by outsiders']
    """
    told = unicodedata.normalize("NFKC", text)
    return [name for name, pattern in _patterns() if pattern.search(told)]
