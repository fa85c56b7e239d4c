"""Running all seekers over a column of free text."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from core import CellKind, Column, Message, Span
from rules.detect.cells.base import Alarm
from rules.detect.hidden import contact, names, numbers, places, sensitive, ties
from rules.detect.hidden.base import Found, Seeker
from rules.detect.hidden.offsets import original_offsets
from rules.detect.profile import Mask, Profile

SEEKERS: tuple[Seeker, ...] = (
    *numbers.SEEKERS,
    *contact.SEEKERS,
    *names.SEEKERS,
    *places.SEEKERS,
    *sensitive.SEEKERS,
    *ties.SEEKERS,
)
DIRECT: tuple[Seeker, ...] = (*numbers.SEEKERS, *contact.SEEKERS)
"""Seekers whose finds are out of place in any column of words, whatever it is about."""

_WINDOW, _STEP = 2_000, 1_800
"""Long texts are read in overlapping windows, so that time grows with the length only."""


def find_all(seeker: Seeker, text: str) -> list[Found]:
    """Everything a seeker finds in a text of any length."""
    if len(text) <= _WINDOW:
        return list(seeker.find(text))
    found = {
        (type_, at + start, at + end)
        for at in range(0, len(text), _STEP)
        for type_, start, end in seeker.find(text[at : at + _WINDOW])
    }
    return sorted(found, key=lambda f: f[1:])


def hidden_data(
    column: Column, profile: Profile, seekers: Sequence[Seeker] = SEEKERS
) -> list[Alarm]:
    """Cells whose text holds personal data, one alarm per leading kind of statement."""
    found: dict[int, list[tuple[Seeker, Found]]] = {}
    profile = _one_hyphen(profile)
    for seeker in seekers:
        hits = np.flatnonzero(_worth_reading(seeker, profile) & profile.present)
        for code, text in zip(hits.tolist(), profile.texts.take(hits).to_pylist(), strict=True):
            places = [(seeker, place) for place in find_all(seeker, text)]
            if places:
                found.setdefault(code, []).extend(places)
    return _alarms(column, profile, found)


def _worth_reading(seeker: Seeker, profile: Profile) -> Mask:
    cheap = (seeker.cheap,) if isinstance(seeker.cheap, str) else seeker.cheap
    found = np.zeros(len(profile), np.bool_)
    for pattern in cheap:
        found |= profile.matches(pattern)
    return found


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


def _alarms(
    column: Column, profile: Profile, found: dict[int, list[tuple[Seeker, Found]]]
) -> list[Alarm]:
    groups: dict[str, tuple[Seeker, list[int]]] = {}
    spans: dict[int, tuple[Span, ...]] = {}
    said: dict[int, tuple[Message, ...]] = {}
    for code, hits in found.items():
        kept = _without_overlaps(hits)
        leading = max((s for s, _ in kept), key=lambda s: s.weight)
        groups.setdefault(leading.rule, (leading, []))[1].append(code)
        said[code] = tuple(
            dict.fromkeys(s.what for s, _ in sorted(kept, key=lambda k: -k[0].weight))
        )
        spans[code] = _original(column, profile, code, [place for _, place in kept])
    return [
        _alarm(column, seeker, codes, spans, said, len(profile))
        for seeker, codes in groups.values()
    ]


def _without_overlaps(places: list[tuple[Seeker, Found]]) -> list[tuple[Seeker, Found]]:
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


def _alarm(
    column: Column,
    seeker: Seeker,
    codes: list[int],
    spans: dict[int, tuple[Span, ...]],
    said: dict[int, tuple[Message, ...]],
    size: int,
) -> Alarm:
    values = np.zeros(size, np.bool_)
    values[codes] = True

    def reason(code: int, count: int) -> Message:
        return Message(
            ja="、".join(m.ja for m in said[code]) + "。",
            en="; ".join(m.en for m in said[code]).capitalize() + ".",
        )

    return Alarm(
        column, CellKind.HIDDEN_PERSONAL_DATA, seeker.rule, seeker.weight, reason,
        values=values, spans=spans,
    )  # fmt: skip
