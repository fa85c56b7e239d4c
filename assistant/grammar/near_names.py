"""Column names as people miss them: with a slip of the pen, or as they sound, in kana."""

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from assistant.grammar.scan import Meaning, Token, flatten, tidy, words_between

_LATIN = re.compile(r"[a-z_]{4,}")
_JAPANESE = re.compile(r"[^\x00-\x7f、。・「」（）？！]{4,}")
_KANA = re.compile(r"[ぁ-ゖー]{4,}")
_KANJI = re.compile(r"[一-鿿]")
_SHORTEST = 4
_lock = threading.Lock()


def mend(flat: str, tokens: list[Token], names: Iterable[str]) -> list[Token]:
    """Add a token wherever an unexplained word is one slip away from a single column.

    One edit for names of 4–7 letters, two for longer ones; a tie is left alone.
    """
    keys = {flatten(tidy(name)): name for name in names}
    found = [
        Token(start, end, Meaning(columns=(keys[near],), rank=2))
        for start, end in _candidates(flat, tokens, keys)
        if (near := _nearest(flat[start:end], keys)) is not None
    ]
    return sorted([*tokens, *_without_overlap(found)], key=lambda token: token.start)


def _candidates(flat: str, tokens: list[Token], keys: Iterable[str]) -> Iterator[tuple[int, int]]:
    lengths = sorted({len(k) for k in keys if not k.isascii() and len(k) >= 4}, reverse=True)
    for start, end in words_between(flat, tokens):
        for word in _LATIN.finditer(flat, start, end):
            if not (word.start() and flat[word.start() - 1].isalnum()):
                yield word.start(), word.end()
        for run in _JAPANESE.finditer(flat, start, end):
            for length in lengths:
                for place in range(run.start(), run.end() - length + 1):
                    yield place, place + length


def _nearest(word: str, keys: Iterable[str]) -> str | None:
    near = [
        key
        for key in keys
        if word[0] == key[0] and len(key) >= 3 and distance(word, key) <= _allowed(word, key)
    ]
    return near[0] if len(near) == 1 else None


def _allowed(word: str, key: str) -> int:
    if len(key) == 3:
        return int(len(word) == 4 and word[-1] == word[-2])
    return 1 if len(key) < 8 else 2


def distance(left: str, right: str) -> int:
    """Edits (insert, delete, replace, swap neighbours) from one word to the other.

    >>> distance("occupaton", "occupation"), distance("adn", "and")
    (1, 1)
    """
    if abs(len(left) - len(right)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]


def _without_overlap(tokens: list[Token]) -> Iterator[Token]:
    end = 0
    for token in sorted(tokens, key=lambda t: (t.start, t.start - t.end)):
        if token.start >= end:
            yield token
            end = token.end


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary().tokenizer(mode=SplitMode.C)


def may_hold_reading(flat: str) -> bool:
    """Whether a flattened message has kana enough to spell a header."""
    return bool(_KANA.search(flat))


def reading(header: str) -> str | None:
    """A header in hiragana; None where it has no kanji, or sounds too short to be sure.

    >>> reading("接触状況"), reading("区"), reading("zip_code")
    ('せっしょくじょうきょう', None, None)
    """
    if not _KANJI.search(header):
        return None
    with _lock:  # the tokenizer is not safe across threads
        morphemes = _tokenizer().tokenize(tidy(header))
        sound = "".join(m.reading_form() for m in morphemes)
    heard = flatten(sound)
    return heard if len(heard) >= _SHORTEST else None
