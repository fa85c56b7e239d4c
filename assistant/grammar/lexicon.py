"""The phrases of the grammar's files, and those that the columns of a review add."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.dialogue import Context, KnownColumn
from assistant.grammar.scan import Meaning, Phrases, Units, expand, flatten, load, tidy
from core import Message, column_types, say
from desk import PAPERS, TOOLS
from language import SERVER_PLACES

_PIECES = re.compile(r"[\s_\-・/／()（）「」]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Lexicon:
    """What the grammar knows before it sees a review. Holds no data of any user."""

    phrases: Phrases
    units: Units
    type_names: dict[str, tuple[str, ...]]
    same: tuple[frozenset[str], ...]
    """Words for one thing, any of which names a header that holds another."""
    ignored: frozenset[str]
    everyday: frozenset[str]
    marks: tuple[str, ...]
    """How a header that is an everyday word is marked as one."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The grammar's files, read once."""
    names = load("names.yaml")
    phrases = Phrases()
    concepts = dict(load("words.yaml"))
    for code, said in SERVER_PLACES.items():
        concepts[f"country.{code}"] = (*said, *concepts.get(f"country.{code}", ()))
    concepts |= {tool.name: tool.says for tool in TOOLS.values()}
    concepts |= {f"titled.{name}": tuple(_titles(paper.title)) for name, paper in PAPERS.items()}
    for concept, patterns in concepts.items():
        for pattern in patterns:
            for phrase in expand(pattern):
                for spelling in spellings(phrase):
                    phrases.add(spelling, Meaning(frozenset({concept})))
    types = {
        type_.value: tuple(_with_plurals(p for pattern in told.spoken for p in expand(pattern)))
        for type_, told in column_types.described().items()
        if told.spoken
    }
    for type_, words in types.items():
        for word in words:
            phrases.add(word, Meaning(frozenset({f"type.{type_}"})))
    return Lexicon(
        phrases,
        Units.of(load("units.yaml")),
        types,
        tuple(frozenset(flatten(tidy(word)) for word in group) for group in names["same"]),
        frozenset(flatten(tidy(w)) for w in names["fragments_ignored"]),
        frozenset(names["everyday"]),
        tuple(names["marks"]),
    )


def _titles(title: Message) -> Iterator[str]:
    """What a paper is called, with and without the mark of a draft."""
    draft = say("desk.brief.draft")
    for name, mark in ((title.ja, f"（{draft.ja}）"), (title.en, f" ({draft.en.lower()})")):
        bare = name.removesuffix(mark)
        yield from (flatten(tidy(form)) for form in (bare, bare + mark))


def spellings(phrase: str) -> Iterator[str]:
    """A phrase in every spelling of the words it holds.

    >>> sorted(spellings("珍しい値"))
    ['めずらしい値', '珍しい値']
    """
    found = {phrase}
    for group in _groups():
        for word in group:
            found |= {p.replace(word, other) for p in tuple(found) if word in p for other in group}
    yield from found


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in load("spellings.yaml"))


def _with_plurals(words: "Iterable[str]") -> Iterator[str]:
    for word in words:
        yield word
        if word.isascii() and word[-1:].isalpha():
            yield _plural(word)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def phrases_of(context: Context) -> Phrases:
    """The lexicon, and every way to name the columns and files of this review."""
    words = lexicon()
    phrases = words.phrases.copy()
    for column in context.columns:
        for phrase, rank in _spoken(column, words):
            phrases.add(phrase, Meaning(columns=(column.name,), rank=rank))
    for dataset in context.datasets[1:]:
        for phrase in {dataset, Path(dataset).stem, Path(dataset).stem.replace("_", " ")}:
            phrases.add(phrase, Meaning(frozenset({f"dataset.{dataset}"})))
    return phrases


def _spoken(column: KnownColumn, words: Lexicon) -> Iterator[tuple[str, int]]:
    """The phrases that may name a column, with how closely they do."""
    key = flatten(tidy(column.name))
    if key in words.everyday:
        yield from ((mark.format(key), 3) for mark in words.marks)
    else:
        yield from ((form, 3) for form in _with_plurals((key, key.replace("_", " "))))
    for piece in _fragments(column.name):
        if piece not in words.ignored and not _means_something_else(piece, words):
            yield from ((form, 2) for form in _with_plurals((piece,)))
    for word in _glosses(key, words):
        yield from ((form, 2) for form in _with_plurals((word,)))
    for type_ in dict.fromkeys((column.type, *column.parts)):
        yield from ((name, 1) for name in words.type_names.get(type_.value, ()))


def _glosses(key: str, words: Lexicon) -> set[str]:
    """Other words for what a header says, in either language."""
    pieces = {flatten(tidy(p)) for p in _PIECES.split(key)}
    held = [g for g in words.same if any(_holds(key, pieces, word) for word in g)]
    said = {word for group in held for word in group} - words.ignored
    return {word for word in said if not _means_something_else(word, words)}


def _holds(key: str, pieces: set[str], word: str) -> bool:
    return bool(pieces & {word, _plural(word)}) if word.isascii() else word in key


def _fragments(name: str) -> set[str]:
    """Pieces of a header that people use for the whole."""
    pieces = {flatten(tidy(p)) for p in _PIECES.split(name)}
    found = {p for p in pieces if len(p) >= 2}
    for piece in pieces:
        if not piece.isascii():
            found |= {piece[:n] for n in range(2, len(piece))}
            found |= {piece[n:] for n in range(1, len(piece) - 1)}
    return {p for p in found if not p.isdigit()} - {flatten(tidy(name))}


def _means_something_else(piece: str, words: Lexicon) -> bool:
    found = words.phrases.at(piece, 0)
    return bool(
        found
        and found[0] == len(piece)
        and any(not concept.startswith("type.") for concept in found[1].concepts)
    )
