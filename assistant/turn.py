"""What a turn of the conversation gives back."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue import Action
from core import Citation
from knowledge import Passage

OFFLINE = "offline"


class Turn(BaseModel):
    """What was done, what to say, and what it rests on."""

    model_config = ConfigDict(frozen=True)

    actions: tuple[Action, ...] = ()
    reply: str = ""
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    engine: str = OFFLINE
    """`offline`, or the provider's model that read the message."""
    note: str = ""
    """Why the offline reading stepped in, where a provider is configured and failed."""
    data: tuple[dict[str, Any], ...] = Field(default=(), exclude=True)
    """The outcomes' data, one for each action, for a screen."""


def distinct_citations(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Each place once, in order."""
    return tuple({(c.id, c.article, c.paragraph): c for c in citations}.values())
