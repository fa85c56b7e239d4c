"""What each operation does to the texts of a field."""

import hashlib
import hmac
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from anonymizer.hierarchies.bands import number_text, read_ages, read_range
from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import AGES, READ, keeping_missing, label_of, ladder
from anonymizer.records.fields import Field, Readings, common_values, cuts_of
from anonymizer.records.plan import Step
from anonymizer.records.replay import has_record, recognised, unknown
from core import Operation, PlanError, fold
from core.labels import label as label_of_word
from core.progress import each
from language import is_missing_word
from measure import STAR, canonical

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
        strange = set(unknown(f, step, context.readings))
        if not strange:
            return f, ()
        shown = [STAR if i in strange else text for i, text in enumerate(f.texts)]
        return f.mapped(shown), tuple(sorted(strange))
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


def _widen(f: Field, step: Step, context: Context) -> Texts:
    if step.operation is Operation.GENERALIZE and isinstance(step.parameter, int):
        return _level(f, step, step.parameter, context)
    guess = step.parameter == "other" and not has_record(step)
    listed = common_values(f, context.k) if guess else step.listed
    label = (
        label_of(
            f.kind,
            step.operation,
            step.parameter,
            f.texts,
            listed,
            cuts_of(f, context.readings),
        )
        if step.parameter is not None
        else None
    )
    if label is None:
        raise _misfit(step)
    widened = keeping_missing(label)
    return [STAR if text == STAR else widened(text) for text in each(f.texts)]


def _level(f: Field, step: Step, level: int, context: Context) -> Texts:
    hierarchy = context.hierarchies.get(f.column) if f.part is None else None
    if hierarchy is not None and 0 <= level <= hierarchy.height:
        return [hierarchy.label(text, level) for text in each(f.texts)]
    if level == 0:
        return list(f.texts)
    rungs = ladder(f.kind, f.texts, step.listed, cuts_of(f, context.readings))
    if hierarchy is None and 0 < level <= len(rungs):
        return [STAR if text == STAR else rungs[level - 1].label(text) for text in each(f.texts)]
    if hierarchy is None and not rungs:
        raise PlanError.of(
            "hierarchy_missing",
            ja=f"項目「{f.column}」の階層が見つかりません。計画を作ったときの階層を一緒に渡してください。",
            en=f"No hierarchy for column “{f.column}”. Pass the one the plan was made with.",
        )
    raise _misfit(step)


def _top(f: Field, step: Step, context: Context) -> Texts:
    return _ends(f, step.bottom, _positive(step, zero=True))


def _bottom(f: Field, step: Step, context: Context) -> Texts:
    return _ends(f, _positive(step, zero=True), None)


def _ends(f: Field, low: float | None, high: float | None) -> Texts:
    """Values at or beyond a bound as one each; texts that cannot be read as None."""

    unit = "歳" if f.kind in AGES else ""

    def label(text: str) -> str | None:
        span = _ages(text) if f.kind in AGES else read_range(text)
        if span is None:
            return None
        if high is not None and span[1] >= high:
            return f"{number_text(high)}{unit}以上"
        if low is not None and span[0] <= low:
            return f"{number_text(low)}{unit}以下"
        return text

    widened = keeping_missing(label)
    return [widened(text) for text in each(f.texts)]


def _ages(text: str) -> tuple[float, float] | None:
    ages = read_ages(text)
    return None if ages is None else (ages.low, math.inf if ages.high is None else ages.high)


def _round(f: Field, step: Step, context: Context) -> Texts:
    base = _positive(step)

    def label(text: str) -> str | None:
        span = read_range(text)
        return None if span is None else number_text(np.floor(span[0] / base + 0.5) * base)

    widened = keeping_missing(label)
    return [widened(text) for text in each(f.texts)]


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
    known = [(span[0], i) for i, span in enumerate(spans) if span is not None]
    known.sort()
    counts = f.counts
    if sum(int(counts[i]) for _, i in known) < least:
        raise PlanError.of(
            "too_few_values",
            ja=f"項目「{f.column}」は数値の行が{least}件に足りず、まとめられません。"
            "件数を減らすか、項目を削除してください。",
            en=f"Column “{f.column}” has fewer than {least} rows with a number. "
            "Lower the group size or drop the column.",
        )
    groups: list[list[tuple[float, int]]] = [[]]
    for value, i in known:
        if sum(int(counts[m]) for _, m in groups[-1]) >= least:
            groups.append([])
        groups[-1].append((value, i))
    if len(groups) > 1 and sum(int(counts[m]) for _, m in groups[-1]) < least:
        last = groups.pop()
        groups[-1] += last
    labels: Texts = [text if is_missing_word(text) or text == STAR else None for text in f.texts]
    for members in groups:
        rows = [int(counts[i]) for _, i in members]
        mean = sum(v * n for (v, _), n in zip(members, rows, strict=True)) / sum(rows)
        for _, i in members:
            labels[i] = number_text(round(mean, 2))
    return labels


