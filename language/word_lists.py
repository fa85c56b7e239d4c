"""Words that stand for a value: none at all, a sex, a country; from the YAML files beside this."""

from pathlib import Path
from typing import Any, Literal

from core import fold, yaml12


def _load(name: str) -> dict[str, Any]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    read: dict[str, Any] = yaml12.load(text)
    return read


WORDS = _load("word_lists.yaml")
DITTO_WORDS = frozenset(map(fold, WORDS["ditto"].split()))
"""Words for "the same as above": the cell has no value of its own, and yet one is meant."""
MISSING_WORDS = frozenset(map(fold, WORDS["missing"].split())) | DITTO_WORDS
_SEXES: dict[str, Literal["male", "female", "other"]] = {
    word: sex for sex, words in WORDS["sexes"].items() for word in words.split()
}
_COUNTRIES: dict[str, dict[str, list[str]]] = _load("countries.yaml")
COUNTRIES = {name: code for code, words in _COUNTRIES.items() for name in words["ja"]}
"""ISO 3166 code by Japanese name, Japan included."""
FOREIGN_COUNTRIES = "|".join(sorted((n for n in COUNTRIES if COUNTRIES[n] != "JP"), key=len)[::-1])
"""An alternation of the names of all countries but Japan, the longest first."""
SERVER_PLACES = {
    code: tuple(
        name
        for name in (*words["ja"], *words["en"], *words.get("also", ()))
        if name != "タイ"  # said aloud it ends a wish: 見たい
    )
    for code, words in _COUNTRIES.items()
    if "en" in words
}
"""What people say for the country a server stands in, by ISO 3166 code."""


def is_missing_word(text: str) -> bool:
    """Whether a text says that the cell has no value of its own. Codes as 9999 are not words.

    >>> [is_missing_word(t) for t in ("非公表", " － ", "N/A", "〃", "", "9999", "北区")]
    [True, True, True, True, True, False, False]
    """
    folded = fold(text)
    return not folded or folded in MISSING_WORDS


def read_sex(text: str) -> Literal["male", "female", "other"] | None:
    """A sex in words; codes such as 1 and 2 can only be told from a whole column.

    >>> read_sex("女性"), read_sex("Ｍ"), read_sex("1")
    ('female', 'male', None)
    """
    return _SEXES.get(fold(text))
