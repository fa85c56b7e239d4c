"""Columns of names: how much of each names people, bodies or places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import (
    ColumnReport,
    ColumnType,
    Message,
    SubjectKind,
    fold,
    say,
)
from rules.detect.profile import Mask, Profile
from rules.detect.subject.telling_words import kind_words, subject_words
from rules.detect.values import recognisers

_T, _K = ColumnType, SubjectKind
NAMED = (_T.PERSON_NAME, _T.PERSON_NAME_KANA)
OWNER = re.compile(
    "代表|申請|開設者|営業者|管理者|担当|設置者|所有者|責任者|届出|施設長|園長|校長|院長|会長|役員"
    "|連絡先|当事者|申出|通報者|相手方|被害者|運転者|使用者|農業者|事業者名"
    "|owner|manager|representative|establisher|contact|principal"
)
"""A person named in this way stands beside the row's subject; the row is not about them."""
_LEGAL_FORM = (
    r"株式会社|有限会社|合同会社|合資会社|合名会社|法人|協会|組合|連合会|財団|公社|企業団|機構"
    r"|[(][株有合][)]|㈱|㈲|(?:市役所|町役場|自治会|町内会|商店会|協議会|婦人会|老人会|会社)$"
    r"|(?:^| )(?:inc[.]?|ltd[.]?|llc)$"
)
MIXED = 0.15
"""From this share of people and of bodies a column of names is called mixed."""


@dataclass(frozen=True)
class RowNames:
    """A column of names: the shares (0–1) of its rows that name people, organisations, places."""

    report: ColumnReport
    people: float
    organisations: float
    heads: Mapping[SubjectKind, float]
    people_at: Mask
    bodies_at: Mask
    """Which distinct values name people, and which bodies: shape (values,)."""
    said: Message | None = None


def names_of(
    reports: Sequence[ColumnReport], profiles: Mapping[str, Profile]
) -> tuple[RowNames, ...]:
    """The columns of names, in the order of the table."""
    found = []
    for report in reports:
        profile = profiles.get(report.name)
        header = fold(report.name)
        named = subject_words("naming").search(header) or OWNER.search(header)
        naming = report.type in NAMED or (named and not subject_words("beside").search(header))
        if naming and profile is not None and profile.of_rows and not _constant(profile):
            found.append(_read_names(report, profile))
    return tuple(found)


def _constant(profile: Profile) -> bool:
    """Whether several rows hold one value, which then names none of them."""
    return profile.distinct == 1 and profile.of_rows > 1


def _looks_like_people(profile: Profile) -> Mask:
    found = np.zeros(len(profile), np.bool_)
    for recogniser in recognisers(_T.PERSON_NAME):
        found |= recogniser.read(profile)
    return found


def _read_names(report: ColumnReport, profile: Profile) -> RowNames:
    """Under a header for people a name is taken for a person's first, elsewhere for a place's."""
    formed = profile.matches(_LEGAL_FORM)
    heads = {
        kind: profile.matches(w.heads) for kind, w in kind_words().items() if w.heads is not None
    }
    other = formed.copy()
    for mask in heads.values():
        other |= mask
    people = _looks_like_people(profile)
    if report.type in NAMED or OWNER.search(fold(report.name)):
        people &= ~formed
        other &= ~people
        heads = {kind: mask & ~people for kind, mask in heads.items()}
    else:
        people &= ~other
    shares = {kind: profile.ratio(mask) for kind, mask in heads.items()}
    shares[_K.ORGANISATION] = max(shares.get(_K.ORGANISATION, 0.0), profile.ratio(formed))
    persons, organised = profile.ratio(people), profile.ratio(other)
    said = None
    if report.type in NAMED and min(persons, organised) >= MIXED:
        said = say(
            "subject.names.split",
            column=report.name,
            people=profile.rows(people & profile.present),
            bodies=profile.rows(other & profile.present),
        )
    return RowNames(report, persons, organised, shares, people, other, said)
