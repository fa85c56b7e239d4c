"""The cards, topics and sources, read once from the YAML beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

from core import Citation, Status, yaml12
from knowledge.card import Card, Source, Topic, unknown, unverified

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


@cache
def topics() -> tuple[Topic, ...]:
    """The matters that take several cards, and those that are out of scope."""
    paths = sorted((HERE / "topics").glob("*.yaml"))
    return tuple(Topic(**entry) for path in paths for entry in read_yaml(path))


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


def citations(card_id: str) -> tuple[Citation, ...]:
    """Every place a card rests on, the main one first.

    Raises:
        KnowledgeError: there is no such card, or nothing of it was verified.
    """
    found = card(card_id)
    places = () if found.status is Status.UNVERIFIED else found.citations(sources())
    if not places:
        raise unverified(card_id)
    return places


def citation(card_id: str) -> Citation:
    """The main place a card rests on.

    >>> citation("B-08").article
    '69'

    Raises:
        KnowledgeError: there is no such card, or nothing of it was verified.
    """
    return citations(card_id)[0]
