"""What a column does to the people in the table, from its type and its values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import ColumnReport, ColumnType, LegalCategory, Message, Role, Support, fold
from core.labels import label
from rules.detect.decision import Decision
from rules.detect.kinds import kinds
from rules.detect.profile import Profile
from rules.detect.settings import Settings
from rules.detect.values.places import STREET

_T = ColumnType
_STREET_SHARE = 0.3


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
    ("D-05", "D-09"),
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
_TELLING = _Shade(
    Role.SENSITIVE,
    Message(
        ja="自由記述の中に、個人や人のつながりが分かる記述があります。",
        en="The free text holds statements about people or their ties.",
    ),
    ("A-01", "D-08", "D-09"),
    (LegalCategory.PERSONAL_INFORMATION,),
)
_EMPTY = _Shade(
    Role.OTHER,
    Message(
        ja="値がすべて空の列です。不要なら外せます。",
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
    hidden: bool,
    settings: Settings,
) -> ColumnReport:
    """A column's report: its type as decided, its role as its values show."""
    kind = kinds()[decision.type]
    shade = _shade(decision, profile, hidden=hidden)
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


def _shade(decision: Decision, profile: Profile | None, *, hidden: bool) -> _Shade | None:
    if profile is None:
        return None
    if not profile.of_rows:
        return _EMPTY if decision.type in (_T.UNKNOWN, _T.FREE_TEXT) else None
    if decision.type == _T.ADDRESS and profile.ratio(profile.matches(STREET)) < _STREET_SHARE:
        return _AREA
    if decision.type == _T.SEQUENCE_NUMBER and profile.distinct < 0.9 * profile.of_rows:
        return _REPEATED
    if decision.type in (_T.FREE_TEXT, _T.UNKNOWN, _T.CATEGORY) and hidden:
        return _TELLING
    return None


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
    return report.type == _T.QUANTITY and bool(_COUNT_NAMES.search(report.name))
