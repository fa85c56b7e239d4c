"""Municipality codes (JIS X 0402), cut at city, prefecture or region."""

import re
import sqlite3
from functools import cache

from anonymizer.places import REGION_OF, Cut, Place, database
from core import fold

_CODE = re.compile(r"[0-9]{5}[0-9]?|[0-9]{2}")


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Prefecture and municipality of each code; of the first four and two digits what is common."""
    query = (
        'SELECT DISTINCT substr(data, instr(data, \'"jisx0402": "\') + 13, 5), prefecture, city '
        "FROM postal_data"
    )
    with sqlite3.connect(f"file:{database()}?mode=ro", uri=True) as connection:
        rows = connection.execute(query).fetchall()
    connection.close()
    found: dict[str, tuple[str, str]] = {}
    for code, prefecture, name in rows:
        found[code] = (prefecture, re.sub(r"^.+?郡(?=.+[町村]$)", "", name))
        found.setdefault(code[:2], (prefecture, ""))
        if ward := re.fullmatch(r"(.+?市).+区", name):
            found.setdefault(code[:4], (prefecture, ward[1]))
    return found


def read_code(text: str) -> Place | None:
    """The place of a code of five digits, six with the check digit, or two for a prefecture.

    >>> read_code("23106").ward, read_code("231002").city, read_code("23").prefecture
    ('中区', '名古屋市', '愛知県')
    >>> read_code("99999"), read_code("岡崎市")
    (None, None)
    """
    code = fold(text)
    if not _CODE.fullmatch(code):
        return None
    names = _names()
    found = names.get(code[:5]) or (names.get(code[:4]) if code[4:5] == "0" else None)
    if found is None:
        return None
    prefecture, name = found
    ward = re.fullmatch(r"(.+?市)(.+区)", name)
    return Place(prefecture, ward[1], ward[2]) if ward else Place(prefecture, name)


def cut_code(text: str, level: Cut) -> str | None:
    """The name of a code's place at a level; a name that this gave already stays.

    >>> [cut_code("23106", level) for level in ("ward", "city", "prefecture", "region")]
    ['名古屋市中区', '名古屋市', '愛知県', '中部']
    """
    place = read_code(text)
    if place is None:
        return None
    if level == "region":
        return REGION_OF[place.prefecture]
    if level == "prefecture" or not place.city:
        return place.prefecture
    return place.city if level == "city" else place.city + place.ward
