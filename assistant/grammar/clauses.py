"""A message as clauses: where one request ends and the next begins, and the columns it names, also
with a slip of the pen or as they sound, in kana."""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from assistant.dialogue import Context
from assistant.grammar.lexicon import lexicon, phrases_of
from assistant.grammar.scan import Meaning, Token, either, flatten, load, scan, tidy, words_between

_LATIN = re.compile(r"[a-z_]{4,}")
_NAME_LIKE = re.compile(r"[^\x00-\x7f、。・「」（）？！]{4,}")
_KANA = re.compile(r"[ぁ-ゖー]{4,}")
_KANJI = re.compile(r"[一-鿿]")
_SHORTEST = 4
_lock = threading.Lock()


def _mend(flat: str, tokens: list[Token], names: Iterable[str]) -> list[Token]:
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
        for run in _NAME_LIKE.finditer(flat, start, end):
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


def _may_hold_reading(flat: str) -> bool:
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


JOINTS = load("joints.yaml")
"""How a message hangs together, in patterns."""
_SEPARATOR = re.compile(either(JOINTS["separator"]))
_INSIDE = re.compile(either(JOINTS["inside"]))
_OUT_OF = re.compile(f"{either(JOINTS['out_of'])}$")
_CHAIN = re.compile(f"{either(JOINTS['chain'])}$")
_STEP = re.compile(either(JOINTS["step"]))
_BEGINNINGS = frozenset(
    {"preview", "undo", "propose_plan", "why", "list", "setting.k", "setting.l", "setting.t"}
)
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@dataclass(frozen=True)
class Clause:
    """A stretch of the message with the phrases found in it."""

    text: str
    """As the user wrote it (NFKC)."""
    flat: str
    """The matching form, as long as `text`."""
    tokens: tuple[Token, ...]
    start: int
    end: int

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Everything the clause speaks of."""
        found = {concept for token in self.tokens for concept in token.concepts}
        found |= {f"number.{t.unit}" for t in self.tokens if t.number is not None and t.unit}
        if any(t.number is not None for t in self.tokens):
            found.add("number")
        if self.tokens and "asks" in self.tokens[0].concepts and not self._leads():
            found.add("question")
        if any(t.meaning.columns or t.unit == "column" for t in self.tokens):
            found.add("column")
        return frozenset(found)

    def _leads(self) -> str:
        """What stands before the first known phrase."""
        return self.flat[self.start : self.tokens[0].start].strip()

    @property
    def unread(self) -> int:
        """How many characters no phrase explains."""
        return len(self.words) - sum(t.end - t.start for t in self.tokens)

    @property
    def holders(self) -> tuple[Token, ...]:
        """Columns named as the place of something else ("備考から電話番号を")."""
        return tuple(
            t
            for t in self.tokens
            if t.meaning.columns
            and (_INSIDE.match(self.flat, t.end) or _OUT_OF.search(self.flat, self.start, t.start))
        )

    @property
    def relative(self) -> bool:
        """Whether a number is a step up or down ("by 2"), not where it leads ("to 10")."""
        return any(
            t.unit in {"times", "step"}
            or self.flat[: t.start].endswith("by ")
            or _STEP.match(self.flat, t.end)
            for t in self.tokens
            if t.number is not None
        )

    @property
    def words(self) -> str:
        """The clause itself."""
        return self.text[self.start : self.end].strip()

    @property
    def japanese(self) -> bool:
        """Whether verbs come last."""
        return bool(_JAPANESE.search(self.text))

    def first(self, concept: str) -> Token | None:
        """The first token of a concept; `kind` finds `kind.outlier`."""
        return next(
            (
                t
                for t in self.tokens
                if any(c == concept or c.startswith(concept + ".") for c in t.concepts)
            ),
            None,
        )

    def join(self, other: "Clause") -> "Clause":
        """This clause and a later one as one."""
        return Clause(
            self.text, self.flat, self.tokens + other.tokens, self.start, max(self.end, other.end)
        )


def read(message: str, context: Context) -> Clause:
    """The whole message as one clause."""
    text = tidy(message)
    flat = flatten(text)
    phrases, units = phrases_of(context), lexicon().units
    tokens = _mend(flat, list(scan(flat, phrases, units)), (c.name for c in context.columns))
    if _may_hold_reading(flat) and not any(t.meaning.columns for t in tokens):
        for column in context.columns:
            if sound := reading(column.name):
                phrases.add(sound, Meaning(columns=(column.name,), rank=2))
        tokens = list(scan(flat, phrases, units))
    return Clause(text, flat, tuple(tokens), 0, len(text))


def split(message: Clause) -> Iterator[Clause]:
    """The message cut at its punctuation and conjunctions."""
    places = [0, *_cuts(message.flat, message.tokens), len(message.flat)]
    for start, end in pairwise(places):
        tokens = tuple(t for t in message.tokens if start <= t.start < end)
        if tokens or message.text[start:end].strip(" 、。,.!?"):
            yield Clause(message.text, message.flat, tokens, start, end)


def _cuts(flat: str, tokens: Sequence[Token]) -> list[int]:
    marks = [
        match.end()
        for match in _SEPARATOR.finditer(flat)
        if not any(t.start < match.end() < t.end for t in tokens)
    ]
    chained = [t.start for t in tokens if _CHAIN.search(flat, 0, t.start) and _begins(t)]
    return sorted({place for place in [*marks, *chained] if 0 < place < len(flat)})


def _begins(token: Token) -> bool:
    """Whether a request may begin here, after a verb in て ("…を消して住所は…")."""
    return bool(token.meaning.columns or token.concepts & _BEGINNINGS)
