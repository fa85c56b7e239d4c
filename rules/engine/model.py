"""A rule as it is written in YAML, validated in shape.

What only makes sense against the kinds of facts (fields, types, aliases) is checked in
`rules.engine.check`.

The patterns of a rule match facts that are all different: in `unless` too, a pattern asks
for another fact than those already matched.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from core import Message, Severity

ReformDate = dt.date(2023, 4, 1)
"""Since when the Act binds municipalities; a rule's effect begins then unless it says otherwise."""

Force = Literal["law", "guidance", "document", "setting", "note"]
"""What a rule rests on: the law's text; an authority's guidance; an old or local document;
a threshold someone chose; a note that does not bind here."""

RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
Alias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


def _whole(given: object) -> object:
    """Refuse further keys: an unquoted comma in `{ja: …, en: …}` would cut the sentence short."""
    if isinstance(given, dict) and set(given) != {"ja", "en"}:
        raise ValueError("takes ja and en alone; put texts with commas in quotes")
    return given


Text = Annotated[Message, BeforeValidator(_whole)]
"""A sentence in both languages, as rules write it."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Effective(_Part):
    """From when, and until when (both included), a rule is law."""

    from_: dt.date = Field(default=ReformDate, alias="from")
    until: dt.date | None = None


class Pattern(_Part):
    """A fact the rule looks for, and what must be true of it."""

    fact: str
    as_: Alias | None = Field(default=None, alias="as")
    where: Mapping[str, Any] = Field(default_factory=dict)


class Derive(_Part):
    """A fact the rule concludes, for other rules to read."""

    fact: str
    values: Mapping[str, Any]


GivenFact = Annotated[Mapping[str, Mapping[str, Any]], Field(min_length=1, max_length=1)]
"""A fact in an example: `{column: {key: 氏名, type: person_name}}`."""


class Examples(_Part):
    """Facts on which the rule must speak, and near misses on which it must be silent."""

    match: tuple[tuple[GivenFact, ...], ...] = Field(min_length=1)
    no_match: tuple[tuple[GivenFact, ...], ...] = Field(min_length=1)


class Rule(_Part):
    """One rule: when it speaks, what it says, and what that rests on."""

    id: RuleId
    title: Text
    force: Force = "law"
    severity: Severity = Severity.INFO
    cards: tuple[str, ...] = ()
    source: Text | None = None
    """What the rule rests on where that is no card: an ordinance, a local decision."""
    effective: Effective = Field(default_factory=Effective)
    when: tuple[Pattern, ...] = Field(min_length=1, max_length=4)
    unless: tuple[Pattern, ...] = ()
    target: Alias | None = None
    """The alias whose column the finding is about; the dataset or case where absent."""
    message: Text | None = None
    reason: Text | None = None
    remedy: Text | None = None
    derive: Derive | None = None
    examples: Examples

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if self.derive is None and (self.message is None or self.remedy is None):
            raise ValueError("a rule needs message and remedy, or derive")
        if not self.cards and self.source is None:
            raise ValueError("a rule needs cards, or a source")
        return self

    @property
    def aliases(self) -> tuple[str, ...]:
        """One name per positive pattern, in order."""
        return tuple(p.as_ or f"p{n}" for n, p in enumerate(self.when, 1))
