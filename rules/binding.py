"""Which cards speak for a body: chapter 5 of the Act does not bind them all (`binding.yaml`)."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from core import BodyType, yaml12


def binding(cards: Iterable[str], body: BodyType | None) -> tuple[str, ...]:
    """The cards that bind a body, in order, each once.

    >>> binding(("A-01", "B-01"), "hospital")
    ('A-01', 'K-106')
    >>> binding(("B-07", "B-01"), "city")
    ('B-07', 'B-01')
    """
    instead = _instead().get(body or "", {})
    return tuple(dict.fromkeys(instead.get(card, card) for card in cards))


@cache
def _instead() -> dict[str, dict[str, str]]:
    """Per body, the card that speaks in place of another."""
    entries = yaml12.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {
        body: {card: other for other, cards in entry["instead"].items() for card in cards}
        for entry in entries
        for body in entry["bodies"]
    }
