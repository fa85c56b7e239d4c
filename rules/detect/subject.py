"""Whose rows a table holds: weighed from its headers, names, values, key columns and titles."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from core import (
    ColumnReport,
    ColumnType,
    Dataset,
    Message,
    Role,
    RowsPerUnit,
    Subject,
    SubjectKind,
    Table,
    Unit,
    fold,
    listed,
    say,
    yaml12,
)
from rules.detect.profile import Mask, Profile
from rules.detect.values import recognisers

_T, _K = ColumnType, SubjectKind
_FILE = Path(__file__).with_name("subject.yaml")

_OF_PERSONS: Mapping[ColumnType, float] = {
    _T.BIRTH_DATE: 3.0, _T.MY_NUMBER: 3.0, _T.RESIDENT_RECORD_CODE: 3.0, _T.RESIDENT_ID: 2.5,
    _T.BASIC_PENSION_NUMBER: 3.0, _T.INSURED_PERSON_NUMBER: 3.0, _T.DRIVERS_LICENSE_NUMBER: 2.5,
    _T.PASSPORT_NUMBER: 2.5, _T.RESIDENCE_CARD_NUMBER: 2.5, _T.STUDENT_NUMBER: 2.5,
    _T.EMPLOYMENT_INSURANCE_NUMBER: 2.5, _T.DISABILITY_CERTIFICATE_NUMBER: 3.0,
    _T.HOUSEHOLD_RELATION: 2.5, _T.SEX: 2.0, _T.AGE: 2.0, _T.AGE_BAND: 1.5, _T.NATIONALITY: 1.5,
    _T.OCCUPATION: 0.8, _T.INCOME: 1.5, _T.TAX: 0.8, _T.WELFARE: 1.0, _T.DISEASE: 1.5,
    _T.DISABILITY: 1.2, _T.MEDICAL_CARE: 0.8, _T.CRIMINAL_RECORD: 1.5, _T.CRIME_VICTIM: 1.5,
    _T.SUPPORT_MEASURE: 1.5, _T.CREED: 1.5, _T.RACE: 1.5, _T.SOCIAL_STATUS: 1.0,
    _T.BIOMETRIC: 2.0, _T.GENETIC: 2.5, _T.CREDIT_CARD: 1.5, _T.EMPLOYER: 0.8, _T.COOKIE_ID: 1.2,
    _T.DEVICE_ID: 0.8, _T.EMAIL: 0.5, _T.BANK_ACCOUNT: 0.8,
}  # fmt: skip
"""How much a column of each type speaks for rows about people: log-odds, set by hand on the
demonstration cases. What only people have is worth about 3, what organisations share below 1."""
_KEYS = (
    _T.RESIDENT_ID, _T.MY_NUMBER, _T.RESIDENT_RECORD_CODE, _T.INSURED_PERSON_NUMBER,
    _T.BASIC_PENSION_NUMBER, _T.STUDENT_NUMBER, _T.DISABILITY_CERTIFICATE_NUMBER,
    _T.EMPLOYMENT_INSURANCE_NUMBER, _T.RESIDENCE_CARD_NUMBER, _T.PASSPORT_NUMBER,
    _T.DRIVERS_LICENSE_NUMBER, _T.COOKIE_ID, _T.DEVICE_ID, _T.MAC_ADDRESS, _T.CREDIT_CARD,
)  # fmt: skip
"""What tells whose row it is, the surest first."""
_NAMED = (_T.PERSON_NAME, _T.PERSON_NAME_KANA)
_BELONGING = frozenset({_T.BIRTH_DATE, _T.SEX, _T.ADDRESS, _T.POSTAL_CODE, _T.PHONE})
_OWNER = re.compile(
    "代表|申請|開設者|営業者|管理者|担当|設置者|所有者|責任者|届出|施設長|園長|校長|院長"
    "|owner|manager|representative|establisher|contact|principal"
)
"""A person named in this way stands beside the row's subject; the row is not about them."""
_LEGAL_FORM = (
    r"株式会社|有限会社|合同会社|合資会社|合名会社|法人|協会|組合|連合会|財団|公社|企業団|機構"
    r"|[(][株有合][)]|㈱|㈲|(?:市|町|村|県|都|府|区|国|会|社)$|(?:^| )(?:inc[.]?|ltd[.]?|llc)$"
)
_HEADER, _TITLE, _HEADS, _COUNTED, _ONCE, _DEAD = 0.7, 1.2, 4.0, 3.5, 2.0, 4.0
"""Weights: a telling header, a telling title, all names ending alike, a table that only counts and
bears each label once, the dead."""
_MOST_HEADERS = 4
_NUMBERS = frozenset({_T.QUANTITY, _T.FLAG, _T.CATEGORY, _T.SEQUENCE_NUMBER})
_FEW = 0.05
"""Share of people among the names of a column from which it is about people too."""
_MOBILE = r"(?:^|\D)0[789]0[- ()]*\d{4}[- ()]*\d{4}(?:\D|$)"
_MIXED = (0.1, 0.9)
"""Between these shares of organisations a column of names is called mixed."""


