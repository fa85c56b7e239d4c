"""The unit that operations and searches work on: a column or one part of a composite column
(年代・性別), alone or with its hierarchy; and what was read of it, kept for the next time."""

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizer.hierarchies.bands import Span, read_range
from anonymizer.hierarchies.hierarchy import Hierarchy, climb, numbered
from anonymizer.hierarchies.ladders import Cuts, Rung, cut_labels, ladder, names_common
from anonymizer.records.plan import Step
from core import Codes, Column, ColumnType, Counts, each
from language import is_missing_word
from measure import STAR, canonical, code, combine, group

T = TypeVar("T")
_MOST = 96
"""Results that are kept: some for each of the columns of a wide table, twice over."""


class Readings:
    """Results by what they were made from; what was not asked for longest is forgotten first.

    One belongs to one review: it holds cell values, so it is never shared nor kept longer.

    >>> readings = Readings()
    >>> readings.once("a", lambda: 1), readings.once("a", lambda: 2)
    (1, 1)
    """

    def __init__(self) -> None:
        self._held: dict[Hashable, object] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result under a key, made where it is not there."""
        made = self._held.pop(key) if key in self._held else make()
        while len(self._held) >= _MOST:
            del self._held[next(iter(self._held))]
        self._held[key] = made
        return cast(T, made)


_SEX = re.compile(r"(男性|女性|男児|女児|男子|女子|男|女)")
_MARKS = re.compile(r"\s*[・/／、,，|｜()（）_＿ 　]\s*")
_WRITTEN = {"男": "男性", "女": "女性"}


def split(text: str, parts: Sequence[ColumnType]) -> tuple[str, ...]:
    """The text of each part, "" where the value says nothing about it.

    A value that says nothing at all (非公表) is each part's text.

    >>> split("40代男性", (ColumnType.AGE_BAND, ColumnType.SEX))
    ('40代', '男性')
    >>> split("10歳未満", (ColumnType.AGE_BAND, ColumnType.SEX))
    ('10歳未満', '')
    >>> split("日本・会社員", (ColumnType.NATIONALITY, ColumnType.OCCUPATION))
    ('日本', '会社員')
    """
    if is_missing_word(text):
        return (text,) * len(parts)
    rest, found = text, {}
    if ColumnType.SEX in parts:
        sex = _SEX.search(text)
        found[ColumnType.SEX] = _WRITTEN.get(sex[1], sex[1]) if sex else ""
        rest = _SEX.sub(" ", text, count=1)
    others = [part for part in parts if part is not ColumnType.SEX]
    pieces = [piece for piece in _MARKS.split(rest.strip()) if piece]
    if len(others) == 1:
        pieces = ["・".join(pieces)]
    pieces += [""] * len(others)
    found |= dict(zip(others, pieces, strict=False))
    return tuple(found[part] for part in parts)


def join(pieces: Sequence[str | None]) -> str:
    """One text from the parts; None is a part that was dropped.

    >>> join(["40～59歳", "男性"]), join(["40～59歳", None]), join(["*", "*"]), join(["非公表"] * 2)
    ('40～59歳・男性', '40～59歳', '*', '非公表')
    """
    shown = [piece for piece in pieces if piece]
    if len(set(shown)) == 1 and is_missing_word(shown[0]):
        return shown[0]
    return "・".join(shown) or STAR


@dataclass(frozen=True, eq=False)
class Field:
    """Texts and codes of one column or part: `texts[codes[row]]` is what stands in a row."""

    column: str
    part: ColumnType | None
    kind: ColumnType
    texts: tuple[str, ...] = field(repr=False)
    codes: Codes = field(repr=False)

    @property
    def counts(self) -> Counts:
        """Rows per text."""
        return np.bincount(self.codes, minlength=len(self.texts)).astype(np.int64)

    def mapped(self, labels: Sequence[str]) -> "Field":
        """The field with another text for each of its texts; equal ones become one."""
        texts, recode = numbered(labels)
        return replace(self, texts=texts, codes=recode[self.codes])

    def starred(self, codes: Collection[int]) -> "Field":
        """The field with `*` for some of its texts, given by their codes."""
        if not codes:
            return self
        gone = set(codes)
        return self.mapped([STAR if i in gone else text for i, text in enumerate(self.texts)])


def fields_of(
    column: Column,
    kind: ColumnType,
    parts: Sequence[ColumnType],
    readings: Readings,
) -> tuple[Field, ...]:
    """Normalise a column; take it apart if it has parts.

    Spellings of one value become one, shown as it was first written.
    """
    key = ("fields", column, kind, tuple(parts))
    return readings.once(key, lambda: _fields(column, kind, parts))


def fields_at(column: Column, steps: Sequence[Step], readings: Readings) -> tuple[Field, ...]:
    """The fields that the steps for a column are about, one for each step."""
    parts = [step.part for step in steps if step.part is not None]
    return fields_of(column, steps[0].type, parts, readings)


def _fields(column: Column, kind: ColumnType, parts: Sequence[ColumnType]) -> tuple[Field, ...]:
    coded = code(column, canonical)
    if len(coded.labels) == len(column.texts):
        texts = tuple(column.texts)
    else:
        of = np.zeros(len(column.texts), np.int64)
        of[column.codes] = coded.codes
        first = np.zeros(coded.size, np.int64)
        first[of[::-1]] = np.arange(len(of) - 1, -1, -1)
        texts = tuple(column.texts[i] for i in first.tolist())
    if not parts:
        return (Field(column.key, None, kind, texts, coded.codes),)
    pieces = [split(text, parts) for text in each(texts)]
    return tuple(
        Field(column.key, part, part, texts, coded.codes).mapped([p[i] for p in pieces])
        for i, part in enumerate(parts)
    )


def joined(fields: Sequence[Field | None], original: Column) -> Column:
    """A column again from its parts; None is a part that was dropped.

    Where all parts are as they were, the text is too.
    """
    present = [f for f in fields if f is not None]
    if len(fields) == 1:
        return _column(original, present[0].texts, present[0].codes)
    rows = group(combine([f.codes for f in present], [len(f.texts) for f in present]))
    kinds = [f.kind for f in present]
    untouched = {split(text, kinds): text for text in reversed(original.texts)}
    texts = []
    for row in rows.first_rows().tolist():
        pieces = [None if f is None else f.texts[f.codes[row]] for f in fields]
        texts.append(untouched.get(tuple(map(str, pieces))) or join(pieces))
    shown, recode = numbered(texts)
    return _column(original, shown, recode[rows.index])


def star_rows(column: Column, rows: npt.NDArray[np.bool_]) -> Column:
    """The column with `*` in some of its rows; the same object where that changes nothing."""
    stars = [i for i, text in enumerate(column.texts) if text == STAR]
    if not (rows & ~np.isin(column.codes, stars)).any():
        return column
    texts = (*column.texts, *(() if stars else (STAR,)))
    star = stars[0] if stars else len(column.texts)
    return _column(column, texts, np.where(rows, star, column.codes).astype(np.int32))


def _column(original: Column, texts: Sequence[str], codes: Codes) -> Column:
    """The column of those texts that some row holds; no trace of the others stays."""
    held = np.bincount(codes, minlength=len(texts)) > 0
    place = (np.cumsum(held) - 1).astype(np.int32)
    shown = [text for text, used in zip(texts, held.tolist(), strict=True) if used]
    return replace(original, codes=place[codes], values=pa.array(shown, pa.string()))


@dataclass(frozen=True, eq=False)
class Attribute:
    """A field with its hierarchy: `leaf` (rows,) holds leaf numbers.

    `rungs[level - 1]` is the step that makes a built-in level; empty for a hierarchy from a file.
    """

    source: Field
    hierarchy: Hierarchy
    leaf: Codes = field(repr=False)
    rungs: tuple[Rung, ...] = ()
    listed: tuple[str, ...] = ()
    given: bool = False
    """Whether the hierarchy was given, and not built in."""
    keeping: Step | None = None
    """The step that leaves the field as it is, with what it may hold; for types that are read."""
    unseen: tuple[int, ...] = ()
    """Codes of the field's texts that a hierarchy from a file does not hold."""


