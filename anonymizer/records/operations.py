"""What each operation does to the texts of a field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from anonymizer.hierarchies.bands import age_span, number_text, read_range
from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import AGES, READ, Label, keeping_missing, label_of, ladder
from anonymizer.records.fields import Field, Readings, common_values, cuts_of
from anonymizer.records.keyed import noise_source, pseudonym
from anonymizer.records.plan import Step
from anonymizer.records.replay import has_record, recognised, unknown
from core import OPERATIONS, Operation, PlanError, each, fold
from language import is_missing_word
from measure import STAR

Texts = list[str | None]


@dataclass(frozen=True)
class Context:
    """What operations need beside the step."""

    hierarchies: Mapping[str, Hierarchy] = field(default_factory=dict)
    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """A secret per recipient; never stored."""
    seed: int = 0
    secret: bytes = field(default=b"", repr=False)
    k: int = 5
    readings: Readings = field(default_factory=Readings, repr=False)

    def tree(self, f: Field) -> Hierarchy | None:
        """The hierarchy given for a field; one for a whole column is for none of its parts."""
        return self.hierarchies.get(f.column) if f.part is None else None


Done = tuple[Field | None, tuple[int, ...]]


def transform(f: Field, step: Step, context: Context) -> Done:
    """The field after a step, and the codes of texts that could not be read or were not known.

    Those become `*`: never passed through. None is a field that was dropped. Raises PlanError where
    the parameter does not fit.
    """
    if step.operation in (Operation.NOISE, Operation.PSEUDONYMIZE):
        return _transform(f, step, context)
    k = context.k if _counts_rows(step) else None
    key = ("step", f, step, k, context.hierarchies.get(f.column))
    return context.readings.once(key, lambda: _transform(f, step, context))


def _counts_rows(step: Step) -> bool:
    """Whether k decides what the step does."""
    if step.parameter is None:
        return step.operation in (Operation.SUPPRESS_CELLS, Operation.MICROAGGREGATE)
    return step.parameter == "other" and not has_record(step)


def _transform(f: Field, step: Step, context: Context) -> Done:
    if step.operation is Operation.KEEP:
        strange = unknown(f, step, context.readings)
        return f.starred(strange), strange
    if step.operation is Operation.DROP:
        return None, ()
    if step.operation is Operation.NOISE:
        far = _beyond(f, step)
        return _noise(f, step, far, context), tuple(sorted(far))
    labels = _guarded(f, step, _OPERATIONS[step.operation](f, step, context), context)
    unread = tuple(i for i, label in enumerate(labels) if label is None and f.texts[i] != STAR)
    return f.mapped([STAR if label is None else label for label in labels]), unread


def _guarded(f: Field, step: Step, labels: Texts, context: Context) -> Texts:
    """The labels without those of values that the step does not know."""
    if step.within is not None:
        at_ends = step.operation in (Operation.TOP_CODE, Operation.BOTTOM_CODE)
        far = _beyond(f, step)
        labels = [
            None if i in far and not (at_ends and label != f.texts[i]) else label
            for i, label in enumerate(labels)
        ]
    cut = step.operation is Operation.TRUNCATE and f.kind not in READ and has_record(step)
    if cut and not recognised(f, step, context.readings):
        listed = {fold(text) for text in step.listed}
        labels = [x if x and (fold(x) in listed or is_missing_word(x)) else None for x in labels]
    return labels


def _beyond(f: Field, step: Step) -> frozenset[int]:
    """Codes of the numbers outside the range that a step knows."""
    if step.within is None:
        return frozenset()
    low, high = step.within
    spans = ((i, read_range(text)) for i, text in enumerate(each(f.texts)))
    return frozenset(i for i, span in spans if span and not low <= span[0] <= high)


def _each_text(f: Field, label: Label) -> Texts:
    """The label of each text; words for "no value" stay as they are."""
    widened = keeping_missing(label)
    return [widened(text) for text in each(f.texts)]


def _widen(f: Field, step: Step, context: Context) -> Texts:
    if step.operation is Operation.GENERALIZE and isinstance(step.parameter, int):
        return _level(f, step, step.parameter, context)
    if step.parameter is None:
        raise _misfit(step)
    guess = step.parameter == "other" and not has_record(step)
    listed = common_values(f, context.k) if guess else step.listed
    cuts = cuts_of(f, context.readings)
    label = label_of(f.kind, step.operation, step.parameter, f.texts, listed, cuts)
    if label is None:
        raise _misfit(step)
    labels = _each_text(f, label)
    if step.top is None and step.bottom is None:
        return labels
    ends = _ends(f, step.bottom, step.top)
    return [band if end == t else end for band, end, t in zip(labels, ends, f.texts, strict=True)]


def _level(f: Field, step: Step, level: int, context: Context) -> Texts:
    hierarchy = context.tree(f)
    if hierarchy is not None and 0 <= level <= hierarchy.height:
        return [hierarchy.label(text, level) for text in each(f.texts)]
    if level == 0:
        return list(f.texts)
    rungs = ladder(f.kind, f.texts, step.listed, cuts_of(f, context.readings))
    if hierarchy is None and 0 < level <= len(rungs):
        return _each_text(f, rungs[level - 1].label)
    if hierarchy is None and not rungs:
        raise PlanError.of("anonymizer.operations.hierarchy_missing", column=f.column)
    raise _misfit(step)


def _ends(f: Field, low: float | None, high: float | None) -> Texts:
    """Values at or beyond a bound as one each; texts that cannot be read as None."""
    read, unit = (age_span, "歳") if f.kind in AGES else (read_range, "")

    def label(text: str) -> str | None:
        span = read(text)
        if span is None:
            return None
        if high is not None and span[1] >= high:
            return f"{number_text(high)}{unit}以上"
        if low is not None and span[0] <= low:
            return f"{number_text(low)}{unit}以下"
        return text

    return _each_text(f, label)


def _round(f: Field, step: Step, context: Context) -> Texts:
    base = _positive(step)

    def label(text: str) -> str | None:
        span = read_range(text)
        return None if span is None else number_text(np.floor(span[0] / base + 0.5) * base)

    return _each_text(f, label)


def _suppress(f: Field, step: Step, context: Context) -> Texts:
    """Rare values become `*`; common ones the plan does not list too, as unknown."""
    least = context.k if step.parameter is None else _positive(step)
    listed = {fold(text) for text in step.listed}
    all_known = not has_record(step) or recognised(f, step, context.readings)
    labels: Texts = []
    for text, n in zip(each(f.texts), f.counts.tolist(), strict=True):
        if is_missing_word(text):
            labels.append(text)
        elif n < least:
            labels.append(STAR)
        else:
            labels.append(text if all_known or fold(text) in listed else None)
    return labels


def _microaggregate(f: Field, step: Step, context: Context) -> Texts:
    """Sorted values in groups of at least n rows, each shown as the group's mean."""
    least = context.k if step.parameter is None else int(_positive(step))
    spans = [None if is_missing_word(text) else read_range(text) for text in each(f.texts)]
    known = sorted((span[0], i) for i, span in enumerate(spans) if span is not None)
    counts = f.counts.tolist()
    if sum(counts[i] for _, i in known) < least:
        raise PlanError.of("anonymizer.operations.too_few_values", column=f.column, least=least)
    groups: list[list[tuple[float, int]]] = [[]]
    rows = 0
    for value, i in known:
        if rows >= least:
            groups.append([])
            rows = 0
        groups[-1].append((value, i))
        rows += counts[i]
    if len(groups) > 1 and rows < least:
        last = groups.pop()
        groups[-1] += last
    labels: Texts = [text if is_missing_word(text) else None for text in f.texts]
    for members in groups:
        mean = sum(v * counts[i] for v, i in members) / sum(counts[i] for _, i in members)
        for _, i in members:
            labels[i] = number_text(round(mean, 2))
    return labels


