"""Addresses down to a house number in a sentence."""

from core import ColumnType
from rules.detect.patterns import PREFECTURES
from rules.detect.text.seeker import Found, compiled, patterns, place, seekers

_PATTERNS = patterns("addresses", PREFECTURES=PREFECTURES)
_ADDRESS, _BARE, _STREETS, _RURAL, _TOWN = compiled(
    _PATTERNS, "ADDRESS", "BARE", "STREETS", "RURAL", "TOWN"
)
_FACILITY, _WORKS, _NOT_WARD, _NEIGHBOURHOOD = compiled(
    _PATTERNS, "FACILITY", "WORKS", "NOT_WARD", "NEIGHBOURHOOD"
)
_PREFECTURE, _HEAD, _SENTENCE, _LEAD = compiled(
    _PATTERNS, "PREFECTURES", "HEAD", "SENTENCE", "LEAD"
)


def _addresses(text: str) -> list[Found]:
    places = []
    for m in (*_ADDRESS.finditer(text), *_BARE.finditer(text)):
        if _NEIGHBOURHOOD.search(m[0]) or _NOT_WARD.match(m[0]):
            continue
        if _FACILITY.match(m[0]) or _WORKS.match(text, m.end()):
            continue
        places.append((m.start() + (0 if m["pref"] else _lead(m[0])), m.end()))
    places += [m.span() for m in (*_STREETS.finditer(text), *_RURAL.finditer(text))]
    places += [place(m) for m in _TOWN.finditer(text) if not m[0].endswith("丁目")]
    return [(ColumnType.ADDRESS, start, end) for start, end in places]


def _lead(found: str) -> int:
    """How many characters before the municipality belong to the sentence."""
    if inside := _PREFECTURE.search(found):
        return inside.start()
    head = _HEAD.match(found)
    words = _SENTENCE.match(head[0]) if head and len(head[0]) > 4 else None
    if words:
        return words.end()
    lead = _LEAD.match(found)
    return lead.end() if lead else 0


SEEKERS = seekers("addresses", _PATTERNS, {"addresses": _addresses})
