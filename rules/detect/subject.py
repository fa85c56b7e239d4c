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
_OF_ONE = frozenset({_T.BIRTH_DATE, _T.MY_NUMBER, _T.RESIDENT_ID, _T.SEX, _T.AGE})
"""What is surely about a person, whatever the table is about."""
_OF_ANYTHING = frozenset(
    {
        _T.PERSON_NAME, _T.PERSON_NAME_KANA, _T.ADDRESS, _T.POSTAL_CODE, _T.PHONE, _T.EMAIL,
        _T.SEQUENCE_NUMBER, _T.COORDINATES, _T.URL, _T.CORPORATE_NUMBER, _T.BANK_ACCOUNT,
        _T.VEHICLE_NUMBER, _T.IP_ADDRESS, _T.MAC_ADDRESS, _T.DEVICE_ID, _T.INSURER_NUMBER,
    }
)  # fmt: skip
"""Identifiers that places, things and bodies have as people do."""
_ASKS_NAME = re.compile("氏名|姓名|お名前|本名|フリガナ|contact_name|full_?name$")
"""Headers that ask for the name of a person and of nothing else."""
_BANDS = frozenset({_T.AGE_BAND})
_FILLED = 0.95
"""Share of rows in which a key must stand, and of the names it must tell apart."""
_BELONGING = frozenset({_T.BIRTH_DATE, _T.SEX, _T.ADDRESS, _T.POSTAL_CODE, _T.PHONE})
_OWNER = re.compile(
    "代表|申請|開設者|営業者|管理者|担当|設置者|所有者|責任者|届出|施設長|園長|校長|院長|会長|役員"
    "|連絡先|当事者|申出|通報者|相手方|被害者|運転者|使用者|農業者|事業者名"
    "|owner|manager|representative|establisher|contact|principal"
)
"""A person named in this way stands beside the row's subject; the row is not about them."""
_PARTY = 0.3
"""What a column of such a person weighs, of what it would in a table of people."""
_OF_ANIMALS = re.compile("犬|猫|動物")
_LEGAL_FORM = (
    r"株式会社|有限会社|合同会社|合資会社|合名会社|法人|協会|組合|連合会|財団|公社|企業団|機構"
    r"|[(][株有合][)]|㈱|㈲|(?:市役所|町役場|自治会|町内会|商店会|協議会|婦人会|老人会|会社)$"
    r"|(?:^| )(?:inc[.]?|ltd[.]?|llc)$"
)
_HEADER, _TITLE, _HEADS, _COUNTED, _ONCE, _DEAD = 0.7, 1.2, 4.0, 3.5, 2.0, 4.0
_EITHER, _MOSTLY = 3.0, 0.8
"""Weights: a telling header, a telling title, all names ending alike, a table that only counts and
bears each label once, the dead."""
_MOST_HEADERS = 4
"""Telling headers beyond these add nothing."""
_MOST_LABELS = 6
"""A table of counts is crossed by few things."""
_WIDE = 4
"""So many columns of numbers are a wide table of counts."""
_COUNTABLE = frozenset({_T.QUANTITY, _T.CATEGORY, _T.FLAG, _T.AGE, _T.UNKNOWN})
_NUMBERED = re.compile(r"番号$|no[.]?$|(?<![a-z])id$")
_PLAIN = 0.8
"""Share of plain numbers in a column that counts."""
_LONG = 4
"""A word of so many characters tells a facility wherever it stands in a name."""
_FEW = 0.05
"""Share of people among the names of a column from which it is about people too."""
_MOBILE = r"(?:^|\D)0[789]0[- ()]*\d{4}[- ()]*\d{4}(?:\D|$)"
_MIXED = 0.15
"""From this share of people and of bodies a column of names is called mixed."""


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
        if kind in (_K.PERSON, _K.UNKNOWN) and _household(dataset, reports):
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
        named = subject_words("naming").search(header) or _OWNER.search(header)
        naming = report.type in _NAMED or (named and not subject_words("beside").search(header))
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
    """Under a header for people a name is taken for a person's first, elsewhere for a place's."""
    formed = profile.matches(_LEGAL_FORM)
    heads = {kind: profile.matches(w.heads) for kind, w in _words().items() if w.heads is not None}
    other = formed.copy()
    for mask in heads.values():
        other |= mask
    people = _looks_like_people(profile)
    if report.type in _NAMED or _OWNER.search(fold(report.name)):
        people &= ~formed
        other &= ~people
        heads = {kind: mask & ~people for kind, mask in heads.items()}
    else:
        people &= ~other
    shares = {kind: profile.ratio(mask) for kind, mask in heads.items()}
    shares[_K.ORGANISATION] = max(shares.get(_K.ORGANISATION, 0.0), profile.ratio(formed))
    persons, organised = profile.ratio(people), profile.ratio(other)
    said = None
    if report.type in _NAMED and min(persons, organised) >= _MIXED:
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
        if report.name in profiles and not profiles[report.name].of_rows:
            continue
        if _OWNER.search(fold(report.name)):
            weight *= _PARTY
        if weight > 0 and not _OF_ANIMALS.search(report.name):
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
        and not subject_words("no_counts").search(fold(r.name))
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
        r.type in {*_KEYS, *_NAMED, _T.BIRTH_DATE, _T.HOUSEHOLD_ID, _T.PHONE}
        or (r.role is Role.DIRECT_IDENTIFIER and r.type not in _OF_ANYTHING)
        or (
            _NUMBERED.search(fold(r.name))
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


def _by_holders(weighing: _Weighing, names: Sequence[_Names]) -> None:
    """People in trade, and people and bodies side by side, as the rows' own names show them."""
    trade = weighing.scores[_K.SOLE_PROPRIETOR]
    if weighing.scores[_K.FACILITY] > _HEADS / 2:
        return
    for found in names:
        both = min(found.people, found.organisations) >= _MIXED
        if both and subject_words("either").search(fold(found.report.name)):
            why = say("subject.weighing.both", column=found.report.name)
            weighing.add(_K.MIXED, _EITHER + weighing.scores[_K.PERSON], why)
        elif trade and found.people >= _MOSTLY:
            why = say("subject.weighing.trade", column=found.report.name)
            weight = _EITHER + weighing.scores[_K.PERSON]
            weighing.add(_K.SOLE_PROPRIETOR, weight, why)
            trade = 0.0


def _household(dataset: Dataset, reports: Sequence[ColumnReport]) -> frozenset[SubjectKind]:
    """Whether rows are households: a household's number once each, and no number of a person."""
    types = {r.type for r in reports}
    of_one = {*_KEYS, _T.BIRTH_DATE, _T.HOUSEHOLD_RELATION, _T.SEX, _T.AGE} - {_T.RESIDENT_ID}
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
    filled = [r for r in reports if r.support.of >= _FILLED * table.rows and r.name in table]
    numbered = [r for r in filled if _NUMBERED.search(fold(r.name))]
    if kind is _K.HOUSEHOLD:
        own = [r for r in filled if r.type in (_T.HOUSEHOLD_ID, _T.RESIDENT_ID)]
        return tuple(r.name for r in (*own, *numbered)[:1])
    names = [r for r in filled if r.type is _T.PERSON_NAME and not _OWNER.search(fold(r.name))]
    people = len(table[names[0].name].values) if names else 0
    for wanted in _KEYS:
        found = [r.name for r in filled if r.type is wanted]
        if found and len(table[found[0]].values) >= _FILLED * people:
            return (found[0],)
    births = [r.name for r in filled if r.type is _T.BIRTH_DATE]
    if names:
        return (names[0].name, *births[:1])
    return tuple(r.name for r in numbered if r.type is not _T.QUANTITY)[:1]


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
    read = {n.report.name: n for n in names}
    surely = [r.name for r in reports if r.support.of and _surely_of_one(r, read.get(r.name))]
    if kind is _K.COUNT:
        return tuple(surely)
    owners = [
        r.name
        for r in reports
        if (r.type in _NAMED or _OWNER.search(fold(r.name)))
        and (found := read.get(r.name)) is not None
        and found.people > max(_FEW, found.heads.get(_K.FACILITY, 0.0))
    ]
    reachable = {_T.PHONE, _T.FREE_TEXT, _T.UNKNOWN}
    mobile = [r.name for r in reports if r.type in reachable and _mobiles(profiles.get(r.name))]
    told = {*owners, *surely, *mobile}
    return tuple(r.name for r in reports if r.name in told or _of_owner(r, owners))


def _surely_of_one(report: ColumnReport, found: _Names | None) -> bool:
    """Whether a column is about a person whatever its table is about.

    A number, name or attribute that only people have is never talked away by the rows around it.
    """
    if _OF_ANIMALS.search(report.name):
        return False
    if report.type in _NAMED:
        return bool(_ASKS_NAME.search(fold(report.name))) and (
            found is None or found.organisations < _MOSTLY
        )
    if report.type in _BANDS:
        return bool(_OWNER.search(fold(report.name)))
    return report.type in _OF_ONE or (
        report.role is Role.DIRECT_IDENTIFIER and report.type not in _OF_ANYTHING
    )


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
    """A list of words of `subject.yaml` that stands for itself: naming, people, living …

    `counting` are the headers of a table of counts.
    """
    words = _raw()["count" if name == "counting" else name]
    words = words["headers"] if isinstance(words, dict) else words
    return _any(words if isinstance(words, list) else ()) or re.compile("(?!)")


@cache
def _words() -> dict[SubjectKind, _Words]:
    found = {}
    for name, entry in _raw().items():
        if isinstance(entry, dict):
            short = "|".join(re.escape(h) for h in entry["heads"])
            anywhere = "|".join(re.escape(h) for h in entry["heads"] if len(h) >= _LONG)
            heads = short and rf"(?:{short})(?:[ 0-9a-z一二三四五六七八九十第（(].*)?$"
            heads = f"{heads}|{anywhere}" if heads and anywhere else heads
            found[SubjectKind(name)] = _Words(
                _any(entry["headers"]),
                _any(entry["titles"]),
                heads or None,
            )
    return found


def _any(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = [w if w[0] == "^" or w[-1] == "$" else re.escape(fold(w)) for w in words]
    return re.compile("|".join(parts)) if parts else None
