"""Which article it is today: places that moved between the texts of a law."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache

from pydantic import BaseModel, ConfigDict

from core import Message, say
from language import digits
from law.card_catalog import HERE, read_yaml, sources

_ASKS = re.compile(
    r"(?:今|いま|現在|現行|最新|新しい)[^。]{0,14}(?:何条|第何条|どの条|条番号|どこ|何項|何号)"
    r"|(?:何条|何項|何号)に(?:当た|あた|なっ|なり|移|変わ)|条番号[^。]{0,10}(?:移|変|ずれ)|旧\s*(?:法|規則)?第?\d+条"
    r"|\b(?:which|what) (?:article|number|item|paragraph)\b[^?]*\b(?:now|today|current|it)\b"
    r"|\b(?:now|today|moved|renumbered|current(?:ly)?)\b|\bbecame\b",
    re.I,
)
_PLACE = re.compile(r"(\d{1,3})条(?:第?(\d{1,2})項)?(?:第?(\d{1,2})号)?")
_PLACE_EN = re.compile(r"\bart(?:icle|\.)? ?(\d{1,3})", re.I)


class Move(BaseModel):
    """One matter and its places, oldest text first."""

    model_config = ConfigDict(frozen=True)

    source: str
    matter: Message
    texts: tuple[str, ...]
    places: tuple[str | None, ...]

    @property
    def today(self) -> str:
        """Its place in the checked text."""
        return self.places[-1] or ""

    def earlier(self) -> dict[str, str]:
        """Places it has left, each with the last text compared that has it there."""
        pairs = zip(self.places, self.texts, strict=True)
        return {place: text for place, text in pairs if place and place != self.today}

    def said(self, old: str) -> Message:
        """The move from an old place in a sentence."""
        law, until = sources()[self.source], self.earlier()[old]
        return say(
            "law.renumbered_articles.stood_text_current_text",
            name=law.name,
            until=until,
            old=old,
            matter=self.matter,
            effective_from=law.effective_from,
            today=self.today,
            law=law.en,
            old_en=_english(old),
            today_en=_english(self.today),
        )

    def ground(self, old: str) -> str:
        """The id of the passage on the move from an old place."""
        return f"M-{self.source}-{old}"

    @property
    def parts(self) -> tuple[str | None, str | None, str | None]:
        """Article, paragraph and item of today's place."""
        return _parts(self.today)


@cache
def moves() -> tuple[Move, ...]:
    """All of them, as compared."""
    return tuple(
        Move(
            source=group["source"],
            matter=Message(ja=row["ja"], en=row["en"]),
            texts=group["texts"],
            places=row["places"],
        )
        for group in read_yaml(HERE / "renumbered_articles.yaml")
        for row in group["moved"]
    )


def moved(query: str, cited: Collection[tuple[str, str]]) -> list[tuple[Move, str]]:
    """(move, old place) for each old place that a question asks today's number of.

    `cited` are the (source, article) pairs it names.

    >>> named = {("myno", "27")}
    >>> [(move.today, old) for move, old in moved("番号法27条の評価は、今は何条ですか", named)]
    [('28条', '27条')]
    >>> moved("番号法27条とは何ですか", named)
    []
    """
    text = digits(unicodedata.normalize("NFKC", query))
    if not _ASKS.search(text):
        return []
    laws = {source for source, _ in cited}
    named = {_written(*found) for found in _PLACE.findall(text)}
    named |= {f"{number}条" for number in _PLACE_EN.findall(text)}
    found = [
        (move, place)
        for move in moves()
        if move.source in laws
        for place in move.earlier()
        if place in named
    ]
    meant = [pair for pair in found if pair[0].matter.ja[:4] in text]
    return meant or found


def _written(article: str, paragraph: str, item: str) -> str:
    return f"{article}条" + (f"{paragraph}項" if paragraph else "") + (f"{item}号" if item else "")


def _parts(place: str) -> tuple[str | None, str | None, str | None]:
    found = _PLACE.fullmatch(place)
    return (found[1], found[2], found[3]) if found else (None, None, None)


def _english(place: str) -> str:
    number, paragraph, item = _parts(place)
    return f"art. {number}" + "".join(f"({n})" for n in (paragraph, item) if n)
