"""What the subject of a table makes of its columns and cells: only people are flagged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import (
    SUBJECTS,
    CellKind,
    ColumnReport,
    ColumnType,
    Dataset,
    Role,
    Subject,
    SubjectKind,
    Table,
    fold,
    say,
)
from intake import count_words
from language import read_number
from rules.detect.cells import Alarm
from rules.detect.profile import Mask, Profile
from rules.detect.subject.row_names import NAMED
from rules.detect.subject.telling_words import subject_words

_T, _K = ColumnType, SubjectKind
SMALL = 5
"""Counts below this are small; a setting (3 and 5 are common in practice), no number of law."""
_STILL_BINDS = frozenset({_T.MY_NUMBER})
"""What of the dead is still protected by the law that the cards hold."""
_OF_PERSONS_ALONE = frozenset({CellKind.RARE_VALUE, CellKind.RARE_COMBINATION})
_HAPPENED = frozenset({_K.EVENT, _K.DECEASED})
"""What people are parties to with attributes of their own."""
_TEXTS = frozenset({_T.FREE_TEXT, _T.UNKNOWN})
"""Columns of text, which are sensitive where they say something of somebody."""
_WHOLE = 0.9
"""Share of whole numbers from which a column of a table of counts is taken to count."""


def in_light_of(subject: Subject, report: ColumnReport) -> ColumnReport:
    """A column as what it is in a table of this subject.

    A column of facilities, things, events, organisations or counts that is not about people
    identifies nobody, whatever its type; of the dead, only what still binds stays.
    """
    if report.corrected_by is not None or stays(subject, report):
        return report
    kind: ColumnType = _T.FACILITY if report.type in NAMED else report.type
    why = say("subject.about.no_person", subject=SUBJECTS[subject.kind])
    if subject.kind is _K.DECEASED:
        kind, why = report.type, say("subject.about.dead")
    update = {"type": kind, "role": Role.OTHER, "categories": (), "cards": (), "why": why}
    return report.model_copy(update=update)


def stays(subject: Subject, report: ColumnReport) -> bool:
    """Whether a column is about a person in a table of this subject."""
    if report.corrected_by is not None:
        return report.role is not Role.OTHER
    if subject.kind is _K.DECEASED:
        return report.type in _STILL_BINDS or report.name in subject.people_columns
    told_in_text = report.role is Role.SENSITIVE and report.type in _TEXTS
    return subject.kind.of_people or told_in_text or report.name in subject.people_columns


def of_people(
    subject: Subject, alarms: Iterable[Alarm], types: Mapping[str, ColumnType]
) -> list[Alarm]:
    """The unusual cells that matter in a table of this subject.

    That a facility, or who runs it, is the only one of its kind singles out nobody, nor one of the
    dead; the name of what is no person need not have the form of a person's; whom something
    happened to may be singled out. What notes say of somebody is about a person in any table.

    Args:
        subject: what the table is about.
        alarms: those of its columns.
        types: what each column was taken for before the subject was known.
    """
    if subject.kind.of_people and subject.kind is not _K.DECEASED:
        return list(alarms)
    people = subject.people_columns

    def matters(alarm: Alarm) -> bool:
        if alarm.kind in _OF_PERSONS_ALONE:
            return subject.kind in _HAPPENED and alarm.column.key in people
        of_name = alarm.rule == "format" and types[alarm.column.key] in NAMED
        of_name &= not subject.kind.of_people
        return alarm.column.key in people or not of_name

    return [a for a in alarms if matters(a)]


@dataclass(frozen=True)
class SmallCounts:
    """The small counts of a table of counts of people: how many cells there are, and how many of
    them are from 1 to below the limit."""

    cells: int
    small: int
    columns: tuple[str, ...]


def small_counts(
    subject: Subject,
    dataset: Dataset,
    table: Table,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
) -> SmallCounts | None:
    """The small counts; None where the table does not count people or their households."""
    if subject.kind is not _K.COUNT:
        return None
    titles = " ".join([dataset.name, *(s.sheet or "" for s in dataset.sources)])
    people, no_counts = subject_words("people"), count_words("no_counts")
    all_people = bool(people.search(fold(titles)))
    cells = small = 0
    columns = []
    for report in reports:
        header = fold(report.name)
        if no_counts.search(header) or not (all_people or people.search(header)):
            continue
        numbers = _whole_numbers(profiles[report.name])
        if numbers is None:
            continue
        counts = profiles[report.name].counts
        cells += int(counts[numbers >= 0].sum())
        found = int(counts[(numbers > 0) & (numbers < SMALL)].sum())
        small += found
        columns += [report.name] if found else []
    return SmallCounts(cells, small, tuple(columns)) if cells else None


def _whole_numbers(profile: Profile) -> "np.ndarray[tuple[int], np.dtype[np.int64]] | None":
    """Each distinct value as a whole number, −1 where it is none; None where few are."""
    texts = profile.texts.to_pylist()
    read = [read_number(text) if text and len(text) <= 15 else None for text in texts]
    whole = np.array([int(n) if n is not None and n >= 0 and n == int(n) else -1 for n in read])
    known: Mask = whole >= 0
    return whole if profile.ratio(known) >= _WHOLE else None
