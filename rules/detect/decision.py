"""What the detectors conclude about one column, and the plainest thing that is true of any."""

from dataclasses import dataclass, field

import numpy as np

from core import ColumnType, Message, say
from rules.detect.patterns import part, vocabulary
from rules.detect.profile import Mask, Profile
from rules.detect.values import Recogniser

_T = ColumnType
NUMBER_PATTERN = part(_T.QUANTITY, "number")
_FLAG_WORDS = rf"^(?:{vocabulary(_T.FLAG)})$"
_IDENTIFIER = r"^[a-z]{0,6}[\-_]?[0-9a-f\-_]*\d[0-9a-f\-_]*$"
_SENTENCE = part(_T.FREE_TEXT, "sentence")
_ENOUGH_ROWS = 20
"""Fewer rows differ all by chance."""


@dataclass(frozen=True)
class Decision:
    """A column's type with what supports it: `n` of the `of` rows that say something."""

    type: ColumnType
    confidence: float
    n: int = 0
    of: int = 0
    parts: tuple[ColumnType, ...] = ()
    evidence: tuple[Message, ...] = ()
    recogniser: Recogniser | None = field(default=None, compare=False)


def classify(profile: Profile, sample: Profile) -> Decision:
    """The plainest true statement about a column that no recogniser claims."""
    of, distinct = profile.of_rows, profile.distinct
    numeric = profile.matches(NUMBER_PATTERN) & profile.present
    flags = profile.matches(_FLAG_WORDS) & profile.present
    if distinct <= 3 and profile.ratio(flags) >= 0.95:
        return _as(_T.FLAG, 0.75, profile.rows(flags), of, say("columns.decision.flags"))
    if profile.ratio(numeric) >= 0.9:
        return _of_numbers(profile, sample, profile.rows(numeric))
    identifiers = profile.matches(_IDENTIFIER) & profile.present
    if _unique(profile) and profile.ratio(identifiers) >= 0.95:
        return _numbered(0.65, profile.rows(identifiers), of)
    if _is_prose(profile):
        return _as(_T.FREE_TEXT, 0.7, of, of, say("columns.decision.sentences"))
    singles = float((profile.counts[profile.present] == 1).mean())
    if distinct > 50 and _mean_length(profile) >= 5 and singles >= 0.3:
        return _as(_T.FREE_TEXT, 0.6, of, of, say("columns.decision.phrases"))
    if distinct <= max(30, 0.05 * of) or distinct < 0.5 * of:
        told = say("columns.decision.kinds", distinct=distinct)
        return _as(_T.CATEGORY, 0.6, of, of, told)
    return _as(_T.UNKNOWN, 0.3, 0, of, say("columns.decision.nothing"))


def _of_numbers(profile: Profile, sample: Profile, n: int) -> Decision:
    of, length = profile.of_rows, _mean_length(profile)
    same_length = len(set(sample.lengths.tolist())) == 1
    if _unique(profile) and ((same_length and length >= 5) or _running(profile)):
        return _numbered(0.7, n, of)
    if profile.distinct <= 30 and profile.distinct < 0.2 * of and length <= 3:
        return _as(_T.CATEGORY, 0.55, of, of, say("columns.decision.codes"))
    return _as(_T.QUANTITY, 0.6, n, of, say("columns.decision.numbers"))


def _unique(profile: Profile) -> bool:
    """Whether nearly every row has a value of its own."""
    return profile.of_rows >= _ENOUGH_ROWS and profile.distinct > 0.95 * profile.of_rows


def _mean_length(profile: Profile) -> float:
    weights = profile.counts[profile.present]
    lengths = profile.lengths[profile.present]
    return float(np.average(lengths, weights=weights)) if profile.of_rows else 0.0


def _is_prose(profile: Profile) -> bool:
    prose: Mask = profile.matches(_SENTENCE) | (profile.lengths >= 15)
    worded = _mean_length(profile) >= 12 or profile.ratio(prose) >= 0.5
    return profile.distinct > 10 and worded


def _running(profile: Profile) -> bool:
    """Whether whole numbers run without large gaps, as row numbers do."""
    whole = profile.matches(r"^\d{1,12}$")
    numbers = np.array([int(t) for t in profile.strings(whole)[:5_000]], dtype=np.int64)
    if len(numbers) < _ENOUGH_ROWS:
        return False
    return bool(np.mean(np.abs(np.diff(numbers)) == 1) > 0.8)


def _numbered(confidence: float, n: int, of: int) -> Decision:
    return _as(_T.SEQUENCE_NUMBER, confidence, n, of, say("columns.decision.differs"))


def _as(type_: ColumnType, confidence: float, n: int, of: int, told: Message) -> Decision:
    return Decision(type_, confidence, n, of, evidence=(told,))
