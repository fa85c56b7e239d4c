"""What a kept column may hold: recorded when a plan is made, checked when it is replayed.

Never a rare value: of categories the common values, of numbers their order of magnitude, and of
what else is read (ages, dates, addresses …) only that it can be read.
"""

import hashlib
import math
from collections.abc import Callable, Sequence

import numpy as np

from anonymizer.hierarchies.bands import date_band, read_ages, read_range
from anonymizer.hierarchies.ladders import AGES, CODES, DATES, NUMBERS, READ, Cuts
from anonymizer.hierarchies.ordered_axis import roundest
from anonymizer.records.fields import Field, Readings, common_values, cuts_of, fields_of
from anonymizer.records.plan import Plan, Step
from core import ColumnType, Counts, Operation, Table, fold
from core.progress import each
from language import is_missing_word
from measure import STAR


# FROM ends: 'The two ends of a column of numbers: where values are so far out that few people have them.'

Span = tuple[float, float]
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


def kept(f: Field, k: int, readings: Readings | None = None) -> Step:
    """The step for a column that stays: values shared by fewer than k rows are suppressed.

    A column in which no value is common is dropped, since nothing of it would be left.
    """
    step = Step(column=f.column, operation=Operation.KEEP, part=f.part, type=f.kind)
    if f.kind in NUMBERS:
        return _with_ends(f, recorded(f, step, k, readings), k, readings)
    if f.kind in READ:
        return recorded(f, step, k, readings)
    listed = common_values(f, k)
    if not rare_rows(f, k):
        return step.model_copy(update={"listed": listed})
    if not listed:
        return step.model_copy(update={"operation": Operation.DROP})
    changes = {"operation": Operation.SUPPRESS_CELLS, "parameter": k, "listed": listed}
    return step.model_copy(update=changes)


def _with_ends(f: Field, step: Step, k: int, readings: Readings | None) -> Step:
    """The step with its ends cut where fewer than k rows are so far out."""
    bottom, top = ends(f, k, readings)
    if top is not None:
        update = {"operation": Operation.TOP_CODE, "parameter": top, "bottom": bottom}
    elif bottom is not None:
        update = {"operation": Operation.BOTTOM_CODE, "parameter": bottom}
    else:
        return step
    return step.model_copy(update=update)


def ends(f: Field, k: int, readings: Readings | None = None) -> Ends:
    """Where the ends of a field of numbers should be cut."""
    held = readings or Readings()
    return held.once(("ends", f, k), lambda: ends_of(numbers_of(f, held), f.counts, k))


def numbers_of(f: Field, readings: Readings) -> tuple[tuple[float, float] | None, ...]:
    """What each text of a field is as a number, or range of numbers."""
    return readings.once(("numbers", f), lambda: tuple(read_range(text) for text in each(f.texts)))


def rare_rows(f: Field, k: int) -> int:
    """How many rows hold a value that fewer than k rows share; words for "no value" left out."""
    return sum(
        count
        for text, count in zip(f.texts, f.counts.tolist(), strict=True)
        if count < k and text != STAR and not is_missing_word(text)
    )


def recorded(f: Field, step: Step, k: int, readings: Readings | None = None) -> Step:
    """A keeping step with what the field may hold: readable values, and unreadable common ones."""
    within = _range(numbers_of(f, readings or Readings())) if f.kind in NUMBERS else None
    step = step.model_copy(update={"within": within})
    unread = set(unknown(f, step, readings))
    common = set(common_values(f, k))
    listed = tuple(f.texts[i] for i in sorted(unread) if f.texts[i] in common)
    return step.model_copy(update={"listed": listed})


def remember(table: Table, plan: Plan, k: int = 5, readings: Readings | None = None) -> Plan:
    """The plan with a record in every step that lets values through and has none yet.

    A record names values that at least `k` rows share (the plan's own k where that is more). On the
    very column it was made from all values are known; on any other one only those it names are.
    """
    held = readings or Readings()
    least = max(plan.k, k)
    made: dict[str, list[Step]] = {}
    for name in plan.columns:
        steps = plan.of(name)
        parts = tuple(step.part for step in steps if step.part is not None)
        if name not in table or not any(_lets_through(step) for step in steps):
            continue
        fields = fields_of(table[name], steps[0].type, parts, held)
        made[name] = [
            _with_record(f, step, least, held) if _lets_through(step) else step
            for f, step in zip(fields, steps, strict=True)
        ]
    steps = tuple(made[s.column].pop(0) if s.column in made else s for s in plan.steps)
    return plan.model_copy(update={"steps": steps})


