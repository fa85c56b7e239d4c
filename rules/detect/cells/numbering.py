"""Numbers that are given out in order, or built by a rule: what breaks the rule of the column.

A running number is nothing unusual, whatever its length: 9 and 10 keep one rule. What is told is a
number far off the run, one given twice, or numbers that are missing, each as one cause; in codes
that hold a date the days that do not exist; in codes that end in a check digit those that fail it.
The rule is read from the column: nearly all of its values must keep it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from core import CellKind, Column, ColumnType, column_types, say
from rules.detect.cells.alarm import Alarm, alarms
from rules.detect.checksums import LEARNED, digit_matrix
from rules.detect.decision import Decision
from rules.detect.profile import Mask, Profile, as_mask

_T = ColumnType
_CODES = column_types.having("linking") | {_T.CATEGORY, _T.UNKNOWN, _T.SEQUENCE_NUMBER}
"""Types of columns that may hold numbers of the office's own making."""
_KEEPS = 0.97
"""Share of the values that must keep a rule before the others break it."""
_LEARN = 30
"""So many different codes, or numbers of a run, do not keep a rule by chance."""
_DENSE = 2.0
"""A run holds at least every second number, at its usual step, between its ends."""
_REGULAR = 0.9
"""Share of equal steps from which on a step is the column's own."""
_SPARE = 0.01
"""Share of the run from which on missing or repeated numbers are the column's habit."""
_DAY = (
    r"(?:19|20)\d{2}(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[469]|11)(?:0[1-9]|[12]\d|30)|02(?:0[1-9]|[12]\d))"
)
_SHORT_DAY = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DATES = (
    (r"^\D*\d{8}", rf"^\D*{_DAY}"),
    (r"^\D*\d{6}", r"^\D*(?:19|20)\d{2}(?:0[1-9]|1[0-2])"),
    (r"^\D*\d{6}", rf"^\D*{_SHORT_DAY}"),
)
"""Codes that begin with so many digits, and those of them where the digits are a day or month."""
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Numbering:
    """The numbers at the end of the codes of a column, −1 where a value ends in none."""

    profile: Profile
    kept: Mask
    """The values that are held against the rule."""

    @cached_property
    def numbers(self) -> Numbers:
        """The last group of digits of each value; shape (values,)."""
        ends = as_mask(pc.match_substring_regex(self.profile.lower, r"^\D*\d{1,15}$")) & self.kept
        index = np.flatnonzero(ends)
        bare = pc.replace_substring_regex(self.profile.lower.take(index), r"^\D+", "")
        found = np.full(len(self.profile), -1, np.int64)
        found[index] = np.asarray(pc.cast(bare, "int64"))
        return found

    @cached_property
    def run(self) -> Mask:
        """The values of one dense run, as 1 to N or every third; none where there is none."""
        none = np.zeros(len(self.profile), np.bool_)
        known = np.flatnonzero(self.numbers >= 0)
        if len(known) < max(_LEARN, _KEEPS * self.kept.sum()):
            return none
        numbers = np.sort(self.numbers[known])
        low, high = (numbers[int(share * (len(numbers) - 1))] for share in (0.01, 0.99))
        steps = np.diff(numbers)
        usual = float(np.median(steps))
        step = usual if (steps == usual).mean() > _REGULAR else 1
        if high - low > _DENSE * 0.98 * len(numbers) * step:
            return none
        room = max(10 * step, (high - low) / 10)
        run: Mask = (self.numbers >= max(0, low - room)) & (self.numbers <= high + room)
        return run


def numbered(profile: Profile) -> Mask:
    """The values that are numbers of one run, where each row has its own."""
    numbering = Numbering(profile, profile.present)
    return numbering.run & (profile.distinct > 0.5 * profile.of_rows)


def counts_up(profile: Profile, kept: Mask) -> bool:
    """Whether the values are one run of numbers without leading zeros, whatever their length."""
    lengths = profile.lengths[kept]
    if not len(lengths) or lengths.min() == lengths.max():
        return False
    padded = profile.ratio(profile.matches(r"^\D*0\d") & kept) > 1 - _KEEPS
    return not padded and bool(Numbering(profile, kept).run.any())


