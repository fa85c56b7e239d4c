"""The names of countries, as Japanese files write them and as people say where a server stands."""

from pathlib import Path

from core import yaml12

_WORDS: dict[str, dict[str, list[str]]] = yaml12.load(
    Path(__file__).with_name("countries.yaml").read_text(encoding="utf-8")
)
COUNTRIES = {name: code for code, words in _WORDS.items() for name in words["ja"]}
"""ISO 3166 code by Japanese name, Japan included."""
FOREIGN_COUNTRIES = "|".join(sorted((n for n in COUNTRIES if COUNTRIES[n] != "JP"), key=len)[::-1])
"""An alternation of the names of all countries but Japan, the longest first."""
SERVER_PLACES = {
    code: tuple(
        name
        for name in (*words["ja"], *words["en"], *words.get("also", ()))
        if name != "タイ"  # said aloud it ends a wish: 見たい
    )
    for code, words in _WORDS.items()
    if "en" in words
}
"""What people say for the country a server stands in, by ISO 3166 code."""