def _pseudonym(f: Field, step: Step, context: Context) -> Texts:
    recipient = str(step.parameter or "")
    key = context.keys[recipient]
    return [
        text if is_missing_word(text) else pseudonym(text, key, f.column, recipient)
        for text in each(f.texts)
    ]


def pseudonym(text: str, key: bytes, column: str, recipient: str = "") -> str:
    """A keyed one-way code (HMAC-SHA256, 80 bits shown) that cannot be redone without the key.

    Spellings of one value have one code. Another recipient's differs even under the same key.

    >>> made = pseudonym("A-1", b"k" * 32, "id", "県")
    >>> made == pseudonym("Ａ-１", b"k" * 32, "id", "県")
    True
    >>> made == pseudonym("A-1", b"k" * 32, "id", "大学")
    False
    """
    name = "\0".join((recipient, column, canonical(text)))
    made = hmac.new(key, name.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
    return made[:20]


def _noise(f: Field, step: Step, far: frozenset[int], context: Context) -> Field:
    """Laplace noise of scale 1/epsilon on whole numbers, drawn per row.

    Whoever could draw it again could take it off again: the same noise comes only from the same
    secret, and without one it is drawn afresh each time.
    """
    epsilon = _positive(step)
    made = hmac.new(context.secret, f"{context.seed}\0{f.column}".encode(), hashlib.sha256)
    known = int.from_bytes(made.digest()[:16], "big") if context.secret else None
    random = np.random.default_rng(known)
    numbers = [None if is_missing_word(t) else read_range(t) for t in each(f.texts)]
    if not all(is_missing_word(t) or _is_count(n) for t, n in zip(f.texts, numbers, strict=True)):
        raise PlanError.of(
            "noise_needs_counts",
            ja=f"項目「{f.column}」には件数でない値があるため、ゆらぎを加えられません。"
            "0以上の整数だけの項目に使うか、別の加工を選んでください。",
            en=f"“{f.column}” holds values that are no counts, so no noise can be added. "
            "Use it on a column of whole numbers from 0, or choose another operation.",
        )
    drawn = np.rint(random.laplace(0.0, 1 / epsilon, len(f.codes))).astype(np.int64)
    texts = [
        STAR if (span := numbers[c]) is None or c in far else number_text(span[0] + n)
        for c, n in zip(f.codes.tolist(), drawn.tolist(), strict=True)
    ]
    rows = Field(f.column, f.part, f.kind, tuple(texts), np.arange(len(texts), dtype=np.int32))
    return rows.mapped(texts)


def _is_count(span: tuple[float, float] | None) -> bool:
    return span is not None and span[0] == span[1] >= 0 and span[0].is_integer()


def _positive(step: Step, zero: bool = False) -> float:
    value = step.parameter
    if not isinstance(value, int | float) or value < 0 or (value == 0 and not zero):
        raise _misfit(step)
    return float(value)


def _misfit(step: Step) -> PlanError:
    name = label_of_word(step.operation)
    return PlanError.of(
        "parameter_does_not_fit",
        ja=f"項目「{step.column}」の加工「{name.ja}」（{step.operation.value}）の指定が合いません。"
        "年数、桁数、段階などの値を確かめてください。",
        en=f"The parameter of “{name.en}” ({step.operation.value}) does not fit column "
        f"“{step.column}”. Check the number of years, digits or the level.",
    )


_OPERATIONS: Mapping[Operation, Callable[[Field, Step, Context], Texts]] = {
    Operation.GENERALIZE: _widen,
    Operation.BAND: _widen,
    Operation.TRUNCATE: _widen,
    Operation.TOP_CODE: _top,
    Operation.BOTTOM_CODE: _bottom,
    Operation.ROUND: _round,
    Operation.SUPPRESS_CELLS: _suppress,
    Operation.MICROAGGREGATE: _microaggregate,
    Operation.PSEUDONYMIZE: _pseudonym,
}
