"""A rule as it is written in YAML, validated in shape, and its sentences with their slots.

What only makes sense against the kinds of facts (fields, types, aliases) is checked in
`rules.engine.check`.

The patterns of a rule match facts that are all different: in `unless` too, a pattern asks
for another fact than those already matched.

In a sentence `{c.key}` stands for a field of a matched fact, `{r.share_at_risk|percent}` for it as
a percentage, `{p.operation|word}` for a word of the vocabularies as people say it.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

import law
from core import CellKind, ColumnType, Language, Message, Operation, Role, Severity, label, say
from rules.facts import Fact, Value

ReformDate = dt.date(2023, 4, 1)
"""Since when the Act binds municipalities; a rule's effect begins then unless it says otherwise."""

Force = Literal["law", "guidance", "document", "setting", "data", "note"]
"""What a rule rests on: the law's text; an authority's guidance; an old or local document;
a threshold someone chose; what the data themselves show; a note that does not bind here."""

Regime = Literal["chapter_5", "chapter_4", "agency", "designated_manager", "assembly", "private"]
"""Which law binds a body: chapter 5; chapter 4 as for hospitals and universities run directly; the
same for agencies that are businesses in law; what reaches a designated manager; an assembly's own
ordinance; chapter 4 as for any business."""

RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
Alias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


def _whole(given: object) -> object:
    """Refuse further keys: an unquoted comma in `{ja: …, en: …}` would cut the sentence short."""
    if isinstance(given, dict) and set(given) != {"ja", "en"}:
        raise ValueError(say("rules.loading.entry_text"))
    return given


_PLACE = re.compile(r"\{([A-Z]-\d{2,3}):(\d+)\}")


def _with_places(text: Message) -> Message:
    """The sentence with the numbers of the places it takes from cards: `{B-09:2}` is the second
    place of card B-09, so that a number is typed once, on the card."""
    if not _PLACE.search(text.ja + text.en):
        return text

    def put(lang: Language) -> str:
        return _PLACE.sub(
            lambda found: law.numbers(law.citations(found[1])[int(found[2]) - 1], lang),
            text.text(lang),
        )

    return Message(ja=put("ja"), en=put("en"))


Text = Annotated[Message, BeforeValidator(_whole), AfterValidator(_with_places)]
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
    binds: tuple[Regime, ...] = ()
    """Where given, the rule is silent about a body that another regime binds."""
    when: tuple[Pattern, ...] = Field(min_length=1, max_length=4)
    unless: tuple[Pattern, ...] = ()
    target: Alias | None = None
    """The alias whose column the finding is about; the dataset or case where absent."""
    message: Text | None = None
    reason: Text | None = None
    remedy: Text | None = None
    derive: Derive | None = None
    examples: Examples

    @model_validator(mode="before")
    @classmethod
    def _silent_elsewhere(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not given.get("binds"):
            return given
        others = [regime for regime in get_args(Regime) if regime not in given["binds"]]
        elsewhere = {"fact": "regime", "where": {"regime": others}}
        return {**given, "unless": [*given.get("unless", ()), elsewhere]}

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if self.derive is None and (self.message is None or self.remedy is None):
            raise ValueError(say("rules.loading.entry_says_nothing"))
        if not self.cards and self.source is None:
            raise ValueError(say("rules.loading.entry_ungrounded"))
        return self

    @property
    def aliases(self) -> tuple[str, ...]:
        """One name per positive pattern, in order."""
        return tuple(p.as_ or f"p{n}" for n, p in enumerate(self.when, 1))


_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?:\|([a-z]+))?\}")


def _plain(value: Value, lang: Language) -> str:
    if isinstance(value, frozenset):
        return ("、" if lang == "ja" else ", ").join(sorted(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def _percent(value: Value, lang: Language) -> str:
    return f"{value * 100:.1f}%" if isinstance(value, int | float) else _plain(value, lang)


@cache
def _words() -> Mapping[str, Message]:
    return {str(w): label(w) for words in (ColumnType, Role, CellKind, Operation) for w in words}


def _word(value: Value, lang: Language) -> str:
    known = _words().get(str(value))
    return known.text(lang) if known else _plain(value, lang)


FORMATS: Mapping[str | None, Callable[[Value, Language], str]] = {
    None: _plain,
    "percent": _percent,
    "word": _word,
}


def slots(message: Message) -> Iterator[tuple[str, str, str | None]]:
    """The (alias, field, format) of each slot, both languages."""
    for text in (message.ja, message.en):
        for found in _SLOT.finditer(text):
            yield found[1], found[2], found[3]


def fill(message: Message, bound: Mapping[str, Fact]) -> Message:
    """The message with its slots filled; a field the fact does not have becomes a dash.

    >>> fact = Fact.of("plan_column", "p", operation="keep")
    >>> fill(Message(ja="「{p.operation|word}」", en="{p.operation|word}"), {"p": fact}).ja
    '「そのまま残す」'
    """

    def text(template: str, lang: Language) -> str:
        def put(found: re.Match[str]) -> str:
            value = bound[found[1]].get(found[2])
            return "—" if value is None else FORMATS[found[3]](value, lang)

        return _SLOT.sub(put, template)

    return Message(ja=text(message.ja, "ja"), en=text(message.en, "en"))
