"""What breaks the declaration of one column, in values and in words."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core import DeclaredColumn, Message, SchemaCheckKind, fold, written
from language import read_date, read_number
from rules.detect.declared.formats import test_of
from rules.detect.declared.matching import Match
from rules.detect.declared.shapes import shapes
from rules.detect.profile import Mask, Profile, as_mask
from rules.detect.values import part_texts

_K = SchemaCheckKind
_AT_ONCE = 100_000
"""How many distinct values are Python strings at a time."""
_LISTED = 12
"""How many allowed values a message names."""


@dataclass(frozen=True)
class Breach:
    """The values that break a declaration, and what to say of them."""

    kind: SchemaCheckKind
    values: Mask
    said: Message
    """Follows "N rows of COLUMN"."""
    detail: Message | None = None
    """A sentence of its own: what is allowed, what shapes the values have."""


def breaches(match: Match, profile: Profile) -> Iterator[Breach]:
    """Everything in a column that its declaration does not allow."""
    item = match.declared
    blank = profile.empty
    if item.missing:
        blank = blank | as_mask(
            pc.is_in(profile.raw, value_set=pa.array(item.missing, pa.string()))
        )
    if (item.required or not item.blank_allowed) and blank.any():
        said = Message(ja="必須ですが空です。", en="are empty though required")
        yield Breach(_K.REQUIRED, blank, said)
    yield from _lengths(item, profile, blank)
    if item.unique:
        yield from _repeated(profile, blank)
    found = (_wrong_type(match, profile), _off_pattern(item, profile))
    for kind, wrong, said in (f for f in found if f is not None):
        if (wrong & ~blank).any():
            yield Breach(kind, wrong & ~blank, said, _shaped(profile, wrong & ~blank))
    yield from _unlisted(match, profile, blank)
    yield from _out_of_range(match, profile, blank)


def _tell(
    match: Match, profile: Profile, test: Callable[[str], bool], as_written: bool = False
) -> Mask:
    """What a test says of each distinct value, or of the part of it that is declared."""
    told = np.zeros(len(profile), np.bool_)
    source = profile.raw if as_written and not match.part else profile.texts
    for start in range(0, len(profile), _AT_ONCE):
        texts: list[str] = source.slice(start, _AT_ONCE).to_pylist()
        if match.part:
            texts = part_texts(texts, match.part) or texts
        told[start : start + len(texts)] = [test(text) for text in texts]
    return told


def _wrong_type(match: Match, profile: Profile) -> tuple[SchemaCheckKind, Mask, Message] | None:
    item = match.declared
    test = test_of(item)
    if test is None or (match.part and part_texts([], match.part) is None):
        return None
    declared = item.format or item.type_text
    said = Message(
        ja=f"型や形式（{declared}）に合いません。",
        en=f"do not fit the declared type or format ({declared})",
    )
    return _K.TYPE, ~_tell(match, profile, test.fits, test.as_written), said


def _off_pattern(
    item: DeclaredColumn, profile: Profile
) -> tuple[SchemaCheckKind, Mask, Message] | None:
    if not item.pattern:
        return None
    said = Message(
        ja=f"書き方の決まり（{item.pattern}）に合いません。",
        en=f"do not fit the declared pattern ({item.pattern})",
    )
    return _K.TYPE, ~as_mask(pc.match_substring_regex(profile.raw, item.pattern)), said


def _lengths(item: DeclaredColumn, profile: Profile, blank: Mask) -> Iterator[Breach]:
    if item.length and (long := ~blank & (profile.lengths > item.length)).any():
        longest = int(profile.lengths.max())
        yield Breach(
            _K.LENGTH,
            long,
            Message(
                ja=f"長さ（{item.length}）を超えています。", en=f"are longer than {item.length}"
            ),
            Message(ja=f"最も長いものは{longest}文字です。", en=f"The longest has {longest}."),
        )
    if item.shortest and (short := ~blank & (profile.lengths < item.shortest)).any():
        fewest = int(profile.lengths[~blank].min())
        yield Breach(
            _K.LENGTH,
            short,
            Message(
                ja=f"長さ（{item.shortest}以上）に足りません。",
                en=f"are shorter than {item.shortest}",
            ),
            Message(ja=f"最も短いものは{fewest}文字です。", en=f"The shortest has {fewest}."),
        )


def _repeated(profile: Profile, blank: Mask) -> Iterator[Breach]:
    again = ~blank & (profile.counts > 1)
    if again.any():
        yield Breach(
            _K.VALUE,
            again,
            Message(
                ja="同じ値がほかの行にもあります（重複しない項目です）。",
                en="hold a value that other rows hold too, though declared unique",
            ),
        )


def _unlisted(match: Match, profile: Profile, blank: Mask) -> Iterator[Breach]:
    item = match.declared
    if not item.allowed:
        return
    exact = item.exact_values and not match.part
    listed = frozenset(item.allowed if exact else map(fold, item.allowed))
    fits = listed.__contains__ if exact else lambda text: fold(text) in listed
    outside = ~blank & ~_tell(match, profile, fits, as_written=exact)
    if not outside.any():
        return
    kinds = int(outside.sum())
    shaped = shapes(profile, outside)
    more = len(item.allowed) > _LISTED
    ja = "、".join(item.allowed[:_LISTED]) + ("ほか" if more else "")
    en = ", ".join(item.allowed[:_LISTED]) + (" …" if more else "")
    yield Breach(
        _K.VALUE,
        outside,
        Message(
            ja=f"値の一覧（{ja}）にありません。",
            en=f"hold values outside the list ({en})",
        ),
        Message(
            ja=f"一覧にない値は{kinds}種類で、形は {shaped.ja}です。",
            en=f"They are {kinds} values of the shapes {shaped.en}.",
        ),
    )


def _out_of_range(match: Match, profile: Profile, blank: Mask) -> Iterator[Breach]:
    item = match.declared
    low, high = item.minimum, item.maximum
    if low is None and high is None:
        return
    dated = isinstance(low, date) or isinstance(high, date)

    def outside(text: str) -> bool:
        read = read_date(text) if dated else None
        value = float(read.date.toordinal()) if read else None if dated else read_number(text)
        if value is None:
            return False  # that is said of its type
        under = value <= bottom if item.beyond_minimum else value < bottom
        return under or (value >= top if item.beyond_maximum else value > top)

    bottom = -math.inf if low is None else _ordinal(low)
    top = math.inf if high is None else _ordinal(high)
    beyond = ~blank & _tell(match, profile, outside)
    if beyond.any():
        ends = tuple("" if end is None else written(end) for end in (low, high))
        yield Breach(
            _K.VALUE,
            beyond,
            Message(
                ja=f"範囲（{ends[0]}〜{ends[1]}）を外れています。",
                en=f"are outside the declared range ({ends[0]}–{ends[1]})",
            ),
            _shaped(profile, beyond),
        )


def _ordinal(value: float | date) -> float:
    """Days count like numbers."""
    return value.toordinal() if isinstance(value, date) else value


def _shaped(profile: Profile, values: Mask) -> Message:
    shaped = shapes(profile, values)
    return Message(ja=f"形は {shaped.ja}です。", en=f"Their shapes: {shaped.en}.")
