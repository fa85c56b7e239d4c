"""What a seeker of personal data in free text is, and how its patterns are read from YAML.

A file of patterns has, each where it needs them:

    words:      lists, which become alternations, the longest word first
    patterns:   regular expressions, or lists of alternatives in the order given
    seekers:    what is sought: type, weight, `cheap`, `pattern` …

`{NAME}` in a pattern stands for another word list or pattern of the file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import ColumnType, Message, column_types, label, say
from rules.detect.patterns import alternation
from rules.detect.profile import Mask, Profile
from rules.detect.text.reading import Reading, material

Found = tuple[ColumnType, int, int]
"""A type and its place in the normalised text."""
Find = Callable[[Reading], Iterable[Found]]
_SLOT = re.compile(r"\{([A-Z][A-Z_]*)\}")
_WINDOW, _STEP = 2_000, 1_800
"""Long texts are read in overlapping windows, so that time grows with the length only."""
_GAP = r"(?:[^\d\n]|1[0-9]桁|(?<!\d)\d[冊枚通件名回点]){0,12}?"
"""What may stand between a label and its number."""
_AROUND = re.compile(r"\(\?<?[!=][^()]*\)")
"""Looking around, which RE2 does not."""


@dataclass(frozen=True)
class Seeker:
    """Finds one kind of statement in free text.

    `cheap` are RE2 patterns over the normalised lower-case text, one of which every hit must
    contain; only texts that hold one reach `find`, which gives the exact places. Long lists of
    words go apart: together they outgrow RE2's tables and take a hundred times as long.
    """

    type: ColumnType
    rule: str
    cheap: tuple[str, ...]
    find: Find
    what: Message
    weight: float

    def worth_reading(self, profile: Profile) -> Mask:
        """Which values may hold a hit."""
        if not self.cheap:
            return np.zeros(len(profile), np.bool_)
        found: Mask = np.any([profile.matches(pattern) for pattern in self.cheap], axis=0)
        return found


def windows(text: str) -> list[tuple[int, Reading]]:
    """A text in pieces that overlap, each with its place, so that no time grows faster than it."""
    if len(text) <= _WINDOW:
        return [(0, Reading(text))]
    return [(at, Reading(text[at : at + _WINDOW])) for at in range(0, len(text), _STEP)]


def patterns(name: str, **known: str) -> dict[str, str]:
    """The patterns of a file by name, each filled in with those before it and with `known`."""
    made = dict(known)
    for key, words in material(name).get("words", {}).items():
        made[key.upper()] = alternation(words)
    for key, pattern in material(name).get("patterns", {}).items():
        made[key] = _filled(pattern, made)
    return made


def compiled(
    made: Mapping[str, str], *names: str, flags: re.RegexFlag = re.NOFLAG
) -> tuple[re.Pattern[str], ...]:
    """Some of the patterns, compiled, in the order asked for."""
    return tuple(re.compile(made[name], flags) for name in names)


def _filled(pattern: str | Sequence[str], known: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: known[slot[1]], "|".join(_several(pattern)))


def seekers(
    name: str, known: Mapping[str, str], finders: Mapping[str, Find] | None = None
) -> tuple[Seeker, ...]:
    """The seekers of a file.

    Args:
        name: the file.
        known: its patterns, as `patterns` gives them.
        finders: what an entry names under `find`, where a pattern alone does not do.
    """
    return tuple(_seeker(entry, known, finders or {}) for entry in material(name)["seekers"])


def seekers_of_types() -> tuple[Seeker, ...]:
    """The seekers that the files of the types describe."""
    return tuple(
        _seeker({"type": type_, **sought.model_dump(exclude_none=True)}, {}, {})
        for type_, told in column_types.described().items()
        for sought in told.sought
    )


def _seeker(
    entry: Mapping[str, Any], known: Mapping[str, str], finders: Mapping[str, Find]
) -> Seeker:
    type_ = ColumnType(entry["type"])
    cheap, sought = _several(entry.get("cheap", ())), _several(entry.get("pattern", ()))
    if "label" in entry:
        sought = [labelled(entry["label"], entry["number"])]
        cheap = cheap or [rf"(?:{_AROUND.sub('', entry['label'])}).{{0,15}}?\d{{4}}"]
    find = finders[entry["find"]] if "find" in entry else None
    what = Message(**entry["what"]) if "what" in entry else label(type_)
    return Seeker(
        type_,
        entry.get("rule", f"hidden-{type_.value.replace('_', '-')}"),
        tuple(_filled(pattern, known) for pattern in cheap),
        find or finder(type_, *(_filled(pattern, known) for pattern in sought)),
        say(f"rules.text.{entry.get('says', 'stands_here')}", what=what),
        entry["weight"],
    )


def _several(given: str | Sequence[str]) -> Sequence[str]:
    return [given] if isinstance(given, str) else given


def labelled(cue: str, number: str) -> str:
    """The pattern of a number right behind its label."""
    return rf"(?:{cue}){_GAP}(?P<n>(?<![\d]){number})(?![\d])"


def finder(type_: ColumnType, *sought: str) -> Find:
    """A finder of everything that patterns match: their first named group, or the whole match."""
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in sought]

    def find(reading: Reading) -> list[Found]:
        return [(type_, *place(m)) for pattern in compiled for m in pattern.finditer(reading.text)]

    return find


def place(found: re.Match[str]) -> tuple[int, int]:
    """Where the first named group that took part stands, or the whole match."""
    named = (name for name, text in found.groupdict().items() if text)
    return found.span(next(named, 0))
