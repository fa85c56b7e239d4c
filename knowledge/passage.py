"""What a search finds and what an answer is made of."""

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
