"""Statements about health, disability, welfare, crime, protection, belief, from a word file."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from core import ColumnType, Message, yaml12
from rules.detect.hidden.base import Found, Seeker
from rules.detect.values.people import words

_FILE = Path(__file__).with_name("statements.yaml")
_NOUNS = r"[一-龥々ァ-ヶーa-z0-9]"
_SHORT = re.compile(r"[^、。\n]{1,12}(?:\([^()]{0,12}\))?。?$")
_CAUSE = re.compile(r"(?:ため|により|で|が)$")
"""A statement that ends so goes on with its consequence, not with a noun."""
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
def _person() -> re.Pattern[str]:
    return re.compile("|".join(_raw()["public"]["person"]))


@cache
def _work() -> re.Pattern[str]:
    """How a sentence on the office's own work ends."""
    ends = "|".join(_raw()["public"]["ends"])
    done = r"(?:し(?:た|て)?|する|予定|済み?|を(?:依頼|検討|実施|予定|確認)|について)*"
    return re.compile(rf"(?:{ends}){done}[、。)\s]*$")


def _about_the_office(text: str, start: int, end: int) -> bool:
    """Whether a statement speaks of a service, a rule or an event and of nobody."""
    if not _CAUSE.search(text, start, end) and _public().match(text, end):
        return True
    before = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    sentence = text[before : after.start() if after else len(text)]
    return bool(_work().search(sentence)) and not _person().search(sentence)


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
            if not own.match(text, m.end()) and not _about_the_office(text, *m.span())
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
