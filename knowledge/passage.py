"""What is found and said: a passage with its ground, a claim, an answer."""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from core import Citation, Message


class Passage(BaseModel):
    """A piece of text that can be quoted, and where it stands."""

    model_config = ConfigDict(frozen=True)

    id: str
    """A card id, or `document:number` in the library."""
    source: str
    """The law, guideline or document."""
    locator: str
    """Article, page, line or heading within it."""
    quote: str
    """Verbatim."""
    citation: Citation
    score: float = 0.0


class Answer(BaseModel):
    """A short paragraph and its grounds. The numbers [1], [2] … in it are the passages."""

    model_config = ConfigDict(frozen=True)

    answer: Message
    abstained: bool
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    caveats: tuple[Message, ...] = ()
    limits: tuple[Message, ...] = ()
    """What cannot be known here, and whom to ask."""


class Claim(BaseModel):
    """A sentence somebody wants to say, and the words it is said to rest on."""

    model_config = ConfigDict(frozen=True)

    text: str
    passage_id: str
    quote: str


Kind = Literal["law", "guideline", "document"]


SHORTEST = 6
"""A quote of fewer characters proves nothing."""


def verify_claims(claims: Iterable[Claim], passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """The claims whose quote stands, word for word, in a passage retrieved in this turn.

    >>> from core import Citation, Status
    >>> found = Passage(id="B-08", source="法", locator="69条", score=1.0,
    ...     quote="目的外の自己利用・提供は禁止。",
    ...     citation=Citation(id="B-08", kind="law", law="法", status=Status.VERIFIED_TEXT))
    >>> kept = verify_claims([
    ...     Claim(text="目的外には使えない。", passage_id="B-08", quote="自己利用・提供は禁止"),
    ...     Claim(text="罰金がある。", passage_id="B-08", quote="罰金に処する"),
    ...     Claim(text="別の根拠。", passage_id="B-99", quote="自己利用・提供は禁止"),
    ... ], [found])
    >>> [claim.text for claim in kept]
    ['目的外には使えない。']
    """
    quotes: dict[str, list[str]] = {}
    for passage in passages:
        quotes.setdefault(passage.id, []).append(passage.quote)
    return tuple(claim for claim in claims if _stands(claim, quotes.get(claim.passage_id, [])))


def _stands(claim: Claim, quotes: Sequence[str]) -> bool:
    quote = claim.quote.strip()
    return bool(claim.text.strip()) and len(quote) >= SHORTEST and any(quote in q for q in quotes)
