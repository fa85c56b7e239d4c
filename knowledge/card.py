"""A guideline card: one checked statement of law or practice, and how people ask for it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core import Citation, KnowledgeError, Message, Status


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(_Frozen):
    """Lines in both languages: questions people ask, or the words they use."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Both languages, Japanese first."""
        return self.ja + self.en


class Source(_Frozen):
    """A text that cards may cite, in the revision that was checked."""

    name: str
    en: str
    kind: Literal["law", "guideline", "document"]
    title: str | None = None
    """The official title, where `name` is a short one."""
    short: str | None = None
    """How an article of it is written in a sentence: 法, 規則, 番号法 …"""
    law_id: str | None = None
    revision: str | None = None
    effective_from: str | None = None
    """ISO date on which the checked text took effect."""
    url: str | None = None

    def address(self) -> str | None:
        """The official text: the checked revision on e-Gov, or the publisher's page."""
        if self.law_id is None:
            return self.url
        dated = (self.revision or "").removeprefix(self.law_id).lstrip("_")
        base = f"https://laws.e-gov.go.jp/law/{self.law_id}"
        return f"{base}/{dated}" if dated.count("_") == 1 else base


class Reference(_Frozen):
    """A place in a source: article, paragraph and item are bare numbers."""

    source: str
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = None
    status: Status | None = None
    """Where it differs from the card's own."""


class Card(_Frozen):
    """What one fact says, in its checked wording and in plain words."""

    id: str = Field(pattern=r"^[A-Z]-\d{2}$")
    title: Message
    rule: Message
    """The checked wording: this is what is quoted."""
    plain: Message
    """The same in everyday words."""
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

    def citations(self, sources: dict[str, Source]) -> tuple[Citation, ...]:
        """Where the card rests, the main place first; UNVERIFIED places are left out."""
        return tuple(
            self._cite(reference, sources[reference.source])
            for reference in self.references
            if (reference.status or self.status) is not Status.UNVERIFIED
        )

    def _cite(self, reference: Reference, source: Source) -> Citation:
        return Citation(
            id=self.id,
            kind=source.kind,
            law=source.name,
            article=reference.article,
            paragraph=reference.paragraph,
            item=reference.item,
            title=self.title.ja,
            revision=reference.revision or source.revision,
            effective_from=source.effective_from,
            url=reference.url or source.address(),
            status=reference.status or self.status,
        )


class Said(Message):
    """A sentence of an answer, and the cards it rests on."""

    cards: tuple[str, ...] = Field(min_length=1)


class Topic(_Frozen):
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


def unverified(card_id: str) -> KnowledgeError:
    """The error for a card that rests on nothing that was checked."""
    return KnowledgeError.of(
        "unverified",
        ja=f"カード {card_id} は確認できていないため、根拠として引用できません。",
        en=f"Card {card_id} has not been verified and cannot be cited.",
    )


def unknown(card_id: str) -> KnowledgeError:
    """The error for a card id that does not exist."""
    return KnowledgeError.of(
        "unknown_card",
        ja=f"カード {card_id} はありません。番号（例：A-03）を確認してください。",
        en=f"There is no card {card_id}. Check the id (for example A-03).",
    )
