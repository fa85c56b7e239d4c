"""The guideline cards: checked statements of law and practice, with the texts they rest on."""

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core import Citation, KnowledgeError, Message, Status, yaml12


class Frozen(BaseModel):
    """What is read from data and never changed; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(Frozen):
    """Lines in both languages: questions people ask, or the words they use."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Both languages, Japanese first."""
        return self.ja + self.en


class OtherText(Frozen):
    """The text of a law on other days than those of the one that was read."""

    from_: date = Field(alias="from")
    revision: str
    how: Literal["compared", "unread"]
    differs: tuple[str, ...] = ()
    """Of one that was compared: the articles that are not the same as in the text that was read."""
    told_by: str
    """The card that says what is known of it."""


class Standing(StrEnum):
    """How the text that was read stands to the one in force on a day."""

    READ = "read"
    SAME = "same"
    """Another text was in force; this article was compared and is the same."""
    DIFFERS = "differs"
    """Another text was in force, and this article was not the same."""
    LATER = "later"
    """What was read took effect after the day; what held before was not compared."""
    SUPERSEDED = "superseded"
    """A newer text is in force, which was not read."""
    UNDATED = "undated"


class Source(Frozen):
    """A text that cards may cite, in the revision that was checked."""

    name: str
    en: str
    kind: Literal["law", "guideline", "document"]
    title: str | None = None
    """The official title, where `name` is a short one."""
    short: str | None = None
    """How an article of it is written in a sentence: 法, 規則, 番号法 …"""
    aka: tuple[str, ...] = ()
    """Other names of it that people write, in small letters."""
    number: str | None = None
    """The law's number, as promulgated: 昭和三十六年法律第二百二十三号."""
    law_id: str | None = None
    revision: str | None = None
    effective_from: str | None = None
    """ISO date on which the checked text took effect."""
    others: tuple[OtherText, ...] = ()
    url: str | None = None

    def on(self, article: str | None, day: date) -> tuple[Standing, OtherText | None]:
        """How the text that was read stands to that of a day, and that day's where it is known.

        >>> from datetime import date
        >>> sources()["rules"].on("43", date(2024, 2, 1))[0].value
        'differs'
        >>> sources()["appi"].on("69", date(2024, 2, 1))[0].value
        'same'
        """
        if self.effective_from is None:
            return Standing.UNDATED, None
        read = date.fromisoformat(self.effective_from)
        other = next((text for text in reversed(self.others) if text.from_ <= day), None)
        if read <= day and (other is None or other.from_ < read):
            return Standing.READ, None
        if other is None or other.how == "unread":
            return (Standing.LATER if day < read else Standing.SUPERSEDED), other
        return (Standing.DIFFERS if article in other.differs else Standing.SAME), other

    def address(self) -> str | None:
        """The official text: the checked revision on e-Gov, or the publisher's page."""
        if self.law_id is None:
            return self.url
        dated = (self.revision or "").removeprefix(self.law_id).lstrip("_")
        base = f"https://laws.e-gov.go.jp/law/{self.law_id}"
        return f"{base}/{dated}" if dated.count("_") == 1 else base


class Reference(Frozen):
    """A place in a source: article, paragraph and item are bare numbers."""

    source: str
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = None
    status: Status | None = None
    """Where it differs from the card's own."""


