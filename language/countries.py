"""The names of countries, as Japanese files write them."""

from pathlib import Path

from core import yaml12

_CODES: dict[str, list[str]] = yaml12.load(
    Path(__file__).with_name("countries.yaml").read_text(encoding="utf-8")
)
COUNTRIES = {name: code for code, names in _CODES.items() for name in names}
"""ISO 3166 code by name, Japan included."""
FOREIGN_COUNTRIES = "|".join(sorted((n for n in COUNTRIES if COUNTRIES[n] != "JP"), key=len)[::-1])
"""An alternation of the names of all countries but Japan, the longest first."""
