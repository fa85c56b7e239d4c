"""Top and bottom coding: the ends of a column of numbers where so few people are that one of them
could be recognised."""

from collections.abc import Sequence

import numpy as np

from anonymizer.hierarchies.bands import Span, roundest
from anonymizer.records.fields import Field, Readings, numbers_of
from anonymizer.records.plan import Step
from core import Counts, Operation

Ends = tuple[float | None, float | None]
"""Values at or below the first, and at or above the second, are shown as one; None cuts nothing."""


def ends_of(spans: Sequence[Span | None], counts: Counts, k: int) -> Ends:
    """The roundest bounds that leave at least k rows in each end.

    An end is cut only where fewer than k rows hold the most extreme value, and never so that
    nothing is left between the two.

    >>> values = [(float(n), float(n)) for n in (310, 320, 330, 340, 350, 360, 9800)]
    >>> ends_of(values, np.array([5, 5, 5, 5, 5, 5, 1]), 5)
    (None, 355.0)
    >>> ends_of(values, np.array([1, 5, 5, 5, 5, 5, 5]), 5)
    (325.0, None)
    """
    rows: dict[float, int] = {}
    for span, n in zip(spans, counts.tolist(), strict=True):
        if span is not None and n:
            rows[span[0]] = rows.get(span[0], 0) + n
    values = sorted(rows)
    if len(values) < 3:
        return None, None
    held = np.array([rows[value] for value in values])
    upper = len(held) - 1 - int(np.searchsorted(np.cumsum(held[::-1]), k))
    lower = int(np.searchsorted(np.cumsum(held), k))
    top = bottom = None
    if held[-1] < k and upper > 0:
        top = _between(values[upper - 1], values[upper])
    if held[0] < k and lower < (upper if top is not None else len(held)) - 1:
        bottom = -_between(-values[lower + 1], -values[lower])
    return bottom, top


def _between(above: float, to: float) -> float:
    """The roundest number that is more than `above` and less than `to`; whole ones have no number
    between them where they are neighbours, and then it is `to`."""
    if not (above.is_integer() and to.is_integer()):
        return roundest(above, (above + to) / 2)
    return roundest(above, max(to - 1, above + 1))


def extremes(f: Field, k: int, readings: Readings) -> Ends:
    """Where the ends of a field of numbers should be cut."""
    return readings.once(("ends", f, k), lambda: ends_of(numbers_of(f, readings), f.counts, k))


def coded_at_ends(f: Field, step: Step, k: int, readings: Readings) -> Step:
    """A keeping step with its ends cut where fewer than k rows are so far out."""
    bottom, top = extremes(f, k, readings)
    if top is not None:
        update = {"operation": Operation.TOP_CODE, "parameter": top, "bottom": bottom}
    elif bottom is not None:
        update = {"operation": Operation.BOTTOM_CODE, "parameter": bottom}
    else:
        return step
    return step.model_copy(update=update)
