"""Each column: what it is, why, and the ground."""

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from core import CATEGORIES, MARKS, ROLE_MEANINGS, ROLES, TYPES, ColumnReport, Review, Role
from ui.kit import badge, chips, entry, items, page_of, paragraph, tag, text
from ui.language import _, joined, listed, spoken

PER_PAGE = 15


def ordered(columns: Iterable[ColumnReport]) -> list[ColumnReport]:
    """Direct identifiers, sensitive, quasi-identifiers, others; in file order within."""
    rank = [Role.DIRECT_IDENTIFIER, Role.SENSITIVE, Role.QUASI_IDENTIFIER, Role.OTHER]
    return sorted(columns, key=lambda column: (rank.index(column.role), column.position))


def draw(review: Review) -> None:
    """The columns, those that matter first, filtered by role, a page at a time."""
    st.header(_("ui.reading.columns"), anchor=False)
    st.html(legend())
    totals = Counter(column.role for column in review.columns)
    chosen = st.pills(
        _("ui.column_list.filter_role"),
        [role for role in Role if totals[role]],
        format_func=lambda role: f"{MARKS[role]} {spoken(ROLES[role])} {totals[role]}",
        key="column-role",
    )
    shown = [column for column in ordered(review.columns) if chosen in (None, column.role)]
    _start, columns = page_of(shown, PER_PAGE, f"column-page-{chosen}")
    read = any(source.kind == "data" for source in review.inputs)
    for column in columns:
        st.html(column_entry(column, read))
        chips(column.citations, f"column-{column.position}")
    if not columns:
        paragraph(_("ui.column_list.no_column_fits"))


def column_entry(column: ColumnReport, read: bool = True) -> str:
    """A column as HTML: mark, name, type, role, reason, and what speaks for the type or against.

    `read` where there was data to read.
    """
    types = listed(spoken(TYPES[part]) for part in (column.parts or (column.type,)))
    title = [tag("b", text(column.name)), _role_badge(column.role)]
    title += [badge(spoken(CATEGORIES[category]), "category") for category in column.categories]
    seen = _("ui.column_list.what_rests", seen=joined(map(spoken, column.evidence)))
    body = [
        tag("p", text(spoken(column.why))),
        tag("p", text("　".join((types, *grounds(column, read)))), "mk-small"),
        tag("p", text(seen), "mk-small") if column.evidence else "",
    ]
    return entry(title, body, column.role)


def grounds(column: ColumnReport, read: bool) -> list[str]:
    """How sure the type is, and what it was read from."""
    if read and not column.support.of:
        return []
    sure = _("ui.column_list.confidence", percent=round(column.confidence * 100))
    if not column.support.of:
        return [sure, _("ui.column_list.judged_from_schema")]
    fits = _("ui.column_list.values_fit", n=f"{column.support.n:,}", of=f"{column.support.of:,}")
    return [sure, fits]


def legend() -> str:
    """What the marks mean, as HTML."""
    meanings = (f"{_role_badge(role)} {text(spoken(ROLE_MEANINGS[role]))}" for role in Role)
    return items(meanings, "mk-legend")


def _role_badge(role: Role) -> str:
    return badge(f"{MARKS[role]} {spoken(ROLES[role])}", role)