@dataclass(frozen=True)
class _Words:
    headers: re.Pattern[str] | None
    titles: re.Pattern[str] | None
    heads: str | None


@dataclass
class _Weighing:
    """Log-odds per kind, with what they rest on."""

    scores: dict[SubjectKind, float] = field(default_factory=lambda: defaultdict(float))
    evidence: dict[SubjectKind, list[Message]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: SubjectKind, weight: float, why: Message) -> None:
        self.scores[kind] += weight
        self.evidence[kind].append(why)

    def best(self) -> tuple[SubjectKind, float, tuple[Message, ...]]:
        """The likeliest kind, its share against the next one (0–1), and why."""
        order = sorted(self.scores.items(), key=lambda pair: -pair[1])
        if not order or order[0][1] < 1.0:
            return _K.UNKNOWN, 0.3, ()
        second = max(0.0, order[1][1]) if len(order) > 1 else 0.0
        lead = order[0][1] - second
        return order[0][0], round(1 / (1 + exp(-lead)), 2), tuple(self.evidence[order[0][0]])


def subject_of(
    dataset: Dataset,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    *,
    given: SubjectKind | None = None,
    unit: Sequence[str] | None = None,
    said_by: str | None = None,
) -> Subject:
    """The subject of a dataset.

    Args:
        dataset: its table, its schema and the names of its files and sheets.
        reports: what its columns are, as the detectors see each alone.
        profiles: the values of those columns, by key; none for a schema alone.
        given: the kind a person said it is.
        unit: the columns a person said tell whose row it is.
        said_by: how they said it.
    """
    names = _names_of(reports, profiles)
    if given is None:
        kind, confidence, evidence = _weigh(dataset, reports, profiles, names).best()
        if kind is _K.PERSON and _K.HOUSEHOLD in _household(dataset, reports):
            kind = _K.HOUSEHOLD
    else:
        kind, confidence, evidence = given, 1.0, ()
    split = [n.said for n in names if n.said is not None]
    table = dataset.table
    return Subject(
        kind=kind,
        confidence=confidence,
        evidence=(*evidence, *split),
        unit=None if table is None else _unit(table, reports, kind, unit),
        people_columns=_people(kind, reports, names, profiles),
        corrected_by=said_by if given is not None or unit is not None else None,
    )


# --- names ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Names:
    """A column of names: the shares (0–1) of its rows that name people, organisations, places."""

    report: ColumnReport
    people: float
    organisations: float
    heads: Mapping[SubjectKind, float]
    said: Message | None = None


def _names_of(
    reports: Sequence[ColumnReport], profiles: Mapping[str, Profile]
) -> tuple[_Names, ...]:
    found = []
    for report in reports:
        profile = profiles.get(report.name)
        header = fold(report.name)
        naming = bool(subject_words("naming").search(header) or _OWNER.search(header))
        naming = naming or report.type in (*_NAMED, _T.FACILITY)
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


def _read_names(report: ColumnReport, profile: Profile) -> _Names:
    formed = profile.matches(_LEGAL_FORM)
    heads = {kind: profile.matches(w.heads) for kind, w in _words().items() if w.heads is not None}
    other = formed.copy()
    for mask in heads.values():
        other |= mask
    people = _looks_like_people(profile) & ~other
    shares = {kind: profile.ratio(mask) for kind, mask in heads.items()}
    shares[_K.ORGANISATION] = max(shares.get(_K.ORGANISATION, 0.0), profile.ratio(formed))
    persons, organised = profile.ratio(people), profile.ratio(other)
    said = None
    if report.type in _NAMED and persons >= _MIXED[0] and organised >= _MIXED[0]:
        said = say(
            "subject.names.split",
            column=report.name,
            people=profile.rows(people & profile.present),
            bodies=profile.rows(other & profile.present),
        )
    return _Names(report, persons, organised, shares, said)


# --- weighing ---------------------------------------------------------------------------