def broken_numbers(
    column: Column, decision: Decision, profile: Profile, kept: Mask, broken: Mask
) -> list[Alarm]:
    """What breaks the run, the dates or the check digits of a column of numbers.

    Args:
        column: the column.
        decision: its type; a type that knows its own check digit is not learned anew.
        profile: its values.
        kept: the values that are no codes for "missing".
        broken: those that break the column's form already.
    """
    one_each = profile.distinct > 0.5 * profile.of_rows
    if not one_each or decision.type not in _CODES:
        return []
    kept = kept & ~broken
    return [
        *_off_dates(column, profile, kept),
        *_wrong_check_digits(column, decision, profile, kept),
        *_off_run(column, profile, kept, profile.rows(broken)),
    ]


def _off_run(column: Column, profile: Profile, kept: Mask, broken: int) -> list[Alarm]:
    """Numbers off the run, given twice, or missing where the others run without a gap."""
    numbering = Numbering(profile, kept)
    if not (run := numbering.run).any():
        return []
    off = kept & (numbering.numbers >= 0) & ~run
    twice = kept & run & (profile.counts > 1)
    few = max(3, _SPARE * profile.of_rows)
    found = []
    if 0 < profile.rows(off) <= few:
        said = say("rules.numbering.off_run")
        found += alarms(column, CellKind.FORMAT_BREAK, "numbering-off", 0.78, off, said)
    if 0 < profile.rows(twice) <= few:
        said = say("rules.numbering.given_twice")
        found += alarms(column, CellKind.FORMAT_BREAK, "numbering-twice", 0.77, twice, said)
    places = np.flatnonzero(run)
    order = places[np.argsort(numbering.numbers[places], kind="stable")]
    steps = np.diff(numbering.numbers[order])
    step = int(np.median(steps))
    gaps = np.flatnonzero(steps > step)
    missing = int((steps[gaps] // max(1, step) - 1).sum()) - broken - profile.rows(off)
    if missing > 0 and 0 < len(gaps) <= min(20, _SPARE * len(order)):
        after = np.zeros(len(profile), np.bool_)
        after[order[gaps + 1]] = True
        said = say("rules.numbering.gap", missing=missing)
        found += alarms(column, CellKind.FORMAT_BREAK, "numbering-gap", 0.55, after, said)
    return found


def _off_dates(column: Column, profile: Profile, kept: Mask) -> list[Alarm]:
    """Codes whose leading digits are no day, where those of the others are."""
    for digits, day in _DATES:
        formed = kept & profile.matches(digits)
        dated = formed & profile.matches(day)
        if dated.sum() < _LEARN or profile.rows(dated) < _KEEPS * profile.rows(kept):
            continue
        said = say("rules.numbering.no_day")
        off = formed & ~dated
        return alarms(column, CellKind.FORMAT_BREAK, "numbering-date", 0.75, off, said)
    return []


def _wrong_check_digits(
    column: Column, decision: Decision, profile: Profile, kept: Mask
) -> list[Alarm]:
    """Numbers that fail the check digit which the others of their length keep."""
    if decision.recogniser is not None and decision.recogniser.chance:
        return []
    bare = Profile(pc.replace_substring_regex(profile.lower, r"\D", ""), profile.counts * kept)
    sizes = np.bincount(bare.lengths, weights=bare.counts)
    length = int(sizes.argmax())
    if not 5 <= length <= 15 or sizes[length] < _KEEPS * profile.rows(kept):
        return []
    of_length, digits = digit_matrix(bare.texts, length)
    if len(digits) < _LEARN:
        return []
    counts = bare.counts[of_length]
    for check in LEARNED:
        passed = check(digits)
        if counts[passed].sum() >= _KEEPS * counts.sum():
            wrong = np.zeros(len(profile), np.bool_)
            wrong[np.flatnonzero(of_length)[~passed]] = True
            said = say("rules.numbering.check_digit")
            kind = CellKind.CHECK_DIGIT_BREAK
            return alarms(column, kind, "check-digit", 0.88, wrong & kept, said)
    return []