class Card(Frozen):
    """What one fact says, in its checked wording and in plain words."""

    id: str = Field(pattern=r"^[A-Z]-\d{2,3}$")
    title: Message
    rule: Message
    """The checked wording: this is what is quoted."""
    plain: Message
    """The same in everyday words, where somebody checked such; otherwise the wording itself."""
    label: str
    """Where it stands, as a reader would write it: 法2条1項."""
    authority: str
    status: Status
    verification: str
    """The status in full, with its reservations."""
    references: tuple[Reference, ...] = Field(min_length=1)
    applies_when: str = ""
    signs: str = ""
    """What in a schema, data or description points to it (Japanese)."""
    remedy: str = ""
    """What to do about it (Japanese)."""
    questions: Texts = Texts()
    words: Texts = Texts()
    caveat: Message | None = None
    """What to say beside it: old, local, secondary, about to change."""
    limits: Message | None = None
    """What cannot be known from it, and whom to ask."""

    @model_validator(mode="before")
    @classmethod
    def _in_its_own_words(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {"plain": given.get("rule"), **given}

    def citations(
        self, sources: dict[str, Source], day: date | None = None
    ) -> tuple[Citation, ...]:
        """Where the card rests, the main place first; UNVERIFIED places are left out."""
        return tuple(
            self._cite(reference, sources[reference.source], day)
            for reference in self.references
            if (reference.status or self.status) is not Status.UNVERIFIED
        )

    def _cite(self, reference: Reference, source: Source, day: date | None) -> Citation:
        revision, since = reference.revision or source.revision, source.effective_from
        standing, text = source.on(reference.article, day) if day else (Standing.READ, None)
        if standing is Standing.SAME and text is not None:
            revision, since = text.revision, text.from_.isoformat()
        return Citation(
            id=self.id,
            kind=source.kind,
            law=source.name,
            article=reference.article,
            paragraph=reference.paragraph,
            item=reference.item,
            title=self.title.ja,
            revision=revision,
            effective_from=since,
            url=reference.url or source.address(),
            status=reference.status or self.status,
        )


def unverified(card_id: str) -> KnowledgeError:
    """The error for a card that rests on nothing that was checked."""
    return KnowledgeError.of("law.card_catalog.unverified", card_id=card_id)


def unknown(card_id: str) -> KnowledgeError:
    """The error for a card id that does not exist."""
    return KnowledgeError.of("law.card_catalog.unknown_card", card_id=card_id)


HERE = Path(__file__).parent


def read_yaml(path: Path) -> Any:
    """What a YAML file of this room holds."""
    return yaml12.load(path.read_text(encoding="utf-8"))


@cache
def sources() -> dict[str, Source]:
    """The texts that may be cited, by key."""
    return {key: Source(**entry) for key, entry in read_yaml(HERE / "sources.yaml").items()}


@cache
def _group(letter: str) -> dict[str, Card]:
    path = HERE / "cards" / f"{letter}.yaml"
    entries = read_yaml(path) if path.exists() else []
    return {entry["id"]: Card(**entry) for entry in entries}


@cache
def cards() -> tuple[Card, ...]:
    """All cards, in the order of their ids."""
    letters = sorted(path.stem for path in (HERE / "cards").glob("?.yaml"))
    return tuple(card for letter in letters for card in _group(letter).values())


def card(card_id: str) -> Card:
    """One card.

    >>> card("B-09").label.startswith("法69条2項")
    True

    Raises:
        KnowledgeError: there is no such card.
    """
    found = _group(card_id[:1]).get(card_id) if card_id[:1].isalpha() else None
    if found is None:
        raise unknown(card_id)
    return found


def citations(card_id: str, day: date | None = None) -> tuple[Citation, ...]:
    """Every place a card rests on, the main one first; in the text of a day, where one is given.

    Where the text of that day was not read, or says something else, it is the text that was read:
    `standing` tells.

    Raises:
        KnowledgeError: there is no such card, or nothing of it was verified.
    """
    found = card(card_id)
    places = () if found.status is Status.UNVERIFIED else found.citations(sources(), day)
    if not places:
        raise unverified(card_id)
    return places


def citation(card_id: str, day: date | None = None) -> Citation:
    """The main place a card rests on.

    >>> citation("B-08").article
    '69'

    Raises:
        KnowledgeError: there is no such card, or nothing of it was verified.
    """
    return citations(card_id, day)[0]


@cache
def _by_name() -> dict[str, Source]:
    return {source.name: source for source in sources().values()}


def standing(place: Citation, day: date) -> tuple[Standing, OtherText | None]:
    """How the text a place was read in stands to the law of a day; imported texts are undated."""
    source = _by_name().get(place.law)
    return source.on(place.article, day) if source else (Standing.UNDATED, None)


@cache
def written_names() -> dict[str, str]:
    """The keys of the texts by all names that people write, in small letters, long ones first."""
    names = {
        name.lower(): key
        for key, source in sources().items()
        if source.kind == "law"
        for name in (source.name, source.title, source.short, *source.aka)
        if name
    }
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}
