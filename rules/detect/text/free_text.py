"""Running all seekers over a column of free text."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow.compute as pc

from core import CellKind, Column, ColumnType, Message, Span, listed, say
from rules.detect.cells import Alarm
from rules.detect.profile import Profile
from rules.detect.text import addresses, identifiers, person_names, statements
from rules.detect.text.seeker import Found, Seeker

SEEKERS: tuple[Seeker, ...] = (
    *identifiers.SEEKERS,
    *person_names.SEEKERS,
    *addresses.SEEKERS,
    *statements.SEEKERS,
)
DIRECT: tuple[Seeker, ...] = identifiers.SEEKERS
"""Seekers whose finds are out of place in any column of words, whatever it is about."""
Hits = list[tuple[Seeker, Found]]
_VOICED = "\u3099\u309a\uff9e\uff9f"
"""Marks of voiced kana, which fold into the character before them."""


def hidden_data(
    column: Column, profile: Profile, seekers: Sequence[Seeker] = SEEKERS
) -> list[Alarm]:
    """Cells whose text holds personal data, one alarm per leading kind of statement."""
    found: dict[int, Hits] = {}
    profile = _one_hyphen(profile)
    for seeker in seekers:
        worth = np.flatnonzero(seeker.worth_reading(profile) & profile.present)
        for code, text in zip(worth.tolist(), profile.texts.take(worth).to_pylist(), strict=True):
            if places := seeker.find_all(text):
                found.setdefault(code, []).extend((seeker, place) for place in places)
    return _alarms(column, profile, found)


def hidden_types(alarms: Iterable[Alarm]) -> frozenset[ColumnType]:
    """Which types of personal data hide in a column's texts."""
    return frozenset(type_ for _, _, type_ in _typed(alarms))


def hidden_totals(alarms: Iterable[Alarm]) -> dict[tuple[str, ColumnType], int]:
    """How many cells of each column hold personal data of each type, over all rows.

    A cell that names a thing twice counts once.
    """
    columns: dict[str, Column] = {}
    codes: dict[tuple[str, ColumnType], set[int]] = {}
    for column, code, type_ in _typed(alarms):
        columns[column.key] = column
        codes.setdefault((column.key, type_), set()).add(code)
    return {key: int(columns[key[0]].counts[list(held)].sum()) for key, held in codes.items()}


def _typed(alarms: Iterable[Alarm]) -> Iterator[tuple[Column, int, ColumnType]]:
    for alarm in alarms:
        if alarm.kind == CellKind.HIDDEN_PERSONAL_DATA:
            for code, spans in alarm.spans.items():
                yield from ((alarm.column, code, span.type) for span in spans)


def _one_hyphen(profile: Profile) -> Profile:
    """The same profile where numbers are joined by hyphens, whatever stroke stood there.

    One character for one, so that places in the text stay what they are.
    """
    if not profile.matches(r"[‐‑–—−]|\dー\d").any():
        return profile
    plain = pc.replace_substring_regex(profile.texts, r"[‐‑–—−]", "-")
    for _ in range(2):  # matches do not overlap: 1ー2ー3 takes two
        plain = pc.replace_substring_regex(plain, r"(\d)ー(\d)", r"\1-\2")
    return Profile(plain, profile.counts)


def _alarms(column: Column, profile: Profile, found: dict[int, Hits]) -> list[Alarm]:
    """One alarm for each rule that leads in some of the texts."""
    leads: dict[str, tuple[Seeker, list[int]]] = {}
    spans: dict[int, tuple[Span, ...]] = {}
    said: dict[int, Message] = {}
    for code, hits in found.items():
        kept = _without_overlaps(hits)
        weightiest = sorted((seeker for seeker, _ in kept), key=lambda s: -s.weight)
        leads.setdefault(weightiest[0].rule, (weightiest[0], []))[1].append(code)
        said[code] = _sentence(dict.fromkeys(seeker.what for seeker in weightiest))
        spans[code] = _original(column, profile, code, [place for _, place in kept])

    def reason(code: int, count: int) -> Message:
        return said[code]

    alarms = []
    for seeker, codes in leads.values():
        values = np.zeros(len(profile), np.bool_)
        values[codes] = True
        kind = CellKind.HIDDEN_PERSONAL_DATA
        lead = _sentence([seeker.what])
        rule, weight = seeker.rule, seeker.weight
        alarms.append(Alarm(column, kind, rule, weight, lead, reason, values=values, spans=spans))
    return alarms


def _sentence(said: Iterable[Message]) -> Message:
    whole = listed(said, en="; ")
    return say("rules.text.sentence", said=Message(ja=whole.ja, en=whole.en.capitalize()))


def _without_overlaps(places: Hits) -> Hits:
    """The weightiest and longest finds that do not overlap, in the order of the text."""
    kept: list[tuple[int, int, Seeker, Found]] = []
    for seeker, place in sorted(places, key=lambda p: (-p[0].weight, p[1][1] - p[1][2])):
        _, start, end = place
        at = bisect_left(kept, start, key=lambda k: k[0])
        free = (at == 0 or kept[at - 1][1] <= start) and (at == len(kept) or kept[at][0] >= end)
        if free:
            kept.insert(at, (start, end, seeker, place))
    return [(seeker, place) for _, _, seeker, place in kept]


def _original(column: Column, profile: Profile, code: int, places: list[Found]) -> tuple[Span, ...]:
    raw = column.values[code].as_py()
    lead = len(raw) - len(raw.lstrip())
    offsets = original_offsets(raw.strip(), profile.texts[code].as_py())
    return tuple(
        Span(type=type_, start=lead + offsets[start], end=lead + offsets[end])
        for type_, start, end in places
    )


def original_offsets(text: str, normalised: str) -> list[int]:
    """For each position of the NFKC text, and its end, the position in the original.

    >>> original_offsets("ｶﾞｽ１", "ガス1")
    [0, 2, 3, 4]
    """
    if len(text) == len(normalised):
        return list(range(len(text) + 1))
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (text[end] in _VOICED or unicodedata.combining(text[end])):
            end += 1
        offsets += [start] * len(unicodedata.normalize("NFKC", text[start:end]))
        start = end
    if len(offsets) != len(normalised):
        return [0] * len(normalised) + [len(text)]
    return [*offsets, len(text)]