def _pseudonymize(f: Field, step: Step, context: Context) -> Texts:
    recipient = str(step.parameter or "")
    key = context.keys[recipient]
    return _each_text(f, lambda text: pseudonym(text, key, f.column, recipient))


def _noise(f: Field, step: Step, far: frozenset[int], context: Context) -> Field:
    """Laplace noise of scale 1/epsilon on whole numbers, drawn per row."""
    epsilon = _positive(step)
    numbers = [None if is_missing_word(t) else read_range(t) for t in each(f.texts)]
    counts = [n is not None and n[0] == n[1] >= 0 and n[0].is_integer() for n in numbers]
    if not all(is_missing_word(t) or count for t, count in zip(f.texts, counts, strict=True)):
        raise PlanError.of("anonymizer.operations.noise_needs_counts", column=f.column)
    random = noise_source(f.column, context.seed, context.secret)
    drawn = np.rint(random.laplace(0.0, 1 / epsilon, len(f.codes))).astype(np.int64)
    texts = [
        STAR if (span := numbers[c]) is None or c in far else number_text(span[0] + n)
        for c, n in zip(f.codes.tolist(), drawn.tolist(), strict=True)
    ]
    rows = replace(f, texts=tuple(texts), codes=np.arange(len(texts), dtype=np.int32))
    return rows.mapped(texts)


def _positive(step: Step, zero: bool = False) -> float:
    value = step.parameter
    if not isinstance(value, int | float) or value < 0 or (value == 0 and not zero):
        raise _misfit(step)
    return float(value)


def _misfit(step: Step) -> PlanError:
    return PlanError.of(
        "anonymizer.operations.parameter_does_not_fit",
        column=step.column,
        operation=OPERATIONS[step.operation],
        code=step.operation.value,
    )


_OPERATIONS: Mapping[Operation, Callable[[Field, Step, Context], Texts]] = {
    Operation.GENERALIZE: _widen,
    Operation.BAND: _widen,
    Operation.TRUNCATE: _widen,
    Operation.TOP_CODE: lambda f, step, _: _ends(f, step.bottom, _positive(step, zero=True)),
    Operation.BOTTOM_CODE: lambda f, step, _: _ends(f, _positive(step, zero=True), None),
    Operation.ROUND: _round,
    Operation.SUPPRESS_CELLS: _suppress,
    Operation.MICROAGGREGATE: _microaggregate,
    Operation.PSEUDONYMIZE: _pseudonymize,
}
