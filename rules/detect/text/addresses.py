"""Addresses down to a house number in a sentence."""

from collections.abc import Iterator

from core import ColumnType
from rules.detect.patterns import PREFECTURES
from rules.detect.text.reading import Reading
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
_TOWN_ENDS = frozenset("町村丘台園里原野沢谷浜宮川島崎団地")
"""Last characters of names of towns."""
_TOWNS = compiled(
    _PATTERNS, "LOT", "PLOT", "NUMBERED", "CHOME", "BLOCKS", "SHORT", "CROSSED", "ROOMED"
)
_NO_TOWN, _NO_HOUSE = compiled(_PATTERNS, "NO_TOWN", "NO_HOUSE")


def _addresses(reading: Reading) -> list[Found]:
    text, places = reading.text, []
    for m in (*_ADDRESS.finditer(text), *_BARE.finditer(text)):
        if _NEIGHBOURHOOD.search(m[0]) or _NOT_WARD.match(m[0]):
            continue
        if _FACILITY.match(m[0]) or _WORKS.match(text, m.end()):
            continue
        places.append((m.start() + (0 if m["pref"] else _lead(m[0])), m.end()))
    places += [m.span() for m in (*_STREETS.finditer(text), *_RURAL.finditer(text))]
    places += [place(m) for m in _TOWN.finditer(text) if not m[0].endswith("丁目")]
    places += _of_towns(reading)
    return [(ColumnType.ADDRESS, start, end) for start, end in places]


def _of_towns(reading: Reading) -> Iterator[tuple[int, int]]:
    """Houses without their municipality, told by the town, the lot, the block or the room."""
    for pattern in _TOWNS:
        for match in pattern.finditer(reading.text):
            if _NO_HOUSE.match(reading.text, match.end()):
                continue
            start, end = match.span("town")
            if start == end:
                yield match.span()
            elif (town := _town(reading, start, end)) is not None:
                yield match.start() if pattern is _TOWNS[0] else town, match.end()


def _town(reading: Reading, start: int, end: int) -> int | None:
    """Where the name of a town begins that closes a run of characters, if it is one."""
    first, behind = reading.between(start, end)
    words = reading.words[first:behind]
    if not words or _NO_TOWN.search(reading.text[start:end]):
        return None
    for word in words:
        last = word.end >= end
        if word.kind in ("地名", "人名") or (last and not word.known):
            return max(start, word.start)
    return start if words[-1].text[-1:] in _TOWN_ENDS and len(words) > 1 else None


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
