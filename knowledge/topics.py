"""Matters people ask about that take several cards, and those that are out of scope."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from core import Message
from law import Frozen, Texts, read_yaml

_FOLDER = Path(__file__).parent / "topics"


class Said(Message):
    """A sentence of an answer, and the cards it rests on."""

    cards: tuple[str, ...] = Field(min_length=1)


class Topic(Frozen):
    """A matter people ask about that takes several cards, or none.

    A topic without cards is out of scope: it says so, and `ask` says whom to turn to.
    """

    id: str
    title: Message
    lead: Message | None = None
    """Of one that is out of scope: why there is no answer."""
    says: tuple[Said, ...] = ()
    """The answer, sentence by sentence; where it is empty the first card speaks."""
    cards: tuple[str, ...] = ()
    questions: Texts
    words: Texts = Texts()
    look_for: tuple[str, ...] = ()
    """What to look for in the council's own documents, as short descriptions."""
    unknown: bool = False
    """What is asked cannot be known, though its cards and documents show something near it."""
    decide: Literal["assessment"] | None = None
    """The card depends on numbers in the question."""
    caveat: Message | None = None
    limits: Message | None = None

    def wording(self) -> Message | None:
        """All it says, as one text to be searched."""
        if not self.says:
            return self.lead
        return Message(
            ja="".join(said.ja for said in self.says), en=" ".join(said.en for said in self.says)
        )


@cache
def topics() -> tuple[Topic, ...]:
    """The matters that take several cards, and those that are out of scope."""
    paths = sorted(_FOLDER.glob("*.yaml"))
    return tuple(Topic(**entry) for path in paths for entry in read_yaml(path))
