"""Whose rows a table holds: weighed from its headers, names, values, key columns and titles."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np

from core import (
    ColumnReport,
    ColumnType,
    Dataset,
    Message,
    Role,
    Subject,
    SubjectKind,
    Table,
    fold,
    listed,
    say,
)
from intake import count_words
from rules.detect.profile import Profile
from rules.detect.subject.row_names import MIXED, NAMED, OWNER, RowNames, names_of
from rules.detect.subject.row_split import split_rows
from rules.detect.subject.telling_words import kind_words, subject_words
from rules.detect.subject.units import (
    ASKS_NAME,
    KEYS,
    MOSTLY,
    NUMBERED,
    OF_ANIMALS,
    OF_ANYTHING,
    people_columns,
    unit_of,
)

_T, _K = ColumnType, SubjectKind
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
_ASKED = 2.0
"""What a header that asks for a name weighs where the values do not look like names."""
_KEYED = 1.5
"""What a number of each row's own weighs for the kind that its header tells."""
_NUMBERED = (_K.THING, _K.EVENT, _K.FACILITY)
_KEY = re.compile(r"番号$|コード$|no[.]?$|(?<![a-z])(?:id|tag|code)$")
_PARTIES = re.compile("者|名義人|飼い?主|owner|holder")
_OWN = 0.95
"""Share of rows with a number of their own from which it numbers them."""
_PARTY = 0.3
"""What a column of such a person weighs, of what it would in a table of people."""
_HEADER, _TITLE, _HEADS, _COUNTED, _ONCE, _DEAD = 0.7, 1.2, 4.0, 3.5, 2.0, 4.0
"""Weights: a telling header, a telling title, all names ending alike, a table that only counts and
bears each label once, the dead."""
_EITHER = 3.0
"""What a column of people in trade, or of people and bodies together, weighs by itself."""
_MOST_HEADERS = 4
"""Telling headers beyond these add nothing."""
_MOST_LABELS = 6
"""A table of counts is crossed by few things."""
_WIDE = 4
"""So many columns of numbers are a wide table of counts."""
_COUNTABLE = frozenset({_T.QUANTITY, _T.CATEGORY, _T.FLAG, _T.AGE, _T.UNKNOWN})
_PLAIN = 0.8
"""Share of plain numbers in a column that counts."""


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
    names, table = names_of(reports, profiles), dataset.table
    parted = split_rows(table, reports, profiles, names) if table is not None else None
    if given is None:
        weighing = _weigh(dataset, reports, profiles, names)
        if parted is not None and parted[1]:
            weight = _EITHER + weighing.scores[_K.PERSON]
            weighing.add(_K.MIXED, weight, say("subject.weighing.parted"))
        kind, confidence, evidence = weighing.best()
        if kind in (_K.PERSON, _K.UNKNOWN) and _household(dataset, reports):
            kind = _K.HOUSEHOLD
    else:
        kind, confidence, evidence = given, 1.0, ()
    split = [n.said for n in names if n.said is not None]
    return Subject(
        kind=kind,
        confidence=confidence,
        evidence=(*evidence, *split),
        unit=None if table is None else unit_of(table, reports, kind, unit),
        split=parted[0] if parted is not None and kind is _K.MIXED else None,
        people_columns=people_columns(kind, reports, names, profiles),
        corrected_by=said_by if given is not None or unit is not None else None,
    )


def _weigh(
    dataset: Dataset,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    names: Sequence[RowNames],
) -> _Weighing:
    weighing = _Weighing()
    _by_titles(weighing, dataset)
    _by_headers(weighing, reports)
    keyed = _by_key(weighing, reports, profiles)
    _by_types(weighing, reports, profiles, names, keyed=keyed)
    _by_names(weighing, names)
    _by_numbers(weighing, dataset.table, reports, profiles)
    _by_death(weighing, dataset.table, reports)
    _by_holders(weighing, names)
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
    for kind, words in kind_words().items():
        found = words.titles.search(text) if words.titles else None
        if found:
            weighing.add(kind, _TITLE, say("subject.weighing.title", word=found.group()))


def _by_headers(weighing: _Weighing, reports: Sequence[ColumnReport]) -> None:
    for kind, words in kind_words().items():
        if words.headers is None:
            continue
        telling = [r.name for r in reports if words.headers.search(fold(r.name))]
        if telling:
            weight = _HEADER * min(len(telling), _MOST_HEADERS)
            shown = listed([f"「{n}」" for n in telling[:3]], ja="")
            weighing.add(kind, weight, say("subject.weighing.headers", names=shown))


def _by_key(
    weighing: _Weighing, reports: Sequence[ColumnReport], profiles: Mapping[str, Profile]
) -> bool:
    """Whether the first column numbers the rows as something else than people (標識番号, 出動番号):
    its words say as what."""
    for report in reports[:1]:
        header, profile = fold(report.name), profiles.get(report.name)
        stem = _KEY.sub("", header)
        if profile is None or not stem or stem == header or report.type in KEYS:
            continue
        if profile.distinct < _OWN * profile.of_rows or not profile.of_rows:
            continue
        for kind in _NUMBERED:
            words = kind_words()[kind]
            if any(p is not None and p.search(stem) for p in (words.headers, words.titles)):
                weighing.add(kind, _KEYED, say("subject.weighing.keyed", column=report.name))
                return True
    return False


