"""Which card on specific personal information assessment fits the numbers in a question."""

import re
import unicodedata
from collections.abc import Sequence

from language import digits

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*(万|千|thousand)?"
_HEADS = re.compile(
    r"(under |below |(?:fewer|less) than )?"
    + _NUMBER
    + r"\s*(?:人|名|件|people|persons|residents|individuals|citizens|head)(未満)?",
    re.I,
)
_STAFF_BEFORE = re.compile(
    r"(?:職員|取扱者|取り扱う者|担当者|従事者|staff|handlers?|employees)[^\d、。,.]{0,12}"
    + _NUMBER,
    re.I,
)
_STAFF_AFTER = re.compile(
    _NUMBER
    + r"\s*(?:人|名)?の?(?:職員|取扱者|担当者)|"
    + _NUMBER
    + r"\s*(?:staff|handlers|employees)",
    re.I,
)
_NONE = re.compile(
    r"事故(?:は|も|が)?(?:ない|無い|なし|無し|ありません|起きて(?:い)?ない|ゼロ)|事故はな|無事故"
    r"|(?:no|without) [\w ]{0,30}(?:incident|breach|accident)",
    re.I,
)
_SOME = re.compile(r"事故(?:が|は|も)?(?:あ|有|起)|重大事故を|incident|breach|accident", re.I)


def _value(number: str, unit: str) -> int:
    scale = {"万": 10_000, "千": 1_000, "thousand": 1_000}.get(unit.lower(), 1)
    return round(float(number.replace(",", "")) * scale)


def read(query: str) -> tuple[int | None, int | None, bool | None]:
    """Head-count, staff, and whether there was an incident; None for what is not said.

    >>> read("対象が8万人、職員が300人、重大事故がありません")
    (80000, 300, False)
    >>> read("120,000 people, 40 staff, one serious incident")
    (120000, 40, True)
    >>> read("どの評価が必要ですか")
    (None, None, None)
    """
    text = digits(unicodedata.normalize("NFKC", query))
    staff_at = _STAFF_BEFORE.search(text) or _STAFF_AFTER.search(text)
    staff = None
    if staff_at:
        number, unit = next(
            (staff_at.group(i), staff_at.group(i + 1))
            for i in range(1, len(staff_at.groups()), 2)
            if staff_at.group(i)
        )
        staff = _value(number, unit or "")
        text_heads = text[: staff_at.start()] + " " + text[staff_at.end() :]
    else:
        text_heads = text
    heads = [
        _value(m[2], m[3] or "") - bool(m[1] or m[4])  # fewer than so many
        for m in _HEADS.finditer(text_heads)
    ]
    incident = False if _NONE.search(text) else True if _SOME.search(text) else None
    return (max(heads) if heads else None), staff, incident


def decide(
    figures: tuple[int | None, int | None, bool | None], cards: Sequence[str]
) -> tuple[str, ...]:
    """The cards of a topic with the one for these numbers first; as given where none are said.

    >>> decide((80_000, 300, False), ("F-06", "X-12"))
    ('F-03', 'X-12')
    """
    heads, staff, incident = figures
    if heads is None:
        return tuple(cards)
    fitting = _fitting(heads, staff, incident)
    return (*fitting, *(card for card in cards if not card.startswith("F-")))


def _fitting(heads: int, staff: int | None, incident: bool | None) -> tuple[str, ...]:
    if heads < 1_000:
        return ("F-01",)
    if heads < 10_000:
        return ("F-02",)
    if heads >= 300_000:
        return ("F-06",)
    light, grave = ("F-03", "F-04") if heads < 100_000 else ("F-05", "F-06")
    if (staff is not None and staff >= 500) or incident:
        return (grave,)
    if staff is not None and incident is False:
        return (light,)
    return (light, grave)
