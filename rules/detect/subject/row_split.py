"""Row by row: whether a row of a mixed table is about an individual or a body.

What says it outright comes first (a column 個人・法人), then a number that only bodies have or a
day of birth, then the names.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from core import ColumnReport, ColumnType, Split, Table
from rules.detect.profile import Mask, Profile
from rules.detect.subject.row_names import MIXED, RowNames

_T = ColumnType
_BODY = r"^(?:法人|団体|企業|会社|事業所|corporat|compan|organi[sz]ation)"
_PERSON = r"^(?:個人|自然人|本人|individual|person)"
"""How a column says of each row whom it is about."""
_SAYING = 0.9
"""Share of its values that must say so."""
_OF_A_PERSON = frozenset({_T.BIRTH_DATE, _T.SEX, _T.AGE, _T.MY_NUMBER, _T.HOUSEHOLD_RELATION})


def split_rows(
    table: Table,
    reports: Sequence[ColumnReport],
    profiles: Mapping[str, Profile],
    names: Sequence[RowNames],
) -> tuple[Split, bool] | None:
    """How the rows part, and whether other columns than names say so; None where they do not.

    Each sort holds a share of at least `MIXED` of the rows.
    """
    said = _said_outright(table, profiles) or _by_attributes(table, reports, profiles)
    named = _by_names(table, profiles, names)
    body, person = said if said is not None else (np.zeros(table.rows, np.bool_),) * 2
    unclear = ~(body | person)
    body = body | (named[0] & unclear)
    person = person | (named[1] & unclear & ~body)
    split = Split(
        people=int(person.sum()),
        bodies=int(body.sum()),
        unclear=int((~(body | person)).sum()),
    )
    if min(split.people, split.bodies) < MIXED * table.rows:
        return None
    return split, said is not None


def _said_outright(table: Table, profiles: Mapping[str, Profile]) -> tuple[Mask, Mask] | None:
    """Bodies and individuals as one column names them."""
    for key, profile in profiles.items():
        body, person = profile.matches(_BODY), profile.matches(_PERSON)
        told = body | person
        if profile.of_rows and 2 <= profile.distinct <= 9 and profile.ratio(told) >= _SAYING:
            return body[table[key].codes], (person & ~body)[table[key].codes]
    return None


def _by_attributes(
    table: Table, reports: Sequence[ColumnReport], profiles: Mapping[str, Profile]
) -> tuple[Mask, Mask] | None:
    """Rows with a number of a corporation, and those with what only people have."""
    found: dict[bool, Mask] = {}
    for report in reports:
        of_body = report.type is _T.CORPORATE_NUMBER
        if (of_body or report.type in _OF_A_PERSON) and report.name in profiles:
            filled = profiles[report.name].present[table[report.name].codes]
            found[of_body] = found.get(of_body, np.zeros(table.rows, np.bool_)) | filled
    if len(found) < 2:
        return None
    return found[True], found[False] & ~found[True]


def _by_names(
    table: Table, profiles: Mapping[str, Profile], names: Sequence[RowNames]
) -> tuple[Mask, Mask]:
    """Rows whose first column of names, of people or of bodies, names the one or the other."""
    nobody = np.zeros(table.rows, np.bool_)
    for found in names:
        if found.people or found.organisations:
            codes = table[found.report.name].codes
            return found.bodies_at[codes], found.people_at[codes]
    return nobody, nobody
