"""What a recogniser of values is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core import ColumnType, Message
from rules.detect.checksums import Digits, digit_matrix
from rules.detect.profile import Mask, Profile


@dataclass(frozen=True)
class Recogniser:
    """Tells which values of a profile look like one type.

    `alone` is how sure full support makes us without a telling column name (0 = the name is
    needed too), `at_least` the share of rows that must agree then. `shape` is the loose form,
    for numbers whose check digit may fail.
    """

    type: ColumnType
    looks: Message
    read: Callable[[Profile], Mask]
    alone: float = 0.0
    at_least: float = 0.9
    shape: Callable[[Profile], Mask] | None = None
    chance: float = 0.0
    """Share of arbitrary numbers of this length that pass the check digit."""

    def shaped(self, profile: Profile) -> Mask:
        """The values with the type's form, whatever their check digit."""
        return (self.shape or self.read)(profile)


def pattern(*patterns: str) -> Callable[[Profile], Mask]:
    """A reader for values that match one of several RE2 patterns, in lower case NFKC."""
    joined = "|".join(f"(?:{p})" for p in patterns)
    return lambda profile: profile.matches(joined)


def checked(length: int, check: Callable[[Digits], Mask]) -> Callable[[Profile], Mask]:
    """A reader for numbers of `length` digits whose check digit is right."""

    def read(profile: Profile) -> Mask:
        mask, digits = digit_matrix(profile.texts, length)
        passed = np.zeros(len(profile), np.bool_)
        passed[np.flatnonzero(mask)] = check(digits)
        return passed

    return read


def digits(length: int) -> Callable[[Profile], Mask]:
    """A reader for numbers of `length` digits, separators aside."""
    return lambda profile: digit_matrix(profile.texts, length)[0]