def _weigh(
    dataset: Dataset,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    names: Sequence[_Names],
) -> _Weighing:
    weighing = _Weighing()
    _by_titles(weighing, dataset)
    _by_headers(weighing, reports)
    _by_types(weighing, reports, profiles, names)
    _by_names(weighing, names)
    _by_numbers(weighing, dataset.table, reports, profiles)
    _by_death(weighing, dataset.table, reports)
    return weighing


def _by_titles(weighing: _Weighing, dataset: Dataset) -> None:
    titles = [
        dataset.name,
        *(s.name for s in dataset.sources),
        *(s.sheet or "" for s in dataset.sources),
    ]
    if dataset.schema is not None:
        titles += [dataset.schema.name, dataset.schema.record_scope]
    text = " ".join(fold(t.rpartition(".")[0] or t) for t in titles)
    for kind, words in _words().items():
        found = words.titles.search(text) if words.titles else None
        if found:
            weighing.add(kind, _TITLE, say("subject.weighing.title", word=found.group()))


def _by_headers(weighing: _Weighing, reports: Sequence[ColumnReport]) -> None:
    for kind, words in _words().items():
        if words.headers is None:
            continue
        telling = [r.name for r in reports if words.headers.search(fold(r.name))]
        if telling:
            weight = _HEADER * min(len(telling), _MOST_HEADERS)
            shown = listed([f"「{n}」" for n in telling[:3]], ja="")
            weighing.add(kind, weight, say("subject.weighing.headers", names=shown))


def _by_types(
    weighing: _Weighing,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    names: Sequence[_Names],
) -> None:
    """Attributes that only people have, where the values bear them out."""
    read = {n.report.name: n for n in names}
    for report in reports:
        weight = _OF_PERSONS.get(report.type, 0.0)
        if report.type in _NAMED:
            found = read.get(report.name)
            seen = report.name in profiles
            if found is None:
                weight = 0.0 if seen else 3.0
            else:
                weight = 3.0 * (found.people - found.organisations)
            weight *= 0.3 if _OWNER.search(fold(report.name)) else 1.0
        if report.name in profiles and not profiles[report.name].of_rows:
            continue
        if weight > 0:
            why = say("subject.weighing.of_people", column=report.name)
            weighing.add(_K.PERSON, weight * report.confidence, why)


def _by_names(weighing: _Weighing, names: Sequence[_Names]) -> None:
    """What the rows' own names end with; only the first column of names is the rows' own."""
    for found in [n for n in names if n.report.type not in _NAMED or n.organisations > n.people][
        :1
    ]:
        for kind, share in found.heads.items():
            if share >= 0.2:
                why = say("subject.weighing.heads", column=found.report.name, share=share)
                weighing.add(kind, _HEADS * share, why)


def _by_numbers(
    weighing: _Weighing,
    table: Table | None,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
) -> None:
    """A table whose columns are labels that occur once and numbers beside them."""
    words = _words()[_K.COUNT].headers
    counted = [
        r for r in reports if r.type is _T.QUANTITY or (words and words.search(fold(r.name)))
    ]
    labels = [r for r in reports if r not in counted]
    direct = any(r.type in _OF_PERSONS and _OF_PERSONS[r.type] >= 2.5 for r in reports)
    if table is None or not counted or direct or len(labels) > 6:
        return
    named = [r for r in counted if words and words.search(fold(r.name))]
    if len(counted) >= len(labels) or named:
        share = len(counted) / len(reports)
        weight = _COUNTED * share + (1.0 if named else 0.0)
        weight += _ONCE if named and _label_each_row_once(table, labels) else 0.0
        weighing.add(_K.COUNT, weight, say("subject.weighing.counts", n=len(counted)))


def _label_each_row_once(table: Table, labels: Sequence[ColumnReport]) -> bool:
    """Whether no two rows bear the same labels, as in a table of counts."""
    held = [table[r.name].codes for r in labels if r.name in table]
    return bool(held) and np.unique(np.stack(held), axis=1).shape[1] == table.rows > 1


def _by_death(weighing: _Weighing, table: Table | None, reports: Sequence[ColumnReport]) -> None:
    """A day of death in nearly every row."""
    for report in reports:
        if report.type is _T.DATE_OF_DEATH:
            filled = report.support.of / table.rows if table is not None and table.rows else 1.0
            if filled >= 0.9:
                why = say("subject.weighing.dead", column=report.name)
                weighing.add(_K.DECEASED, _DEAD + weighing.scores[_K.PERSON], why)


