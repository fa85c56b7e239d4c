"""What the desk answers, and the pieces its answers are made of: sentences, names, grounds."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

import law
from core import Citation, Message, listed, say
from knowledge import Passage


class Outcome(BaseModel):
    """A sentence or two to say, the same as data, and the grounds. Never a cell value."""

    model_config = ConfigDict(frozen=True)

    message: Message
    data: dict[str, Any] = Field(default_factory=dict)
    """JSON-able. Lists a conversation may count through: `columns`, `cells`, `alternatives`."""
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()


def joined(messages: Sequence[Message]) -> Message:
    """Sentences one after another.

    >>> joined([Message(ja="はい。", en="Yes."), Message(ja="二つ。", en="Two.")]).en
    'Yes. Two.'
    """
    return listed(messages, ja="", en=" ")


def quoted(names: Iterable[str]) -> Message:
    """Names in a row, each between quotes.

    >>> quoted(["年齢", "性別"])
    Message(ja='「年齢」「性別」', en='“年齢”, “性別”')
    """
    return listed((Message(ja=f"「{name}」", en=f"“{name}”") for name in names), ja="")


def percent(share: float) -> Message:
    """A share (0–1) for people; small ones are not rounded away.

    >>> percent(0.2).ja, percent(0.0).ja, percent(0.0004)
    ('20%', '0%', Message(ja='0.1%未満', en='under 0.1%'))
    """
    if 0 < share < 0.001:
        return say("desk.reply.under_a_thousandth")
    text = f"{share:.1%}".replace(".0%", "%")
    return Message(ja=text, en=text)


def cited(cards: Iterable[str], said: str = "", day: date | None = None) -> tuple[Citation, ...]:
    """The places of each card that what is said names, or its main place; each once.

    `day` is that of the case: where the text of that day was compared, its revision is cited.
    """
    places = (place for card in dict.fromkeys(cards) for place in law.places(card, said, day))
    return tuple(dict.fromkeys(places))


def passages(cards: Iterable[str]) -> tuple[Passage, ...]:
    """Each card's checked wording, with where it stands."""
    found = []
    for card_id in dict.fromkeys(cards):
        card, place = law.card(card_id), law.citation(card_id)
        found.append(
            Passage(
                id=card_id,
                source=place.law,
                locator=card.label,
                quote=card.rule.ja,
                citation=place,
            )
        )
    return tuple(found)


def grounds(cards: Iterable[str]) -> dict[str, Any]:
    """The citations and passages of an outcome that rests on some cards, one place a card."""
    chosen = tuple(dict.fromkeys(cards))
    return {
        "citations": tuple(law.citation(card) for card in chosen),
        "passages": passages(chosen),
    }
