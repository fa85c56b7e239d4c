"""What tells that a name is a public figure's, a firm's or a place's, and no resident's."""

import re

from rules.detect.hidden.cues import words

BEHIND = re.compile(
    rf"(?:氏|さん)?の?(?:{words('fame')})|の?『|(?:さん)?ちの"
    r"|の(?:本(?![人籍庁件日年来社店名署])|詩(?!織))"
)
"""What follows the name of a public figure or a place rather than of a resident."""
FIRM = re.compile(rf"(?:{words('firms')})")
"""What makes a surname the name of a firm, a house or a place."""
FIRM_BEFORE = re.compile(
    r"(?:』[(、 ]{0,2}|株式会社|有限会社|合同会社|合資会社|法人|\([株有同資医社福学]\)|JA)\s?$"
)
MASCOT = re.compile(rf"(?:{words('mascots')})")
"""Where somebody with さん or くん is a figure."""
_QUOTED = re.compile(r"『[^』]*』|「([^」]*)」")
_WORK = (
    "巻|文庫|絵本|伝記|背|パネル|ポスター|チラシ|看板|予約|貸出|台本|書評|新刊|本(?=[のをはがに、])"
)
_EVENT = re.compile(rf"[^」』]{{0,2}}(?:展|講座|講演|上映|朗読|公演|企画|特集|の?(?:{_WORK}))")
_EVENT_BEFORE = re.compile(
    r"(?:劇|展|講座|講演会?|講話|映画|図書|絵本|紙芝居|本|番組|漫画|小説|特集|新刊|伝記|公演|落語"
    r"|朗読)\s?$"
)


def titles(text: str) -> list[tuple[int, int]]:
    """Where titles of works and events stand.

    >>> titles("『坂本龍馬の手紙』に予約"), titles("「佐藤だけど」と入電")
    ([(0, 9)], [])
    """
    return [
        m.span()
        for m in _QUOTED.finditer(text)
        if m[0][0] == "『"
        or _EVENT.match(text, m.end())
        or _EVENT_BEFORE.search(text, max(0, m.start() - 6), m.start())
    ]
