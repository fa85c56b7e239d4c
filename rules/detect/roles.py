"""What a column does to the people in the table, from its type and its values."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import (
    ColumnReport,
    ColumnType,
    LegalCategory,
    Message,
    Role,
    Support,
    column_types,
    fold,
    label,
    listed,
    say,
)
from rules.detect.decision import Decision
from rules.detect.names import ends_as
from rules.detect.patterns import part
from rules.detect.profile import Profile
from rules.detect.settings import Settings

_T = ColumnType
_HOUSE = part(_T.ADDRESS, "house")
_HOUSE_SHARE = 0.3
"""Share of addresses with a house number from which the column leads to homes."""
_OWN_EACH = 0.9
"""Share of rows with a number of their own below which a number points to nobody."""
_TOLD_BY = {
    LegalCategory.SPECIFIC_PERSONAL: "E-01",
    LegalCategory.SPECIAL_CARE: "A-03",
    LegalCategory.IDENTIFICATION_CODE: "A-02",
}
"""The card behind what a statement in a text can make of the column."""
_LOCAL = ("A-04",)
"""The card of what a local ordinance designates."""


@dataclass(frozen=True)
class _Shade:
    """Where the values change what the type alone would say."""

    role: Role
    why: Message
    cards: tuple[str, ...] | None = None
    categories: tuple[LegalCategory, ...] | None = None


def _plain(why: str) -> _Shade:
    """A column that points to nobody."""
    return _Shade(Role.OTHER, say(why), (), ())


_AREA = _Shade(Role.QUASI_IDENTIFIER, say("columns.roles.area"), ("A-01", "D-05", "D-09"))
_SIZE = _Shade(
    Role.QUASI_IDENTIFIER,
    say("columns.roles.size"),
    ("D-09",),
    (LegalCategory.PERSONAL_INFORMATION,),
)
_REPEATED = _plain("columns.roles.repeated")
_EMPTY = _plain("columns.roles.empty")


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
    kind = column_types.described()[decision.type]
    shade = _shade(name, decision, profile, hidden=hidden)
    role = shade.role if shade else _strongest(decision, kind.role)
    cards = kind.cards if shade is None or shade.cards is None else shade.cards
    categories = kind.categories if shade is None or shade.categories is None else shade.categories
    for other in (column_types.described()[type_] for type_ in decision.parts[1:]):
        cards = tuple(dict.fromkeys((*cards, *other.cards)))
        categories = tuple(dict.fromkeys((*categories, *other.categories)))
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
    if decision.type == _T.QUANTITY and ends_as("sizes").search(name):
        return _SIZE
    if profile is None:
        area = decision.type == _T.ADDRESS and ends_as("areas").search(name)
        return _AREA if area else None
    if len(profile) and not profile.of_rows:
        return _EMPTY
    if decision.type == _T.ADDRESS and profile.ratio(profile.matches(_HOUSE)) < _HOUSE_SHARE:
        return _AREA
    if decision.type == _T.SEQUENCE_NUMBER and profile.distinct < _OWN_EACH * profile.of_rows:
        return _REPEATED
    if decision.type in (_T.FREE_TEXT, _T.UNKNOWN, _T.CATEGORY) and hidden:
        return _telling(hidden)
    return None


def _telling(hidden: frozenset[ColumnType]) -> _Shade:
    """A text column is what its statements are: the legal categories of all that hide in it."""
    found = {c for type_ in hidden for c in column_types.described()[type_].categories}
    found.add(LegalCategory.PERSONAL_INFORMATION)
    told_by = [card for category, card in _TOLD_BY.items() if category in found]
    cards = ("A-01", *told_by, "D-08", "D-09")
    categories = tuple(c for c in LegalCategory if c in found)
    return _Shade(Role.SENSITIVE, say("columns.roles.telling"), cards, categories)


def _strongest(decision: Decision, role: Role) -> Role:
    roles = [role, *(column_types.described()[p].role for p in decision.parts)]
    return min(roles, key=list(Role).index)


def _joined(decision: Decision, why: Message) -> Message:
    if not decision.parts:
        return why
    parts = listed([label(p) for p in decision.parts], ja="と", en=" and ")
    return say("columns.roles.joined", parts=parts)


def holds_counts(reports: Sequence[ColumnReport]) -> bool:
    """Whether a table counts people or cases and no column points to a person."""
    direct = any(r.role == Role.DIRECT_IDENTIFIER for r in reports)
    return not direct and any(_is_count(r) for r in reports)


def as_statistics(report: ColumnReport) -> ColumnReport:
    """A column of counts as what it is: a statistic. Other columns stay as they are."""
    if not _is_count(report):
        return report
    statistical, why = (LegalCategory.STATISTICAL_ONLY,), say("columns.roles.counted")
    return report.model_copy(update={"categories": statistical, "cards": ("A-13",), "why": why})


def _is_count(report: ColumnReport) -> bool:
    counts = report.type == _T.QUANTITY and ends_as("counted").search(report.name)
    return bool(counts) and not ends_as("sizes").search(report.name)
