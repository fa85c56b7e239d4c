"""What the desk answers when it was asked to do or explain something."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from core import Citation, Message
from knowledge import Passage


class Outcome(BaseModel):
    """A sentence or two to say, the same as data, and the grounds. Never a cell value."""

    model_config = ConfigDict(frozen=True)

    message: Message
    data: dict[str, Any] = Field(default_factory=dict)
    """JSON-able. Lists a conversation may count through: `columns`, `cells`, `alternatives`."""
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