def _household(dataset: Dataset, reports: Sequence[ColumnReport]) -> frozenset[SubjectKind]:
    """Whether rows are households: a household's number once each, and no number of a person."""
    types = {r.type for r in reports}
    if _T.HOUSEHOLD_ID not in types or types & {*_KEYS, _T.BIRTH_DATE, _T.HOUSEHOLD_RELATION}:
        return frozenset()
    if dataset.table is not None:
        key = next(r.name for r in reports if r.type is _T.HOUSEHOLD_ID)
        if len(dataset.table[key].values) < 0.95 * dataset.table.rows:
            return frozenset()
    return frozenset({_K.HOUSEHOLD})


# --- unit and people --------------------------------------------------------------------


def _unit(
    table: Table,
    reports: Sequence[ColumnReport],
    kind: SubjectKind,
    given: Sequence[str] | None,
) -> Unit:
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
    filled = [r for r in reports if r.support.of >= 0.95 * table.rows and r.name in table]
    if kind is _K.HOUSEHOLD:
        return tuple(r.name for r in filled if r.type is _T.HOUSEHOLD_ID)[:1]
    for wanted in _KEYS:
        found = [r.name for r in filled if r.type is wanted]
        if found:
            return (found[0],)
    names = [r.name for r in filled if r.type is _T.PERSON_NAME]
    births = [r.name for r in filled if r.type is _T.BIRTH_DATE]
    return (names[0], births[0]) if names and births else ()


def _people(
    kind: SubjectKind,
    reports: Sequence[ColumnReport],
    names: Sequence[_Names],
    profiles: Mapping[str, Profile],
) -> tuple[str, ...]:
    """The columns about people: all that describe them, or the few in a table of something else."""
    if kind is _K.DECEASED:
        living = subject_words("living")
        return tuple(r.name for r in reports if living.search(fold(r.name)))
    if kind.of_people:
        return tuple(r.name for r in reports if r.role is not Role.OTHER)
    if kind is _K.COUNT:
        return ()
    read = {n.report.name: n for n in names}
    owners = [
        r.name
        for r in reports
        if (r.type in _NAMED or _OWNER.search(fold(r.name)))
        and (found := read.get(r.name)) is not None
        and found.people > _FEW
        and found.people > found.heads.get(_K.FACILITY, 0.0)
    ]
    surely = [
        r.name
        for r in reports
        if r.type in {_T.BIRTH_DATE, _T.MY_NUMBER, _T.RESIDENT_ID, _T.SEX, _T.AGE} and r.support.of
    ]
    reachable = {_T.PHONE, _T.FREE_TEXT, _T.UNKNOWN}
    mobile = [r.name for r in reports if r.type in reachable and _mobiles(profiles.get(r.name))]
    told = {*owners, *surely, *mobile}
    return tuple(r.name for r in reports if r.name in told or _of_owner(r, owners))


def _mobiles(profile: Profile | None) -> int:
    """Rows with a mobile number: in a list of offices it is somebody's own."""
    return profile.rows(profile.matches(_MOBILE)) if profile is not None else 0


def _of_owner(report: ColumnReport, owners: Sequence[str]) -> bool:
    """Whether a column belongs to a person named beside it: 申請者住所 to 申請者名."""
    if report.type not in _BELONGING:
        return False
    whose = {m.group() for o in owners if (m := re.match(r"\w{2,}?者|代表|所有|世帯主|本人", o))}
    return any(report.name.startswith(w) for w in whose)


# --- words ------------------------------------------------------------------------------


@cache
def _raw() -> dict[str, dict[str, list[str]] | list[str]]:
    raw: dict[str, dict[str, list[str]] | list[str]] = yaml12.load(
        _FILE.read_text(encoding="utf-8")
    )
    return raw


@cache
def subject_words(name: str) -> re.Pattern[str]:
    """A list of words of `subject.yaml` that stands for itself: naming, people, living …"""
    words = _raw()[name]
    return _any(words if isinstance(words, list) else ()) or re.compile("(?!)")


@cache
def _words() -> dict[SubjectKind, _Words]:
    found = {}
    for name, entry in _raw().items():
        if isinstance(entry, dict):
            heads = "|".join(re.escape(h) for h in entry["heads"])
            found[SubjectKind(name)] = _Words(
                _any(entry["headers"]),
                _any(entry["titles"]),
                rf"(?:{heads})(?:[ 0-9a-z一二三四五六七八九十第（(].*)?$" if heads else None,
            )
    return found


def _any(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = [w if w[0] == "^" or w[-1] == "$" else re.escape(fold(w)) for w in words]
    return re.compile("|".join(parts)) if parts else None
