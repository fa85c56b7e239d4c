"""Does a value look like this type? What the files of the types say of values, as masks.

A recogniser runs on the distinct values of a column at once, through RE2, whose time is linear.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core import ColumnType, Message, column_types, say
from language import read_age, read_age_band, read_sex
from rules.detect.checksums import CHECKS, digit_matrix
from rules.detect.coded import days_of
from rules.detect.patterns import filled, part
from rules.detect.profile import Mask, Profile, as_mask

Reader = Callable[[Profile], Mask]
_T = ColumnType
_READ_AT_MOST, _SHORT = 5_000, 20
"""Values put to a Python reader, and their characters: words for a sex or an age are few."""
_OWN_CHECK_DISTINCT, _OWN_CHECK_RATIO = 12, 0.95
"""So many different numbers do not all pass by chance, which lets one in ten pass."""


@dataclass(frozen=True)
class Recogniser:
    """Tells which values of a profile look like one type; the figures are those of its file.

    `shaped` is the loose form, for numbers whose check digit may fail.
    """

    type: ColumnType
    looks: Message
    read: Reader
    shaped: Reader
    alone: float = 0.0
    at_least: float = 0.9
    distinct: int = 1
    chance: float = 0.0
    common: bool = False


def reader(form: column_types.Form, type_: ColumnType, *, check: bool = True) -> Reader:
    """What reads a form; `check` False passes over its check digit."""
    ways: list[Reader] = []
    bars: list[Reader] = []
    if form.any:
        ways.append(lambda profile: profile.present)
    if form.patterns:
        joined = "|".join(f"(?:{filled(p, type_)})" for p in form.patterns)
        ways.append(lambda profile: profile.matches(joined))
    if form.cased:
        cased = "|".join(filled(p, type_) for p in form.cased)
        ways.append(lambda profile: as_mask(pc.match_substring_regex(profile.texts, cased)))
    ways += [_digits(length, form.check if check else None) for length in form.digits]
    if form.reader:
        ways.append(READERS[form.reader])
    if form.needs:
        needs = filled(form.needs, type_)
        bars.append(lambda profile: profile.matches(needs))
    if form.never:
        never = filled(form.never, type_)
        bars.append(lambda profile: ~profile.matches(never))
    if form.dialled:
        dialled = form.dialled
        bars.append(lambda profile: _dialled(profile, dialled))
    if form.longest:
        longest = form.longest
        bars.append(lambda profile: profile.lengths <= longest)

    def read(profile: Profile) -> Mask:
        found = np.logical_or.reduce([way(profile) for way in ways]) if ways else profile.present
        kept: Mask = np.logical_and.reduce([found, *(bar(profile) for bar in bars)])
        return kept

    return read


def _digits(length: int, check: str | None) -> Reader:
    def read(profile: Profile) -> Mask:
        mask, digits = digit_matrix(profile.texts, length)
        if check is None:
            return mask
        passed = np.zeros(len(profile), np.bool_)
        passed[np.flatnonzero(mask)] = CHECKS[check](digits)
        return passed

    return read


def _dialled(profile: Profile, pattern: str) -> Mask:
    digits = pc.replace_substring_regex(profile.lower, r"[^0-9]", "")
    return as_mask(pc.match_substring_regex(digits, pattern))


def _each(read: Callable[[str], object]) -> Reader:
    """A reader that asks a Python reader about each value; for columns of few distinct values."""

    def mask(profile: Profile) -> Mask:
        short = as_mask(pc.less_equal(pc.utf8_length(profile.texts), _SHORT)) & profile.present
        result = np.zeros(len(profile), np.bool_)
        index = np.flatnonzero(short)
        if len(index) <= _READ_AT_MOST:
            values = profile.texts.take(pa.array(index)).to_pylist()
            result[index] = [read(text) is not None for text in values]
        return result

    return mask


READERS: dict[str, Reader] = {
    "age": _each(read_age),
    "age_band": _each(read_age_band),
    "date": lambda profile: days_of(profile) > 0,
    "sex": _each(read_sex),
}
"""The readers of values that the files of the types may name."""


def _recogniser(type_: ColumnType, told: column_types.ValueForm) -> Recogniser:
    read = reader(told, type_)
    loose = reader(told.form or told, type_, check=False) if told.form or told.check else read
    return Recogniser(
        type=type_,
        looks=told.looks,
        read=read,
        shaped=loose,
        **told.model_dump(include={"alone", "at_least", "distinct", "chance", "common"}),
    )


def _recognisers(*, open: bool) -> tuple[Recogniser, ...]:
    return tuple(
        _recogniser(type_, told)
        for type_, described in column_types.described().items()
        for told in described.values
        if told.open is open
    )


RECOGNISERS = _recognisers(open=False)
VOCABULARIES = _recognisers(open=True)
"""Words that tell what a column is about; other words beside them say nothing against it."""
PLAUSIBLE: dict[ColumnType, Reader] = {
    type_: reader(described.form, type_) for type_, described in column_types.described().items()
}
"""The values that do not speak against a type which only its header tells."""


def recognisers(type_: ColumnType) -> list[Recogniser]:
    """Those of a type's values; a type may share the values of another."""
    own = [r for r in RECOGNISERS if r.type == type_]
    other = column_types.described()[type_].values_of
    return own or (recognisers(other)[:1] if other else [])


