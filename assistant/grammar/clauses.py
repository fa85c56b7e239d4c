"""A message as clauses: where one request ends and the next begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.dialogue import Context
from assistant.grammar.lexicon import lexicon, phrases_of
from assistant.grammar.near_names import may_hold_reading, mend, reading
from assistant.grammar.scan import Meaning, Token, either, flatten, load, scan, tidy

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
    tokens = mend(flat, list(scan(flat, phrases, units)), (c.name for c in context.columns))
    if may_hold_reading(flat) and not any(t.meaning.columns for t in tokens):
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
