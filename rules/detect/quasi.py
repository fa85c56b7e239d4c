"""Which columns, taken together, single people out."""

from collections.abc import Mapping, Sequence

from core import ColumnReport, ColumnType, Role

EVENT_DATES = frozenset({ColumnType.DATE, ColumnType.DATE_OF_DEATH})


def primary(
    reports: Sequence[ColumnReport], distinct: Mapping[str, int], follows: Mapping[str, str]
) -> tuple[str, ...]:
    """The quasi-identifiers people are known by: without days of events, each fact once."""
    return _chosen(reports, distinct, follows, events=False) or _chosen(
        reports, distinct, follows, events=True
    )


def extended(
    reports: Sequence[ColumnReport],
    distinct: Mapping[str, int],
    follows: Mapping[str, str],
    base: tuple[str, ...],
) -> tuple[tuple[str, ...], ...]:
    """Larger sets worth showing: each day of an event added, as who read the news knows it."""
    dates = [key for key in _chosen(reports, distinct, follows, events=True) if key not in base]
    sets = [(*base, key) for key in dates]
    return tuple(sets + ([(*base, *dates)] if len(dates) > 1 else []))


def _chosen(
    reports: Sequence[ColumnReport],
    distinct: Mapping[str, int],
    follows: Mapping[str, str],
    *,
    events: bool,
) -> tuple[str, ...]:
    candidates = {
        r.name
        for r in reports
        if r.role == Role.QUASI_IDENTIFIER
        and distinct.get(r.name, 0) > 1
        and (r.type in EVENT_DATES) == events
    }
    return tuple(
        report.name
        for report in reports
        if report.name in candidates and follows.get(report.name) not in candidates
    )
