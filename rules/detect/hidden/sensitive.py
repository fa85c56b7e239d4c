"""Statements about health, disability, welfare, crime, protection, belief, from a word file."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from core import ColumnType, Message, yaml12
from rules.detect.hidden.base import Found, Seeker
from rules.detect.hidden.names import person_names
from rules.detect.hidden.public import titles
from rules.detect.patterns import words

_FILE = Path(__file__).with_name("statements.yaml")
_NOUNS = r"[一-龥々ァ-ヶーa-z0-9]"
_SHORT = re.compile(r"[^、。\n]{1,12}(?:\([^()]{0,12}\))?。?$")
_CAUSE = re.compile(r"(?:ため|により|で|が)$")
"""A statement that ends so goes on with its consequence, not with a noun."""
_SAID = re.compile(r"と(?:診断|言|訴|話|申|の(?:こと|診断|申出|話)|記載|回答)|で|が|のため")
_CLAUSE = re.compile(r"[。\n]")


@cache
def _raw() -> Any:
    return yaml12.load(_FILE.read_text(encoding="utf-8"))


@cache
def _public() -> re.Pattern[str]:
    """What makes a statement one about an office or an event, right behind it or in its phrase."""
    word = _raw()["public"]
    between = "|".join(sorted(word["between"], key=len, reverse=True))
    phrase = rf"(?:{_NOUNS}|{between}){{0,12}}?(?:{'|'.join(word['nouns'])})"
    return re.compile(f"{'|'.join(word['next'])}|{phrase}", re.IGNORECASE)


@cache
def _person(kin: bool) -> re.Pattern[str]:
    word = _raw()["public"]
    return re.compile("|".join(word["person"] + (word["kin"] if kin else [])))


@cache
def _work() -> re.Pattern[str]:
    """How a sentence on the office's own work ends."""
    ends = "|".join(_raw()["public"]["ends"])
    done = r"(?:し(?:た|て)?|する|予定|済み?|を(?:依頼|検討|実施|予定|確認)|について)*"
    return re.compile(rf"(?:{ends}){done}[、。)\s]*$")


@cache
def _office() -> re.Pattern[str]:
    return re.compile("|".join(_raw()["public"]["office"]))


def about_the_office(text: str, start: int, end: int, kin: bool = True) -> bool:
    """Whether a statement speaks of a service, a rule or an event and of nobody.

    Args:
        text: the whole text.
        start: where the statement begins.
        end: where it ends.
        kin: whether a family word beside it speaks of somebody.
    """
    if not _CAUSE.search(text, start, end) and _public().match(text, end):
        return True
    if any(a <= start and end <= b for a, b in titles(text)) or _is_quoted(text, start, end):
        return True
    before = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    close = after.start() if after else len(text)
    around = f"{text[before:start]}、{text[end:close]}"
    if not _work().search(around) and not _office().search(around):
        return False
    return not (_person(kin).search(around) or person_names(text))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """A word in quotes is spoken about, unless somebody said it."""
    marks = text[max(0, start - 1) : start] + text[end : end + 1]
    return marks in ("「」", "『』") and not _SAID.match(text, end + 1)


def _seeker(name: str, entry: dict[str, Any]) -> Seeker:
    listed = sorted((re.escape(w.lower()) for w in words("diseases")), key=len, reverse=True)
    diseases = "|".join(listed)
    pattern = re.compile(
        "|".join(f"(?:{p})" for p in entry["patterns"]).replace("{DISEASES}", diseases),
        re.IGNORECASE,
    )

    whole = re.compile(rf"(?:{'|'.join(entry.get('alone', ['(?!)']))})(?=$|\(|。$)", re.IGNORECASE)
    own = re.compile("|".join(entry.get("public", ["(?!)"])))

    def find(text: str) -> list[Found]:
        if whole.match(text) and _SHORT.match(text):
            return [(ColumnType(name), 0, len(text))]
        return [
            (ColumnType(name), m.start(), m.end())
            for m in pattern.finditer(text)
            if not own.match(text, m.end()) and not about_the_office(text, *m.span())
        ]

    return Seeker(
        ColumnType(name),
        f"hidden-{name.replace('_', '-')}",
        "|".join((*entry["words"], *entry.get("alone", ()))).replace("{DISEASES}", diseases),
        find,
        Message(ja=f"{entry['ja']}が書かれています", en=f"{entry['en']} stands here"),
        float(entry["weight"]),
    )


SEEKERS = tuple(_seeker(name, entry) for name, entry in _raw().items() if name != "public")
