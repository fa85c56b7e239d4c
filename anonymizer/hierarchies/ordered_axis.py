"""Numbers, ages and days as points on a line, and how stretches of the line are written."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from anonymizer.hierarchies.bands import (
    Span,
    age_label,
    age_span,
    day_span,
    days_label,
    number_text,
    read_range,
    roundest,
    roundest_day,
)
from anonymizer.hierarchies.ladders import AGES, DATES, NUMBERS
from core import Codes, ColumnType
from language import is_missing_word
from measure import STAR

_MOST = 4_000
"""Places on a line; where there are more numbers, neighbours share one."""


@dataclass(frozen=True, eq=False)
class OrderedAxis:
    """The different numbers or days of a field in order, words for "no value" before all of them.

    `points` gives each text's place; `bounds[i]` is the number at which the line may be cut before
    place i, nan where it may not. Words are parted from one another and from the numbers freely.
    """

    kind: ColumnType
    points: Codes = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    bounds: tuple[float, ...] = field(repr=False)
    whole: bool
    """Whether every number is a whole one."""

    @classmethod
    def of(
        cls, kind: ColumnType, texts: Sequence[str], cuts: Sequence[float] = ()
    ) -> "OrderedAxis | None":
        """The line of some texts, cut at `cuts` only if there are any; None for no numbers.

        >>> line = OrderedAxis.of(ColumnType.AGE, ["41", "20", "36", "不明"])
        >>> line.bounds[2:], line.label(1, 2), line.label(2, 4), line.label(0, 4)
        ((30.0, 40.0), '29歳以下', '30歳以上', '*')
        """
        if kind not in (*AGES, *NUMBERS, *DATES):
            return None
        words = [text for text in texts if is_missing_word(text)]
        place = {word: i for i, word in enumerate(words)}
        read = day_span if kind in DATES else age_span if kind in AGES else read_range
        spans = {text: read(text) for text in texts if text not in place}
        ordered = sorted({span for span in spans.values() if span is not None})
        if len(ordered) < 2 or None in spans.values():
            return None
        free = _cuts(kind, ordered, sorted(cuts))
        stops = _stops(free)
        places = np.searchsorted(stops, np.arange(len(ordered)), side="right") + len(words)
        at = dict(zip(ordered, places.tolist(), strict=True))
        points = [place[t] if t in place else at[spans[t] or (0, 0)] for t in texts]
        bounds = [-math.inf] * (len(words) + 1) + [free[stop - 1] for stop in stops]
        whole = all(float(n).is_integer() for span in ordered for n in span if abs(n) < math.inf)
        return cls(kind, np.array(points, np.int32), tuple(words), tuple(bounds), whole)

    @property
    def size(self) -> int:
        """How many places there are."""
        return len(self.bounds)

    def label(self, start: int, stop: int) -> str:
        """What the places start..stop (stop excluded) are called: their bounds, never a value."""
        first = len(self.words)
        if stop <= first:
            return self.words[start] if stop == start + 1 else STAR
        if start < first or (start == first and stop == self.size):
            return STAR
        low = None if start == first else self.bounds[start]
        high = None if stop == self.size else self.bounds[stop]
        return self._range(low, high)

    def _range(self, low: float | None, high: float | None) -> str:
        if self.kind in DATES:
            return days_label(low, high)
        unit = "歳" if self.kind in AGES else ""
        if high is None:
            return f"{number_text(low or 0)}{unit}以上"
        last = f"{number_text(high - 1)}{unit}"
        if low is None:
            return f"{last}以下" if self.whole else f"{number_text(high)}未満"
        if not self.whole:
            return f"{number_text(low)}以上{number_text(high)}未満"
        if unit:
            return age_label(int(low), int(high) - 1)
        return last if low == high - 1 else f"{number_text(low)}～{last}"


def _cuts(kind: ColumnType, ordered: Sequence[Span], wanted: Sequence[float]) -> list[float]:
    """Where the line may be cut before each number but the first: in no span of numbers."""
    choose = roundest_day if kind in DATES else roundest
    found, reach = [], ordered[0][1]
    for low, high in ordered[1:]:
        cut = math.nan
        if reach < low:
            nearest = wanted[at] if (at := bisect_right(wanted, reach)) < len(wanted) else math.inf
            cut = nearest if nearest <= low else math.nan if wanted else choose(reach, low)
        found.append(cut)
        reach = max(reach, high)
    return found


def _stops(free: Sequence[float]) -> list[int]:
    """Numbers (by their place in the order) at which a new place on the line begins."""
    width = math.ceil((len(free) + 1) / _MOST)
    if width == 1:
        return list(range(1, len(free) + 1))
    stops, last = [], 0
    for number, cut in enumerate(free, 1):
        if number - last >= width and not math.isnan(cut):
            stops.append(number)
            last = number
    return stops