_NAMED = frozenset({Operation.KEEP, Operation.SUPPRESS_CELLS})
_LISTING = frozenset({Operation.SUPPRESS_CELLS, Operation.GENERALIZE})
_READ_AS_NUMBERS = frozenset(
    {
        Operation.KEEP,
        Operation.BAND,
        Operation.ROUND,
        Operation.TOP_CODE,
        Operation.BOTTOM_CODE,
        Operation.NOISE,
        Operation.MICROAGGREGATE,
    }
)


def _lets_through(step: Step) -> bool:
    """Whether a step shows values, or parts of them, that a record would have to vouch for."""
    if step.made_for or step.listed or step.within:
        return False
    cut = step.operation is Operation.TRUNCATE and isinstance(step.parameter, int)
    grouped = step.operation is Operation.GENERALIZE and step.parameter == "other"
    named = step.operation in _NAMED or grouped or (cut and step.type not in READ)
    return named or (step.type in NUMBERS and step.operation in _READ_AS_NUMBERS)


def _with_record(f: Field, step: Step, least: int, readings: Readings) -> Step:
    if f.kind in READ and step.operation not in _LISTING:
        return recorded(f, step, least, readings)
    shown = f
    if step.operation is Operation.TRUNCATE:
        shown = f.mapped([fold(text)[: int(step.parameter or 0)] for text in f.texts])
    listed = common_values(shown, least)
    return step.model_copy(update={"listed": listed, "made_for": fingerprint(f, readings)})


def fingerprint(f: Field, readings: Readings | None = None) -> str:
    """What only this column has, all its rows in their order; no value can be told from it."""

    def make() -> str:
        made = hashlib.sha256(f.codes.tobytes())
        made.update("\0".join(f.texts).encode(errors="surrogatepass"))
        return made.hexdigest()

    return (readings or Readings()).once(("fingerprint", f), make)


def recognised(f: Field, step: Step, readings: Readings | None = None) -> bool:
    """Whether the field is the very one a step was made for."""
    return bool(step.made_for) and step.made_for == fingerprint(f, readings)


def has_record(step: Step) -> bool:
    """Whether a step says what it knows."""
    return bool(step.listed or step.made_for)


def unknown(f: Field, step: Step, readings: Readings | None = None) -> tuple[int, ...]:
    """Codes of the texts that a keeping step does not know; none where it has no record."""
    held = readings or Readings()
    if f.kind not in READ and (not has_record(step) or recognised(f, step, held)):
        return ()
    key = ("unreadable", f, step.within)
    strange = held.once(key, lambda: _unreadable(f, step.within, held))
    listed = {fold(text) for text in step.listed}
    return tuple(i for i in strange if fold(f.texts[i]) not in listed)


def _unreadable(
    f: Field, within: tuple[float, float] | None, readings: Readings
) -> tuple[int, ...]:
    """Codes of the texts that are neither a word for "no value" nor a value of the field's type."""
    if f.kind in NUMBERS:
        low, high = within or (-math.inf, math.inf)
        spans = numbers_of(f, readings)
        read = [span is not None and low <= span[0] <= high for span in spans]
    else:
        reads = readable(f.kind, cuts_of(f, readings))
        read = [reads(text) for text in each(f.texts)]
    return tuple(
        i
        for i, text in enumerate(f.texts)
        if not (read[i] or text == STAR or is_missing_word(text))
    )


def readable(kind: ColumnType, cuts: Cuts) -> Callable[[str], bool]:
    """Whether a text is a value of a type that is read; never true for any other type.

    >>> from anonymizer.ladders import cut_labels
    >>> reads = readable(ColumnType.AGE, cut_labels([]))
    >>> reads("40"), reads("40代"), reads("山")
    (True, True, False)
    """
    if kind in AGES:
        return lambda text: read_ages(text) is not None
    if kind in DATES:
        return lambda text: date_band(text, "year") is not None
    if kind is ColumnType.ADDRESS:
        label = cuts("region")
        return lambda text: label is not None and label(text) is not None
    pattern = CODES.get(kind)
    return lambda text: pattern is not None and pattern.fullmatch(fold(text)) is not None


def _range(spans: Sequence[tuple[float, float] | None]) -> tuple[float, float] | None:
    """The order of magnitude of some numbers: it names none of them.

    >>> _range([(1234, 1234), (98700, 98700)]), _range([(-3, -3), (7, 7), None])
    ((0.0, 100000.0), (-10.0, 10.0))
    """
    known = [span for span in spans if span is not None]
    if not known:
        return None
    low, high = min(span[0] for span in known), max(span[1] for span in known)
    return (-_above(-low) if low < 0 else 0.0), (_above(high) if high > 0 else 0.0)


def _above(number: float) -> float:
    """The first power of ten that is more than a positive number."""
    return float(10.0 ** (math.floor(math.log10(number)) + 1))
