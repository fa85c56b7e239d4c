"""What a parser gives: the pieces of a document, each with its place."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A piece of text, verbatim, and where it stands."""

    model_config = ConfigDict(frozen=True)

    text: str
    locator: str
    """Page, line, heading or article, as a reader would look it up."""
    heading: str = ""
    """The headings above it: searched with the text, not quoted."""
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None


class Parsed(BaseModel):
    """A document read."""

    model_config = ConfigDict(frozen=True)

    title: str
    kind: Literal["law", "guideline", "document"]
    sections: tuple[Section, ...]