def _by_types(
    weighing: _Weighing,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    names: Sequence[RowNames],
    *,
    keyed: bool,
) -> None:
    """Attributes that only people have, where the values bear them out.

    Where rows are `keyed` by the number of something else, 〜者 is a party to it.
    """
    read = {n.report.name: n for n in names}
    for report in reports:
        weight = _OF_PERSONS.get(report.type, 0.0)
        if report.type in NAMED:
            found = read.get(report.name)
            seen = report.name in profiles
            if found is None:
                weight = 0.0 if seen else 3.0
            else:
                weight = 3.0 * (found.people - found.organisations)
        elif ASKS_NAME.search(fold(report.name)):
            weight = _ASKED
        if report.name in profiles and not profiles[report.name].of_rows:
            continue
        if OWNER.search(fold(report.name)) or (keyed and _PARTIES.search(report.name)):
            weight *= _PARTY
        if weight > 0 and not OF_ANIMALS.search(report.name):
            why = say("subject.weighing.of_people", column=report.name)
            weighing.add(_K.PERSON, weight * report.confidence, why)


def _by_names(weighing: _Weighing, names: Sequence[RowNames]) -> None:
    """What the rows' own names end with; only the first column of names is the rows' own."""
    for found in [n for n in names if n.report.type not in NAMED or n.organisations > n.people][:1]:
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
    """A table whose columns are labels that occur once and numbers beside them.

    Where each label occurs once, sex, age or relation are what is counted by, not somebody's.
    """
    sizes = subject_words("sizes")
    counting = {
        r.name
        for r in reports
        if subject_words("counting").search(fold(r.name)) and not sizes.search(fold(r.name))
    }
    counted = [
        r
        for r in reports
        if (r.type in _COUNTABLE or r.name in counting)
        and not count_words("no_counts").search(fold(r.name))
        and not count_words("axes").search(fold(r.name))
        and not sizes.search(fold(r.name))
        and _numeric(profiles.get(r.name))
    ]
    labels = [r for r in reports if r not in counted]
    if table is None or not counted or len(labels) > _MOST_LABELS or _of_one(labels, profiles):
        return
    named = any(r.name in counting for r in counted)
    if len(counted) < len(labels) and not named:
        return
    weight = _COUNTED * len(counted) / len(reports) + (1.0 if named else 0.0)
    if (named or len(counted) >= _WIDE) and _label_each_row_once(table, labels):
        weight += _ONCE + sum(_OF_PERSONS.get(r.type, 0.0) for r in labels)
    weighing.add(_K.COUNT, weight, say("subject.weighing.counts", n=len(counted)))


def _of_one(labels: Sequence[ColumnReport], profiles: Mapping[str, Profile]) -> bool:
    """Whether a label is the number or the name of one person or thing, not of a group."""
    return any(
        r.type in {*KEYS, *NAMED, _T.BIRTH_DATE, _T.HOUSEHOLD_ID, _T.PHONE}
        or (r.role is Role.DIRECT_IDENTIFIER and r.type not in OF_ANYTHING)
        or (
            NUMBERED.search(fold(r.name))
            and r.name in profiles
            and profiles[r.name].distinct == profiles[r.name].of_rows
        )
        for r in labels
    )


def _numeric(profile: Profile | None) -> bool:
    """Whether nearly all values are plain numbers, or marks for none."""
    return profile is not None and profile.ratio(profile.matches(r"^[-0-9,.]+$")) >= _PLAIN


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


def _by_holders(weighing: _Weighing, names: Sequence[RowNames]) -> None:
    """People in trade, and people and bodies side by side, as the rows' own names show them."""
    trade = weighing.scores[_K.SOLE_PROPRIETOR]
    if weighing.scores[_K.FACILITY] > max(_HEADS / 2, weighing.scores[_K.PERSON]):
        return
    for found in names:
        both = min(found.people, found.organisations) >= MIXED
        if both and subject_words("either").search(fold(found.report.name)):
            why = say("subject.weighing.both", column=found.report.name)
            weighing.add(_K.MIXED, _EITHER + weighing.scores[_K.PERSON], why)
        elif trade and found.people >= MOSTLY:
            why = say("subject.weighing.trade", column=found.report.name)
            weight = _EITHER + weighing.scores[_K.PERSON]
            weighing.add(_K.SOLE_PROPRIETOR, weight, why)
            trade = 0.0


def _household(dataset: Dataset, reports: Sequence[ColumnReport]) -> frozenset[SubjectKind]:
    """Whether rows are households: a household's number once each, and no number of a person."""
    types = {r.type for r in reports}
    of_one = {*KEYS, _T.BIRTH_DATE, _T.HOUSEHOLD_RELATION, _T.SEX, _T.AGE} - {_T.RESIDENT_ID}
    if {
        r.type for r in reports if "世帯" not in r.name
    } & of_one:  # a register of households numbers them as residents are numbered
        return frozenset()
    words = subject_words("of_household")
    if _T.HOUSEHOLD_ID not in types and not any(words.search(fold(r.name)) for r in reports):
        return frozenset()
    if dataset.table is not None:
        keys = [r.name for r in reports if r.type is _T.HOUSEHOLD_ID]
        if keys and len(dataset.table[keys[0]].values) < 0.95 * dataset.table.rows:
            return frozenset()
    return frozenset({_K.HOUSEHOLD})
