"""What a kept column may hold: recorded when a plan is made, checked when it is replayed.

Never a rare value: of categories the common values, of numbers their order of magnitude, and of
what else is read (ages, dates, addresses …) only that it can be read.
"""

import hashlib
import math
from collections.abc import Callable, Sequence

from anonymizer.hierarchies.bands import Span, date_band, read_ages
from anonymizer.hierarchies.ladders import AGES, CODES, DATES, NUMBERS, READ, Cuts
from anonymizer.records.fields import Field, Readings, common_values, cuts_of, fields_at, numbers_of
from anonymizer.records.plan import Plan, Step
from core import ColumnType, Operation, Table, each, fold
from language import is_missing_word


def recorded(f: Field, step: Step, k: int, readings: Readings) -> Step:
    """A keeping step with what the field may hold: readable values, and unreadable common ones."""
    within = _range(numbers_of(f, readings)) if f.kind in NUMBERS else None
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
        if name in table and any(_lets_through(step) for step in steps):
            made[name] = [
                _with_record(f, step, least, held) if _lets_through(step) else step
                for f, step in zip(fields_at(table[name], steps, held), steps, strict=True)
            ]
    steps = tuple(made[s.column].pop(0) if s.column in made else s for s in plan.steps)
    return plan.model_copy(update={"steps": steps})


_NAMED = frozenset({Operation.KEEP, Operation.SUPPRESS_CELLS})
_LISTING = frozenset({Operation.SUPPRESS_CELLS, Operation.GENERALIZE})
_READ_AS_NUMBERS = frozenset(
    {Operation.KEEP, Operation.BAND, Operation.ROUND, Operation.TOP_CODE, Operation.BOTTOM_CODE}
    | {Operation.NOISE, Operation.MICROAGGREGATE}
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


def fingerprint(f: Field, readings: Readings) -> str:
    """What only this column has, all its rows in their order; no value can be told from it."""

    def make() -> str:
        made = hashlib.sha256(f.codes.tobytes())
        made.update("\0".join(f.texts).encode(errors="surrogatepass"))
        return made.hexdigest()

    return readings.once(("fingerprint", f), make)


def recognised(f: Field, step: Step, readings: Readings) -> bool:
    """Whether the field is the very one a step was made for."""
    return bool(step.made_for) and step.made_for == fingerprint(f, readings)


def has_record(step: Step) -> bool:
    """Whether a step says what it knows."""
    return bool(step.listed or step.made_for)


def unknown(f: Field, step: Step, readings: Readings) -> tuple[int, ...]:
    """Codes of the texts that a keeping step does not know; none where it has no record."""
    if f.kind not in READ and (not has_record(step) or recognised(f, step, readings)):
        return ()
    key = ("unreadable", f, step.within)
    strange = readings.once(key, lambda: _unreadable(f, step.within, readings))
    listed = {fold(text) for text in step.listed}
    return tuple(i for i in strange if fold(f.texts[i]) not in listed)


def _unreadable(f: Field, within: Span | None, readings: Readings) -> tuple[int, ...]:
    """Codes of the texts that are neither a word for "no value" nor a value of the field's type."""
    if f.kind in NUMBERS:
        low, high = within or (-math.inf, math.inf)
        spans = numbers_of(f, readings)
        read = [span is not None and low <= span[0] <= high for span in spans]
    else:
        reads = readable(f.kind, cuts_of(f, readings))
        read = [reads(text) for text in each(f.texts)]
    return tuple(i for i, text in enumerate(f.texts) if not (read[i] or is_missing_word(text)))


def readable(kind: ColumnType, cuts: Cuts) -> Callable[[str], bool]:
    """Whether a text is a value of a type that is read; never true for any other type.

    >>> from anonymizer.hierarchies.ladders import cut_labels
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


def _range(spans: Sequence[Span | None]) -> Span | None:
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