def attribute(
    f: Field, hierarchies: Mapping[str, Hierarchy], k: int, readings: Readings
) -> Attribute:
    """The hierarchy of a field: the one given for its column, else the built-in one."""
    given = hierarchies.get(f.column) if f.part is None else None
    listed = common_values(f, k) if given is None else ()
    named = listed if names_common(f.kind) else ()
    key = ("attribute", f, named, given)
    return replace(readings.once(key, lambda: _attribute(f, given, named, readings)), listed=listed)


def widened_attribute(
    f: Field, hierarchies: Mapping[str, Hierarchy], k: int, readings: Readings
) -> Attribute:
    """As `attribute`, for a field that a step may have lifted to groups of its hierarchy."""
    given = hierarchies.get(f.column) if f.part is None else None
    texts = [canonical(text) for text in f.texts]
    if given is None or all(text in given.places or text not in given.ways for text in texts):
        return attribute(f, hierarchies, k, readings)
    tree = readings.once(("over", f, given), lambda: given.over(f.texts))
    return Attribute(f, tree, tree.nodes[0][f.codes])


def cuts_of(f: Field, readings: Readings) -> Cuts:
    """The functions that cut a field's addresses, with what they have read."""
    return readings.once(("cuts", f.texts, f.kind), lambda: cut_labels(f.texts, f.kind))


def _attribute(
    f: Field, given: Hierarchy | None, listed: tuple[str, ...], readings: Readings
) -> Attribute:
    if given is not None:
        places = [given.places.get(canonical(t), -1) for t in f.texts]
        unseen = tuple(i for i, place in enumerate(places) if place < 0)
        if unseen:
            given = given.with_missing()
            places = [place if place >= 0 else len(given.leaves) - 1 for place in places]
        return Attribute(f, given, np.array(places, np.int32)[f.codes], given=True, unseen=unseen)
    rungs = ladder(f.kind, f.texts, listed, cuts_of(f, readings))
    built, used = climb(f.column, f.texts, [r.label for r in rungs])
    return Attribute(f, built, f.codes, tuple(rungs[i] for i in used))


def common_values(f: Field, k: int) -> tuple[str, ...]:
    """The values that at least `k` rows share: common enough to be named in a plan."""
    counts = f.counts
    return tuple(
        text
        for text, count in zip(f.texts, counts.tolist(), strict=True)
        if count >= k and not is_missing_word(text)
    )


def rare_rows(f: Field, k: int) -> int:
    """How many rows hold a value that fewer than k rows share; words for "no value" left out."""
    return sum(
        count
        for text, count in zip(f.texts, f.counts.tolist(), strict=True)
        if count < k and not is_missing_word(text)
    )


def numbers_of(f: Field, readings: Readings) -> tuple[Span | None, ...]:
    """What each text of a field is as a number, or range of numbers."""
    return readings.once(("numbers", f), lambda: tuple(read_range(text) for text in each(f.texts)))
