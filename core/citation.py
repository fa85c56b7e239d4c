"""A place in a law, a guideline or a document, as it was checked."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.vocabulary import Status


class Citation(BaseModel):
    """Where a statement rests.

    `article` is a bare number ("60", "28-2"), `revision` the text that was checked,
    `effective_from` an ISO date.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    """The card it comes from, or the imported passage."""
    kind: Literal["law", "guideline", "document"]
    law: str
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    title: str = ""
    revision: str | None = None
    effective_from: str | None = None
    url: str | None = None
    status: Status
