"""Addresses down to a house number in a sentence."""

import re

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker
from rules.detect.values.places import PREFECTURES

_JA = r"[一-龥々ヶケノぁ-んァ-ヶー]"
_NUM = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_BLOCK = rf"{_NUM}(?:丁目|番地?の?|-\d{{1,4}}|号)(?:{_NUM}?(?:番地?の?|号|-|\d{{1,4}})){{0,4}}"
_BARE = re.compile(
    rf"(?:(?P<pref>{PREFECTURES})|(?<![一-龥々ヶァ-ヶー]))"
    rf"(?P<town>(?:[一-龥々ヶケノァ-ヶーぁ-ん]{{1,5}}?(?:市|区|郡)){{1,2}}{_JA}{{1,8}}?町\d{{1,4}})"
    r"(?=$|[、。)\s」]|[にへでのはがをと]|から|番|より|まで)"
)
"""A house number right behind the town, without 番 or a hyphen."""
_ADDRESS = re.compile(
    rf"(?:(?P<pref>{PREFECTURES})|(?<![一-龥々ヶァ-ヶー]))"
    rf"(?:[一-龥々ヶケノァ-ヶーぁ-ん]{{1,5}}?(?:市|区|郡|町|村)){{1,3}}{_JA}{{0,8}}?{_BLOCK}"
)
_NOT_WARD = re.compile(r"[^市郡]*?(?:[工街地学農鉱]|選挙)区")
"""Sections of works and the like, which are no wards."""
_LEAD = re.compile(
    r"^.{0,6}?(?:住所|送付先|転居先|居所|実家|自宅|現在|在住|宛先"
    r"|本籍)[はがをにへ:のも]?|^[はがをにへのもで]"
)


def _addresses(text: str) -> list[Found]:
    found = []
    for m in (*_ADDRESS.finditer(text), *_BARE.finditer(text)):
        start = m.start()
        if m[0].endswith("丁目") or _NOT_WARD.match(m[0]):
            continue
        if not m["pref"]:
            lead = _LEAD.match(m[0])
            start += lead.end() if lead else 0
        found.append((ColumnType.ADDRESS, start, m.end()))
    return found


ADDRESS = Seeker(
    ColumnType.ADDRESS,
    "hidden-address",
    r"(?:市|区|町|村).{0,12}?[0-9一二三四五六七八九十](?:丁目|番|-\d)|町\d",
    _addresses,
    Message(
        ja="番地までの住所が書かれています", en="an address down to the house number stands here"
    ),
    0.93,
)
SEEKERS = (ADDRESS,)
