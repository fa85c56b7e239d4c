"""The tree every paper is made of. Texts are final: one language, nothing left to look up."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from core import Language

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


Text = Annotated[str, AfterValidator(_clean)]
"""Text that XML can hold: control characters are shown as U+FFFD."""


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True)


class Heading(_Node):
    """A section title; level 1 is a chapter."""

    kind: Literal["heading"] = "heading"
    text: Text
    level: int = Field(default=1, ge=1, le=3)


class Paragraph(_Node):
    """Running text. `note` is set smaller, for caveats and sources."""

    kind: Literal["paragraph"] = "paragraph"
    text: Text
    note: bool = False


class Pairs(_Node):
    """Label and value, one pair a line."""

    kind: Literal["pairs"] = "pairs"
    pairs: tuple[tuple[Text, Text], ...]


class Sheet(_Node):
    """A table: headers of shape (columns,), rows of shape (rows, columns)."""

    kind: Literal["sheet"] = "sheet"
    name: Text
    headers: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()
    """Relative column widths; equal where empty."""

    @model_validator(mode="after")
    def _rectangular(self) -> "Sheet":
        width = len(self.headers)
        if any(len(row) != width for row in self.rows):
            raise ValueError("every row needs one text for each header")
        if self.widths and len(self.widths) != width:
            raise ValueError("widths need one number for each header")
        return self


Block = Annotated[Heading | Paragraph | Pairs | Sheet, Field(discriminator="kind")]


class Document(_Node):
    """One paper, always a draft (案) for people to decide on."""

    title: Text
    subtitle: Text = ""
    lang: Language = "ja"
    mark: Text = "案"
    """Stands on every page, so that nobody takes the draft for a decision."""
    blocks: tuple[Block, ...]
