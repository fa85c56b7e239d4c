"""Addresses down to a house number in a sentence."""

import re

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker
from rules.detect.patterns import PREFECTURES

_JA = r"[一-龥々ヶケノぁ-んァ-ヶー]"
_NUM = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_ROOM = (
    r"(?: ?[一-龥々ァ-ヶーA-Za-z][一-龥々ァ-ヶーA-Za-zぁ-ん]{1,13}(?:\d{1,2}号?棟)?"
    r" ?\d{1,4}号?室?(?![\d人名件通枚部冊年月日番歳円回時度])| ?\d{1,4}号室)?"
)
"""A building and a room behind the house number."""
_BLOCK = (
    rf"(?:[東西南北]?{_NUM}条(?:通り?)?[東西南北]?)?"
    rf"(?:{_NUM}(?:丁目|番地?の?|-\d{{1,4}}|の\d{{1,4}}の\d{{1,4}})"
    rf"(?:{_NUM}?(?:番地?の?|号|-|の\d{{1,4}}|\d{{1,4}})){{0,4}})"
)
_STREETS = re.compile(
    rf"(?:京都市)?(?:[一-龥]{{1,3}}区)?[一-龥々ノ]{{2,12}}(?:上る|上ル|下る|下ル|東入る?|西入る?|東入ル|西入ル)"
    rf"[一-龥々]{{0,10}}町?{_NUM}(?:番地?(?:の\d{{1,3}})?|-\d{{1,3}})?"
)
"""Kyoto: by the crossing of two streets."""
_RURAL = re.compile(
    rf"(?:(?:{PREFECTURES})?(?:[一-龥々ヶ]{{1,4}}(?:市|郡))?(?:[一-龥々ヶ]{{1,4}}[町村])?)(?:大字|字)"
    rf"[一-龥々ヶケノ]{{1,8}}?(?:字[一-龥々ヶケノ]{{1,8}}?)?{_NUM}"
    r"(?:番地?(?:の?\d{1,4})?|-\d{1,4}|(?=$|[、。)\s]|[にへでの]))"
)
"""大字 and a lot number without the municipality."""
_BARE = re.compile(
    rf"(?:(?P<pref>{PREFECTURES})|(?<![一-龥々ヶァ-ヶー]))"
    rf"(?P<town>(?:[一-龥々ヶケノァ-ヶーぁ-ん]{{1,5}}?(?:市|区|郡)){{1,2}}{_JA}{{1,8}}?町\d{{1,4}})"
    r"(?=$|[、。)\s」]|[にへでのはがをと]|から|番|より|まで)"
)
"""A house number right behind the town, without 番 or a hyphen."""
_LABEL = "住所|住民票|居所|居住地|自宅|実家|[一-龥]先|宛先|所在地?|物件|空き?家"
_LIVES = "に(?:居住|在住|転居|住)|在住|の(?:空き?家|自宅|実家)|へ転居"
_JOINED = r"\d{1,2}-\d{1,3}(?:-\d{1,3})?"
_TOWN = re.compile(
    rf"(?:{_LABEL})(?:は|が|を|の|:|に|へ| ){{0,2}}(?P<town>[一-龥々ヶケノ]{{2,6}}"
    rf"(?:{_JOINED}|{_NUM}(?:丁目|番地?)(?:{_NUM}(?:番地?の?|号|-)?){{0,3}}))"
    rf"|(?<![一-龥])(?P<lived>[一-龥々ヶケノ]{{2,6}}\d{{1,2}}-\d{{1,3}}-\d{{1,3}})(?={_LIVES})"
)
"""A town without its municipality, told by what stands beside it."""
_ADDRESS = re.compile(
    rf"(?:(?P<pref>{PREFECTURES})|(?<![一-龥々ヶァ-ヶー]))"
    rf"[一-龥々ヶケノァ-ヶーぁ-ん]{{1,11}}?(?:市|区|郡|町|村)"
    rf"(?:[一-龥々ヶケノァ-ヶーぁ-ん]{{1,5}}?(?:市|区|郡|町|村)){{0,2}}{_JA}{{0,8}}?{_BLOCK}{_ROOM}"
)
_FACILITY = re.compile(
    r"^\D*(?:ホール|センター|会館|公民館|庁舎|学校|図書館|体育館|区民|市民|町民|村民|住民|会議)"
)
_WORKS = re.compile(
    r"番?街区|号?線|会議室|[番号]?地[内先]|工区|付近|周辺|交差点|の?交差点|番?窓口|号棟の?[修改]|号[車機室館]"
)
"""What tells of a hall's room, a road or a site, and of nobody's home."""
_NOT_WARD = re.compile(r"[^市郡]*?(?:[工街地学農鉱]|選挙)区")
"""Sections of works and the like, which are no wards."""
_PREFECTURE = re.compile(rf"(?:{PREFECTURES})")
_HEAD = re.compile(r"[^市区郡町村]*")
_WORDS = re.compile(r".*[ぁ-ん方](?=[一-龥]{2,4}$)")
"""A sentence up to the municipality that ends it."""
_LEAD = re.compile(
    r"^.{0,6}?(?:住所|[一-龥]先|居所|実家|自宅|現在|在住|案件|場所|火元|所在地?"
    r"|本籍)[はがをにへ:のも]?|^[はがをにへのもで]"
)


def _lead(found: str) -> int:
    """How many characters before the municipality belong to the sentence."""
    if inside := _PREFECTURE.search(found):
        return inside.start()
    head = _HEAD.match(found)
    words = _WORDS.match(head[0]) if head and len(head[0]) > 4 else None
    if words:
        return words.end()
    lead = _LEAD.match(found)
    return lead.end() if lead else 0


def _addresses(text: str) -> list[Found]:
    found = []
    for m in (*_ADDRESS.finditer(text), *_BARE.finditer(text)):
        start = m.start()
        if re.search(r"丁目$|丁目(?=[ 　])", m[0]) or _NOT_WARD.match(m[0]):
            continue
        if _FACILITY.match(m[0]) or _WORKS.match(text, m.end()):
            continue
        if not m["pref"]:
            start += _lead(m[0])
        found.append((ColumnType.ADDRESS, start, m.end()))
    others = [m.span() for m in (*_STREETS.finditer(text), *_RURAL.finditer(text))]
    towns = (m for m in _TOWN.finditer(text) if not m[0].endswith("丁目"))
    others += [m.span(m.lastgroup or 0) for m in towns]
    return found + [(ColumnType.ADDRESS, *place) for place in others]


ADDRESS = Seeker(
    ColumnType.ADDRESS,
    "hidden-address",
    r"(?:市|区|町|村|郡).{0,14}?[0-9一二三四五六七八九十](?:丁目|番|-\d|の\d|号|条)|町\d|(?:所|票|宅|家|先|地).{0,8}\d(?:-|丁目|番)|\d-\d{1,3}-\d{1,3}(?:に|在|の|へ)|字.{1,14}\d|[上下]る|[上下東西入]ル|[東西]入",
    _addresses,
    Message(
        ja="番地までの住所が書かれています", en="an address down to the house number stands here"
    ),
    0.93,
)
SEEKERS = (ADDRESS,)
