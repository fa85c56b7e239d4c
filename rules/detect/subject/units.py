"""Whose row each is, and which columns of a table are about people."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from core import (
    ColumnReport,
    ColumnType,
    Role,
    RowsPerUnit,
    SubjectKind,
    Table,
    Unit,
    fold,
)
from rules.detect.profile import Profile
from rules.detect.subject.row_names import NAMED, OWNER, RowNames
from rules.detect.subject.telling_words import subject_words

_T, _K = ColumnType, SubjectKind
KEYS = (
    _T.RESIDENT_ID, _T.MY_NUMBER, _T.RESIDENT_RECORD_CODE, _T.INSURED_PERSON_NUMBER,
    _T.BASIC_PENSION_NUMBER, _T.STUDENT_NUMBER, _T.DISABILITY_CERTIFICATE_NUMBER,
    _T.EMPLOYMENT_INSURANCE_NUMBER, _T.RESIDENCE_CARD_NUMBER, _T.PASSPORT_NUMBER,
    _T.DRIVERS_LICENSE_NUMBER, _T.COOKIE_ID, _T.DEVICE_ID, _T.MAC_ADDRESS, _T.CREDIT_CARD,
)  # fmt: skip
"""What tells whose row it is, the surest first."""
_OF_ONE = frozenset({_T.BIRTH_DATE, _T.MY_NUMBER, _T.RESIDENT_ID, _T.SEX, _T.AGE})
"""What is surely about a person, whatever the table is about."""
OF_ANYTHING = frozenset(
    {
        _T.PERSON_NAME, _T.PERSON_NAME_KANA, _T.ADDRESS, _T.POSTAL_CODE, _T.PHONE, _T.EMAIL,
        _T.SEQUENCE_NUMBER, _T.COORDINATES, _T.URL, _T.CORPORATE_NUMBER, _T.BANK_ACCOUNT,
        _T.VEHICLE_NUMBER, _T.IP_ADDRESS, _T.MAC_ADDRESS, _T.DEVICE_ID, _T.INSURER_NUMBER,
    }
)  # fmt: skip
"""Identifiers that places, things and bodies have as people do."""
ASKS_NAME = re.compile("氏名|姓名|お名前|本名|フリガナ|contact_name|full_?name$")
"""Headers that ask for the name of a person and of nothing else."""
_BANDS = frozenset({_T.AGE_BAND})
_FILLED = 0.95
"""Share of rows in which a key must stand, and of the names it must tell apart."""
_NAME_TAIL = re.compile("(?:の?氏名|名前|宛名|名|_?name)$")
OF_ANIMALS = re.compile("犬|猫|動物")
NUMBERED = re.compile(r"番号$|no[.]?$|(?<![a-z])id$")
_FEW = 0.05
"""Share of people among the names of a column from which it is about people too."""
_MOBILE = r"(?:^|\D)0[789]0[- ()]*\d{4}[- ()]*\d{4}(?:\D|$)"
MOSTLY = 0.8
"""From this share the names of a column are mostly of one sort."""


def unit_of(
    table: Table,
    reports: Sequence[ColumnReport],
    kind: SubjectKind,
    given: Sequence[str] | None,
) -> Unit:
    """The unit; `given` are the columns a person named."""
    named = tuple(c for c in given or () if c in table)
    columns = named or _key(table, reports, kind)
    if not columns or not table.rows:
        return Unit(units=table.rows, rows_per_unit=RowsPerUnit(median=1.0, max=min(1, table.rows)))
    codes = np.stack([table[c].codes for c in columns])
    _, rows = np.unique(codes, axis=1, return_counts=True)
    per = RowsPerUnit(median=float(np.median(rows)), max=int(rows.max()))
    return Unit(columns=columns, units=len(rows), rows_per_unit=per)


def _key(table: Table, reports: Sequence[ColumnReport], kind: SubjectKind) -> tuple[str, ...]:
    """The columns that tell whose row it is; none where only the row does."""
    if not kind.of_people:
        return ()
    filled = [r for r in reports if r.support.of >= _FILLED * table.rows and r.name in table]
    numbered = [r for r in filled if NUMBERED.search(fold(r.name))]
    if kind is _K.HOUSEHOLD:
        own = [r for r in filled if r.type in (_T.HOUSEHOLD_ID, _T.RESIDENT_ID)]
        return tuple(r.name for r in (*own, *numbered)[:1])
    names = [r for r in filled if r.type is _T.PERSON_NAME and not OWNER.search(fold(r.name))]
    people = len(table[names[0].name].values) if names else 0
    for wanted in KEYS:
        found = [r.name for r in filled if r.type is wanted]
        if found and len(table[found[0]].values) >= _FILLED * people:
            return (found[0],)
    births = [r.name for r in filled if r.type is _T.BIRTH_DATE]
    if names:
        return (names[0].name, *births[:1])
    return tuple(r.name for r in numbered if r.type is not _T.QUANTITY)[:1]


def people_columns(
    kind: SubjectKind,
    reports: Sequence[ColumnReport],
    names: Sequence[RowNames],
    profiles: Mapping[str, Profile],
) -> tuple[str, ...]:
    """The columns about people: all that describe them, or the few in a table of something else."""
    if kind is _K.DECEASED:
        living = subject_words("living")
        return tuple(r.name for r in reports if living.search(fold(r.name)))
    if kind.of_people:
        return tuple(r.name for r in reports if r.role is not Role.OTHER)
    read = {n.report.name: n for n in names}
    surely = [
        r.name
        for r in reports
        if (r.corrected_by is not None and r.role is not Role.OTHER)
        or (r.corrected_by is None and r.support.of and _surely_of_one(r, read.get(r.name)))
    ]
    if kind is _K.COUNT:
        return tuple(surely)
    owners = [
        r.name
        for r in reports
        if (r.type in NAMED or OWNER.search(fold(r.name)))
        and (found := read.get(r.name)) is not None
        and found.people > max(_FEW, found.heads.get(_K.FACILITY, 0.0))
    ]
    reachable = {_T.PHONE, _T.FREE_TEXT, _T.UNKNOWN}
    mobile = [r.name for r in reports if r.type in reachable and _mobiles(profiles.get(r.name))]
    told = {*owners, *surely, *mobile}
    return tuple(r.name for r in reports if r.name in told or _of_owner(r, owners))


def _surely_of_one(report: ColumnReport, found: RowNames | None) -> bool:
    """Whether a column is about a person whatever its table is about.

    A number, name or attribute that only people have is never talked away by the rows around it.
    """
    if OF_ANIMALS.search(report.name):
        return False
    if report.type in NAMED:
        return bool(ASKS_NAME.search(fold(report.name))) and (
            found is None or found.organisations < MOSTLY
        )
    if report.type in _BANDS:
        return bool(OWNER.search(fold(report.name)))
    return report.type in _OF_ONE or (
        report.role is Role.DIRECT_IDENTIFIER and report.type not in OF_ANYTHING
    )


def _mobiles(profile: Profile | None) -> int:
    """Rows with a mobile number: in a list of offices it is somebody's own."""
    return profile.rows(profile.matches(_MOBILE)) if profile is not None else 0


def _of_owner(report: ColumnReport, owners: Sequence[str]) -> bool:
    """Whether a column belongs to a person named beside it: 申請者住所 to 申請者名."""
    whose = {_NAME_TAIL.sub("", owner) for owner in owners}
    whose |= {m.group() for o in owners if (m := re.match(r"\w{2,}?者|代表|所有|世帯主|本人", o))}
    return any(len(w) > 1 and report.name.startswith(w) for w in whose)
