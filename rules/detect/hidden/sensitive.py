"""Statements about health, disability, welfare, crime, protection, belief, from a word file."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from core import ColumnType, Message, yaml12
from rules.detect.hidden.base import Found, Seeker
from rules.detect.values.people import words

_FILE = Path(__file__).with_name("statements.yaml")
_NEAR = 5
"""Characters between a statement and the word that makes it public."""


@cache
def _raw() -> Any:
    return yaml12.load(_FILE.read_text(encoding="utf-8"))


@cache
def _public() -> re.Pattern[str]:
    word = _raw()["public"]
    return re.compile(f"{'|'.join(word['next'])}|.{{0,{_NEAR}}}?(?:{'|'.join(word['near'])})")


def _seeker(name: str, entry: dict[str, Any]) -> Seeker:
    listed = sorted((re.escape(w.lower()) for w in words("diseases")), key=len, reverse=True)
    diseases = "|".join(listed)
    pattern = re.compile(
        "|".join(f"(?:{p})" for p in entry["patterns"]).replace("{DISEASES}", diseases),
        re.IGNORECASE,
    )

    def find(text: str) -> list[Found]:
        return [
            (ColumnType(name), m.start(), m.end())
            for m in pattern.finditer(text)
            if not _public().match(text, m.end())
        ]

    return Seeker(
        ColumnType(name),
        f"hidden-{name.replace('_', '-')}",
        "|".join(entry["words"]).replace("{DISEASES}", diseases),
        find,
        Message(ja=f"{entry['ja']}が書かれています", en=f"{entry['en']} stands here"),
        float(entry["weight"]),
    )


SEEKERS = tuple(_seeker(name, entry) for name, entry in _raw().items() if name != "public")
