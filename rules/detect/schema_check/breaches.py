"""What breaks the declaration of one column, in values and in words."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core import (
    ColumnType,
    DeclaredColumn,
    Message,
    SchemaCheckKind,
    fold,
    listed,
    mask,
    say,
    written,
)
from language import read_date, read_number
from rules.detect.profile import Mask, Profile, as_mask
from rules.detect.schema_check.value_forms import test_of
from rules.detect.values import part_texts

_K = SchemaCheckKind
_AT_ONCE = 100_000
"""How many distinct values are Python strings at a time."""
_LISTED = 12
"""How many allowed values a message names."""
_SHAPES_SHOWN = 3
"""How many shapes it shows."""
_LOOK_AT = 5_000
"""How many distinct values are looked at for their shapes, the most frequent first."""


@dataclass(frozen=True)
class Breach:
    """The values that break a declaration, and what to say of them."""

    kind: SchemaCheckKind
    values: Mask
    said: Message
    """Follows "N rows of COLUMN"."""
    detail: Message | None = None
    """A sentence of its own: what is allowed, what shapes the values have."""


def breaches(
    item: DeclaredColumn, profile: Profile, part: ColumnType | None = None
) -> Iterator[Breach]:
    """Everything in a column, or in its declared part, that the declaration does not allow."""
    blank = profile.empty
    if item.missing:
        gaps = pa.array(item.missing, pa.string())
        blank = blank | as_mask(pc.is_in(profile.raw, value_set=gaps))
    filled = ~blank
    if (item.required or not item.blank_allowed) and blank.any():
        yield Breach(_K.REQUIRED, blank, say("rules.breaches.empty"))
    yield from _lengths(item, profile, filled)
    if item.unique and (again := filled & (profile.counts > 1)).any():
        yield Breach(_K.VALUE, again, say("rules.breaches.repeated"))
    yield from _wrong_type(item, profile, filled, part)
    if item.pattern:
        fits = as_mask(pc.match_substring_regex(profile.raw, item.pattern))
        said = say("rules.breaches.off_pattern", pattern=item.pattern)
        yield from _misshapen(_K.TYPE, profile, filled & ~fits, said)
    yield from _unlisted(item, profile, filled, part)
    yield from _out_of_range(item, profile, filled, part)


def _tell(
    profile: Profile,
    part: ColumnType | None,
    test: Callable[[str], bool],
    as_written: bool = False,
) -> Mask:
    """What a test says of each distinct value, or of the part of it that is declared."""
    told = np.zeros(len(profile), np.bool_)
    source = profile.raw if as_written and not part else profile.texts
    for start in range(0, len(profile), _AT_ONCE):
        texts: list[str] = source.slice(start, _AT_ONCE).to_pylist()
        if part:
            texts = part_texts(texts, part) or texts
        told[start : start + len(texts)] = [test(text) for text in texts]
    return told


def _misshapen(
    kind: SchemaCheckKind, profile: Profile, values: Mask, said: Message
) -> Iterator[Breach]:
    """A breach told with the shapes of its values, if there are any."""
    if values.any():
        detail = say("rules.breaches.shapes", shapes=shapes(profile, values))
        yield Breach(kind, values, said, detail)


def _lengths(item: DeclaredColumn, profile: Profile, filled: Mask) -> Iterator[Breach]:
    lengths = profile.lengths
    if item.length and (long := filled & (lengths > item.length)).any():
        said = say("rules.breaches.too_long", length=item.length)
        yield Breach(_K.LENGTH, long, said, say("rules.breaches.longest", length=lengths.max()))
    if item.shortest and (short := filled & (lengths < item.shortest)).any():
        said = say("rules.breaches.too_short", length=item.shortest)
        fewest = lengths[filled].min()
        yield Breach(_K.LENGTH, short, said, say("rules.breaches.shortest", length=fewest))


def _wrong_type(
    item: DeclaredColumn, profile: Profile, filled: Mask, part: ColumnType | None
) -> Iterator[Breach]:
    test = test_of(item)
    if test is None or (part and part_texts([], part) is None):
        return
    wrong = filled & ~_tell(profile, part, test.fits, test.as_written)
    said = say("rules.breaches.wrong_type", declared=item.format or item.type_text)
    yield from _misshapen(_K.TYPE, profile, wrong, said)


def _unlisted(
    item: DeclaredColumn, profile: Profile, filled: Mask, part: ColumnType | None
) -> Iterator[Breach]:
    if not item.allowed:
        return
    exact = item.exact_values and not part
    allowed = frozenset(item.allowed if exact else map(fold, item.allowed))
    fits = allowed.__contains__ if exact else lambda text: fold(text) in allowed
    outside = filled & ~_tell(profile, part, fits, as_written=exact)
    if not outside.any():
        return
    values = listed(item.allowed[:_LISTED])
    if len(item.allowed) > _LISTED:
        values = say("rules.breaches.and_others", values=values)
    detail = say(
        "rules.breaches.unlisted_shapes", kinds=outside.sum(), shapes=shapes(profile, outside)
    )
    yield Breach(_K.VALUE, outside, say("rules.breaches.unlisted", values=values), detail)


def _out_of_range(
    item: DeclaredColumn, profile: Profile, filled: Mask, part: ColumnType | None
) -> Iterator[Breach]:
    low, high = item.minimum, item.maximum
    if low is None and high is None:
        return
    dated = isinstance(low, date) or isinstance(high, date)
    bottom = -math.inf if low is None else _ordinal(low)
    top = math.inf if high is None else _ordinal(high)

    def outside(text: str) -> bool:
        read = read_date(text) if dated else None
        value = float(read.date.toordinal()) if read else None if dated else read_number(text)
        if value is None:
            return False  # that is said of its type
        under = value <= bottom if item.beyond_minimum else value < bottom
        return under or (value >= top if item.beyond_maximum else value > top)

    ends = ["" if end is None else written(end) for end in (low, high)]
    said = say("rules.breaches.out_of_range", low=ends[0], high=ends[1])
    beyond = filled & _tell(profile, part, outside)
    yield from _misshapen(_K.VALUE, profile, beyond, said)


def _ordinal(value: float | date) -> float:
    """Days count like numbers."""
    return value.toordinal() if isinstance(value, date) else value


def shapes(profile: Profile, values: Mask) -> Message:
    """The commonest shapes among some values, with their rows: enough to see what is wrong.

    >>> profile = Profile(pa.array(["90代", "80代", "非公表"]), np.array([4, 2, 1]))
    >>> shapes(profile, np.array([True, True, True])).ja
    '99文字×1（6件）、文字×3（1件）'
    """
    hit = np.flatnonzero(values)
    order = hit[np.argsort(-profile.counts[hit], kind="stable")][:_LOOK_AT]
    rows: Counter[str] = Counter()
    for code in order:
        rows[mask(profile.raw[int(code)].as_py())] += int(profile.counts[code])
    said = listed(
        say("rules.breaches.shape", shape=_in_words(shape), rows=count)
        for shape, count in rows.most_common(_SHAPES_SHOWN)
    )
    more = len(rows) > _SHAPES_SHOWN or len(hit) > _LOOK_AT
    return say("rules.breaches.more_shapes", shapes=said) if more else said


def _in_words(shape: str) -> Message:
    """A masked value as it is shown in each language."""
    if not shape:
        return say("rules.breaches.blank")
    return Message(ja=shape, en=shape.replace("文字×", "char×"))