def own_check_digit(type_: ColumnType, profile: Profile) -> Recogniser | None:
    """A recogniser for the office's own numbers where this column follows their check digit.

    Only newly issued numbers follow it, so the column itself must show it: its ruling length
    passes in at least 95 % of the rows, which no dozen of arbitrary numbers does.
    """
    check = column_types.described()[type_].own_check
    numbers = profile.matches(r"^\d{5,15}$") & profile.present
    few = numbers.sum() < _OWN_CHECK_DISTINCT
    if check is None or few or profile.ratio(numbers) < _OWN_CHECK_RATIO:
        return None
    weights = profile.counts[numbers]
    length = int(np.bincount(profile.lengths[numbers], weights=weights).argmax())
    read = _digits(length, check)
    if profile.ratio(read(profile)) < _OWN_CHECK_RATIO:
        return None
    looks = say("columns.values.own_check", length=length)
    return Recogniser(type_, looks, read, _digits(length, None), chance=0.10)


_JOIN = r"(?: ?[・/、,_:の()\-] ?| )?"
_BAND, _SEX = part(_T.AGE_BAND, "band"), part(_T.SEX, "word")
_AGE = rf"(?:{_BAND}|(?:満)?\d{{1,3}}(?:歳|才))"
_COMPOSITES: dict[tuple[ColumnType, ColumnType], str] = {
    (_T.AGE_BAND, _T.SEX): rf"^{_BAND}{_JOIN}{_SEX}\)?$|^{_SEX}{_JOIN}{_BAND}\)?$",
    (_T.AGE, _T.SEX): rf"^{_AGE}{_JOIN}{_SEX}\)?$|^{_SEX}{_JOIN}{_AGE}\)?$",
    (_T.POSTAL_CODE, _T.ADDRESS): rf"^〒? ?\d{{3}}-\d{{4}} ?{part(_T.ADDRESS, 'town')}",
    (_T.PERSON_NAME, _T.PERSON_NAME_KANA): (
        r"^[\p{Han}\p{Hiragana}々 ]{2,8} ?\([ァ-ヺー\p{Hiragana} ]{2,16}\)$"
    ),
}
"""Two things in one cell, as 40代男性."""
_MOST = 0.6


def composite(profile: Profile, sample: Profile) -> tuple[tuple[ColumnType, ...], Mask] | None:
    """The parts that most values are made of, and which values are."""
    for parts, pattern in _COMPOSITES.items():
        if sample.distinct and sample.ratio(sample.matches(pattern)) >= _MOST:
            mask = profile.matches(pattern)
            if profile.ratio(mask) >= _MOST:
                return parts, mask
    return None


def part_texts(texts: list[str], part: ColumnType) -> list[str] | None:
    """The piece of each composite text that is the part ("" where it has none).

    >>> part_texts(["40代男性", "非公表"], ColumnType.AGE_BAND)
    ['40代', '']
    """
    pattern = {_T.AGE_BAND: _BAND, _T.SEX: _SEX}.get(part)
    if pattern is None:
        return None
    search = re.compile(pattern).search
    return [found[0] if (found := search(text)) else "" for text in texts]
