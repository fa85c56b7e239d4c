"""What a column does to the people in the table, from its type and its values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import ColumnReport, ColumnType, LegalCategory, Message, Role, Support, fold, label
from rules.detect.decision import Decision
from rules.detect.kinds import kinds
from rules.detect.profile import Profile
from rules.detect.settings import Settings
from rules.detect.values.places import HOUSE

_T = ColumnType
_HOUSE_SHARE = 0.3
_AREA_NAMES = re.compile(
    r"(?:町丁目?|町名|町字|大字|小字|町丁字|都道府県名?|市区町村名?|市町村名?|行政区|地区名?|区名|丁目"
    r"|自治会|町内会|学区|居住区|居住市町村|地域|出身地|prefecture|pref|city|town|ward|district)$",
    re.IGNORECASE,
)
_SIZE_NAMES = re.compile(
    r"(?:世帯(?:構成)?(?:人数|員数|人員数?)|家族(?:人)?数|同居人数|扶養(?:親族|人)の?数|扶養人数"
    r"|子(?:ども|供)?の?数|(?:household|family)[ _]?size|dependents|(?:no|number) of children)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Shade:
    """Where the values change what the type alone would say."""

    role: Role
    why: Message
    cards: tuple[str, ...] | None = None
    categories: tuple[LegalCategory, ...] | None = None


_AREA = _Shade(
    Role.QUASI_IDENTIFIER,
    Message(
        ja="市区町村や地域までの住まいで、年齢や性別と合わせると人を絞り込めます。",
        en="Residence down to a town or area narrows people down with age and sex.",
    ),
    ("A-01", "D-05", "D-09"),
)
_SIZE = _Shade(
    Role.QUASI_IDENTIFIER,
    Message(
        ja="世帯や家族の人数です。大きな世帯は少なく、地域や年齢と合わせると絞り込めます。",
        en="The size of a household or family: large ones are few, and an area tells which.",
    ),
    ("D-09",),
    (LegalCategory.PERSONAL_INFORMATION,),
)
_REPEATED = _Shade(
    Role.OTHER,
    Message(
        ja="番号ですが、同じ値が何度も出るので一人を指すものではありません。",
        en="A number, but it repeats and so does not point to one person.",
    ),
    (),
    (),
)
_TELLING = Message(
    ja="自由記述の中に、個人や人のつながりが分かる記述があります。",
    en="The free text holds statements about people or their ties.",
)
_TOLD_BY = {
    LegalCategory.SPECIFIC_PERSONAL: "E-01",
    LegalCategory.SPECIAL_CARE: "A-03",
    LegalCategory.IDENTIFICATION_CODE: "A-02",
}
"""The card behind what a statement in a text can make of the column."""
_EMPTY = _Shade(
    Role.OTHER,
    Message(
        ja="値が一つも入っていない項目です。不要なら外せます。",
        en="Every value is empty; it can be left out.",
    ),
    (),
    (),
)
_COUNTED = Message(
    ja="人数や件数を数えた値です。少ない数のますは、特定の人と対応しないか確かめてください。",
    en="Counts of people or cases. Check that small counts do not point to particular people.",
)
_LOCAL = ("A-04",)


def report(
    name: str,
    position: int,
    decision: Decision,
    profile: Profile | None,
    *,
    hidden: frozenset[ColumnType],
    settings: Settings,
) -> ColumnReport:
    """A column's report: its type as decided, its role as its values show."""
    kind = kinds()[decision.type]
    shade = _shade(name, decision, profile, hidden=hidden)
    role = shade.role if shade else _strongest(decision, kind.role)
    cards = kind.cards if shade is None or shade.cards is None else shade.cards
    categories = kind.categories if shade is None or shade.categories is None else shade.categories
    for part in decision.parts[1:]:
        cards = tuple(dict.fromkeys((*cards, *kinds()[part].cards)))
        categories = tuple(dict.fromkeys((*categories, *kinds()[part].categories)))
    if any(fold(local) in fold(name) for local in settings.ordinance_special_care):
        categories = (*categories, LegalCategory.ORDINANCE_SPECIAL_CARE)
        cards, role = (*_LOCAL, *cards), Role.SENSITIVE
    return ColumnReport(
        name=name,
        position=position,
        type=decision.type,
        parts=decision.parts,
        role=role,
        confidence=round(min(decision.confidence, 0.99), 2),
        support=Support(n=decision.n, of=decision.of),
        categories=categories,
        why=shade.why if shade else _joined(decision, kind.why),
        evidence=decision.evidence,
        cards=cards,
    )


def _shade(
    name: str, decision: Decision, profile: Profile | None, *, hidden: frozenset[ColumnType]
) -> _Shade | None:
    if decision.type == _T.QUANTITY and _SIZE_NAMES.search(name):
        return _SIZE
    if profile is None:
        area = decision.type == _T.ADDRESS and _AREA_NAMES.search(name)
        return _AREA if area else None
    if not profile.of_rows:
        return _EMPTY if decision.type in (_T.UNKNOWN, _T.FREE_TEXT) else None
    if decision.type == _T.ADDRESS and profile.ratio(profile.matches(HOUSE)) < _HOUSE_SHARE:
        return _AREA
    if decision.type == _T.SEQUENCE_NUMBER and profile.distinct < 0.9 * profile.of_rows:
        return _REPEATED
    if decision.type in (_T.FREE_TEXT, _T.UNKNOWN, _T.CATEGORY) and hidden:
        return _telling(hidden)
    return None


def _telling(hidden: frozenset[ColumnType]) -> _Shade:
    """A text column is what its statements are: the legal categories of all that hide in it."""
    found = {c for type_ in hidden for c in kinds()[type_].categories}
    found.add(LegalCategory.PERSONAL_INFORMATION)
    cards = tuple(card for category, card in _TOLD_BY.items() if category in found)
    categories = tuple(c for c in LegalCategory if c in found)
    return _Shade(Role.SENSITIVE, _TELLING, ("A-01", *cards, "D-08", "D-09"), categories)


def _strongest(decision: Decision, role: Role) -> Role:
    roles = [role, *(kinds()[p].role for p in decision.parts)]
    return min(roles, key=list(Role).index)


def _joined(decision: Decision, why: Message) -> Message:
    if not decision.parts:
        return why
    labels = [label(p) for p in decision.parts]
    return Message(
        ja=(
            f"{'と'.join(p.ja for p in labels)}が一つの欄に入っています。"
            f"ほかの項目と合わせると人を絞り込めます。"
        ),
        en=(
            f"One cell holds {' and '.join(p.en for p in labels)}; with "
            f"other columns it narrows people down."
        ),
    )


_COUNT_NAMES = re.compile(
    r"(?:人数|件数|世帯数|人口|総数|戸数|回答数|count|population)$", re.IGNORECASE
)


def holds_counts(reports: Sequence[ColumnReport]) -> bool:
    """Whether a table counts people or cases and no column points to a person."""
    direct = any(r.role == Role.DIRECT_IDENTIFIER for r in reports)
    return not direct and any(_is_count(r) for r in reports)


def as_statistics(report: ColumnReport) -> ColumnReport:
    """A column of counts as what it is: a statistic. Other columns stay as they are."""
    if not _is_count(report):
        return report
    told = {"categories": (LegalCategory.STATISTICAL_ONLY,), "cards": ("A-13",), "why": _COUNTED}
    return report.model_copy(update=told)


def _is_count(report: ColumnReport) -> bool:
    counts = report.type == _T.QUANTITY and _COUNT_NAMES.search(report.name)
    return bool(counts) and not _SIZE_NAMES.search(report.name)
